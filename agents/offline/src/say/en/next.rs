//! English questions that could be asked next.

use wherefore_contract::draft::Sentence;

use super::{during, line, subject};
use crate::say::{
    line::Line,
    next::{Idea, Kind},
};

pub(in crate::say) fn next(idea: &Idea) -> Sentence {
    let of = |line: Line| subject(line, &idea.about, idea.measure.clone());
    let asked = match &idea.kind {
        Kind::By(dimension, period) => {
            let start = of(line().text("What was the ")).text(" by ").dimension(dimension);
            match period {
                Some(period) => during(start, *period),
                None => start,
            }
        }
        Kind::ByMonth => of(line().text("What was the ")).text(" by month"),
        Kind::ByDay(period) => during(of(line().text("What was the ")).text(" by day"), *period),
        Kind::Change(from, to) => {
            let start = during(of(line().text("How did the ")), *to);
            start.text(" compare with ").period(*from)
        }
        Kind::ChangeBy(dimension, from, to) => {
            let start = of(line().text("How did the ")).text(" by ").dimension(dimension);
            during(start, *to).text(" compare with ").period(*from)
        }
        Kind::Why(from, to) => {
            let start = during(of(line().text("Why did the ")).text(" change"), *to);
            start.text(" against ").period(*from)
        }
    };
    asked.text("?").done()
}
