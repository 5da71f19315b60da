//! The number gate: turns a draft and its evidence into an answer that a reader may see.
//!
//! A draft is made of spans and holds no digits. [`verify`] recomputes every figure from the cells
//! it cites, checks that names, periods, measures, directions and ranks belong to those cells, and
//! writes the words itself. A sentence that fails is withheld and declared as a gap. What results
//! is a [`VerifiedAnswer`], which only this crate can make and which is all that a surface may
//! render. [`check`] gives the same judgement in words, for one turn of repair.

pub mod chart;
mod compose;
mod context;
mod document;
mod evidence;
mod judge;
mod resolve;
mod wording;

pub use compose::{VerifiedAnswer, check, verify};
pub use context::Context;
use evidence::{calc, ledger, result, table};
pub use judge::{fence, scan};
use judge::{overview, pairing, reading, rules, violation};
pub use violation::{Rule, Violation};
use wording::terms;
pub use wording::{escape, lexicon, number, render};
