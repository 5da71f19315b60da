//! Words of commitments: what they are called, their terms, and amounts beside them.

mod ahead;
mod lists;

use std::ops::Range;

use wherefore_contract::{Decimal, dimension::Dimension};

use self::lists::{NOUNS, OFFERS, PAYMENTS, PLAIN, RESERVED, TERMS};
use crate::{
    request::{Ahead, CommitmentAsk, Slice},
    understand::{
        analyses::phrases::{Heard, Korean, lies_in},
        decide::Draft,
        link::Entity,
        word::{Meaning, TimeWord},
    },
};

/// The question with the stretches that words of a subject were found in.
pub(in crate::understand::analyses) struct Said<'a> {
    heard: &'a Heard,
    taken: Vec<Slice>,
}

impl<'a> Said<'a> {
    pub(in crate::understand::analyses) fn new(heard: &'a Heard) -> Self {
        Self { heard, taken: Vec::new() }
    }

    /// Where any of the words stands; the place is kept as told.
    pub(in crate::understand::analyses) fn takes(&mut self, words: &[&str]) -> bool {
        let found = self.heard.all(words, Korean::Anywhere);
        let any = !found.is_empty();
        self.taken.extend(found);
        any
    }

    /// Whether any of the words stands in the question.
    pub(in crate::understand::analyses) fn has(&self, words: &[&str]) -> bool {
        self.heard.says(words, Korean::Anywhere)
    }

    pub(in crate::understand::analyses) fn names_commitments(&mut self) -> bool {
        self.takes(NOUNS)
    }

    /// The terms, amounts and offers that are named.
    pub(in crate::understand::analyses) fn terms(&mut self) -> CommitmentAsk {
        let term_months = self.one_of(TERMS);
        let payment = self.one_of(PAYMENTS);
        CommitmentAsk {
            offer: self.offer(),
            term_months,
            payment,
            hourly_commitment: self.hourly(),
            utilization: self.percent(),
            break_even: false,
            ends: false,
            ahead: None,
            returns: false,
            each: false,
            by_month: false,
        }
    }

    /// A stretch from today on: "within 30 days".
    pub(in crate::understand::analyses) fn ahead(&mut self) -> Option<Ahead> {
        let (ahead, places) = ahead::ahead(self.heard)?;
        self.taken.extend(places);
        Some(ahead)
    }

    // What is named, where only one is: two of them are compared.
    fn one_of<T: Copy + PartialEq>(&mut self, table: &[(&str, T)]) -> Option<T> {
        let mut named: Vec<T> = Vec::new();
        for (word, meant) in table {
            if self.takes(&[word]) && !named.contains(meant) {
                named.push(*meant);
            }
        }
        match named.as_slice() {
            [only] => Some(*only),
            _ => None,
        }
    }

    /// Whether both reservations and plans are named.
    pub(in crate::understand::analyses) fn names_both_kinds(&self) -> bool {
        self.has(RESERVED) && OFFERS.iter().any(|(word, _)| self.has(&[word]))
    }

    fn offer(&mut self) -> Option<String> {
        let reserved = self.has(RESERVED);
        let plan = OFFERS.iter().find(|(word, _)| self.has(&[word]));
        match (plan, reserved) {
            (Some((_, offer)), false) => Some((*offer).to_owned()),
            (None, true) => Some("reserved".to_owned()),
            (Some(_), true) | (None, false) => None,
        }
    }

    /// "$2 an hour", "시간당 2달러".
    fn hourly(&mut self) -> Option<Decimal> {
        let hour = ["hour", "hourly", "hr", "/h", "시간"];
        let money = ["$", "usd", "dollar", "dollars", "달러", "불"];
        if !self.has(&hour) || !self.has(&money) {
            return None;
        }
        let number = numbers(self.heard.spelled()).into_iter().find(|place| {
            let before = self.heard.spelled().get(..place.start).unwrap_or_default().trim_end();
            let after = self.heard.spelled().get(place.end..).unwrap_or_default().trim_start();
            before.ends_with('$')
                || ["usd", "dollar", "달러", "불"].iter().any(|word| after.starts_with(word))
        })?;
        let value = self.heard.spelled().get(number.clone())?.replace(',', "").parse().ok();
        self.taken.push((number.start, number.end));
        self.takes(&hour);
        self.takes(&money);
        value
    }

    /// "at 70% utilization", "사용률 70%".
    fn percent(&mut self) -> Option<Decimal> {
        let uses = [
            "utilization",
            "utilisation",
            "utilized",
            "used",
            "usage",
            "사용률",
            "활용률",
            "이용률",
            "사용율",
        ];
        if !self.has(&uses) {
            return None;
        }
        let number = numbers(self.heard.spelled()).into_iter().find(|place| {
            let after = self.heard.spelled().get(place.end..).unwrap_or_default().trim_start();
            ["%", "percent", "퍼센트", "프로"].iter().any(|word| after.starts_with(word))
        })?;
        let value = self.heard.spelled().get(number.clone())?.parse().ok();
        self.taken.push((number.start, number.end));
        self.takes(&["%", "percent", "퍼센트", "프로"]);
        self.takes(&uses);
        value
    }
}

fn numbers(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for (at, letter) in text.char_indices() {
        let digit = letter.is_ascii_digit();
        let next = text.get(at + 1..).and_then(|rest| rest.chars().next());
        let inner = matches!(letter, '.' | ',') && next.is_some_and(|next| next.is_ascii_digit());
        match found.last_mut() {
            Some(last) if last.end == at && (digit || inner) => last.end = at + 1,
            _ if digit => found.push(at..at + 1),
            _ => {}
        }
    }
    found
}

impl Draft<'_> {
    /// Leaves of the words only those that name a time or what charges are about; the subject has read the others.
    pub(in crate::understand::analyses) fn told_by_subject(&mut self, said: &Said<'_>) {
        let mut marked = false;
        for at in 0..self.items.len() {
            let Some(item) = self.items.get(at).cloned() else { continue };
            let inside = lies_in(&item, &said.taken);
            let entity = |index: usize| self.entities.get(index);
            let stays = match &item.meaning {
                Meaning::When(_)
                | Meaning::Exclude
                | Meaning::Outside
                | Meaning::Word(TimeWord::DayOfWeek(_)) => !inside,
                Meaning::Entity(index) => !inside && entity(*index).is_some_and(is_of_charges),
                Meaning::Unknown => !inside && !is_plain(self.text_of(at)),
                _ => false,
            };
            if stays {
                continue;
            }
            // One word stays that says what is asked about.
            let meaning = if inside && !marked { Meaning::Cost } else { Meaning::Filler };
            marked |= inside;
            if let Some(item) = self.items.get_mut(at) {
                item.meaning = meaning;
            }
            self.mark(at);
        }
    }
}

// Names of commitments and of kinds of charges narrow no plan.
fn is_of_charges(entity: &Entity) -> bool {
    use wherefore_contract::dimension::FocusDimension as F;
    let told = |dimension: &Dimension| {
        matches!(
            dimension,
            Dimension::Column(
                F::ServiceName
                    | F::SubAccountId
                    | F::SubAccountName
                    | F::BillingAccountId
                    | F::BillingAccountName
                    | F::Provider
                    | F::Region
                    | F::RegionName
                    | F::InstanceType
            ) | Dimension::Tag(_)
                | Dimension::Workload
        )
    };
    !entity.ordinary && entity.options.first().is_some_and(|(dimension, _)| told(dimension))
}

fn is_plain(word: &str) -> bool {
    let lower = word.to_lowercase();
    let korean = word.chars().any(|letter| !letter.is_ascii() && letter.is_alphabetic());
    korean || PLAIN.contains(&lower.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::request::Payment;

    fn terms(text: &str) -> CommitmentAsk {
        Said::new(&Heard::new(text)).terms()
    }

    #[test]
    fn terms_amounts_and_offers_are_read_in_both_languages() {
        let plan = CommitmentAsk {
            offer: Some("savings plan".into()),
            term_months: Some(36),
            payment: Some(Payment::AllUpfront),
            ..CommitmentAsk::default()
        };
        assert_eq!(terms("a 3-year all-upfront Savings Plan"), plan);
        assert_eq!(terms("3년 전액 선결제 세이빙스 플랜"), plan);
        let hourly = |text| terms(text).hourly_commitment.map(|amount| amount.to_string());
        assert_eq!(hourly("commit $2.50 an hour").as_deref(), Some("2.50"));
        assert_eq!(hourly("시간당 1,200달러 약정").as_deref(), Some("1200"));
        assert_eq!(hourly("commit $2,000 a month"), None);
        let used = terms("break-even of a 1-year no-upfront RI at 70% utilization");
        assert_eq!(used.utilization, Some(Decimal::from(70)));
        assert_eq!(used.offer.as_deref(), Some("reserved"));
        assert_eq!((used.term_months, used.payment), (Some(12), Some(Payment::NoUpfront)));
    }

    #[test]
    fn what_is_compared_is_not_narrowed_to_one() {
        let both = terms("RI or savings plan, 1-year vs 3-year, no upfront vs all upfront?");
        assert_eq!(both, CommitmentAsk::default());
    }

    #[test]
    fn short_names_stand_by_themselves() {
        let names = |text: &str| Said::new(&Heard::new(text)).names_commitments();
        assert!(names("Should we buy RIs?") && names("SP 사용률") && names("약정을 더 살까요?"));
        assert!(!names("prices in April") && !names("spend on S3") && !names("description"));
    }
}
