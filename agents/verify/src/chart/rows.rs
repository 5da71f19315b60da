//! Bars one below the other: breakdowns and bridges, with room for long names.

use wherefore_contract::{Decimal, question::Language};

use super::{
    Plot,
    axis::{Axis, every},
    svg::{Anchor, Svg, shorten, width},
};

const WIDTH: u32 = 720;
const LEFT: u32 = 210;
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
    let left = Decimal::from(LEFT);
    // The longest label fits behind the longest bar.
    let longest = bars.iter().map(|bar| width(&bar.label)).max().unwrap_or_default();
    let right = (longest + Decimal::from(16)).min(Decimal::from(WIDTH / 3));
    let length = Decimal::from(WIDTH) - left - right;
    let place = |value: Decimal| left + axis.place(value, length);
    let mut svg = Svg::new();
    let top = svg.legend(legend, LEFT, WIDTH);
    let bottom = top + u32::try_from(bars.len()).unwrap_or(0) * ROW;
    let labels: Vec<String> = axis.ticks.iter().map(|tick| plot.figure(*tick)).collect();
    let room = length / Decimal::from(axis.ticks.len().saturating_sub(1).max(1));
    let every = every(labels.iter().map(String::as_str), room);
    // Labels are counted from zero, so that it always has one.
    let zero = axis.ticks.iter().position(Decimal::is_zero).unwrap_or(0);
    for (index, (tick, label)) in axis.ticks.iter().zip(&labels).enumerate() {
        let class = if tick.is_zero() { "axis" } else { "grid" };
        svg.line(class, (place(*tick), Decimal::from(top)), (place(*tick), Decimal::from(bottom)));
        if index.abs_diff(zero).is_multiple_of(every) {
            svg.text("tick", (place(*tick), Decimal::from(bottom + 18)), Anchor::Middle, label);
        }
    }
    for (index, bar) in bars.iter().enumerate() {
        let row = top + u32::try_from(index).unwrap_or(0) * ROW;
        let (start, end) = (bar.from.min(bar.to), bar.from.max(bar.to));
        let size = ((place(end) - place(start)).max(Decimal::ONE), Decimal::from(ROW - 10));
        let title = format!("{}: {}", bar.name, bar.label);
        svg.bar(bar.series, (place(start), Decimal::from(row + 5)), size, &title);
        let baseline = Decimal::from(row + ROW / 2 + 4);
        let name = shorten(&bar.name, 26);
        svg.text("name", (left - Decimal::TEN, baseline), Anchor::End, &name);
        svg.text("value", (place(end) + Decimal::from(6), baseline), Anchor::Start, &bar.label);
    }
    let description: Vec<String> =
        bars.iter().map(|bar| format!("{}: {}", bar.name, bar.label)).collect();
    svg.finish((WIDTH, bottom + 28), &plot.title, &description.join("; "))
}
