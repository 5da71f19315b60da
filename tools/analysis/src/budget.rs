//! How a budget stands: what is spent of it, what it will come to, and the day on which it runs out.
//!
//! Spent days are known; days to come bring what a forecast expects of each. The budget runs out on the first day on
//! whose evening the spend, counted up, lies above the amount. What is given back (credits) can bring it below again:
//! the first crossing counts.

use rust_decimal::Decimal;

/// Digits of shares and of what days to come add up to.
const PLACES: u32 = 18;

/// A budget and the days of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Burn {
    /// What may be spent.
    pub amount: Decimal,
    /// Days of the budget.
    pub days: usize,
    /// What each day cost that is loaded, from the first day of the budget on.
    pub spent: Vec<Decimal>,
    /// What each day to come is expected to cost; empty where no forecast can be made.
    pub coming: Vec<Decimal>,
    /// The total that is expected with its interval, where a forecast can be made.
    pub outlook: Option<(Decimal, Option<(Decimal, Decimal)>)>,
}

/// What is to be said of a budget.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum BudgetState {
    /// None of its days is loaded yet: it lies ahead.
    Ahead,
    /// All that is loaded lies behind its end. Told by who reads, never by [`budget_status`]; so are the two below.
    NotLoaded,
    /// No loaded charge is of what it is for.
    NoCharges,
    /// The bills are in another currency.
    OtherCurrency,
    /// It is spent already, and days are to come.
    Exceeded,
    /// It will be exceeded before its end.
    WillExceed,
    /// It is expected to hold, and the interval reaches above it.
    AtRisk,
    /// It holds, also at the upper end of the interval.
    Within,
    /// It is over and was exceeded.
    EndedOver,
    /// It is over and held.
    EndedWithin,
    /// No forecast can be made; so far it holds.
    Open,
}

impl BudgetState {
    /// Every state, in the order in which budgets are told: what needs attention first.
    pub const ALL: [Self; 11] = [
        Self::Exceeded,
        Self::WillExceed,
        Self::AtRisk,
        Self::EndedOver,
        Self::Open,
        Self::Within,
        Self::EndedWithin,
        Self::Ahead,
        Self::NoCharges,
        Self::OtherCurrency,
        Self::NotLoaded,
    ];

    /// The word in answers, e.g. `will_exceed`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Ahead => "ahead",
            Self::NotLoaded => "not_loaded",
            Self::NoCharges => "no_charges",
            Self::OtherCurrency => "other_currency",
            Self::Exceeded => "exceeded",
            Self::WillExceed => "will_exceed",
            Self::AtRisk => "at_risk",
            Self::Within => "within",
            Self::EndedOver => "ended_over",
            Self::EndedWithin => "ended_within",
            Self::Open => "open",
        }
    }
}

/// How a budget stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BudgetStatus {
    pub state: BudgetState,
    pub spent: Decimal,
    /// `amount - spent`; below zero where it is exceeded.
    pub left: Decimal,
    /// In percent of the amount; `None` of an amount of zero.
    pub spent_percent: Option<Decimal>,
    /// Days that have passed in percent of all.
    pub time_percent: Option<Decimal>,
    /// `expected - amount`.
    pub over: Option<Decimal>,
    /// The day of the budget, from zero, on which it runs out.
    pub runs_out: Option<usize>,
}

/// Judges a budget; `None` when an amount leaves the digits that are kept.
#[must_use]
pub fn budget_status(burn: &Burn) -> Option<BudgetStatus> {
    let spent = sum(&burn.spent)?;
    let ended = burn.spent.len() >= burn.days;
    let expected = burn.outlook.map(|(expected, _)| expected);
    let over = match expected {
        Some(expected) => Some(expected.checked_sub(burn.amount)?),
        None => None,
    };
    let high = burn.outlook.and_then(|(_, interval)| interval).map(|(_, high)| high);
    let state = match over {
        _ if burn.spent.is_empty() => BudgetState::Ahead,
        _ if ended && spent > burn.amount => BudgetState::EndedOver,
        _ if ended => BudgetState::EndedWithin,
        _ if spent > burn.amount => BudgetState::Exceeded,
        None => BudgetState::Open,
        Some(over) if over > Decimal::ZERO => BudgetState::WillExceed,
        Some(_) if high.is_none_or(|high| high > burn.amount) => BudgetState::AtRisk,
        Some(_) => BudgetState::Within,
    };
    Some(BudgetStatus {
        state,
        spent,
        left: burn.amount.checked_sub(spent)?,
        spent_percent: percent(spent, burn.amount),
        time_percent: percent(Decimal::from(burn.spent.len()), Decimal::from(burn.days)),
        over,
        runs_out: runs_out(burn),
    })
}

/// The spend counted up by day beside the even line to the amount: known days, then expected ones.
#[must_use]
pub fn burn_course(burn: &Burn) -> Vec<BurnDay> {
    let mut sum = Decimal::ZERO;
    let all = burn.spent.iter().map(|cost| (cost, true));
    let all = all.chain(burn.coming.iter().map(|cost| (cost, false)));
    let days = Decimal::from(burn.days.max(1));
    let day = |(at, (cost, known)): (usize, (&Decimal, bool))| {
        sum = sum.saturating_add(*cost);
        let passed = burn.amount.saturating_mul(Decimal::from(at + 1));
        let planned = passed.checked_div(days).unwrap_or_default().round_dp(PLACES);
        BurnDay { day: at, spend: sum, known, planned }
    };
    all.enumerate().map(day).take(burn.days).collect()
}

/// One day of a budget.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BurnDay {
    /// From zero.
    pub day: usize,
    /// Since the first day.
    pub spend: Decimal,
    /// Whether it was charged; else it is expected.
    pub known: bool,
    /// The part of the amount that so many days would have of it.
    pub planned: Decimal,
}

// The first evening above the amount.
fn runs_out(burn: &Burn) -> Option<usize> {
    let mut sum = Decimal::ZERO;
    let mut days = burn.spent.iter().chain(&burn.coming).take(burn.days);
    days.position(|cost| {
        sum = sum.saturating_add(*cost);
        sum > burn.amount
    })
}

fn sum(amounts: &[Decimal]) -> Option<Decimal> {
    amounts.iter().try_fold(Decimal::ZERO, |sum, amount| sum.checked_add(*amount))
}

fn percent(part: Decimal, whole: Decimal) -> Option<Decimal> {
    let share = part.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(whole)?;
    Some(share.round_dp(PLACES))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn burn(amount: i64, spent: &[i64], coming: &[i64], off: i64) -> Burn {
        let exact = |costs: &[i64]| costs.iter().copied().map(Decimal::from).collect::<Vec<_>>();
        let total: i64 = spent.iter().chain(coming).sum();
        let expected = Decimal::from(total);
        let off = Decimal::from(off);
        Burn {
            amount: Decimal::from(amount),
            days: spent.len() + coming.len(),
            spent: exact(spent),
            coming: exact(coming),
            outlook: Some((expected, Some((expected - off, expected + off)))),
        }
    }

    #[test]
    fn each_state_has_its_case() {
        let state = |burn: &Burn| budget_status(burn).unwrap().state;
        assert_eq!(state(&burn(100, &[10, 10], &[10, 10], 5)), BudgetState::Within);
        assert_eq!(state(&burn(44, &[10, 10], &[10, 10], 5)), BudgetState::AtRisk);
        assert_eq!(state(&burn(39, &[10, 10], &[10, 10], 5)), BudgetState::WillExceed);
        assert_eq!(state(&burn(19, &[10, 10], &[10, 10], 5)), BudgetState::Exceeded);
        assert_eq!(state(&burn(19, &[10, 10], &[], 0)), BudgetState::EndedOver);
        assert_eq!(state(&burn(20, &[10, 10], &[], 0)), BudgetState::EndedWithin);
        assert_eq!(state(&burn(20, &[], &[10], 0)), BudgetState::Ahead);
        let open = Burn { outlook: None, coming: Vec::new(), days: 4, ..burn(50, &[10], &[], 0) };
        assert_eq!(state(&open), BudgetState::Open);
    }

    #[test]
    fn a_budget_runs_out_on_the_first_evening_above_it() {
        let day = |burn: &Burn| budget_status(burn).unwrap().runs_out;
        assert_eq!(day(&burn(30, &[10, 10], &[10, 10], 0)), Some(3));
        assert_eq!(day(&burn(15, &[10, 10], &[10, 10], 0)), Some(1));
        assert_eq!(day(&burn(40, &[10, 10], &[10, 10], 0)), None);
        // A credit brings it below again: it ran out all the same.
        assert_eq!(day(&burn(15, &[10, 10, -10], &[1], 0)), Some(1));
    }

    #[test]
    fn shares_are_of_the_amount_and_of_the_days() {
        let status = budget_status(&burn(80, &[10, 10], &[10, 10], 0)).unwrap();
        assert_eq!((status.spent, status.left), (Decimal::from(20), Decimal::from(60)));
        assert_eq!(status.spent_percent, Some(Decimal::from(25)));
        assert_eq!(status.time_percent, Some(Decimal::from(50)));
        assert_eq!(status.over, Some(Decimal::from(-40)));
        let nothing = budget_status(&burn(0, &[0, 0], &[0], 0)).unwrap();
        assert_eq!((nothing.spent_percent, nothing.runs_out), (None, None));
    }

    #[test]
    fn the_course_counts_up_beside_an_even_line() {
        let course = burn_course(&burn(80, &[10, 10], &[30, 10], 0));
        let told: Vec<(Decimal, bool, Decimal)> =
            course.iter().map(|day| (day.spend, day.known, day.planned)).collect();
        let row = |spend: i64, known: bool, planned: i64| {
            (Decimal::from(spend), known, Decimal::from(planned))
        };
        assert_eq!(
            told,
            [row(10, true, 20), row(20, true, 40), row(50, false, 60), row(60, false, 80)]
        );
    }
}
