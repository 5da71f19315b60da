//! What a ranking comes to: hypotheses with their parts, and what could not be used or seen.

use wherefore_contract::incident::{CauseKind, Signal};

use super::{
    confidence::Class,
    evidence::{Observation, Reference},
    topology::Hop,
};

/// The outcome of a ranking.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Verdict {
    /// Best first, in a total order: score, then evidence, then name. Empty when nothing is found.
    pub hypotheses: Vec<Hypothesis>,
    /// The best score that was reached, also when nothing is found.
    pub best_score: f64,
    /// Nodes between a cause and the symptom, or below the symptom, of which nothing could be seen.
    pub unseen: Vec<String>,
    pub left_out: Vec<LeftOut>,
}

impl Verdict {
    /// Nothing moved that could have caused the symptom.
    pub fn is_nothing_found(&self) -> bool {
        self.hypotheses.is_empty()
    }
}

/// A possible cause.
#[derive(Debug, Clone, PartialEq)]
pub struct Hypothesis {
    /// From 1.
    pub rank: usize,
    pub node: String,
    pub kind: CauseKind,
    /// What of the node moved first of all.
    pub signal: Option<Signal>,
    pub leading: Observation,
    /// The product of its parts, from 0 to 1.
    pub score: f64,
    pub parts: Parts,
    /// Strongest first.
    pub supporting: Vec<Observation>,
    pub contradicting: Vec<Observation>,
    /// From the cause to the symptom; empty when the cause is the symptom's own node or no way is known.
    pub path: Vec<Hop>,
    /// Calibrated: the part of such hypotheses that turned out right.
    pub confidence: f64,
    pub class: Class,
    pub next: NextCheck,
}

/// The parts of a score, each from 0 to 1. The score is their product.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Parts {
    /// How surprising the node's observations are: the strongest, and what a second kind of source and a change just
    /// before add of what is missing to 1.
    pub evidence: f64,
    /// What no callee explains.
    pub unexplained: f64,
    /// Whether calls lead from the symptom to the node.
    pub reach: f64,
    /// Whether the node is seen by its own telemetry.
    pub vantage: f64,
    /// What the symptom's own node loses when something below it moved.
    pub aside: f64,
    /// Square root of how surprising the symptom's own series is; 1 where none is named. Equal for all.
    pub symptom: f64,
}

impl Parts {
    /// The score.
    pub fn product(&self) -> f64 {
        self.evidence * self.unexplained * self.reach * self.vantage * self.aside * self.symptom
    }
}

/// What would tell most next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NextCheck {
    /// Compare what runs with what ran before the change.
    ReadTheChange,
    /// Read the lines around the lost step or the new pattern.
    ReadTheLines,
    /// Look at one slow or failed request's spans.
    ReadATrace,
    /// See what uses up the resource.
    ProfileTheResource,
    /// See what the callee that is seen from outside only says of itself.
    AskTheDependency,
    /// Measure the way between the two ends.
    MeasureTheNetwork,
    /// Compare the traffic by caller.
    CompareTraffic,
    /// Nothing but series is known: collect logs and spans of the node.
    CollectMore,
}

/// Something of the estate that could not be used, and why.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum LeftOut {
    /// A call with an end that is no listed node.
    UnknownCall { caller: String, callee: String },
    /// An observation of a node that is not listed.
    UnknownNode { of: Reference, node: String },
    /// A series with too few healthy values, or none in the window.
    TooFewValues { series: String },
    /// The symptom's node or series is not known.
    UnknownSymptom { name: String },
    /// A number of an observation is no number.
    NotANumber { of: Reference },
}
