//! Which of the loaded budgets are asked about.

use jiff::civil::Date;
use wherefore_contract::{
    budget::Budget,
    filter::{Filter, FilterOp},
    quality::CostDescription,
};

use super::Args;

/// The budgets of a name, of what they are for, and of a time. Without a time those that run on the day of asking; where
/// none does, the last that ran, and where none did, the first to come.
pub(super) fn choose<'d>(args: &Args, description: &'d CostDescription) -> Vec<&'d Budget> {
    let named = |budget: &&Budget| {
        args.budget.as_ref().is_none_or(|name| budget.name.eq_ignore_ascii_case(name.trim()))
    };
    let all: Vec<&Budget> = description
        .budgets
        .iter()
        .filter(named)
        .filter(|budget| args.filters.iter().all(|filter| is_for(budget, filter)))
        .collect();
    if let Some(period) = args.period {
        let within = |budget: &&&Budget| budget.period().is_some_and(|own| own.overlaps(period));
        return all.iter().filter(within).copied().collect();
    }
    let reached = description.coverage.map(|coverage| coverage.end().date());
    let Some(today) = args.as_of.or(reached) else { return all };
    let running: Vec<&Budget> =
        all.iter().filter(|budget| runs_on(budget, today)).copied().collect();
    if !running.is_empty() {
        return running;
    }
    let last = all.iter().filter(|budget| budget.end <= today).map(|budget| budget.end).max();
    if let Some(last) = last {
        return all.into_iter().filter(|budget| budget.end == last).collect();
    }
    let first = all.iter().map(|budget| budget.start).min();
    all.into_iter().filter(|budget| Some(budget.start) == first).collect()
}

fn runs_on(budget: &Budget, day: Date) -> bool {
    budget.start <= day && day < budget.end
}

// A budget is for what a filter keeps where both say the same of one dimension.
fn is_for(budget: &Budget, filter: &Filter) -> bool {
    budget.filter.as_ref().is_some_and(|own| {
        let same = |value: &String| {
            filter.values.iter().any(|wanted| match filter.op {
                FilterOp::Contains => value.to_lowercase().contains(&wanted.to_lowercase()),
                FilterOp::In => value.eq_ignore_ascii_case(wanted),
                FilterOp::NotIn | FilterOp::NotContains | FilterOp::IsNull | FilterOp::NotNull => {
                    false
                }
            })
        };
        own.dimension == filter.dimension && own.values.iter().any(same)
    })
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use wherefore_contract::{
        Decimal,
        dimension::{Dimension, FocusDimension},
        period::Period,
    };

    use super::*;

    fn budget(name: &str, month: i8, account: Option<&str>) -> Budget {
        let period = Period::month_of(date(2026, month, 1));
        Budget {
            name: name.to_owned(),
            start: period.start().date(),
            end: period.end().date(),
            amount: Decimal::ONE,
            currency: "USD".to_owned(),
            filter: account.map(of_account),
        }
    }

    fn of_account(value: &str) -> Filter {
        Filter::any_of(Dimension::Column(FocusDimension::SubAccountId), [value])
    }

    fn chosen(args: &Args) -> Vec<String> {
        let description = CostDescription {
            budgets: vec![
                budget("All", 9, None),
                budget("All", 10, None),
                budget("Shop", 10, Some("1")),
                budget("Later", 12, Some("1")),
            ],
            ..CostDescription::default()
        };
        choose(args, &description)
            .iter()
            .map(|held| format!("{} {}", held.name, held.start))
            .collect()
    }

    #[test]
    fn budgets_are_chosen_by_time_by_what_they_are_for_and_by_name() {
        let args = |as_of: Option<Date>| Args {
            budget: None,
            filters: Vec::new(),
            period: None,
            as_of,
            measure: None,
        };
        let october = || args(Some(date(2026, 10, 9)));
        assert_eq!(chosen(&october()), ["All 2026-10-01", "Shop 2026-10-01"]);
        let shop = Args { filters: vec![of_account("1")], ..october() };
        assert_eq!(chosen(&shop), ["Shop 2026-10-01"]);
        let other = Args { filters: vec![of_account("2")], ..october() };
        assert_eq!(chosen(&other), [""; 0]);
        let named = Args { budget: Some("later".to_owned()), ..october() };
        assert_eq!(chosen(&named), ["Later 2026-12-01"]);
        let september = Args { period: Some(Period::month_of(date(2026, 9, 1))), ..october() };
        assert_eq!(chosen(&september), ["All 2026-09-01"]);
        // Between two budgets the last that ran tells most; before all of them the first.
        assert_eq!(chosen(&args(Some(date(2026, 11, 9)))), ["All 2026-10-01", "Shop 2026-10-01"]);
        assert_eq!(chosen(&args(Some(date(2026, 8, 9)))), ["All 2026-09-01"]);
    }
}
