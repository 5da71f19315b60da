//! The order of rows: always total, so that the same question gives the same bytes.

use wherefore_contract::{
    cost::{Direction, Order},
    dimension::Dimension,
    error::StoreError,
    filter::{Against, AmountCondition},
};

use super::{bind::Binder, condition::exact, expression::Key, invalid};

/// A name that rows can be ordered and kept by, and its expression.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Sortable {
    pub(super) name: String,
    pub(super) expression: String,
    pub(super) compared: Compared,
}

/// How a result column compares with an amount.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Compared {
    /// Exactly.
    Exact,
    /// As a quotient: this expression in the column's unit, to so many decimals.
    Rounded(String, u8),
    /// It is no number.
    Never,
}

/// Decimals to which a quotient of amounts compares; the smallest prices of bills have eleven.
pub(super) const QUOTIENT_DECIMALS: u8 = 12;
/// Decimals to which percent compare: what is left of a double beside four digits before the point.
pub(super) const PERCENT_DECIMALS: u8 = 9;

impl Sortable {
    /// A column whose expression is exact.
    pub(super) fn exact(name: impl Into<String>, expression: String) -> Self {
        Self { name: name.into(), expression, compared: Compared::Exact }
    }

    /// A column that holds a quotient.
    pub(super) fn quotient(name: impl Into<String>, expression: String) -> Self {
        let compared = Compared::Rounded(expression.clone(), QUOTIENT_DECIMALS);
        Self { name: name.into(), expression, compared }
    }

    /// A column that holds hundredths, from the quotient that they are of.
    pub(super) fn percent(name: impl Into<String>, expression: String) -> Self {
        let compared = Compared::Rounded(format!("100 * {expression}"), PERCENT_DECIMALS);
        Self { name: name.into(), expression, compared }
    }
}

/// The conditions on result columns.
pub(super) fn having(
    conditions: &[AmountCondition],
    values: &[Sortable],
    binder: &mut Binder,
) -> Result<Vec<String>, StoreError> {
    let compare = |condition: &AmountCondition| {
        let column = values
            .iter()
            .find(|value| value.name == condition.column && value.compared != Compared::Never);
        let column = column.ok_or_else(|| {
            let known = values.iter().filter(|value| value.compared != Compared::Never);
            let known: Vec<&str> = known.map(|value| value.name.as_str()).collect();
            invalid(format!(
                "the result has no column of numbers `{}` to compare; it has {}",
                condition.column,
                known.join(", ")
            ))
        })?;
        let value = binder.bind(exact(condition.value)?);
        if condition.of == Against::Mean {
            return Ok(against_mean(condition, &column.expression, &value));
        }
        let sign = condition.op.sign();
        Ok(match &column.compared {
            Compared::Rounded(expression, decimals) => {
                format!("round({expression}, {decimals}) {sign} cast({value} as double precision)")
            }
            Compared::Exact | Compared::Never => format!("{} {sign} {value}", column.expression),
        })
    };
    conditions.iter().map(compare).collect()
}

/// The sum and the number of all rows of a column that rows are held against the mean of.
pub(super) fn mean_names(column: &str) -> [String; 2] {
    [format!("{column}_of_all"), format!("{column}_rows_of_all")]
}

// How far a row lies from so many times the mean, in parts of the mean: rows that equal it must not differ by what a
// double leaves.
fn against_mean(condition: &AmountCondition, expression: &str, value: &str) -> String {
    let [sum, count] = mean_names(&condition.column).map(|name| format!("f.{name}"));
    let mean = format!("cast({sum} as double precision) / nullif({count}, 0)");
    let apart = format!(
        "cast({expression} as double precision) - cast({value} as double precision) * ({mean})"
    );
    format!(
        "round(({apart}) / nullif(abs({mean}), 0), {PERCENT_DECIMALS}) {} 0",
        condition.op.sign()
    )
}

/// What an order is made of.
pub(super) struct Ordering<'a> {
    pub(super) asked: &'a [Order],
    /// The grouping keys of the relation called `f`.
    pub(super) keys: &'a [Key],
    /// The result columns that are no grouping key.
    pub(super) values: &'a [Sortable],
    /// By what rows descend when nothing is asked, after grains of time.
    pub(super) by_default: &'a str,
    /// Whether grains of time lead the order when nothing is asked.
    pub(super) time_first: TimeFirst,
}

/// Whether time leads the default order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TimeFirst {
    Yes,
    No,
}

impl Ordering<'_> {
    /// The keys that rows are cut by, as a list.
    pub(super) fn per(&self, dimensions: &[Dimension]) -> String {
        let keys = self.keys.iter().filter(|key| dimensions.contains(&key.dimension));
        keys.map(in_final).collect::<Vec<_>>().join(", ")
    }

    /// The order of rows that were cut within each value of these dimensions: by value, then by place.
    pub(super) fn by_place(&self, dimensions: &[Dimension]) -> String {
        let keys = self.keys.iter().filter(|key| dimensions.contains(&key.dimension));
        let keys = keys.map(|key| format!("{} asc nulls last", in_final(key)));
        keys.chain(["f.place asc".to_owned()]).collect::<Vec<_>>().join(", ")
    }

    /// The first key of the order alone: rows that are equal by it share a place.
    pub(super) fn leading(&self) -> Result<String, StoreError> {
        let (expression, direction) = match self.asked.first() {
            Some(order) => (self.expression(&order.by)?, word(order.direction)),
            None => (self.by_default.to_owned(), "desc"),
        };
        Ok(format!("{expression} {direction} nulls last"))
    }

    /// The keys of `order by`, ending in every grouping key.
    pub(super) fn clause(&self) -> Result<String, StoreError> {
        let mut keys: Vec<(String, &str)> = Vec::new();
        for order in self.asked {
            let expression = self.expression(&order.by)?;
            keys.push((expression, word(order.direction)));
        }
        if self.asked.is_empty() {
            if self.time_first == TimeFirst::Yes {
                let grains = self.keys.iter().filter(|key| key.is_time());
                keys.extend(grains.map(|key| (in_final(key), "asc")));
            }
            keys.push((self.by_default.to_owned(), "desc"));
        }
        keys.extend(self.keys.iter().map(|key| (in_final(key), "asc")));
        let mut seen: Vec<&str> = Vec::new();
        let mut parts = Vec::new();
        for (expression, direction) in &keys {
            if !seen.contains(&expression.as_str()) {
                seen.push(expression);
                parts.push(format!("{expression} {direction} nulls last"));
            }
        }
        Ok(parts.join(", "))
    }

    fn expression(&self, name: &str) -> Result<String, StoreError> {
        if let Some(key) = self.keys.iter().find(|key| key.dimension.name() == name) {
            return Ok(in_final(key));
        }
        if let Some(value) = self.values.iter().find(|value| value.name == name) {
            return Ok(value.expression.clone());
        }
        let keys = self.keys.iter().map(|key| key.dimension.name());
        let known: Vec<String> =
            keys.chain(self.values.iter().map(|value| value.name.clone())).collect();
        Err(invalid(format!(
            "the result has no column `{name}` to order by; it has {}",
            known.join(", ")
        )))
    }
}

fn word(direction: Direction) -> &'static str {
    match direction {
        Direction::Descending => "desc",
        Direction::Ascending => "asc",
    }
}

/// The key in the relation `f`.
pub(super) fn in_final(key: &Key) -> String {
    format!("f.{}", key.alias)
}

/// A quotient to sort by. Its digits do not reach a reader: those are computed exactly.
pub(super) fn quotient(over: &str, under: &str) -> String {
    format!("cast({over} as double precision) / nullif(cast({under} as double precision), 0)")
}
