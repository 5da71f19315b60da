//! The question that a person would ask about a story, in English and Korean.

use rust_decimal::Decimal;

use crate::calendar::Month;

/// Which way the person has seen the unit cost go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Direction {
    Up,
    Down,
    Unclear,
}

impl Direction {
    pub(super) fn of(regime: &str, from: Decimal, to: Decimal) -> Self {
        match regime {
            "flat" | "undetermined" => Self::Unclear,
            _ if to > from => Self::Up,
            _ => Self::Down,
        }
    }
}

pub(super) fn english(workload: &str, direction: Direction, from: Month, to: Month) -> String {
    let verb = match direction {
        Direction::Up => "rise",
        Direction::Down => "fall",
        Direction::Unclear => "change",
    };
    let name = |month: Month| month.first.strftime("%B %Y").to_string();
    format!(
        "Why did the unit cost of {workload} {verb} in {} compared with {}?",
        name(to),
        name(from)
    )
}

pub(super) fn korean(workload: &str, direction: Direction, from: Month, to: Month) -> String {
    let verb = match direction {
        Direction::Up => "올랐나요",
        Direction::Down => "내렸나요",
        Direction::Unclear => "변했나요",
    };
    let name = |month: Month| format!("{}년 {}월", month.first.year(), month.first.month());
    format!("{} 대비 {} {workload} 워크로드의 건당 비용은 왜 {verb}?", name(from), name(to))
}
