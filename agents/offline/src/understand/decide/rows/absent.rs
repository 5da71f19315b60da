//! Days, weeks and months without any charge.

use wherefore_contract::{
    cost::Measure,
    dimension::{Dimension, Grain},
};

use super::super::{super::word::Meaning, Draft};
use crate::request::Ask;

// So many words may stand between a time and the word that says what it lacks.
const REACH: usize = 6;

// Words of lacking that are of time by themselves.
const MISSING: &[&str] = &["missing", "are missing", "is missing", "missing days", "days missing"];
const MISSING_KO: &[&str] =
    &["빠진날", "누락된날", "비는날", "빠진", "누락된", "누락", "비어있는", "빈"];

// What a day may lack for nothing to be charged on it.
const CHARGES: &[&str] = &[
    "data",
    "charge",
    "charges",
    "cost",
    "costs",
    "spend",
    "spending",
    "usage",
    "billing",
    "bill",
    "row",
    "rows",
    "record",
    "records",
    "line items",
    "entries",
    "entry",
];
const CHARGES_KO: &[&str] =
    &["데이터", "요금", "비용", "청구", "과금", "사용량", "사용", "기록", "내역", "지출", "행"];

impl Draft<'_> {
    /// "which days have no data", "데이터가 없는 날": the times of the period that hold no charge.
    pub(in crate::understand::decide) fn about_absence(&mut self) -> Option<Ask> {
        let other = self.moves()
            || self.ranks()
            || self.scale.is_some()
            || self.has(&Meaning::Average)
            || self.has(&Meaning::Share)
            || self.has(&Meaning::Tag)
            || !self.bounds.is_empty();
        if other {
            return None;
        }
        let (lacking, time, grain) = self.lacking_time()?;
        let (low, high) = (lacking.min(time), lacking.max(time));
        for at in low..=high {
            self.mark(at);
        }
        self.mark_what_is_lacked(lacking);
        self.dimensions = vec![Dimension::Time(grain)];
        self.counted = None;
        self.per_day = false;
        self.only_count = self.has(&Meaning::HowMany);
        self.measures = vec![Measure::Rows];
        self.absent = true;
        Some(Ask::List)
    }

    // The word of lacking, the time that lacks, and its grain.
    fn lacking_time(&self) -> Option<(usize, usize, Grain)> {
        (0..self.items.len()).find_map(|lacking| {
            let whole = self.lacks_by_itself(lacking);
            if whole && self.times_in(lacking) {
                return Some((lacking, lacking, Grain::Day));
            }
            let lacks = self.meaning(lacking) == Some(&Meaning::Without)
                || self.text_of(lacking).eq_ignore_ascii_case("without");
            let lacks_charges = lacks && self.lacked_word(lacking).is_some();
            if !whole && !lacks_charges {
                return None;
            }
            let (time, grain) = self.time_beside(lacking)?;
            Some((lacking, time, grain))
        })
    }

    fn lacks_by_itself(&self, at: usize) -> bool {
        let text = self.text_of(at).to_lowercase();
        let bare: String = text.split_whitespace().collect();
        MISSING.contains(&text.as_str()) || MISSING_KO.contains(&bare.as_str())
    }

    // "missing days", "빠진 날": one word says both.
    fn times_in(&self, at: usize) -> bool {
        let text = self.text_of(at).to_lowercase();
        text.contains("days") || text.ends_with('날')
    }

    // A time stands before an English word of lacking ("days without data") or right after it
    // ("missing days"), and after a Korean one ("데이터가 없는 날").
    fn time_beside(&self, lacking: usize) -> Option<(usize, Grain)> {
        let grain = |at: usize| {
            // "is there a day without": a day, where "a day" alone reads as "per day".
            let one = self.meaning(at) == Some(&Meaning::PerDay)
                && matches!(self.text_of(at).to_lowercase().as_str(), "a day" | "any day");
            let grain = self.unit_at(at).or_else(|| one.then_some(Grain::Day))?;
            matches!(grain, Grain::Day | Grain::IsoWeek | Grain::Month).then_some((at, grain))
        };
        let after = self.next_meaning(lacking).and_then(grain);
        if !self.text_of(lacking).is_ascii() {
            return after;
        }
        let before = (lacking.saturating_sub(REACH)..lacking).rev().find_map(grain);
        before.or(after)
    }

    // What is lacked: the next word in English, the one before in Korean.
    fn lacked_word(&self, lacking: usize) -> Option<usize> {
        let korean = !self.text_of(lacking).is_ascii();
        if korean {
            let names =
                |at: &usize| CHARGES_KO.iter().any(|word| self.text_of(*at).starts_with(word));
            (lacking.saturating_sub(REACH)..lacking).rev().find(names)
        } else {
            let names = |at: &usize| CHARGES.contains(&self.text_of(*at).to_lowercase().as_str());
            (lacking + 1..(lacking + 1 + REACH).min(self.items.len())).find(names)
        }
    }

    fn mark_what_is_lacked(&mut self, lacking: usize) {
        let Some(lacked) = self.lacked_word(lacking) else { return };
        for at in lacking.min(lacked)..=lacking.max(lacked) {
            self.mark(at);
        }
    }
}
