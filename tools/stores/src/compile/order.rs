//! The order of rows: always total, so that the same question gives the same bytes.

use wherefore_contract::{
    cost::{Direction, Order},
    error::StoreError,
};

use super::{expression::Key, invalid};

/// A name that rows can be ordered by, and its expression.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Sortable {
    pub(super) name: String,
    pub(super) expression: String,
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
    /// The keys of `order by`, ending in every grouping key.
    pub(super) fn clause(&self) -> Result<String, StoreError> {
        let mut keys: Vec<(String, &str)> = Vec::new();
        for order in self.asked {
            let expression = self.expression(&order.by)?;
            keys.push((
                expression,
                match order.direction {
                    Direction::Descending => "desc",
                    Direction::Ascending => "asc",
                },
            ));
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

/// The key in the relation `f`.
pub(super) fn in_final(key: &Key) -> String {
    format!("f.{}", key.alias)
}

/// A quotient to sort by. Its digits do not reach a reader: those are computed exactly.
pub(super) fn quotient(over: &str, under: &str) -> String {
    format!("cast({over} as double precision) / nullif(cast({under} as double precision), 0)")
}
