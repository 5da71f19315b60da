//! A statement in layers: each reads the one below as `f` and may add columns to it.

use super::relation::where_all;

/// A column that a layer adds: its expression over `f` and its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Added {
    pub(super) name: String,
    pub(super) expression: String,
}

impl Added {
    pub(super) fn new(name: impl Into<String>, expression: String) -> Self {
        Self { name: name.into(), expression }
    }
}

/// A statement under construction.
pub(super) struct Layers {
    sql: String,
    names: Vec<String>,
}

impl Layers {
    /// Begins with a relation of these columns.
    pub(super) fn new(sql: String, names: Vec<String>) -> Self {
        Self { sql, names }
    }

    /// Adds columns and keeps the rows for which the conditions hold.
    pub(super) fn wrap(&mut self, added: Vec<Added>, conditions: &[String]) {
        let list = self.list(&added);
        self.sql = format!("  select {list}\n  from (\n{}\n) f{}", self.sql, where_all(conditions));
        self.names.extend(added.into_iter().map(|column| column.name));
    }

    /// Where a column stands in the statement's rows.
    pub(super) fn index(&self, name: &str) -> usize {
        self.names.iter().position(|known| known == name).unwrap_or_default()
    }

    /// The statement: its last layer with the order and the cut.
    pub(super) fn close(&self, conditions: &[String], order: &str, limit: Option<u32>) -> String {
        let limit = limit.map_or_else(String::new, |limit| format!("\nlimit {limit}"));
        format!(
            "select {}\nfrom (\n{}\n) f{}\norder by {order}{limit}",
            self.list(&[]),
            self.sql,
            where_all(conditions)
        )
    }

    /// The statement that counts the rows for which the conditions hold. No row at all gives no count.
    pub(super) fn count(&self, conditions: &[String]) -> String {
        let counted = if conditions.is_empty() {
            "*".to_owned()
        } else {
            format!("case when {} then 1 end", conditions.join(" and "))
        };
        format!("select count({counted}) as kept\nfrom (\n{}\n) f\nhaving count(*) > 0", self.sql)
    }

    fn list(&self, added: &[Added]) -> String {
        let known = self.names.iter().map(|name| format!("f.{name}"));
        let added = added.iter().map(|column| format!("{} as {}", column.expression, column.name));
        known.chain(added).collect::<Vec<_>>().join(", ")
    }
}
