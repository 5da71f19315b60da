//! Stores: cost questions compiled to SQL, and the embedded warehouse that answers them.

mod absent;
pub mod compile;
pub mod embedded;
pub mod exact;
pub mod finish;
mod fold;

#[cfg(test)]
mod conformance;
