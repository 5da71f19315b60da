//! Refuses a cost that the loaded bills contradict, or do not tell.

use wherefore_contract::{cost::Measure, period::Period, quality::CostDescription};

use crate::refuse::Refusal;

/// Refuses measures of a cost whose closing identity failed in these periods, and net costs where a bill has none.
///
/// # Errors
/// Says which measure it is, why, and what can be asked instead.
pub(crate) fn check(
    measures: &[Measure],
    periods: &[Period],
    description: &CostDescription,
) -> Result<(), Refusal> {
    for measure in measures {
        if let Some(notice) = description.barred_by_identity(measure, periods) {
            return Err(Refusal::Failed(format!(
                "`{measure}` is barred because the bill contradicts it: {}; use billed_cost, or cost_bases for what can be used",
                notice.text
            )));
        }
        if description.lacks_net(measure, periods) {
            return Err(Refusal::Failed(format!(
                "`{measure}` is not known: the loaded bills have no filled net columns (line_item_net_unblended_cost and its kind) and no rows of discounts; use {}",
                gross(measure)
            )));
        }
    }
    Ok(())
}

fn gross(measure: &Measure) -> &'static str {
    if measure.to_string().contains("effective") { "effective_cost" } else { "billed_cost" }
}
