//! What a sentence must hold beyond its single spans: figures beside their own names, periods and
//! measures, directions in order, and words of joining only over what was joined.

mod amounts;
mod direction;
mod measures;
mod names;
mod periods;
mod words;

use crate::{
    compose::Place,
    context::Context,
    ledger::Ledger,
    overview::Overview,
    pairing::Repeats,
    resolve::{Broken, Kind, Piece},
    violation::Rule,
};

/// One sentence with everything its rules look at.
pub(crate) struct Sentence<'a> {
    pub(crate) place: Place,
    pub(crate) pieces: &'a [Piece],
    pub(crate) context: &'a Context<'a>,
    pub(crate) ledger: &'a Ledger<'a>,
    pub(crate) overview: &'a Overview,
}

impl Sentence<'_> {
    /// A rank beside its figure cites the same cell twice but shows it once.
    pub(crate) fn repeats(&self) -> Repeats {
        let rank = |piece: &Piece| matches!(piece.kind, Kind::Extreme { .. } | Kind::Place { .. });
        let ranks = self.pieces.iter().any(rank);
        if ranks { Repeats::Merge } else { Repeats::Count }
    }

    /// Whether it shows a figure.
    pub(crate) fn has_figures(&self) -> bool {
        self.pieces.iter().any(Piece::is_figure)
    }

    /// Whether it says something of the data: a figure, a direction, a rank.
    pub(crate) fn claims_data(&self) -> bool {
        self.pieces.iter().any(|piece| {
            matches!(
                piece.kind,
                Kind::Fact { .. }
                    | Kind::Calc { .. }
                    | Kind::Trend { .. }
                    | Kind::Extreme { .. }
                    | Kind::Place { .. }
            )
        })
    }
}

/// Every rule that the pieces of one sentence break together.
pub(crate) fn check(
    place: Place,
    pieces: &[Piece],
    context: &Context,
    ledger: &Ledger,
    overview: &Overview,
) -> Vec<Broken> {
    let sentence = Sentence { place, pieces, context, ledger, overview };
    let mut broken = Vec::new();
    broken.extend(figures_where_none_belong(&sentence));
    broken.extend(names::check(&sentence));
    broken.extend(amounts::check(&sentence));
    broken.extend(periods::check(&sentence));
    broken.extend(measures::check(&sentence));
    broken.extend(direction::check(&sentence));
    broken.extend(words::check(&sentence));
    broken
}

fn figures_where_none_belong(sentence: &Sentence) -> Option<Broken> {
    if !sentence.claims_data() {
        return None;
    }
    let message = if matches!(sentence.place, Place::ChartTitle(_) | Place::Next(_)) {
        "a title or a next question holds no figure, direction or rank"
    } else if sentence.overview.declines {
        "an answer that is declined or asks back holds no figure, direction or rank"
    } else {
        return None;
    };
    Some((None, Rule::NoFigures, message.to_owned()))
}
