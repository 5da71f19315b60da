//! A cost, and how many days of data it is made of.

use wherefore_contract::{
    cost::Measure,
    dimension::{Dimension, Grain},
};

use super::{super::super::super::word::Meaning, Draft};
use crate::request::Ask;

impl Draft<'_> {
    /// "the cost of October and how many days of data it has": both are told, by what the question groups by.
    pub(super) fn cost_beside_days(&mut self) -> Option<Ask> {
        let days = ["days with data", "days of data", "며칠치", "데이터일수", "데이터가있는일수"];
        let counts = (0..self.items.len()).any(|at| {
            let text = self.text_of(at).to_lowercase();
            let bare = text.replace(' ', "");
            days.iter().any(|word| text == *word || bare == *word)
        });
        let whole = self.text_of(0).eq_ignore_ascii_case("is") && self.has(&Meaning::Complete);
        let costs = self.has(&Meaning::Cost) || self.has(&Meaning::Total);
        let plain = self.bounds.is_empty()
            && self.limit.is_none()
            && !self.ranks()
            && !self.has(&Meaning::Share)
            && !self.has(&Meaning::First)
            && !self.has(&Meaning::Last)
            && !self.has(&Meaning::Forecast);
        if !(counts || whole) || !costs || !plain || self.moves() || self.scale.is_some() {
            return None;
        }
        if self.has(&Meaning::PerDay) || self.has(&Meaning::Average) || self.names_commitment() {
            return None;
        }
        let day = Dimension::Time(Grain::Day);
        self.counted = None;
        self.dimensions.retain(|dimension| *dimension != day);
        if !self.measures.iter().any(Measure::is_cost) {
            let cost = self.known.description.default_cost.clone();
            self.measures.insert(0, cost.unwrap_or(Measure::BilledCost));
        }
        self.measures.push(Measure::Distinct(day));
        Some(match (self.dimensions.is_empty(), self.is_grained()) {
            (true, _) => Ask::Total,
            (false, true) => Ask::Trend,
            (false, false) => Ask::Breakdown,
        })
    }
}
