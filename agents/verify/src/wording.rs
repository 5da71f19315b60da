//! Words: how figures, names and conditions are written, and what literal text may not say.

pub mod escape;
pub mod lexicon;
pub mod number;
pub mod render;
pub(crate) mod terms;
