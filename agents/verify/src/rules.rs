//! What a sentence must hold beyond its single spans.

use crate::{
    compose::Place,
    context::Context,
    ledger::Ledger,
    overview::Overview,
    resolve::{Broken, Piece},
    violation::Rule,
};

/// Every rule that the pieces of one sentence break together.
pub(crate) fn check(
    place: Place,
    pieces: &[Piece],
    _context: &Context,
    _ledger: &Ledger,
    overview: &Overview,
) -> Vec<Broken> {
    let _ = place;
    if overview.declines && pieces.iter().any(Piece::is_figure) {
        return vec![(
            None,
            Rule::NoFigures,
            "an answer that is declined or asks back holds no figure".to_owned(),
        )];
    }
    Vec::new()
}
