//! Bars one below the other: breakdowns and bridges, with room for long names.

use wherefore_contract::{Decimal, question::Language};

use super::{
    Plot,
    axis::Axis,
    svg::{Anchor, Svg, shorten},
};

const WIDTH: u32 = 720;
const LEFT: u32 = 200;
const RIGHT: u32 = 110;
const TOP: u32 = 36;
const ROW: u32 = 28;

/// One bar: where it starts and ends on the axis, its colour and its label.
struct Bar {
    name: String,
    from: Decimal,
    to: Decimal,
    series: usize,
    label: String,
}

/// One bar a row, from zero.
pub(super) fn bars(plot: &Plot) -> String {
    let series = plot.series();
    let mut bars = Vec::new();
    for x in plot.xs() {
        let own: Vec<_> = plot.points.iter().filter(|point| point.x == x).collect();
        for (index, point) in own.iter().enumerate() {
            let name = if index == 0 { x.to_owned() } else { String::new() };
            let series = series.iter().position(|each| *each == point.series).unwrap_or(0);
            let label = plot.figure(point.value);
            bars.push(Bar { name, from: Decimal::ZERO, to: point.value, series, label });
        }
    }
    let legend = if series.len() > 1 { series } else { Vec::new() };
    draw(plot, &bars, &legend)
}

/// Each bar starts where the one before it ended; the last is the whole change.
pub(super) fn waterfall(plot: &Plot) -> String {
    let mut level = Decimal::ZERO;
    let mut bars = Vec::new();
    for point in &plot.points {
        let next = level.checked_add(point.value).unwrap_or(level);
        let series = usize::from(point.value < Decimal::ZERO) + 1;
        let label = plot.figure(point.value);
        bars.push(Bar { name: point.x.clone(), from: level, to: next, series, label });
        level = next;
    }
    let name = match plot.language {
        Language::En => "Whole change",
        Language::Ko => "전체 변화",
    };
    let label = plot.figure(level);
    bars.push(Bar { name: name.to_owned(), from: Decimal::ZERO, to: level, series: 0, label });
    draw(plot, &bars, &[])
}

fn draw(plot: &Plot, bars: &[Bar], legend: &[&str]) -> String {
    let axis = Axis::over(bars.iter().flat_map(|bar| [bar.from, bar.to]));
    let length = Decimal::from(WIDTH - LEFT - RIGHT);
    let left = Decimal::from(LEFT);
    let place = |value: Decimal| left + axis.place(value, length);
    let rows = u32::try_from(bars.len()).unwrap_or(0);
    let bottom = TOP + rows * ROW;
    let mut svg = Svg::new();
    svg.legend(legend, left, Decimal::from(TOP - 28));
    for tick in &axis.ticks {
        let class = if tick.is_zero() { "axis" } else { "grid" };
        svg.line(class, (place(*tick), Decimal::from(TOP)), (place(*tick), Decimal::from(bottom)));
        let at = (place(*tick), Decimal::from(bottom + 18));
        svg.text("tick", at, Anchor::Middle, &plot.figure(*tick));
    }
    let mut top = Decimal::from(TOP);
    for bar in bars {
        let middle = top + Decimal::from(ROW) / Decimal::TWO;
        let (start, end) = (bar.from.min(bar.to), bar.from.max(bar.to));
        let size = ((place(end) - place(start)).max(Decimal::ONE), Decimal::from(ROW - 10));
        let title = format!("{}: {}", bar.name, bar.label);
        svg.bar(bar.series, (place(start), top + Decimal::from(5)), size, &title);
        let baseline = middle + Decimal::from(4);
        svg.text(
            "name",
            (left - Decimal::from(10), baseline),
            Anchor::End,
            &shorten(&bar.name, 26),
        );
        svg.text("value", (place(end) + Decimal::from(6), baseline), Anchor::Start, &bar.label);
        top += Decimal::from(ROW);
    }
    let description: Vec<String> =
        bars.iter().map(|bar| format!("{}: {}", bar.name, bar.label)).collect();
    svg.finish((WIDTH, bottom + 28), &plot.title, &description.join("; "))
}
