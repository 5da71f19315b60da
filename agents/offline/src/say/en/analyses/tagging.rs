//! English sentences about tags: allocation against its targets, keys, look-alikes, what is missing.

use wherefore_contract::{
    dimension::Dimension,
    draft::{Extreme, Sentence},
    evidence::FactRef,
};

use super::super::{line, scope, when};
use crate::say::{
    line::Line,
    scene::About,
    voice::{Allocated, Reached},
};

/// "The billed cost in October 2026 was $44.00: the allocated cost was $36.00, 82.1% of the total, and the
/// unallocated cost was $8.00."
pub(in crate::say) fn tags_allocated(about: &About, own: &Allocated) -> Sentence {
    let start = when(scope(line().text("The ").measure(own.all.clone()), about), about);
    let start = start.text(" was ").value(own.all.clone()).text(": the ");
    let start = start.measure(own.owned.clone()).text(" was ").value(own.owned.clone());
    let start = match &own.share {
        Some(share) => start.text(", ").value(share.clone()).text(" of the total"),
        None => start,
    };
    let start = start.text(", and the ").measure(own.unowned.clone()).text(" was ");
    start.value(own.unowned.clone()).text(".").done()
}

/// What the FinOps Foundation calls the stages of allocation.
pub(in crate::say) fn targets(reached: Reached, crawl: &FactRef, run: &FactRef) -> Sentence {
    let target = |line: Line, at: &FactRef| {
        line.text("the ").measure(at.clone()).text(" of ").value(at.clone())
    };
    let start = line().text("Of the targets of the FinOps Framework, ");
    match reached {
        Reached::Neither => target(start, crawl).text(" is not reached yet.").done(),
        Reached::Crawl => {
            let both = target(target(start, crawl).text(" is reached and "), run);
            both.text(" is not.").done()
        }
        Reached::Run => target(start, run).text(" is reached.").done(),
    }
}

pub(in crate::say) fn owners(keys: FactRef) -> Sentence {
    let start = line().text("A charge counts as allocated when it carries any of these tag keys: ");
    start.name(keys).text(".").done()
}

/// "The charges in October 2026 carry 4 tag keys; the largest tagged cost is that of team: $36.00, 82.1% of
/// the total."
pub(in crate::say) fn tag_keys(
    about: &About,
    evidence: &str,
    key: FactRef,
    cost: FactRef,
    share: Option<FactRef>,
) -> Sentence {
    let start = when(scope(line().text("The charges"), about), about);
    let start = start.text(" carry ").count(evidence).text("; ");
    let start = start.extreme(cost.clone(), Extreme::Largest).text(" ").measure(cost.clone());
    let start = start.text(" is that of ").name(key).text(": ").value(cost);
    match share {
        Some(share) => start.text(", ").value(share).text(" of the total.").done(),
        None => start.text(".").done(),
    }
}

/// "3 tag values look like another spelling; the largest tagged cost of them is that of Prod (environment),
/// which looks like prod: $12.00."
pub(in crate::say) fn tags_alike(evidence: &str, names: [FactRef; 3], cost: FactRef) -> Sentence {
    let [value, key, like] = names;
    let start = line().text("Looking like another spelling of the same thing: ").count(evidence);
    let start = start.text("; ").extreme(cost.clone(), Extreme::Largest).text(" ");
    let start = start.measure(cost.clone()).text(" of them is that of ").name(value).text(" (");
    let start = start.name(key).text("), which looks like ").name(like);
    start.text(": ").value(cost).text(".").done()
}

pub(in crate::say) fn no_tags_alike(evidence: &str) -> Sentence {
    let start = line()
        .text("No tag value looks like another spelling; what was compared are the values of ");
    start.count(evidence).text(".").done()
}

/// "Of the unallocated cost, the largest part is that of the cloud service Amazon S3: untagged cost $5.00."
pub(in crate::say) fn tags_missing(
    about: &About,
    of: &Dimension,
    name: FactRef,
    cost: FactRef,
    share: Option<FactRef>,
) -> Sentence {
    let start = line().text("The ").dimension(of).text(" with ");
    let start = start.extreme(cost.clone(), Extreme::Largest).text(" ").measure(cost.clone());
    let start = when(scope(start, about), about).text(" is ").name(name).text(": ").value(cost);
    match share {
        Some(share) => {
            start.text(", a share of ").value(share).text(" of what has no owner.").done()
        }
        None => start.text(".").done(),
    }
}
