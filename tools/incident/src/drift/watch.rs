//! One watch: a deployment and a signal, from learning to a ticket that opens once, is kept up and closes.

mod facts;
mod placebo;
mod state;
mod subject;
mod tally;

pub use self::{
    facts::{CrossingTimes, EvidenceBlock, Facts},
    state::{Ended, Event, EventKind, Phase, Taken, Watch},
    subject::{Direction, Point, Subject},
};
