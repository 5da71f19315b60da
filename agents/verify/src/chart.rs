//! Draws charts as SVG from evidence alone.

use wherefore_contract::{draft::DraftChart, evidence::Evidence, question::Language};

/// The chart, or why its evidence cannot give it.
///
/// # Errors
/// When the evidence or a column is missing, or holds no number.
pub fn draw(
    drawn: &DraftChart,
    _title: &str,
    evidence: &[Evidence],
    _language: Language,
) -> Result<String, String> {
    Err(format!("no chart of {} over {} pieces", drawn.evidence, evidence.len()))
}
