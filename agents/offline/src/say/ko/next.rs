//! Korean questions that could be asked next.

use wherefore_contract::draft::{Particle, Sentence};

use super::{line, subject};
use crate::say::{
    line::Line,
    next::{Idea, Kind},
};

pub(in crate::say) fn next(idea: &Idea) -> Sentence {
    let of = |line: Line| {
        subject(line, &idea.about, idea.measure.clone()).particle(Particle::Topic).text(" ")
    };
    let asked = match &idea.kind {
        Kind::By(dimension, period) => {
            let start = match period {
                Some(period) => line().period(*period).text(" "),
                None => line(),
            };
            of(start).dimension(dimension).text("별로 얼마인가요")
        }
        Kind::ByMonth => of(line()).text("월별로 얼마인가요"),
        Kind::ByDay(period) => of(line().period(*period).text(" ")).text("일별로 얼마인가요"),
        Kind::Change(from, to) => {
            of(line().period(*from).text(" 대비 ").period(*to).text(" ")).text("얼마나 달라졌나요")
        }
        Kind::ChangeBy(dimension, from, to) => {
            let start = of(line().period(*from).text(" 대비 ").period(*to).text(" "));
            start.dimension(dimension).text("별로 얼마나 달라졌나요")
        }
        Kind::Why(from, to) => {
            of(line().period(*from).text(" 대비 ").period(*to).text(" ")).text("왜 달라졌나요")
        }
    };
    asked.text("?").done()
}
