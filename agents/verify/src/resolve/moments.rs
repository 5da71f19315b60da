//! Moments, weeks and months in a reader's words.

use wherefore_contract::{
    evidence::period_named,
    period::{Period, parse_moment},
    question::Language,
};

use crate::render;

// Months and quarters in words; weeks, hours and moments as people write them.
pub(super) fn moment_name(column: &str, text: &str, language: Language) -> Option<String> {
    match column {
        "month" | "quarter" | "billing_period" => {
            time_of(column, text).map(|period| render::period(period, language))
        }
        "period" => period_named(text).map(|period| render::period(period, language)),
        "iso_week" => {
            let monday: jiff::civil::Date = text.parse().ok()?;
            Some(match language {
                Language::En => format!("the week of {monday}"),
                Language::Ko => format!("{monday} 시작 주"),
            })
        }
        "hour_of_day" => {
            let hour: u8 = text.parse().ok().filter(|hour| *hour < 24)?;
            Some(match language {
                Language::En => format!("{hour:02}:00"),
                Language::Ko => format!("{hour}시"),
            })
        }
        "hour" | "first_charge" | "last_charge" | "charged_until" => {
            let moment = parse_moment(text).ok()?;
            // A charge that begins with a day is named by the day; an end keeps its hour, as "until a day"
            // would leave open whether that day counts.
            let is_start = matches!(column, "first_charge" | "last_charge");
            if is_start && moment.time() == jiff::civil::Time::midnight() {
                return Some(moment.date().to_string());
            }
            let moment = moment.strftime("%Y-%m-%d %H:%M");
            Some(match language {
                Language::En => format!("{moment} UTC"),
                Language::Ko => format!("{moment}(UTC)"),
            })
        }
        _ => None,
    }
}

fn time_of(column: &str, text: &str) -> Option<Period> {
    if column == "billing_period" {
        let first: jiff::civil::Date = text.get(..10)?.parse().ok()?;
        return (first.day() == 1).then(|| Period::month_of(first));
    }
    if column == "month" {
        return Some(Period::month_of(format!("{text}-01").parse().ok()?));
    }
    let (year, quarter) = text.split_once("-Q")?;
    let quarter: i8 = quarter.parse().ok().filter(|quarter| (1..=4).contains(quarter))?;
    let first = jiff::civil::Date::new(year.parse().ok()?, quarter * 3 - 2, 1).ok()?;
    Period::of_days(first, first.checked_add(jiff::Span::new().months(3)).ok()?).ok()
}
