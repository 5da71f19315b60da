//! The score of each node and the order of hypotheses.

use std::collections::{BTreeMap, BTreeSet};

use wherefore_contract::incident::Signal;

use super::{
    confidence::confidence,
    estate::{ChangeSeen, Estate, Vantage},
    evidence::{Finding, Observation, Reference, SymptomSeen, gather, symptom},
    figures::saturating,
    kind::{Case, kind, next},
    settings::CauseSettings,
    topology::Topology,
    verdict::{Hypothesis, LeftOut, Parts, Verdict},
};

/// Ranks what may have caused the symptom. Same estate and settings, same verdict to the last bit.
///
/// A node's evidence is its strongest observation, corroborated by a second kind of source and by a change just before.
/// It is multiplied by what no callee explains, by whether calls lead to it from the symptom, by from where it is seen,
/// and by how surprising the symptom itself is.
pub fn rank(estate: &Estate, settings: &CauseSettings) -> Verdict {
    let (topology, unknown_calls) = Topology::of(estate);
    let mut left_out = unusable(estate, &topology, settings);
    left_out.extend(unknown_calls.into_iter().map(|(caller, callee)| LeftOut::UnknownCall {
        caller: caller.to_owned(),
        callee: callee.to_owned(),
    }));
    let seen = symptom(estate, settings);
    let mut evidence = gather(estate, seen.as_ref(), settings);
    evidence.retain(|node, _| topology.knows(node));
    let scored =
        Scoring { estate, settings, topology: &topology, evidence: &evidence, seen: seen.as_ref() }
            .all();
    let best_score = scored.first().map_or(0.0, |one| one.score);
    let sum: f64 = scored.iter().map(|one| one.score).sum();
    let mut verdict = Verdict { best_score, left_out, ..Verdict::default() };
    if best_score >= settings.verdict.found {
        let kept = scored.iter().take(settings.verdict.most).enumerate();
        verdict.hypotheses = kept
            .map(|(place, one)| {
                let share = if sum > 0.0 { one.score / sum } else { 0.0 };
                hypothesis(estate, settings, &topology, &evidence, one, (place + 1, share))
            })
            .collect();
    }
    verdict.unseen = unseen(estate, &topology, &evidence, &verdict.hypotheses);
    verdict.left_out.sort();
    verdict.left_out.dedup();
    verdict
}

/// One node with its score.
struct Scored<'a> {
    node: &'a str,
    parts: Parts,
    score: f64,
    change: Option<&'a ChangeSeen>,
}

struct Scoring<'a, 'b> {
    estate: &'a Estate,
    settings: &'b CauseSettings,
    topology: &'b Topology<'a>,
    evidence: &'b BTreeMap<&'a str, Vec<Observation>>,
    seen: Option<&'b SymptomSeen>,
}

impl<'a> Scoring<'a, '_> {
    fn all(&self) -> Vec<Scored<'a>> {
        let target = self.estate.symptom.node.as_deref().filter(|node| self.topology.knows(node));
        let reach = target.map(|node| self.topology.reach(node));
        let mut bases: BTreeMap<&str, (Parts, Option<&ChangeSeen>)> = BTreeMap::new();
        for (&node, list) in self.evidence {
            let (own, change) = self.own(node, list);
            if own < self.settings.parts.least_evidence {
                continue;
            }
            bases.insert(node, (self.parts(node, own, reach.as_ref()), change));
        }
        let base = |node: &str| bases.get(node).map_or(0.0, |(parts, _)| parts.product());
        let mut scored: Vec<Scored<'_>> = bases
            .iter()
            .map(|(&node, &(mut parts, change))| {
                parts.unexplained = self.unexplained(node, &base);
                if target == Some(node)
                    && let Some(reach) = &reach
                {
                    parts.aside = self.aside(node, reach, &base);
                }
                Scored { node, parts, score: parts.product(), change }
            })
            .collect();
        scored.sort_by(|one, two| {
            two.score
                .total_cmp(&one.score)
                .then_with(|| two.parts.evidence.total_cmp(&one.parts.evidence))
                .then_with(|| one.node.cmp(two.node))
        });
        scored
    }

    // The strongest observation, then what a second kind of source and a change add of what is missing to 1.
    fn own(&self, node: &str, list: &[Observation]) -> (f64, Option<&'a ChangeSeen>) {
        let Some(first) = list.first() else { return (0.0, None) };
        let second = list
            .iter()
            .find(|one| one.source() != first.source())
            .map_or(0.0, |one| one.strength.max(0.0));
        let rules = &self.settings.parts;
        let mut own = 1.0 - (1.0 - first.strength) * (1.0 - rules.second_kind * second);
        let change = self.change(node);
        if own >= rules.least_evidence
            && let Some((_, fresh)) = change
        {
            own = 1.0 - (1.0 - own) * (1.0 - rules.change * fresh);
        }
        (own.clamp(0.0, 1.0), change.map(|(change, _)| change))
    }

    // The newest change before the incident; one that came later caused nothing.
    fn change(&self, node: &str) -> Option<(&'a ChangeSeen, f64)> {
        let half = self.settings.parts.change_half_seconds;
        self.estate
            .changes
            .iter()
            .filter(|change| change.node.as_deref() == Some(node))
            .filter(|change| change.seconds_before >= -self.estate.step_seconds)
            .map(|change| (change, 1.0 - saturating(change.seconds_before, half)))
            .filter(|(_, fresh)| *fresh >= self.settings.parts.change_least)
            .max_by(|one, two| one.1.total_cmp(&two.1).then_with(|| two.0.id.cmp(&one.0.id)))
    }

    fn parts(&self, node: &str, evidence: f64, reach: Option<&BTreeSet<&str>>) -> Parts {
        let rules = &self.settings.parts;
        let is_off = !self.topology.is_empty() && reach.is_some_and(|all| !all.contains(node));
        Parts {
            evidence,
            unexplained: 1.0,
            reach: if is_off { rules.unreached } else { 1.0 },
            vantage: match self.topology.vantage(node) {
                Vantage::Own => 1.0,
                Vantage::Callers => rules.seen_by_callers,
                Vantage::Client => rules.client,
            },
            aside: 1.0,
            symptom: self.seen.map_or(1.0, |seen| seen.strength.sqrt()),
        }
    }

    fn unexplained(&self, node: &str, base: &dyn Fn(&str) -> f64) -> f64 {
        let own = base(node);
        let explainers = self.topology.explainers(node);
        let most = explainers.iter().map(|other| base(other)).fold(0.0, f64::max);
        let ratio = if own > 0.0 { (most / own).min(1.0) } else { 0.0 };
        1.0 - self.settings.parts.explained * ratio * ratio
    }

    fn aside(&self, node: &str, reach: &BTreeSet<&str>, base: &dyn Fn(&str) -> f64) -> f64 {
        let own = base(node);
        let below = reach.iter().filter(|other| **other != node);
        let most = below.map(|other| base(other)).fold(0.0, f64::max);
        let ratio = if own > 0.0 { (most / (0.5 * own)).min(1.0) } else { 0.0 };
        1.0 - self.settings.parts.aside * ratio
    }
}

fn hypothesis<'a>(
    estate: &'a Estate,
    settings: &CauseSettings,
    topology: &Topology<'a>,
    evidence: &BTreeMap<&'a str, Vec<Observation>>,
    scored: &Scored<'a>,
    (rank, share): (usize, f64),
) -> Hypothesis {
    let list = evidence.get(scored.node).map(Vec::as_slice).unwrap_or_default();
    let leading = leading(scored.node, list, settings);
    let case = Case {
        estate,
        node: scored.node,
        vantage: topology.vantage(scored.node),
        leading: &leading,
        evidence: list,
        change: scored.change,
        others: evidence,
        settings,
    };
    let kind = kind(&case);
    let next = next(&case, kind);
    let least = settings.parts.least_evidence;
    let path = estate
        .symptom
        .node
        .as_deref()
        .filter(|node| topology.knows(node))
        .and_then(|symptom| topology.path(scored.node, symptom, evidence, least));
    let (confidence, class) = confidence(scored.score, share, &settings.verdict);
    Hypothesis {
        rank,
        node: scored.node.to_owned(),
        kind,
        signal: leading.signal,
        supporting: supporting(list, scored.change, least),
        contradicting: contradicting(list, scored, topology, path.is_some(), estate),
        leading,
        score: scored.score,
        parts: scored.parts,
        path: path.unwrap_or_default(),
        confidence,
        class,
        next,
    }
}

// The strongest; but what fills up and what is lost in the code come before what follows from them.
fn leading(node: &str, list: &[Observation], settings: &CauseSettings) -> Observation {
    let strongest = list.first().map_or(0.0, |one| one.strength);
    let is_near = |one: &&Observation| one.strength >= settings.parts.leads_from * strongest;
    let comes_first = |one: &&Observation| {
        one.finding == Finding::StepLost
            || (one.signal == Some(Signal::Saturation) && one.finding == Finding::Higher)
    };
    let lead = list.iter().filter(is_near).find(comes_first).or_else(|| list.first());
    lead.cloned().unwrap_or_else(|| {
        let of = Reference::Spans { node: node.to_owned(), caller: None };
        plain(of, Finding::Steady, 0.0)
    })
}

fn plain(of: Reference, finding: Finding, strength: f64) -> Observation {
    Observation { of, finding, signal: None::<Signal>, strength, surprise: strength, course: None }
}

// What a person reads of one hypothesis: the rest says the same again.
const EVIDENCE_KEPT: usize = 12;

fn supporting(list: &[Observation], change: Option<&ChangeSeen>, least: f64) -> Vec<Observation> {
    let mut kept: Vec<Observation> = list
        .iter()
        .filter(|one| one.strength >= least && is_for(one.finding))
        .take(EVIDENCE_KEPT)
        .cloned()
        .collect();
    if let Some(change) = change {
        kept.push(plain(Reference::Change(change.id.clone()), Finding::Changed, 0.0));
    }
    kept
}

fn is_for(finding: Finding) -> bool {
    match finding {
        Finding::Higher
        | Finding::PatternRose
        | Finding::PatternFell
        | Finding::StepLost
        | Finding::ErrorsBegin
        | Finding::SlowerItself
        | Finding::Changed => true,
        Finding::Steady
        | Finding::OffCourse
        | Finding::ErrorsPass
        | Finding::SlowerBelow
        | Finding::ExplainedBelow
        | Finding::NoPath => false,
    }
}

fn contradicting(
    list: &[Observation],
    scored: &Scored<'_>,
    topology: &Topology<'_>,
    has_path: bool,
    estate: &Estate,
) -> Vec<Observation> {
    let mut against: Vec<Observation> =
        list.iter().filter(|one| !is_for(one.finding)).take(EVIDENCE_KEPT).cloned().collect();
    if scored.parts.unexplained < 0.9 {
        for callee in topology.explainers(scored.node) {
            against.push(plain(
                Reference::Call { caller: scored.node.to_owned(), callee: callee.to_owned() },
                Finding::ExplainedBelow,
                1.0 - scored.parts.unexplained,
            ));
        }
    }
    if let Some(symptom) = &estate.symptom.node
        && !has_path
        && !topology.is_empty()
    {
        against.push(plain(
            Reference::Call { caller: symptom.clone(), callee: scored.node.to_owned() },
            Finding::NoPath,
            1.0 - scored.parts.reach,
        ));
    }
    against
}

fn unseen(
    estate: &Estate,
    topology: &Topology<'_>,
    evidence: &BTreeMap<&str, Vec<Observation>>,
    hypotheses: &[Hypothesis],
) -> Vec<String> {
    let on_paths = hypotheses.iter().take(3).flat_map(|one| one.path.iter());
    let mut names: BTreeSet<&str> =
        on_paths.filter(|hop| hop.is_unseen).map(|hop| hop.caller.as_str()).collect();
    if let Some(symptom) = estate.symptom.node.as_deref().filter(|node| topology.knows(node)) {
        names.extend(
            topology.reach(symptom).into_iter().filter(|node| !evidence.contains_key(node)),
        );
    }
    names.into_iter().map(str::to_owned).collect()
}

fn unusable(estate: &Estate, topology: &Topology<'_>, settings: &CauseSettings) -> Vec<LeftOut> {
    let mut out = Vec::new();
    let mut check = |node: &str, of: Reference| {
        if !topology.knows(node) {
            out.push(LeftOut::UnknownNode { of, node: node.to_owned() });
        }
    };
    for one in &estate.series {
        check(&one.node, Reference::Series(one.id.clone()));
    }
    for one in &estate.patterns {
        check(&one.node, Reference::Pattern(one.id.clone()));
    }
    for one in &estate.successions {
        check(&one.node, Reference::Succession(one.id.clone()));
    }
    for one in &estate.spans {
        let of = Reference::Spans { node: one.node.clone(), caller: one.caller.clone() };
        check(&one.node, of);
    }
    for one in &estate.changes {
        if let Some(node) = &one.node {
            check(node, Reference::Change(one.id.clone()));
        }
    }
    out.extend(
        estate
            .series
            .iter()
            .filter(|series| {
                let known =
                    |values: &[f64]| values.iter().filter(|value| value.is_finite()).count();
                known(&series.reference) < settings.series.least_values
                    || known(&series.window) == 0
            })
            .map(|series| LeftOut::TooFewValues { series: series.id.clone() }),
    );
    out.extend(
        estate
            .patterns
            .iter()
            .filter(|one| !one.exposure.is_finite())
            .map(|one| LeftOut::NotANumber { of: Reference::Pattern(one.id.clone()) }),
    );
    let symptom = &estate.symptom;
    out.extend(
        symptom
            .node
            .iter()
            .filter(|node| !topology.knows(node))
            .map(|node| LeftOut::UnknownSymptom { name: node.clone() }),
    );
    let is_known = |id: &&String| estate.series.iter().any(|series| series.id == **id);
    out.extend(
        symptom
            .series
            .iter()
            .filter(|id| !is_known(id))
            .map(|id| LeftOut::UnknownSymptom { name: id.clone() }),
    );
    out
}

#[cfg(test)]
mod tests;
