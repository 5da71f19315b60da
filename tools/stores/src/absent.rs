//! Days, weeks and months of a period in which nothing was charged.

use std::collections::BTreeSet;

use jiff::{
    ToSpan,
    civil::{Date, Time},
};
use wherefore_contract::{
    cost::CostQuery,
    dimension::{Dimension, Grain},
    error::StoreError,
    period::Period,
    table::{Column, Table},
    tool::FactTable,
    unit::Unit,
};

use crate::compile::invalid;

// Ten years of days: more of them are no list that anybody reads.
const TIMES_LIMIT: usize = 3660;

/// The query for what is there, of which the rest is absent.
///
/// # Errors
/// When the query groups by anything else than one grain of days, weeks or months, or adds to its rows.
pub(crate) fn present(query: &CostQuery) -> Result<CostQuery, StoreError> {
    grain(query)?;
    let cut = query.limit.is_some() || !query.having.is_empty() || query.fold.is_some();
    if cut {
        return Err(invalid("what is absent has no amounts; leave out limit, having and fold"));
    }
    Ok(CostQuery { absent: false, count: false, order: Vec::new(), ..query.clone() })
}

/// The times of the period that the rows of `found` lack, or their number.
///
/// # Errors
/// When the query has no such grain, or its period more times than anybody reads.
pub(crate) fn absent(query: &CostQuery, mut found: FactTable) -> Result<FactTable, StoreError> {
    let grain = grain(query)?;
    let name = Dimension::Time(grain).name();
    let held: BTreeSet<&str> =
        (0..found.table.rows.len()).filter_map(|row| found.table.text(row, &name)).collect();
    let times = match found.period {
        Some(period) => times(period, grain)?,
        None => Vec::new(),
    };
    let rows: Vec<String> = times.into_iter().filter(|time| !held.contains(&**time)).collect();
    found.table = if query.count {
        let unit = Unit::Count(noun(grain).to_owned());
        let column = Column::measure("absent", unit);
        Table { columns: vec![column], rows: vec![vec![Some(rows.len().to_string())]] }
    } else {
        let rows = rows.into_iter().map(|time| vec![Some(time)]).collect();
        Table { columns: vec![Column::time(name)], rows }
    };
    Ok(found)
}

fn grain(query: &CostQuery) -> Result<Grain, StoreError> {
    match query.dimensions.as_slice() {
        [Dimension::Time(grain @ (Grain::Day | Grain::IsoWeek | Grain::Month))] => Ok(*grain),
        _ => {
            Err(invalid("what is absent is of one grain of time; group by day, iso_week or month"))
        }
    }
}

fn noun(grain: Grain) -> &'static str {
    match grain {
        Grain::IsoWeek => "weeks",
        Grain::Month => "months",
        Grain::Hour
        | Grain::Day
        | Grain::Quarter
        | Grain::Year
        | Grain::Weekday
        | Grain::WeekPart
        | Grain::HourOfDay => "days",
    }
}

// The days, weeks or months that a period touches, spelled as rows spell them.
fn times(period: Period, grain: Grain) -> Result<Vec<String>, StoreError> {
    let mut all: Vec<String> = Vec::new();
    let mut day = period.start().date();
    while day.to_datetime(Time::midnight()) < period.end() {
        let time = spelled(day, grain);
        if all.last() != Some(&time) {
            all.push(time);
        }
        if all.len() > TIMES_LIMIT {
            return Err(invalid("the period has too many days to list; ask for a shorter one"));
        }
        let Ok(next) = day.checked_add(1.day()) else { break };
        day = next;
    }
    Ok(all)
}

fn spelled(day: Date, grain: Grain) -> String {
    match grain {
        // A week goes by its Monday.
        Grain::IsoWeek => {
            let since = i32::from(day.weekday().to_monday_zero_offset());
            day.checked_sub(since.days()).unwrap_or(day).to_string()
        }
        Grain::Month => format!("{:04}-{:02}", day.year(), day.month()),
        Grain::Hour
        | Grain::Day
        | Grain::Quarter
        | Grain::Year
        | Grain::Weekday
        | Grain::WeekPart
        | Grain::HourOfDay => day.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn found(rows: &[&str], from: Date, to: Date) -> FactTable {
        FactTable {
            name: "cost".to_owned(),
            table: Table {
                columns: vec![Column::time("day"), Column::measure("rows", Unit::parse("rows"))],
                rows: rows.iter().map(|day| vec![Some((*day).to_owned()), None]).collect(),
            },
            source: "embedded:billing".to_owned(),
            statement: None,
            parameters: Vec::new(),
            period: Period::of_days(from, to).ok(),
            filters: Vec::new(),
            data_as_of: None,
            complete: true,
        }
    }

    fn query(grain: Grain) -> CostQuery {
        CostQuery {
            dimensions: vec![Dimension::Time(grain)],
            absent: true,
            ..CostQuery::total(wherefore_contract::cost::Measure::Rows)
        }
    }

    #[test]
    fn the_days_without_a_row_are_listed_and_counted() {
        let held = || found(&["2026-10-28", "2026-10-30"], date(2026, 10, 28), date(2026, 11, 1));
        let listed = absent(&query(Grain::Day), held()).unwrap().table;
        assert_eq!(listed.rows, [[Some("2026-10-29".to_owned())], [Some("2026-10-31".to_owned())]]);
        let counted = CostQuery { count: true, ..query(Grain::Day) };
        let counted = absent(&counted, held()).unwrap().table;
        assert_eq!(counted.number(0, "absent"), Some(2.into()));
        assert_eq!(counted.unit(0, "absent"), Some(Unit::Count("days".to_owned())));
    }

    #[test]
    fn a_week_goes_by_its_monday() {
        let held = found(&["2026-09-28"], date(2026, 10, 1), date(2026, 10, 13));
        let mut held = held;
        held.table.columns = vec![Column::time("iso_week")];
        let listed = absent(&query(Grain::IsoWeek), held).unwrap().table;
        assert_eq!(listed.rows, [[Some("2026-10-05".to_owned())], [Some("2026-10-12".to_owned())]]);
    }

    #[test]
    fn what_is_absent_is_of_one_grain_and_has_no_amounts() {
        let of_two = CostQuery { dimensions: vec![], ..query(Grain::Day) };
        assert!(present(&of_two).is_err());
        assert!(present(&CostQuery { limit: Some(3), ..query(Grain::Day) }).is_err());
        assert!(present(&query(Grain::Hour)).is_err());
        assert!(!present(&query(Grain::Month)).unwrap().absent);
    }
}
