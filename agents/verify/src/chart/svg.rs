//! Writes SVG elements.

use std::fmt::Write as _;

use wherefore_contract::Decimal;

use crate::escape;

/// Colours of series on pages that set none, readable on light and dark (after Okabe and Ito).
const COLOURS: &[&str] =
    &["#3b82c4", "#e08a1e", "#2a9d77", "#c25b8f", "#8a6fc9", "#b8a21a", "#58a6c9", "#d1603d"];

/// Where a legend starts, and where a drawing without one does.
const LEGEND_TOP: u32 = 10;
/// From one row of a legend to the next.
const LEGEND_ROW: u32 = 20;

/// An SVG drawing as it grows.
pub(super) struct Svg {
    body: String,
}

/// How a text hangs on its point.
#[derive(Debug, Clone, Copy)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

impl Svg {
    pub(super) fn new() -> Self {
        Self { body: String::new() }
    }

    pub(super) fn line(&mut self, class: &str, from: (Decimal, Decimal), to: (Decimal, Decimal)) {
        let opacity = if class == "axis" { "0.6" } else { "0.15" };
        let _ = write!(
            self.body,
            r#"<line class="{class}" x1="{}" y1="{}" x2="{}" y2="{}" stroke="currentColor" stroke-opacity="{opacity}"/>"#,
            place(from.0),
            place(from.1),
            place(to.0),
            place(to.1)
        );
    }

    pub(super) fn bar(
        &mut self,
        series: usize,
        at: (Decimal, Decimal),
        size: (Decimal, Decimal),
        title: &str,
    ) {
        let _ = write!(
            self.body,
            r#"<rect class="series-{}" x="{}" y="{}" width="{}" height="{}" rx="2" fill="{}"><title>{}</title></rect>"#,
            series + 1,
            place(at.0),
            place(at.1),
            place(size.0),
            place(size.1),
            colour(series),
            escape::xml(title)
        );
    }

    pub(super) fn path(&mut self, series: usize, points: &[(Decimal, Decimal)]) {
        let points: Vec<String> =
            points.iter().map(|(x, y)| format!("{},{}", place(*x), place(*y))).collect();
        let _ = write!(
            self.body,
            r#"<polyline class="line-{}" points="{}" fill="none" stroke="{}" stroke-width="2" stroke-linejoin="round"/>"#,
            series + 1,
            points.join(" "),
            colour(series)
        );
    }

    pub(super) fn dot(&mut self, series: usize, at: (Decimal, Decimal), title: &str) {
        let _ = write!(
            self.body,
            r#"<circle class="series-{}" cx="{}" cy="{}" r="3" fill="{}"><title>{}</title></circle>"#,
            series + 1,
            place(at.0),
            place(at.1),
            colour(series),
            escape::xml(title)
        );
    }

    pub(super) fn text(
        &mut self,
        class: &str,
        at: (Decimal, Decimal),
        anchor: Anchor,
        words: &str,
    ) {
        let anchor = match anchor {
            Anchor::Start => "start",
            Anchor::Middle => "middle",
            Anchor::End => "end",
        };
        let _ = write!(
            self.body,
            r#"<text class="{class}" x="{}" y="{}" text-anchor="{anchor}" fill="currentColor">{}</text>"#,
            place(at.0),
            place(at.1),
            escape::xml(words)
        );
    }

    /// One entry a series between `left` and `right`, side by side and then in further rows;
    /// returns where the drawing below it may start.
    pub(super) fn legend(&mut self, names: &[&str], left: u32, right: u32) -> u32 {
        if names.is_empty() {
            return LEGEND_TOP;
        }
        let (mut x, mut top) = (Decimal::from(left), LEGEND_TOP);
        for (index, name) in names.iter().enumerate() {
            let name = shorten(name, 18);
            let entry = Decimal::from(30) + width(&name);
            if x > Decimal::from(left) && x + entry > Decimal::from(right) {
                (x, top) = (Decimal::from(left), top + LEGEND_ROW);
            }
            self.bar(index, (x, Decimal::from(top)), (Decimal::TEN, Decimal::TEN), &name);
            let at = (x + Decimal::from(15), Decimal::from(top + 9));
            self.text("legend", at, Anchor::Start, &name);
            x += entry;
        }
        top + LEGEND_ROW + 6
    }

    pub(super) fn finish(self, size: (u32, u32), title: &str, description: &str) -> String {
        format!(
            r#"<svg xmlns="http://www.w3.org/2000/svg" class="chart" role="img" viewBox="0 0 {} {}" width="100%" font-family="system-ui, sans-serif" font-size="12"><title>{}</title><desc>{}</desc>{}</svg>"#,
            size.0,
            size.1,
            escape::xml(title),
            escape::xml(description),
            self.body
        )
    }
}

fn colour(series: usize) -> &'static str {
    COLOURS.get(series % COLOURS.len()).copied().unwrap_or("currentColor")
}

/// A coordinate to a tenth of a pixel.
fn place(value: Decimal) -> Decimal {
    value.round_dp(1).normalize()
}

/// Roughly how wide words are drawn, in pixels: Hangul is wider than Latin, capitals than small.
pub(super) fn width(words: &str) -> Decimal {
    let units: u32 = words
        .chars()
        .map(|letter| match letter {
            ' ' | ',' | '.' | '\'' | '-' => 4,
            'A'..='Z' | '%' | '+' => 9,
            _ if letter.is_ascii() => 7,
            _ => 12,
        })
        .sum();
    Decimal::from(units)
}

/// A name that fits into `most` Latin letters, or half as many Korean ones.
pub(super) fn shorten(name: &str, most: usize) -> String {
    let mut used = 0;
    let mut out = String::new();
    for letter in name.chars() {
        used += if letter.is_ascii() { 1 } else { 2 };
        if used > most {
            return format!("{}…", out.trim_end());
        }
        out.push(letter);
    }
    out
}
