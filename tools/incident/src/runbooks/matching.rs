//! Which runbook fits a cause.

use wherefore_contract::{
    incident::{CauseKind, Signal},
    question::Language,
};

use super::Runbook;

/// What is known of the cause.
#[derive(Debug, Clone, Default)]
pub struct Situation {
    pub cause: Option<CauseKind>,
    /// The cause's leading signal.
    pub signal: Option<Signal>,
    pub workload: Option<String>,
    /// Tags of the workload, as `key=value`.
    pub tags: Vec<String>,
    pub language: Language,
}

/// A runbook that fits, and by what.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Match<'a> {
    pub runbook: &'a Runbook,
    /// It names the workload itself.
    pub by_workload: bool,
    /// It names one of the workload's tags.
    pub by_tag: bool,
    /// It names the signal.
    pub by_signal: bool,
}

/// The runbooks that fit, the best first; each id once.
///
/// A runbook fits when it names the kind of cause and contradicts nothing that it says of signals, workloads and tags. In
/// order: those that name the workload, then its tags, then the signal; people's own before shipped ones; those for
/// fewer kinds of causes; the reader's language; the id. Where nothing fits, those for unknown causes do.
#[must_use]
pub fn matching<'a>(runbooks: &'a [Runbook], situation: &Situation) -> Vec<Match<'a>> {
    let cause = situation.cause.unwrap_or(CauseKind::Unknown);
    let mut found: Vec<Match<'a>> =
        runbooks.iter().filter_map(|one| fits(one, cause, situation)).collect();
    if found.is_empty() {
        found =
            runbooks.iter().filter_map(|one| fits(one, CauseKind::Unknown, situation)).collect();
    }
    found.sort_by_key(|one| {
        let foreign = one.runbook.language != situation.language;
        let named = (!one.by_workload, !one.by_tag, !one.by_signal);
        (named, one.runbook.shipped, one.runbook.causes.len(), foreign, one.runbook.id.clone())
    });
    // Of one runbook in two languages the reader's stays, also where the other names more.
    let readers: Vec<&str> = found
        .iter()
        .filter(|one| one.runbook.language == situation.language)
        .map(|one| one.runbook.id.as_str())
        .collect();
    let mut seen: Vec<&str> = Vec::new();
    let mut kept = found.clone();
    kept.retain(|one| {
        let id = one.runbook.id.as_str();
        let foreign = one.runbook.language != situation.language && readers.contains(&id);
        let stays = !foreign && !seen.contains(&id);
        if stays {
            seen.push(id);
        }
        stays
    });
    kept
}

fn fits<'a>(runbook: &'a Runbook, cause: CauseKind, situation: &Situation) -> Option<Match<'a>> {
    let workload = situation.workload.as_ref();
    let by_workload = workload.is_some_and(|workload| runbook.workloads.contains(workload));
    let by_tag = situation.tags.iter().any(|tag| runbook.tags.contains(tag));
    let by_signal = situation.signal.is_some_and(|signal| runbook.signals.contains(&signal));
    let contradicted = !runbook.causes.contains(&cause)
        || !runbook.workloads.is_empty() && !by_workload
        || !runbook.tags.is_empty() && !by_tag
        || !runbook.signals.is_empty() && !by_signal && situation.signal.is_some();
    (!contradicted).then_some(Match { runbook, by_workload, by_tag, by_signal })
}
