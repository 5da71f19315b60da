//! What kind of thing broke, told from the evidence of one node.

use std::collections::BTreeMap;

use wherefore_contract::incident::{CauseKind, ChangeKind, Signal};

use super::{
    estate::{ChangeSeen, Estate, Severity, Vantage},
    evidence::{Finding, Observation, Reference},
    settings::CauseSettings,
    verdict::NextCheck,
};

/// What is known of the node that a kind is told of.
pub(super) struct Case<'a> {
    pub estate: &'a Estate,
    pub node: &'a str,
    pub vantage: Vantage,
    pub leading: &'a Observation,
    pub evidence: &'a [Observation],
    /// The change that speaks most for it.
    pub change: Option<&'a ChangeSeen>,
    /// Evidence of every node.
    pub others: &'a BTreeMap<&'a str, Vec<Observation>>,
    pub settings: &'a CauseSettings,
}

// A slope counts as gradual when no step of it makes more than this part of the whole rise.
const GRADUAL: f64 = 0.5;
// Below this an observation says nothing of the kind.
const SAYS: f64 = 0.3;

/// The kind, by the first rule that holds: what error lines say outright, a change just before, what is used up,
/// where it is seen, what is lost in the code.
pub(super) fn kind(case: &Case<'_>) -> CauseKind {
    if let Some(said) = said_outright(case) {
        return said;
    }
    if let Some(change) = case.change {
        match change.kind {
            ChangeKind::Deployment => return CauseKind::BadDeployment,
            ChangeKind::Config
            | ChangeKind::Scaling
            | ChangeKind::Access
            | ChangeKind::Network
            | ChangeKind::Resource => return CauseKind::ConfigChange,
            ChangeKind::Commit | ChangeKind::Other => {}
        }
    }
    let has = |finding: Finding| {
        case.evidence.iter().any(|one| one.finding == finding && one.surprise >= SAYS)
    };
    if case.leading.signal == Some(Signal::Cost) {
        return CauseKind::CostSpike;
    }
    if let Some(traffic) = more_traffic(case) {
        return traffic;
    }
    if let Some(used_up) = used_up(case) {
        return used_up;
    }
    if is_between(case) {
        return CauseKind::NetworkFault;
    }
    if case.vantage == Vantage::Callers {
        return CauseKind::DependencyFailure;
    }
    if has(Finding::StepLost) || has(Finding::ErrorsBegin) || has(Finding::PatternRose) {
        return CauseKind::CodeFault;
    }
    CauseKind::Unknown
}

fn said_outright(case: &Case<'_>) -> Option<CauseKind> {
    let rose: Vec<&str> = case
        .evidence
        .iter()
        .filter(|one| one.finding == Finding::PatternRose && one.surprise >= SAYS)
        .filter_map(|one| match &one.of {
            Reference::Pattern(id) => Some(id.as_str()),
            Reference::Series(_)
            | Reference::Succession(_)
            | Reference::Spans { .. }
            | Reference::Change(_)
            | Reference::Call { .. } => None,
        })
        .collect();
    let says = |words: &[String]| {
        case.estate.patterns.iter().any(|pattern| {
            pattern.node == case.node
                && pattern.severity != Severity::Information
                && rose.contains(&pattern.id.as_str())
                && {
                    let text = pattern.text.to_lowercase();
                    words.iter().any(|word| text.contains(word.as_str()))
                }
        })
    };
    if says(&case.settings.words.certificate) {
        return Some(CauseKind::CertificateExpired);
    }
    says(&case.settings.words.quota).then_some(CauseKind::QuotaReached)
}

fn is_high(evidence: &[Observation], signal: Signal) -> bool {
    evidence.iter().any(|one| {
        one.signal == Some(signal)
            && matches!(one.finding, Finding::Higher | Finding::ErrorsBegin)
            && one.surprise >= SAYS
    })
}

// More requests than ever: from outside when those who call it, if anybody does, get more as well; else callers that
// try again, which is told by failures.
fn more_traffic(case: &Case<'_>) -> Option<CauseKind> {
    if !is_high(case.evidence, Signal::Traffic) {
        return None;
    }
    let mut callers = case.estate.calls.iter().filter(|call| call.callee == case.node).peekable();
    let from_outside = callers.peek().is_none()
        || callers.any(|call| {
            case.others
                .get(call.caller.as_str())
                .is_some_and(|evidence| is_high(evidence, Signal::Traffic))
        });
    if from_outside {
        return Some(CauseKind::TrafficSurge);
    }
    is_high(case.evidence, Signal::Errors).then_some(CauseKind::RetryStorm)
}

// The strongest series that fills up: the host's alone is somebody else's doing.
fn used_up(case: &Case<'_>) -> Option<CauseKind> {
    let high = |is_shared: bool| {
        case.estate.series.iter().find(|series| {
            series.node == case.node
                && series.signal == Signal::Saturation
                && series.is_shared == is_shared
                && case.evidence.iter().any(|one| {
                    matches!(&one.of, Reference::Series(id) if *id == series.id)
                        && one.finding == Finding::Higher
                        && one.surprise >= SAYS
                })
        })
    };
    if let Some(own) = high(false) {
        return Some(if is_gradual(&own.window) {
            CauseKind::ResourceLeak
        } else {
            CauseKind::ResourceSaturation
        });
    }
    let speaks = case.leading.signal != Some(Signal::Errors);
    (speaks && high(true).is_some()).then_some(CauseKind::NoisyNeighbour)
}

fn is_gradual(window: &[f64]) -> bool {
    let known: Vec<f64> = window.iter().copied().filter(|value| value.is_finite()).collect();
    let (Some(first), Some(last)) = (known.first(), known.last()) else { return false };
    let rise = last - first;
    if known.len() < 6 || rise <= 0.0 {
        return false;
    }
    let steepest =
        known.windows(2).filter_map(|pair| Some(pair.last()? - pair.first()?)).fold(0.0, f64::max);
    steepest <= GRADUAL * rise
}

// Callers see it late, and the node itself does not.
fn is_between(case: &Case<'_>) -> bool {
    let series = |id: &str| case.estate.series.iter().find(|series| series.id == id);
    let mut from_callers = 0.0_f64;
    let mut own = 0.0_f64;
    for one in case.evidence {
        let Reference::Series(id) = &one.of else { continue };
        let Some(series) = series(id) else { continue };
        if series.signal != Signal::Latency {
            continue;
        }
        if series.caller.is_some() {
            from_callers = from_callers.max(one.surprise);
        } else {
            own = own.max(one.surprise);
        }
    }
    from_callers >= SAYS && own < 0.5 * from_callers
}

/// What would tell most next.
pub(super) fn next(case: &Case<'_>, kind: CauseKind) -> NextCheck {
    if case.change.is_some() {
        return NextCheck::ReadTheChange;
    }
    match kind {
        CauseKind::BadDeployment | CauseKind::ConfigChange => NextCheck::ReadTheChange,
        CauseKind::ResourceLeak | CauseKind::ResourceSaturation | CauseKind::NoisyNeighbour => {
            NextCheck::ProfileTheResource
        }
        CauseKind::DependencyFailure => NextCheck::AskTheDependency,
        CauseKind::NetworkFault => NextCheck::MeasureTheNetwork,
        CauseKind::RetryStorm | CauseKind::TrafficSurge | CauseKind::CostSpike => {
            NextCheck::CompareTraffic
        }
        CauseKind::QuotaReached | CauseKind::CertificateExpired | CauseKind::CodeFault => {
            NextCheck::ReadTheLines
        }
        CauseKind::Unknown => {
            let traced = case.evidence.iter().any(|one| matches!(one.of, Reference::Spans { .. }));
            if traced { NextCheck::ReadATrace } else { NextCheck::CollectMore }
        }
    }
}
