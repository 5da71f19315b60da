//! A call: its arguments, and what its caller hears when it cannot be answered.

pub(crate) mod arguments;
pub(crate) mod refuse;
pub(crate) mod searched;
