//! The offline model: cost questions in English and Korean, understood and answered by rules, behind
//! the same port as a language model.

pub mod request;
mod understand;

pub use understand::understand;
