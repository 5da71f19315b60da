//! The month that a charge is billed in, beside the time that it applies to.

use wherefore_contract::{
    dimension::{Dimension, FocusDimension},
    filter::Filter,
};

use super::super::{
    super::word::{Category, Meaning, When, WhenKind},
    Draft,
};
use crate::request::Condition;

const BILLING: Dimension = Dimension::Column(FocusDimension::BillingPeriod);
const INVOICE: Dimension = Dimension::Column(FocusDimension::InvoiceId);

impl Draft<'_> {
    // "September usage in the October billing period", "9월 사용분 중 10월 청구분": the month of the bill is
    // a condition, and the other time is when the charges apply.
    pub(in crate::understand) fn billed_in(&mut self) {
        let named: Vec<usize> = (0..self.items.len()).filter(|at| self.is_period(*at)).collect();
        if named.len() != 2 {
            return;
        }
        let Some((at, when)) = (0..self.items.len()).find_map(|at| Some((at, self.billed_at(at)?)))
        else {
            return;
        };
        let Some(Meaning::When(When { kind: WhenKind::Period(period), .. })) = self.meaning(when)
        else {
            return;
        };
        let Some((year, month)) = period.single_month().map(|first| (first.year(), first.month()))
        else {
            return;
        };
        let said = [when, at].map(|at| self.items.get(at).map(|item| (item.start, item.end)));
        let asked = said.into_iter().flatten().collect();
        let filter = Filter::any_of(BILLING, [format!("{year:04}-{month:02}")]);
        self.conditions.push(Condition { filter, asked });
        // "usage" is what was used then, whatever kind of charge it became.
        for item in &mut self.items {
            if item.meaning == Meaning::Category(Category::Usage) {
                item.meaning = Meaning::Filler;
            }
        }
        for at in [when, at] {
            if let Some(item) = self.items.get_mut(at) {
                item.meaning = Meaning::Filler;
            }
        }
    }

    fn is_period(&self, at: usize) -> bool {
        matches!(self.meaning(at), Some(Meaning::When(When { kind: WhenKind::Period(_), .. })))
    }

    // The month that the words for the bill at `at` belong to: right before, else right after.
    fn billed_at(&self, at: usize) -> Option<usize> {
        let text = self.text_of(at).to_lowercase();
        let billing = self.dimension_at(at) == Some(BILLING);
        let invoice = self.dimension_at(at) == Some(INVOICE)
            || matches!(text.as_str(), "청구서" | "invoice" | "bill" | "인보이스");
        let used = self.has(&Meaning::Category(Category::Usage))
            || ["usage", "used", "사용", "consumed", "incurred", "쓴"]
                .iter()
                .any(|word| self.text.to_lowercase().contains(word));
        if !(billing || (invoice && used)) || self.is_grouped(at) {
            return None;
        }
        let before = self.previous_meaning(at).filter(|index| self.is_period(*index));
        before.or_else(|| self.next_meaning(at).filter(|index| self.is_period(*index)))
    }
}
