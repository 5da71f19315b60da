//! Rows of a table brought together as one figure: their sum, mean, median, deviation or a percentile.

use wherefore_contract::{
    Decimal,
    cost::Fold,
    table::{Column, ColumnKind, Table},
};

// Newton's method doubles the right digits with each step; a decimal has fewer than 2^5 of them.
const ROOT_STEPS: u32 = 64;

/// One row for each value of the columns `per`, with the figure of the column `of`; the share of a sum stands beside it.
/// Rows of different units are never brought together.
#[must_use]
pub(crate) fn fold(table: &Table, fold: Fold, of: &str, per: &[String]) -> Table {
    let Some(column) = table.column(of).cloned() else { return table.clone() };
    let unit = column.unit_column.clone();
    let keys: Vec<usize> = (0..table.columns.len())
        .filter(|at| {
            table.columns.get(*at).is_some_and(|own| {
                own.kind != ColumnKind::Measure
                    && (per.contains(&own.name) || unit.as_ref() == Some(&own.name))
            })
        })
        .collect();
    let mut groups: Vec<(Vec<Option<String>>, Vec<usize>)> = Vec::new();
    for (at, row) in table.rows.iter().enumerate() {
        let key: Vec<Option<String>> =
            keys.iter().map(|key| row.get(*key).cloned().flatten()).collect();
        match groups.iter_mut().find(|(held, _)| *held == key) {
            Some((_, rows)) => rows.push(at),
            None => groups.push((key, vec![at])),
        }
    }
    let share = fold == Fold::Sum && table.column("share").is_some();
    let figures = |rows: &[usize], name: &str, fold: Fold| {
        let numbers = rows.iter().filter_map(|row| table.number(*row, name)).collect();
        figure(numbers, fold).map(|figure| figure.normalize().to_string())
    };
    let mut columns: Vec<Column> =
        keys.iter().filter_map(|key| table.columns.get(*key)).cloned().collect();
    columns.push(Column { name: fold.column_name(of), ..column });
    columns.extend(table.column("share").filter(|_| share).cloned());
    let rows = groups.into_iter().map(|(key, rows)| {
        let shares = share.then(|| figures(&rows, "share", Fold::Sum));
        key.into_iter().chain([figures(&rows, of, fold)]).chain(shares).collect()
    });
    Table { columns, rows: rows.collect() }
}

fn figure(mut numbers: Vec<Decimal>, fold: Fold) -> Option<Decimal> {
    let count = Decimal::from(numbers.len());
    let sum = |numbers: &[Decimal]| {
        numbers.iter().try_fold(Decimal::ZERO, |sum, number| sum.checked_add(*number))
    };
    if numbers.is_empty() {
        return None;
    }
    match fold {
        Fold::Sum => sum(&numbers),
        Fold::Mean => sum(&numbers)?.checked_div(count),
        Fold::Median => percentile(&mut numbers, 50),
        Fold::Percentile(part) => percentile(&mut numbers, part),
        Fold::Deviation => {
            let mean = sum(&numbers)?.checked_div(count)?;
            let squares: Option<Vec<Decimal>> = numbers
                .iter()
                .map(|number| {
                    let apart = number.checked_sub(mean)?;
                    apart.checked_mul(apart)
                })
                .collect();
            let variance = sum(&squares?)?.checked_div(count.checked_sub(Decimal::ONE)?)?;
            root(variance)
        }
    }
}

// Between two neighbours in proportion, as PERCENTILE_CONT of SQL:2003 has it.
fn percentile(numbers: &mut [Decimal], part: u8) -> Option<Decimal> {
    numbers.sort();
    let last = u64::try_from(numbers.len().checked_sub(1)?).ok()?;
    let place = last.checked_mul(u64::from(part))?;
    let low = numbers.get(usize::try_from(place / 100).ok()?)?;
    let high = numbers.get(usize::try_from(place.div_ceil(100)).ok()?)?;
    let within = Decimal::new(i64::try_from(place % 100).ok()?, 2);
    low.checked_add(high.checked_sub(*low)?.checked_mul(within)?)
}

// The square root by Newton's method.
fn root(square: Decimal) -> Option<Decimal> {
    if square.is_zero() {
        return Some(Decimal::ZERO);
    }
    let two = Decimal::from(2);
    let mut root = square.max(Decimal::ONE);
    for _ in 0..ROOT_STEPS {
        let next = root.checked_add(square.checked_div(root)?)?.checked_div(two)?;
        if next == root {
            break;
        }
        root = next;
    }
    Some(root)
}

#[cfg(test)]
mod tests {
    use wherefore_contract::unit::Unit;

    use super::*;

    fn table() -> Table {
        let rows = [
            ("2026-09", "a", "1"),
            ("2026-09", "b", "2"),
            ("2026-10", "a", "4"),
            ("2026-10", "b", "10"),
        ];
        let usd = Unit::parse("USD");
        Table {
            columns: vec![
                Column::time("month"),
                Column::dimension("region"),
                Column::measure("billed_cost", usd),
            ],
            rows: rows
                .map(|(month, region, cost)| {
                    vec![Some(month.to_owned()), Some(region.to_owned()), Some(cost.to_owned())]
                })
                .to_vec(),
        }
    }

    fn folded(kind: Fold, per: &[&str]) -> Vec<Vec<Option<String>>> {
        let per: Vec<String> = per.iter().map(|name| (*name).to_owned()).collect();
        fold(&table(), kind, "billed_cost", &per).rows
    }

    #[test]
    fn rows_are_brought_together_as_one_figure() {
        let one = |kind| folded(kind, &[]).concat().concat_one();
        assert_eq!(one(Fold::Sum), "17");
        assert_eq!(one(Fold::Mean), "4.25");
        assert_eq!(one(Fold::Median), "3");
        assert_eq!(one(Fold::Percentile(90)), "8.2");
        assert!(one(Fold::Deviation).starts_with("4.0311288741"));
    }

    #[test]
    fn each_value_of_a_dimension_has_its_own_figure() {
        let rows = folded(Fold::Sum, &["month"]);
        let text = |row: usize, column: usize| rows[row][column].clone().unwrap();
        assert_eq!((text(0, 0), text(0, 1)), ("2026-09".to_owned(), "3".to_owned()));
        assert_eq!((text(1, 0), text(1, 1)), ("2026-10".to_owned(), "14".to_owned()));
    }

    trait One {
        fn concat_one(self) -> String;
    }

    impl One for Vec<Option<String>> {
        fn concat_one(self) -> String {
            assert_eq!(self.len(), 1);
            self.into_iter().flatten().collect()
        }
    }
}
