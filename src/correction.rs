//! Corrections of a reading, as they are typed: `period 2026-09`, `by region`, `filter cloud_service=Amazon EC2`.

use jiff::{ToSpan as _, civil::Date};
use wherefore_contract::{
    cost::Measure,
    cost::UnknownMeasure,
    dimension::{Dimension, FocusDimension, UnknownDimension},
    filter::{Filter, FilterOp},
    period::Period,
};
use wherefore_offline::request::{Ask, Condition, Moment, Reading};

/// One change of a reading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Correction {
    Measures(Vec<Measure>),
    /// `None` is everything that is loaded.
    Period(Option<Period>),
    /// The earlier period of a comparison; `None` ends the comparison.
    Compare(Option<Period>),
    By(Vec<Dimension>),
    Filter(Filter),
    /// Conditions on this dimension go.
    Drop(Dimension),
    Top(Option<u32>),
}

/// A text that is no correction.
#[derive(Debug, thiserror::Error)]
pub enum InvalidCorrection {
    #[error("`{name}` corrects nothing; use measure, period, compare, by, filter, drop or top")]
    Name { name: String },
    #[error(transparent)]
    Measure(#[from] UnknownMeasure),
    #[error(transparent)]
    Dimension(#[from] UnknownDimension),
    #[error(
        "`{text}` is no period; write 2026-09, 2026-Q3, 2026, 2026-09-14, 2026-09-01..2026-09-15 or all"
    )]
    Period { text: String },
    #[error("`{text}` is no filter; write cloud_service=Amazon EC2, or region!=us-east-1")]
    Filter { text: String },
    #[error("`{text}` is no number of rows; write a number, or none")]
    Top { text: String },
}

impl Correction {
    /// Reads `name` and what it is set to.
    ///
    /// # Errors
    /// When the name, a measure, a dimension, a period, a filter or a number cannot be read.
    pub fn parse(name: &str, text: &str) -> Result<Self, InvalidCorrection> {
        let text = text.trim();
        let none = matches!(text, "" | "none" | "all" | "없음" | "전체");
        Ok(match name {
            "measure" => Self::Measures(list(text).map(str::parse).collect::<Result<_, _>>()?),
            "period" if none => Self::Period(None),
            "period" => Self::Period(Some(period(text)?)),
            "compare" if none => Self::Compare(None),
            "compare" => Self::Compare(Some(period(text)?)),
            "by" if none => Self::By(Vec::new()),
            "by" => Self::By(list(text).map(dimension).collect::<Result<_, _>>()?),
            "filter" => Self::Filter(filter(text)?),
            "drop" => Self::Drop(dimension(text)?),
            "top" if none => Self::Top(None),
            "top" => Self::Top(Some(
                text.parse().map_err(|_| InvalidCorrection::Top { text: text.to_owned() })?,
            )),
            other => return Err(InvalidCorrection::Name { name: other.to_owned() }),
        })
    }

    /// Changes the reading.
    pub fn apply(self, reading: &mut Reading) {
        let moment = |period| Moment { period, asked: None };
        match self {
            Self::Measures(measures) => {
                reading.measures = measures;
                reading.measure_stated = true;
                reading.rank_by = None;
            }
            Self::Period(period) => reading.period = period.map(moment),
            Self::Compare(base) => {
                reading.base = base.map(moment);
                if base.is_some() && matches!(reading.ask, Ask::Total | Ask::Breakdown | Ask::Trend)
                {
                    reading.ask = Ask::Compare;
                }
            }
            Self::By(dimensions) => reading.dimensions = dimensions,
            Self::Filter(filter) => {
                reading.conditions.retain(|held| held.filter.dimension != filter.dimension);
                if filter.dimension == Dimension::Workload && filter.op == FilterOp::In {
                    reading.workload = filter.values.first().cloned();
                }
                reading.conditions.push(Condition { filter, asked: Vec::new() });
            }
            Self::Drop(dimension) => {
                reading.conditions.retain(|held| held.filter.dimension != dimension);
                if dimension == Dimension::Workload {
                    reading.workload = None;
                }
            }
            Self::Top(limit) => reading.limit = limit,
        }
    }
}

fn list(text: &str) -> impl Iterator<Item = &str> {
    text.split(',').map(str::trim).filter(|part| !part.is_empty())
}

// Everyday words beside the names of the API.
fn dimension(text: &str) -> Result<Dimension, UnknownDimension> {
    let column = |column| Ok(Dimension::Column(column));
    match text {
        "service" | "서비스" => column(FocusDimension::ServiceName),
        "account" | "계정" => column(FocusDimension::SubAccountId),
        "리전" => column(FocusDimension::Region),
        "공급자" => column(FocusDimension::Provider),
        "월" => "month".parse(),
        "일" => "day".parse(),
        "주" => "iso_week".parse(),
        other => other.parse(),
    }
}

fn filter(text: &str) -> Result<Filter, InvalidCorrection> {
    let invalid = || InvalidCorrection::Filter { text: text.to_owned() };
    let (name, op, values) = if let Some((name, values)) = text.split_once("!=") {
        (name, FilterOp::NotIn, values)
    } else {
        let (name, values) = text.split_once('=').ok_or_else(invalid)?;
        (name, FilterOp::In, values)
    };
    let values: Vec<String> = list(values).map(str::to_owned).collect();
    let dimension = dimension(name.trim())?;
    // "tag:team=" keeps what has no value.
    let op = match (op, values.is_empty()) {
        (FilterOp::In, true) => FilterOp::IsNull,
        (FilterOp::NotIn, true) => FilterOp::NotNull,
        (op, _) => op,
    };
    Ok(Filter { dimension, op, values })
}

fn period(text: &str) -> Result<Period, InvalidCorrection> {
    let found = match text.split_once("..") {
        Some((first, last)) => {
            stretch(first.trim()).zip(stretch(last.trim())).and_then(|(first, last)| {
                Period::of_days(first.start().date(), last.end().date()).ok()
            })
        }
        None => stretch(text),
    };
    found.ok_or_else(|| InvalidCorrection::Period { text: text.to_owned() })
}

fn stretch(text: &str) -> Option<Period> {
    let first = |year: &str, month: i8| Date::new(year.parse().ok()?, month, 1).ok();
    let parts: Vec<&str> = text.split('-').collect();
    let (start, length) = match parts.as_slice() {
        [year] => (first(year, 1)?, 1.year()),
        [year, quarter] if quarter.starts_with(['Q', 'q']) => {
            let quarter: i8 = quarter.get(1..)?.parse().ok()?;
            let month = (1..=4).contains(&quarter).then_some(quarter * 3 - 2)?;
            (first(year, month)?, 3.months())
        }
        [year, month] => (first(year, month.parse().ok()?)?, 1.month()),
        [_, _, _] => (text.parse().ok()?, 1.day()),
        _ => return None,
    };
    Period::of_days(start, start.checked_add(length).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn days(first: Date, after: Date) -> Period {
        Period::of_days(first, after).unwrap()
    }

    #[test]
    fn periods_are_read_in_every_form_the_help_names() {
        for (text, expected) in [
            ("2026-09", days(date(2026, 9, 1), date(2026, 10, 1))),
            ("2026-Q3", days(date(2026, 7, 1), date(2026, 10, 1))),
            ("2026", days(date(2026, 1, 1), date(2027, 1, 1))),
            ("2026-09-14", days(date(2026, 9, 14), date(2026, 9, 15))),
            ("2026-09-01..2026-09-15", days(date(2026, 9, 1), date(2026, 9, 16))),
            ("2026-08..2026-09", days(date(2026, 8, 1), date(2026, 10, 1))),
        ] {
            assert_eq!(
                Correction::parse("period", text).unwrap(),
                Correction::Period(Some(expected)),
                "{text}"
            );
        }
        for text in ["2026-13", "2026-Q5", "soon", "2026-09-31", "2026-09..", "2026-09..2026-08"] {
            assert!(Correction::parse("period", text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_correction_changes_its_part_and_no_other() {
        let mut reading = Reading::default();
        for (name, text) in [
            ("measure", "effective_cost, list_cost"),
            ("by", "service, month"),
            ("filter", "region=us-east-1,us-west-2"),
            ("filter", "tag:team="),
            ("filter", "region!=eu-west-1"),
            ("top", "3"),
        ] {
            Correction::parse(name, text).unwrap().apply(&mut reading);
        }
        let names: Vec<String> = reading.dimensions.iter().map(Dimension::name).collect();
        assert_eq!(names, ["cloud_service", "month"]);
        assert_eq!(reading.measures, [Measure::EffectiveCost, Measure::ListCost]);
        let filters: Vec<_> = reading
            .conditions
            .iter()
            .map(|held| {
                (held.filter.dimension.name(), held.filter.op, held.filter.values.join("|"))
            })
            .collect();
        assert_eq!(
            filters,
            [
                ("tag:team".to_owned(), FilterOp::IsNull, String::new()),
                ("region".to_owned(), FilterOp::NotIn, "eu-west-1".to_owned())
            ]
        );
        assert_eq!(reading.limit, Some(3));
        for (name, text) in [
            ("profit", "1"),
            ("measure", "profit"),
            ("by", "shoe_size"),
            ("filter", "region"),
            ("top", "many"),
        ] {
            assert!(Correction::parse(name, text).is_err(), "{name} {text}");
        }
    }
}
