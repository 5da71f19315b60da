//! The number gate: turns a draft and its evidence into an answer that a reader may see.
//!
//! A draft is made of spans and holds no digits. [`verify`] recomputes every figure from the cells
//! it cites, checks that names, periods, measures, directions and ranks belong to those cells, and
//! writes the words itself. A sentence that fails is withheld and declared as a gap. What results
//! is a [`VerifiedAnswer`], which only this crate can make and which is all that a surface may
//! render. [`check`] gives the same judgement in words, for one turn of repair.

mod calc;
pub mod chart;
mod compose;
mod context;
mod document;
pub mod escape;
pub mod fence;
mod ledger;
pub mod lexicon;
pub mod number;
mod overview;
mod pairing;
mod reading;
pub mod render;
mod resolve;
mod result;
mod rules;
pub mod scan;
mod table;
mod terms;
mod violation;

pub use compose::{VerifiedAnswer, check, verify};
pub use context::Context;
pub use violation::{Rule, Violation};
