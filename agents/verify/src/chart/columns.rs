//! Columns and lines side by side: courses over time.

use wherefore_contract::Decimal;

use super::{
    Plot,
    axis::Axis,
    svg::{Anchor, Svg, shorten},
};

const WIDTH: u32 = 720;
const HEIGHT: u32 = 340;
const LEFT: u32 = 90;
const RIGHT: u32 = 20;
const TOP: u32 = 40;
const BOTTOM: u32 = 36;

/// The plane on which columns and lines are drawn.
struct Plane<'a> {
    axis: Axis,
    xs: Vec<&'a str>,
}

impl Plane<'_> {
    fn step(&self) -> Decimal {
        let count = Decimal::from(self.xs.len().max(1));
        Decimal::from(WIDTH - LEFT - RIGHT) / count
    }

    fn x(&self, index: usize) -> Decimal {
        Decimal::from(LEFT) + self.step() * Decimal::from(index) + self.step() / Decimal::TWO
    }

    fn y(&self, value: Decimal) -> Decimal {
        let length = Decimal::from(HEIGHT - TOP - BOTTOM);
        Decimal::from(HEIGHT - BOTTOM) - self.axis.place(value, length)
    }

    fn frame(&self, svg: &mut Svg, plot: &Plot) {
        for tick in &self.axis.ticks {
            let class = if tick.is_zero() { "axis" } else { "grid" };
            let y = self.y(*tick);
            svg.line(class, (Decimal::from(LEFT), y), (Decimal::from(WIDTH - RIGHT), y));
            let at = (Decimal::from(LEFT - 8), y + Decimal::from(4));
            svg.text("tick", at, Anchor::End, &plot.figure(*tick));
        }
        // Names are left out where they would run into each other.
        let letters = self.xs.iter().map(|x| x.chars().count()).max().unwrap_or(1).min(14);
        let wide = Decimal::from(letters * 8 + 8);
        let every = (wide / self.step()).ceil().max(Decimal::ONE);
        for (index, x) in self.xs.iter().enumerate() {
            if (Decimal::from(index) % every).is_zero() {
                let at = (self.x(index), Decimal::from(HEIGHT - BOTTOM + 18));
                svg.text("tick", at, Anchor::Middle, &shorten(x, 14));
            }
        }
    }
}

/// One column a position, its series on top of each other; negative parts hang below zero.
pub(super) fn stacked(plot: &Plot) -> String {
    let (xs, series) = (plot.xs(), plot.series());
    let sum = |x: &str, positive: bool| -> Decimal {
        let own = plot.points.iter().filter(|point| point.x == x);
        own.filter(|point| (point.value > Decimal::ZERO) == positive).map(|point| point.value).sum()
    };
    let ends = xs.iter().flat_map(|x| [sum(x, true), sum(x, false)]).collect::<Vec<_>>();
    let plane = Plane { axis: Axis::over(ends.into_iter()), xs };
    let mut svg = Svg::new();
    svg.legend(&series, Decimal::from(LEFT), Decimal::from(10));
    plane.frame(&mut svg, plot);
    let wide = (plane.step() * Decimal::new(7, 1)).min(Decimal::from(64));
    for (index, x) in plane.xs.iter().enumerate() {
        let (mut up, mut down) = (Decimal::ZERO, Decimal::ZERO);
        for (colour, name) in series.iter().enumerate() {
            let own = plot.points.iter().filter(|point| point.x == *x && point.series == *name);
            for point in own {
                let base = if point.value > Decimal::ZERO { &mut up } else { &mut down };
                let (from, to) = (*base, *base + point.value);
                *base = to;
                let top = plane.y(from.max(to));
                let tall = plane.y(from.min(to)) - top;
                let title = format!("{x}, {name}: {}", plot.figure(point.value));
                svg.bar(colour, (plane.x(index) - wide / Decimal::TWO, top), (wide, tall), &title);
            }
        }
    }
    svg.finish((WIDTH, HEIGHT), &plot.title, &description(plot))
}

/// One line a series.
pub(super) fn line(plot: &Plot) -> String {
    let (xs, series) = (plot.xs(), plot.series());
    let plane = Plane { axis: Axis::over(plot.points.iter().map(|point| point.value)), xs };
    let mut svg = Svg::new();
    svg.legend(&series, Decimal::from(LEFT), Decimal::from(10));
    plane.frame(&mut svg, plot);
    for (colour, name) in series.iter().enumerate() {
        let mut places = Vec::new();
        for point in plot.points.iter().filter(|point| point.series == *name) {
            let index = plane.xs.iter().position(|x| *x == point.x).unwrap_or(0);
            places.push((plane.x(index), plane.y(point.value), point));
        }
        let path: Vec<(Decimal, Decimal)> = places.iter().map(|(x, y, _)| (*x, *y)).collect();
        svg.path(colour, &path);
        for (x, y, point) in places {
            svg.dot(colour, (x, y), &format!("{}, {name}: {}", point.x, plot.figure(point.value)));
        }
    }
    svg.finish((WIDTH, HEIGHT), &plot.title, &description(plot))
}

fn description(plot: &Plot) -> String {
    let shown = plot.points.iter().take(60);
    let parts: Vec<String> = shown
        .map(|point| format!("{}, {}: {}", point.x, point.series, plot.figure(point.value)))
        .collect();
    parts.join("; ")
}
