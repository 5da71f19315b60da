//! Expected rows against the rows of a result: one to one, in order where that is asked.

use wherefore_contract::{Decimal, answer::AnswerResult};

use super::cell::{Cell, Wanted};

/// How rows are to be matched.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rules {
    pub(super) tolerance: Decimal,
    /// The rows must come in the expected order; rows with equal figures may change places.
    pub(super) ordered: bool,
    /// More rows may follow the expected ones, which then must come in order.
    pub(super) more_may_follow: bool,
}

/// The cells of a result, read once.
pub(super) fn cells(result: &AnswerResult) -> Vec<Vec<Cell>> {
    let row = |row: &Vec<Option<String>>| {
        row.iter()
            .enumerate()
            .map(|(index, text)| Cell::new(text.as_deref(), result.columns.get(index)))
            .collect()
    };
    result.rows.iter().map(row).collect()
}

/// Matches rows one to one.
///
/// # Errors
/// With why they do not match, rows counted from one.
pub(super) fn match_rows(
    wanted: &[Vec<Wanted>],
    given: &[Vec<Cell>],
    rules: Rules,
) -> Result<(), String> {
    if given.len() < wanted.len() {
        return match first_alone(wanted, given, rules.tolerance) {
            Some(row) => Err(format!(
                "{} rows expected, {} given; expected row {row} has no partner",
                wanted.len(),
                given.len()
            )),
            None => Err(format!("{} rows expected, {} given", wanted.len(), given.len())),
        };
    }
    let has_more = given.len() > wanted.len();
    if has_more && !rules.more_may_follow {
        return Err(format!("{} rows expected, {} given", wanted.len(), given.len()));
    }
    if rules.ordered || has_more {
        return in_order(wanted, given, rules.tolerance);
    }
    match first_alone(wanted, given, rules.tolerance) {
        Some(row) => Err(format!("expected row {row} has no partner")),
        None => Ok(()),
    }
}

fn is_partner(wanted: &[Wanted], given: &[Cell], tolerance: Decimal) -> bool {
    wanted.iter().all(|value| given.iter().any(|cell| value.is_in(cell, tolerance)))
}

// Runs of expected rows with equal figures stand against the same places of the result.
fn in_order(wanted: &[Vec<Wanted>], given: &[Vec<Cell>], tolerance: Decimal) -> Result<(), String> {
    let mut start = 0_usize;
    for run in
        wanted.chunk_by(|one, next| figures(one).eq(figures(next)) && figures(one).count() > 0)
    {
        let end = start.saturating_add(run.len());
        let places = given.get(start..end).unwrap_or_default();
        if let Some(row) = first_alone(run, places, tolerance) {
            let row = start.saturating_add(row);
            let is_elsewhere = wanted.get(row.saturating_sub(1)).is_some_and(|wanted| {
                given.iter().any(|given| is_partner(wanted, given, tolerance))
            });
            return Err(if is_elsewhere {
                format!("expected row {row} is not in its place")
            } else {
                format!("expected row {row} has no partner")
            });
        }
        start = end;
    }
    Ok(())
}

fn figures(row: &[Wanted]) -> impl Iterator<Item = &Wanted> {
    row.iter().filter(|value| value.is_number())
}

/// The first expected row, counted from one, that is left without a partner when as many as
/// possible have one; augmenting paths (Kuhn).
fn first_alone(wanted: &[Vec<Wanted>], given: &[Vec<Cell>], tolerance: Decimal) -> Option<usize> {
    let partners: Vec<Vec<usize>> = wanted
        .iter()
        .map(|row| {
            let fits = |index: &usize| {
                given.get(*index).is_some_and(|cells| is_partner(row, cells, tolerance))
            };
            (0..given.len()).filter(fits).collect()
        })
        .collect();
    let mut taken_by = vec![None; given.len()];
    let mut alone = None;
    for row in 0..wanted.len() {
        let mut seen = vec![false; given.len()];
        if !place(row, &partners, &mut taken_by, &mut seen) && alone.is_none() {
            alone = Some(row.saturating_add(1));
        }
    }
    alone
}

fn place(
    row: usize,
    partners: &[Vec<usize>],
    taken_by: &mut [Option<usize>],
    seen: &mut [bool],
) -> bool {
    for &partner in partners.get(row).into_iter().flatten() {
        match seen.get_mut(partner) {
            Some(mark) if !*mark => *mark = true,
            _ => continue,
        }
        let holder = taken_by.get(partner).copied().flatten();
        let is_free = match holder {
            None => true,
            Some(other) => place(other, partners, taken_by, seen),
        };
        if is_free {
            if let Some(slot) = taken_by.get_mut(partner) {
                *slot = Some(row);
            }
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};
    use wherefore_contract::table::{Column, ColumnKind};

    use super::*;

    fn check(
        wanted: &Value,
        given: &[(&str, &str)],
        ordered: bool,
        more: bool,
    ) -> Result<(), String> {
        let wanted: Vec<Vec<Wanted>> = wanted
            .as_array()
            .unwrap()
            .iter()
            .map(|row| row.as_array().unwrap().iter().map(Wanted::new).collect())
            .collect();
        let result = AnswerResult {
            columns: vec![
                Column::dimension("name"),
                Column { kind: ColumnKind::Measure, ..Column::dimension("cost") },
                Column::dimension("extra"),
            ],
            rows: given
                .iter()
                .map(|(name, cost)| {
                    vec![
                        Some((*name).to_owned()),
                        Some((*cost).to_owned()),
                        Some("more".to_owned()),
                    ]
                })
                .collect(),
            ..AnswerResult::default()
        };
        let rules = Rules { tolerance: "0.005".parse().unwrap(), ordered, more_may_follow: more };
        match_rows(&wanted, &cells(&result), rules)
    }

    #[test]
    fn rows_match_one_to_one_in_any_order_and_extra_columns_are_allowed() {
        let wanted = json!([["a", 1], ["b", 2]]);
        assert_eq!(check(&wanted, &[("b", "2"), ("a", "1.001")], false, false), Ok(()));
        assert_eq!(
            check(&wanted, &[("a", "1"), ("a", "1")], false, false),
            Err("expected row 2 has no partner".to_owned())
        );
    }

    #[test]
    fn a_row_takes_another_partner_when_its_first_is_needed_elsewhere() {
        // The first fits both given rows, the second only the first of them.
        let wanted = json!([["a"], ["a", 1]]);
        assert_eq!(check(&wanted, &[("a", "1"), ("a", "2")], false, false), Ok(()));
    }

    #[test]
    fn extra_rows_are_not_allowed_unless_more_may_follow_in_order() {
        let wanted = json!([["a", 3], ["b", 2]]);
        let given = [("a", "3"), ("b", "2"), ("c", "1")];
        assert_eq!(
            check(&wanted, &given, false, false),
            Err("2 rows expected, 3 given".to_owned())
        );
        assert_eq!(check(&wanted, &given, false, true), Ok(()));
        assert_eq!(
            check(&wanted, &[("b", "2"), ("a", "3"), ("c", "1")], false, true),
            Err("expected row 1 is not in its place".to_owned())
        );
        assert_eq!(
            check(&wanted, &[("a", "3")], false, true),
            Err("2 rows expected, 1 given; expected row 2 has no partner".to_owned())
        );
    }

    #[test]
    fn an_asked_order_holds_but_equal_figures_may_change_places() {
        let wanted = json!([["a", 3], ["b", 2], ["c", 2], ["d", 1]]);
        let swapped = [("a", "3"), ("c", "2"), ("b", "2"), ("d", "1")];
        assert_eq!(check(&wanted, &swapped, true, false), Ok(()));
        let wrong = [("b", "2"), ("a", "3"), ("c", "2"), ("d", "1")];
        assert!(check(&wanted, &wrong, true, false).is_err());
        assert_eq!(check(&wanted, &wrong, false, false), Ok(()));
    }
}
