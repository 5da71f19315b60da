//! How far a description trusts a cost: what an identity bars, and where net costs are known.

use super::{
    CostDescription, DiscountLayout, Identity, IdentityResult, LoadedPeriod, Notice, NoticeCode,
    Severity,
};
use crate::{
    cost::{CostMetric, Measure},
    period::Period,
};

impl CostDescription {
    /// The notice of a failed identity that bars a measure in any of these periods; of everything loaded
    /// when there is none.
    #[must_use]
    pub fn barred_by_identity(&self, measure: &Measure, periods: &[Period]) -> Option<&Notice> {
        let cost = measure.cost()?.measure().to_string();
        self.notices.iter().find(|notice| {
            notice.code == NoticeCode::IdentityFailed
                && notice.severity == Severity::Bar
                && notice.subject == cost
                && notice
                    .billing_period
                    .is_none_or(|month| touches(Period::month_of(month), periods))
        })
    }

    /// Where the bills of these periods keep their discounts, in order and each once. Snapshots of former
    /// versions do not say it of AWS reports.
    #[must_use]
    pub fn discount_layouts(&self, periods: &[Period]) -> Vec<DiscountLayout> {
        if self.discounts.is_empty() && self.rows > 0 {
            let focus = !self.formats.is_empty()
                && self.formats.iter().all(|format| format.starts_with("FOCUS"));
            let layout = if focus { DiscountLayout::InTheCosts } else { DiscountLayout::NotShown };
            return vec![layout];
        }
        let touched = self
            .discounts
            .iter()
            .filter(|state| touches(Period::month_of(state.billing_period), periods));
        let mut layouts: Vec<DiscountLayout> = touched.map(|state| state.layout).collect();
        layouts.sort_unstable();
        layouts.dedup();
        layouts
    }

    /// Whether net costs are known for every bill of these periods. Once a report shows a discount in its net
    /// columns, its other months bear none.
    #[must_use]
    pub fn knows_net(&self, periods: &[Period]) -> bool {
        let known = |provider: &str, account: &str| {
            self.discounts.iter().any(|state| {
                state.provider == provider
                    && state.billing_account == account
                    && state.layout != DiscountLayout::NotShown
            })
        };
        let hidden = self.discounts.iter().filter(|state| {
            state.layout == DiscountLayout::NotShown
                && touches(Period::month_of(state.billing_period), periods)
        });
        let mut hidden = hidden.filter(|state| !known(&state.provider, &state.billing_account));
        let older = self.discounts.is_empty()
            && self.discount_layouts(periods).contains(&DiscountLayout::NotShown);
        !older && hidden.next().is_none()
    }

    /// Whether a measure is of a net cost that the bills of these periods do not tell.
    #[must_use]
    pub fn lacks_net(&self, measure: &Measure, periods: &[Period]) -> bool {
        match measure.cost() {
            Some(CostMetric::NetBilled | CostMetric::NetEffective) => !self.knows_net(periods),
            Some(
                CostMetric::Billed
                | CostMetric::Effective
                | CostMetric::List
                | CostMetric::Contracted,
            )
            | None => false,
        }
    }

    /// Whether an identity failed in one of these periods.
    #[must_use]
    pub fn failed(&self, identity: Identity, periods: &[Period]) -> bool {
        self.identities.iter().any(|state| {
            state.identity == identity
                && state.result == IdentityResult::Failed
                && touches(Period::month_of(state.billing_period), periods)
        })
    }

    /// The bills of these periods.
    pub fn bills<'a>(&'a self, periods: &'a [Period]) -> impl Iterator<Item = &'a LoadedPeriod> {
        let inside = |bill: &&LoadedPeriod| touches(Period::month_of(bill.billing_period), periods);
        self.periods.iter().filter(inside)
    }
}

fn touches(month: Period, periods: &[Period]) -> bool {
    periods.is_empty() || periods.iter().any(|period| period.overlaps(month))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::quality::DiscountState;

    fn state(account: &str, month: i8, layout: DiscountLayout) -> DiscountState {
        DiscountState {
            provider: "AWS".into(),
            billing_account: account.into(),
            billing_period: date(2026, month, 1),
            layout,
        }
    }

    #[test]
    fn a_net_cost_is_known_where_every_bill_tells_it() {
        let description = CostDescription {
            discounts: vec![
                state("1", 8, DiscountLayout::NotShown),
                state("1", 9, DiscountLayout::NetColumns),
                state("2", 10, DiscountLayout::NotShown),
            ],
            ..CostDescription::default()
        };
        let month = |month| [Period::month_of(date(2026, month, 1))];
        assert!(description.knows_net(&month(8)) && description.knows_net(&month(9)));
        assert!(!description.knows_net(&month(10)) && !description.knows_net(&[]));
        assert!(description.lacks_net(&Measure::NetEffectiveCost, &month(10)));
        assert!(!description.lacks_net(&Measure::EffectiveCost, &month(10)));
    }

    #[test]
    fn a_failed_identity_bars_what_is_made_of_its_cost() {
        let failed = Notice {
            code: NoticeCode::IdentityFailed,
            subject: "effective_cost".into(),
            source: String::new(),
            billing_period: Some(date(2026, 9, 1)),
            severity: Severity::Bar,
            figures: std::collections::BTreeMap::new(),
            text: String::new(),
        };
        let description = CostDescription { notices: vec![failed], ..CostDescription::default() };
        let month = |month| [Period::month_of(date(2026, month, 1))];
        for measure in [Measure::EffectiveCost, Measure::UnitCost] {
            assert!(description.barred_by_identity(&measure, &month(9)).is_some(), "{measure}");
            assert!(description.barred_by_identity(&measure, &month(8)).is_none(), "{measure}");
        }
        assert!(description.barred_by_identity(&Measure::BilledCost, &month(9)).is_none());
    }
}
