//! Question cases with known answers, scored exactly against the answer document.

mod case;
mod compare;
mod groups;
mod kept;
mod run;
mod score;
mod scoring;
mod shown;

pub use case::{Case, CaseError, Expected, ExpectedKind, Reading, read_cases};
pub use compare::{Change, Comparison, compare};
pub use kept::{Kept, KeptError};
pub use run::{Asked, Asks, run};
pub use score::{CaseResult, QuestionsReport, Statements};
pub use scoring::judge::{Judgement, judge};
pub use shown::html::{HtmlError, html};
pub use shown::junit::{JunitError, junit};
pub use shown::tables::{Show, tables};

/// A declined answer without a text.
#[cfg(test)]
pub(crate) fn example() -> wherefore_contract::answer::Answer {
    serde_json::from_value(serde_json::json!({
        "id": "a", "question": "q", "language": "en", "as_of": "2026-10-05", "status": "declined",
        "headline": "", "text": "", "result": {"type": "none"}, "verdict": null, "findings": [],
        "hypotheses": [], "assumptions": [], "gaps": [], "charts": [], "next": [], "evidence": [],
        "claims": [], "run": {"model": "m", "agents": [], "turns": 0, "tool_calls": 0,
        "elapsed_ms": 0, "input_tokens": 0, "output_tokens": 0, "model_cost": null, "withheld": 0},
    }))
    .unwrap()
}
