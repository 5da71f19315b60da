//! Question cases with known answers, scored exactly against the answer document.

mod case;
mod cell;
mod dates;
mod figures;
mod judge;
mod matching;
mod run;
mod says;
mod score;
mod tables;

pub use case::{Case, CaseError, Expected, ExpectedKind, Reading, read_cases};
pub use judge::{Judgement, judge};
pub use run::{Asked, Asks, run};
pub use score::{CaseResult, QuestionsReport, Statements};
pub use tables::{Show, tables};
