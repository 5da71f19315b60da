//! The ranking of causes: observations of an estate in, hypotheses in a total order out.

mod confidence;
mod estate;
mod evidence;
mod figures;
mod kind;
mod ranking;
mod settings;
mod topology;
mod verdict;

pub use confidence::Class;
pub use estate::{
    Call, ChangeSeen, Estate, Node, PatternCounts, PatternSeen, Series, Severity, SpanFigures,
    SpansSeen, Steps, Succession, Symptom, Vantage,
};
pub use evidence::{Finding, Observation, Reference};
pub use ranking::rank;
pub use settings::{CauseSettings, InvalidSettings};
pub use topology::Hop;
pub use verdict::{Hypothesis, LeftOut, NextCheck, Parts, Verdict};
