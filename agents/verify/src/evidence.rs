//! Evidence: looking up cited cells, exact arithmetic over them, and showing them as a table or a result.

pub(crate) mod calc;
pub(crate) mod ledger;
pub(crate) mod result;
pub(crate) mod table;
