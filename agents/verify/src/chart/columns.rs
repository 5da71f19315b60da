//! Columns and lines side by side: courses over time.

use wherefore_contract::Decimal;

use super::{
    Plot,
    axis::{Axis, every},
    svg::{Anchor, Svg, shorten, width},
};

const WIDTH: u32 = 720;
/// The height of the drawing below the legend.
const PLANE: u32 = 264;
const RIGHT: u32 = 20;
const BOTTOM: u32 = 36;

/// The plane on which columns and lines are drawn.
struct Plane<'a> {
    axis: Axis,
    xs: Vec<&'a str>,
    /// Where it starts, right of the labels of its ticks and below the legend.
    left: u32,
    top: u32,
}

impl<'a> Plane<'a> {
    /// The plane with its legend, ticks and names, drawn.
    fn new(svg: &mut Svg, plot: &'a Plot, axis: Axis, series: &[&str]) -> Self {
        let labels = axis.ticks.iter().map(|tick| width(&plot.figure(*tick)));
        let widest = labels.max().unwrap_or_default() + Decimal::from(16);
        let left = u32::try_from(widest.ceil()).unwrap_or(90).clamp(50, WIDTH / 3);
        let top = svg.legend(series, left, WIDTH - RIGHT);
        let plane = Self { axis, xs: plot.xs(), left, top };
        plane.frame(svg, plot);
        plane
    }

    fn height(&self) -> u32 {
        self.top + PLANE + BOTTOM
    }

    fn step(&self) -> Decimal {
        let count = Decimal::from(self.xs.len().max(1));
        Decimal::from(WIDTH - self.left - RIGHT) / count
    }

    fn x(&self, index: usize) -> Decimal {
        Decimal::from(self.left) + self.step() * Decimal::from(index) + self.step() / Decimal::TWO
    }

    fn y(&self, value: Decimal) -> Decimal {
        Decimal::from(self.top + PLANE) - self.axis.place(value, Decimal::from(PLANE))
    }

    fn frame(&self, svg: &mut Svg, plot: &Plot) {
        for tick in &self.axis.ticks {
            let class = if tick.is_zero() { "axis" } else { "grid" };
            let y = self.y(*tick);
            svg.line(class, (Decimal::from(self.left), y), (Decimal::from(WIDTH - RIGHT), y));
            let at = (Decimal::from(self.left - 8), y + Decimal::from(4));
            svg.text("tick", at, Anchor::End, &plot.figure(*tick));
        }
        let names: Vec<String> = self.xs.iter().map(|x| shorten(x, 14)).collect();
        let every = every(names.iter().map(String::as_str), self.step());
        for (index, name) in names.iter().enumerate().step_by(every) {
            let at = (self.x(index), Decimal::from(self.top + PLANE + 18));
            svg.text("tick", at, Anchor::Middle, name);
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
    let mut svg = Svg::new();
    let plane = Plane::new(&mut svg, plot, Axis::over(ends.into_iter()), &series);
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
    svg.finish((WIDTH, plane.height()), &plot.title, &description(plot))
}

/// One line a series.
pub(super) fn line(plot: &Plot) -> String {
    let series = plot.series();
    let axis = Axis::over(plot.points.iter().map(|point| point.value));
    let mut svg = Svg::new();
    let plane = Plane::new(&mut svg, plot, axis, &series);
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
    svg.finish((WIDTH, plane.height()), &plot.title, &description(plot))
}

fn description(plot: &Plot) -> String {
    let shown = plot.points.iter().take(60);
    let parts: Vec<String> = shown
        .map(|point| format!("{}, {}: {}", point.x, point.series, plot.figure(point.value)))
        .collect();
    parts.join("; ")
}
