//! Stores: cost questions compiled to SQL, and the embedded warehouse that answers them.

pub mod compile;
pub mod exact;
pub mod finish;
