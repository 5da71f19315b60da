//! Charges by the currency that they are billed or priced in: "priced in EUR", "가격 통화가 EUR인".

use wherefore_contract::{
    dimension::{Dimension, FocusDimension},
    filter::Filter,
};

use super::super::{
    super::{limits::holds, word::Meaning},
    Draft,
};
use crate::request::Condition;

const PRICED: Dimension = Dimension::Column(FocusDimension::PricingCurrency);
const BILLED: Dimension = Dimension::Column(FocusDimension::BillingCurrency);

/// The code of a currency that people name in many ways.
pub(in crate::understand) fn code(said: &str) -> Option<&'static str> {
    Some(match said.to_lowercase().as_str() {
        "eur" | "euro" | "euros" | "유로" | "유로화" => "EUR",
        "krw" | "won" | "korean won" | "원화" => "KRW",
        "jpy" | "yen" | "japanese yen" | "엔화" => "JPY",
        "gbp" | "pounds" | "pound sterling" | "pounds sterling" | "sterling" | "파운드"
        | "파운드화" => "GBP",
        "cny" | "yuan" | "rmb" | "위안" | "위안화" => "CNY",
        "inr" | "rupees" | "rupee" | "루피" => "INR",
        "chf" | "swiss francs" | "francs" => "CHF",
        "cad" | "canadian dollars" => "CAD",
        "aud" | "australian dollars" => "AUD",
        "sgd" | "singapore dollars" => "SGD",
        "usd" | "dollar" | "dollars" | "us dollars" | "달러" | "달러화" => "USD",
        _ => return None,
    })
}

impl Draft<'_> {
    /// A currency beside the word for the column that holds it keeps the charges in it.
    pub(in crate::understand::decide) fn currencies(&mut self) {
        let named: Vec<(usize, &'static str)> = (0..self.items.len())
            .filter(|at| self.meaning(*at) == Some(&Meaning::Money))
            .filter_map(|at| Some((at, code(self.text_of(at))?)))
            .collect();
        for (at, code) in named {
            let Some(dimension) = self.currency_column(at) else { continue };
            self.mark(at);
            let asked: Vec<(usize, usize)> =
                self.items.get(at).map(|item| (item.start, item.end)).into_iter().collect();
            let same = self.conditions.iter_mut().find(|held| held.filter.dimension == dimension);
            if let Some(held) = same {
                held.filter.values.push(code.to_owned());
                held.asked.extend(asked);
                continue;
            }
            self.conditions.push(Condition { filter: Filter::any_of(dimension, [code]), asked });
        }
    }

    fn currency_column(&self, at: usize) -> Option<Dimension> {
        let near = at.saturating_sub(5)..(at + 6).min(self.items.len());
        let spoken = near
            .filter_map(|place| self.dimension_at(place))
            .find(|dimension| *dimension == PRICED || *dimension == BILLED);
        let said = |back: usize| {
            at.checked_sub(back).map(|place| self.text_of(place).to_lowercase()).unwrap_or_default()
        };
        let priced = said(1) == "in" && said(2) == "priced";
        let dimension = spoken.or_else(|| priced.then_some(PRICED))?;
        holds(self.known, &dimension).then_some(dimension)
    }
}
