//! Cost questions compiled to SQL, in one place. Values are always bound; identifiers come only from enums and the
//! snapshot's own column map.
//!
//! The SQL keeps to the subset that `DataFusion` and Redshift share. What the two would compute differently (text of
//! moments, exact quotients) is left to [`crate::finish`], which reads the [`Output`]s of a statement.

mod axis;
mod bind;
mod calls;
mod compare;
mod condition;
mod days;
mod demand;
mod expression;
mod layers;
mod metrics;
mod named;
mod order;
mod parts;
mod query;
mod relation;
mod shape;
mod tables;
pub mod telemetry;
mod unit;

use std::fmt;

use jiff::{Timestamp, civil::DateTime};
use wherefore_contract::{
    Decimal,
    calls::CallQuery,
    cost::{CompareQuery, CostQuery},
    dimension::Grain,
    error::StoreError,
    metrics::MetricQuery,
    scope::Scope,
    table::Column,
};

pub use shape::{Shape, Spellings};
pub(crate) use unit::per;

/// A statement ready to run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// One `select`; `$1`, `$2`, … stand for `parameters` in order.
    pub sql: String,
    pub parameters: Vec<Value>,
    /// The columns of the answer, made from the columns that the statement returns.
    pub outputs: Vec<Output>,
}

/// A bound value.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Value {
    Text(String),
    Moment(DateTime),
    Integer(i64),
    /// An amount of at most 18 decimals.
    Exact(Decimal),
    /// Nanoseconds since 1970, UTC.
    Instant(i64),
}

impl fmt::Display for Value {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => out.write_str(text),
            Self::Moment(moment) => write!(out, "{}", moment.strftime("%Y-%m-%dT%H:%M:%S")),
            Self::Integer(number) => write!(out, "{number}"),
            Self::Exact(amount) => write!(out, "{amount}"),
            Self::Instant(nanos) => match Timestamp::from_nanosecond((*nanos).into()) {
                Ok(instant) => write!(out, "{instant}"),
                Err(_) => write!(out, "{nanos}"),
            },
        }
    }
}

/// A column of the answer and how it is made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Output {
    pub column: Column,
    pub source: Source,
}

/// Where the cells of an output come from. Numbers count the statement's columns from zero.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// Text as it is.
    Text(usize),
    /// The text of a grain of time, from its first moment (weekdays: from a number).
    Grain(usize, Grain),
    /// The date of a moment.
    Date(usize),
    /// A moment to the second.
    Moment(usize),
    /// The text of a unit for one of something, e.g. `USD/transaction`.
    Per { unit: Word, one: Word },
    /// An exact number.
    Number(Number),
}

/// A word that is the same in all rows or stands in a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Word {
    Fixed(String),
    Cell(usize),
}

/// Exact arithmetic that SQL engines round differently. Empty operands and division by zero give an empty cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Number {
    Cell(usize),
    /// A whole number that is the same in all rows.
    Whole(i64),
    /// The second from the first.
    Less(Box<Self>, Box<Self>),
    /// So many times the first.
    Times(Box<Self>, u32),
    /// The first by the second, to 18 decimals.
    Over(Box<Self>, Box<Self>),
    /// The first as hundredths of the second, to 18 decimals.
    PercentOf(Box<Self>, Box<Self>),
}

/// Compiles a query.
///
/// # Errors
/// [`StoreError::InvalidQuery`] when the query asks for what has no meaning, and [`StoreError::MissingDimension`] when
/// it names what the loaded data does not have.
pub fn compile_query(
    query: &CostQuery,
    scope: &Scope,
    shape: &Shape,
) -> Result<Statement, StoreError> {
    query::compile(query, scope, shape)
}

/// Compiles a comparison of two periods.
///
/// # Errors
/// As [`compile_query`].
pub fn compile_compare(
    query: &CompareQuery,
    scope: &Scope,
    shape: &Shape,
) -> Result<Statement, StoreError> {
    compare::compile(query, scope, shape)
}

/// Compiles a query for calls of clients.
///
/// # Errors
/// When the scope cannot be put on calls.
pub fn compile_calls(
    query: &CallQuery,
    scope: &Scope,
    shape: &Shape,
) -> Result<Statement, StoreError> {
    calls::compile(query, scope, shape)
}

/// Compiles a query for metric points.
///
/// # Errors
/// When the scope cannot be put on points.
pub fn compile_metrics(
    query: &MetricQuery,
    scope: &Scope,
    shape: &Shape,
) -> Result<Statement, StoreError> {
    metrics::compile(query, scope, shape)
}

/// Compiles the question which metrics are loaded.
///
/// # Errors
/// As [`compile_metrics`].
pub fn compile_metric_names(scope: &Scope, shape: &Shape) -> Result<Statement, StoreError> {
    metrics::compile_names(scope, shape)
}

pub(crate) fn invalid(reason: impl Into<String>) -> StoreError {
    StoreError::InvalidQuery { reason: reason.into() }
}

#[cfg(test)]
mod tests;
