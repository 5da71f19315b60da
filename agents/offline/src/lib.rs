//! The offline model: cost questions in English and Korean, understood and answered by rules, behind
//! the same port as a language model.

mod causes;
mod known;
mod offline;
mod playbook;
mod remembered;
pub mod request;
mod say;
mod scale;
mod tagging;
mod understand;

pub use known::known;
pub use offline::OfflineModel;
pub use understand::{InvalidRequest, corrected, understand};
