//! Budgets: `name`, `month` or `start` and `end`, `amount`, `currency`, and what they are for.

use jiff::civil::Date;
use wherefore_contract::{
    Decimal, budget::Budget, dimension::Dimension, filter::Filter, period::Period,
};

use crate::{
    cells::Chunk,
    counted::{Places, moment_of},
    error::Refusal,
    moment,
    number::{self, Number},
    source::Rows,
};

const CODE_LETTERS: usize = 3;

/// Whether a header is that of a table of budgets.
pub(crate) fn is_header(has: &dyn Fn(&str) -> bool) -> bool {
    has("name")
        && has("amount")
        && has("currency")
        && (has("month") || (has("start") && has("end")))
}

/// Reads a table of budgets. `end` is the last day of the budget, as people write it.
pub(crate) fn read(rows: &mut Rows) -> Result<Vec<Budget>, Refusal> {
    let places = Places::of(rows.header());
    let mut budgets: Vec<Budget> = Vec::new();
    while let Some(chunk) = rows.next_chunk()? {
        for row in 0..chunk.rows {
            let budget = budget(&chunk, row, &places)?;
            if let Some(other) = budgets.iter().find(|held| is_same(held, &budget)) {
                return Err(Refusal::BudgetTwice {
                    row: chunk.row_of(row),
                    name: other.name.clone(),
                });
            }
            budgets.push(budget);
        }
    }
    budgets.sort();
    Ok(budgets)
}

/// Puts newer budgets over older ones: one of the same name whose days overlap is replaced.
pub(crate) fn replace(older: &mut Vec<Budget>, newer: Vec<Budget>) {
    older.retain(|held| !newer.iter().any(|budget| is_same(held, budget)));
    older.extend(newer);
    older.sort();
}

fn is_same(one: &Budget, other: &Budget) -> bool {
    one.name.eq_ignore_ascii_case(&other.name) && one.start < other.end && other.start < one.end
}

fn budget(chunk: &Chunk, row: usize, places: &Places) -> Result<Budget, Refusal> {
    let number = chunk.row_of(row);
    let text = |column: &str| {
        let text = chunk.at(places.at(column)).text(row);
        text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())
    };
    let refused = |column: &'static str, why: &'static str| Refusal::BudgetCell {
        row: number,
        column,
        value: text(column).unwrap_or_default(),
        why,
    };
    let name = text("name").ok_or_else(|| refused("name", "every budget needs one"))?;
    let amount = match chunk.at(places.at("amount")).number(row) {
        Number::Exact(value) if value >= 0 => number::format(value).parse::<Decimal>().ok(),
        Number::Exact(_) | Number::Cut(_) | Number::Absent | Number::Word => None,
    };
    let amount = amount.ok_or_else(|| refused("amount", "write an amount of 0 or more"))?;
    let currency = text("currency").map(|code| code.to_uppercase()).filter(|code| {
        code.len() == CODE_LETTERS && code.bytes().all(|byte| byte.is_ascii_uppercase())
    });
    let currency =
        currency.ok_or_else(|| refused("currency", "write a code of three letters such as USD"))?;
    let period = period(chunk, row, places)?;
    let filter = match (text("dimension"), text("value")) {
        (None, None) => None,
        (Some(dimension), Some(value)) => {
            let dimension = dimension.to_lowercase().parse::<Dimension>().ok();
            let dimension = dimension.filter(|dimension| dimension.grain().is_none());
            let dimension = dimension.ok_or_else(|| {
                refused(
                    "dimension",
                    "write one such as cloud_service, sub_account, workload or tag:team",
                )
            })?;
            Some(Filter::any_of(dimension, [value]))
        }
        (Some(_), None) => return Err(refused("value", "a dimension needs its value")),
        (None, Some(_)) => return Err(refused("dimension", "a value needs its dimension")),
    };
    Ok(Budget {
        name,
        start: period.start().date(),
        end: period.end().date(),
        amount,
        currency,
        filter,
    })
}

fn period(chunk: &Chunk, row: usize, places: &Places) -> Result<Period, Refusal> {
    let month = chunk.at(places.at("month")).text(row);
    if let Some(month) = month.as_deref().map(str::trim).filter(|month| !month.is_empty()) {
        let first = moment::parse(&format!("{}-01", month.get(..7).unwrap_or(month)));
        let date = first.and_then(|first| moment::date_of(first.micros));
        return date.map(Period::month_of).ok_or_else(|| Refusal::Moment {
            row: chunk.row_of(row),
            column: "month".to_owned(),
            value: month.to_owned(),
        });
    }
    let day = |column: &'static str| -> Result<Date, Refusal> {
        let micros = moment_of(chunk, row, places.at(column), column)?;
        moment::date_of(micros)
            .ok_or_else(|| Refusal::NoMoment { row: chunk.row_of(row), column: column.to_owned() })
    };
    let (start, last) = (day("start")?, day("end")?);
    let backwards = || Refusal::BudgetCell {
        row: chunk.row_of(row),
        column: "end",
        value: last.to_string(),
        why: "the last day lies before the first",
    };
    let end = last.tomorrow().map_err(|_| backwards())?;
    Period::of_days(start, end).map_err(|_| backwards())
}
