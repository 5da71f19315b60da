//! Agreed shares: which owner bears how much, as the question states it.

use wherefore_contract::dimension::Dimension;

use super::super::{
    super::{decide::Draft, word::Meaning},
    percents::{Stated, percents, ratio},
};
use crate::request::{Part, Slice};

/// The parts of the owners that the question names, and where the figures stand; none unless each owner has one.
pub(super) fn stated(draft: &Draft<'_>) -> (Vec<Part>, Vec<Slice>) {
    let owners = owners(draft);
    let figures = [percents(draft.text), ratio(draft.text)];
    let fits = |figures: &&Vec<Stated>| owners.len() > 1 && figures.len() == owners.len();
    let Some(figures) = figures.iter().find(fits) else { return (Vec::new(), Vec::new()) };
    let parts = owners.into_iter().zip(figures);
    let parts = parts.map(|(owner, figure)| Part { owner, part: figure.value }).collect();
    (parts, figures.iter().map(|figure| figure.at).collect())
}

// Workloads in the order in which they are named.
fn owners(draft: &Draft<'_>) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for item in &draft.items {
        let Meaning::Entity(place) = item.meaning else { continue };
        let Some(entity) = draft.entities.get(place) else { continue };
        let workload = entity.options.iter().find(|(one, _)| *one == Dimension::Workload);
        if let Some((_, values)) = workload
            && let [only] = values.as_slice()
            && !all.contains(only)
        {
            all.push(only.clone());
        }
    }
    all
}
