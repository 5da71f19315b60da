//! What is too old, and what runs at times when nobody needs it.

use std::ops::Range;

use jiff::{ToSpan, civil::Date};
use rust_decimal::Decimal;

use super::{Found, Reach, gone, is_served, part};
use crate::savings::{
    After, Basis, Candidate, Share,
    estate::Estate,
    rules::{Check, Rules},
};

const HOURS_OF_DAY: u32 = 24;
const DAYS_OF_WEEK: u32 = 7;
const WEEKDAYS: u32 = 5;
// Meters round hours up, so that a day may have a little more than its hours.
const METERED_AT_MOST: Decimal = Decimal::from_parts(102, 0, 0, false, 2);

/// Resources first charged so many months before the end of the period, or earlier.
pub(super) fn aged(estate: &Estate, check: &Check, what: &[String], months: u32) -> Found {
    let Some(before) =
        estate.until.and_then(|until| until.checked_sub(i64::from(months).months()).ok())
    else {
        return Found { candidates: Vec::new(), reach: Reach::ShortHistory };
    };
    if estate.loaded_from.is_none_or(|first: Date| first >= before) {
        return Found { candidates: Vec::new(), reach: Reach::ShortHistory };
    }
    let is_old = |id: &str| estate.first_days.get(id).is_some_and(|first| *first < before);
    Found::told(
        estate
            .by_resource(what)
            .into_iter()
            .filter(|(id, _)| is_old(id))
            .map(|(id, lines)| part(check, id, lines, gone(check), Basis::OwnRate))
            .collect(),
    )
}

/// Single machines outside production that were charged for all hours of the period.
pub(super) fn schedule(
    estate: &Estate,
    rules: &Rules,
    check: &Check,
    what: &[String],
    kept_hours: Range<u32>,
) -> Vec<Candidate> {
    let hours_of_week = (0..DAYS_OF_WEEK)
        .flat_map(|day| (0..HOURS_OF_DAY).map(move |hour| (day, hour)))
        .map(|(day, hour)| day < WEEKDAYS && kept_hours.contains(&hour))
        .map(|kept| if kept { Decimal::ONE } else { Decimal::ZERO });
    let hours_of_week: Vec<Decimal> = hours_of_week.collect();
    let kept = hours_of_week.iter().sum::<Decimal>() / Decimal::from(DAYS_OF_WEEK * HOURS_OF_DAY);
    let share = Share::exactly((Decimal::ONE - kept).max(Decimal::ZERO));
    let hours = Decimal::from(estate.days * HOURS_OF_DAY);
    let least = hours * rules.settings.around_the_clock;
    let most = hours * METERED_AT_MOST;
    let runs_always = |lines: &Vec<usize>| {
        let of = || lines.iter().filter_map(|place| estate.line(*place));
        let metered: Decimal = of().map(|line| line.quantity).sum();
        (least..=most).contains(&metered)
            && of().all(|line| {
                line.is_hourly()
                    && is_served(&line.cloud_service, &check.find)
                    && rules
                        .environments
                        .is_non_production(&line.environment, &line.sub_account_name)
            })
    };
    estate
        .by_resource(what)
        .into_iter()
        .filter(|(_, lines)| runs_always(lines))
        .map(|(id, lines)| part(check, id, lines, share, Basis::OwnRate))
        .map(|stopped| Candidate { after: After::Hours(hours_of_week.clone()), ..stopped })
        .collect()
}
