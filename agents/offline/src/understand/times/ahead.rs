//! Times to come: which one is meant, and whether enough is loaded to forecast it.

use jiff::{
    ToSpan,
    civil::{Date, date},
};
use wherefore_contract::period::Period;

use super::{
    super::{decide::Draft, word::Meaning},
    lengths,
};
use crate::request::{Moment, Note, Slice};

// A forecast needs eight loaded weeks, and reaches no further ahead than days are loaded.
const LEAST_DAYS: i64 = 56;
// Words about prices of a provider: what it will ask for stands in no bill.
const PRICES: &[&str] = &[
    "price",
    "prices",
    "raise",
    "raises",
    "hike",
    "limit",
    "limits",
    "단가",
    "인상",
    "인하",
    "요금표",
];

// A pace needs days of the time itself.
const PACE: &[&str] = &["run rate", "run-rate", "pace", "속도", "페이스", "런레이트"];

#[derive(Clone, Copy)]
enum Next {
    Day,
    Week,
    Month,
    Quarter,
    Year,
    RestOfYear,
}

const WORDS: &[(Next, &[&str])] = &[
    (Next::Day, &["tomorrow", "내일"]),
    (Next::Week, &["next week", "coming week", "다음주", "다음 주", "내주", "차주"]),
    (
        Next::Month,
        &[
            "next month",
            "following month",
            "coming month",
            "upcoming month",
            "다음달",
            "다음 달",
            "내달",
            "익월",
            "차월",
        ],
    ),
    (Next::Quarter, &["next quarter", "coming quarter", "다음분기", "다음 분기", "차분기"]),
    (Next::Year, &["next year", "coming year", "내년", "다음해", "다음 해"]),
    (Next::RestOfYear, &["rest of the year", "end of the year", "end of year", "year end", "연말"]),
];

impl Draft<'_> {
    /// The time to come that the question names.
    pub(in crate::understand) fn coming(&self) -> Option<(Period, Slice)> {
        let item = self.items.iter().find(|item| item.meaning == Meaning::Coming)?;
        let said = self.text.get(item.start..item.end)?.to_lowercase();
        if let Some((length, _)) = lengths::find(&said) {
            return Some((length.period(self.calendar.as_of)?, (item.start, item.end)));
        }
        let next = WORDS.iter().find(|(_, words)| words.iter().any(|word| said.starts_with(word)));
        let (next, _) = next?;
        Some((period(*next, self.calendar.as_of)?, (item.start, item.end)))
    }

    /// Whether the question asks for days to come that what is loaded can tell.
    pub(in crate::understand) fn looks_ahead(&self) -> bool {
        let (Some(cover), Some(moment)) = (self.calendar.coverage, self.period) else {
            return false;
        };
        let today = self.calendar.as_of;
        let asked = moment.period;
        let unnamed = self.has(&Meaning::Coming) && self.coming().is_none();
        // Of the running month, too, when none of its days is loaded yet.
        let lower = self.text.to_lowercase();
        let paced = PACE.iter().any(|word| lower.contains(word));
        let open = cover.end().date() <= asked.start().date() && !paced;
        let reaches = asked.end().date() > Period::month_of(today).end().date()
            || (open && asked.end().date() > today);
        let from = cover.end().date().min(today);
        let known = Period::of_days(cover.start().date(), from).map_or(0, Period::days);
        let ahead = Period::of_days(from, asked.end().date()).map_or(0, Period::days);
        !unnamed && reaches && known >= LEAST_DAYS && ahead <= known && !self.is_of_prices()
    }

    /// "forecast November": of a month without its year, the one that is not over yet is forecast.
    pub(in crate::understand) fn name_the_month_to_come(&mut self) {
        let Some(Moment { period, asked: Some(asked) }) = self.period else { return };
        let said = self.text.get(asked.0..asked.1).unwrap_or_default();
        let names_year = said.chars().filter(char::is_ascii_digit).count() > 2;
        let is_month = period.single_month().is_some();
        let today = self.calendar.as_of;
        if names_year || !is_month || period.end().date() > today || says_past(said) {
            return;
        }
        let later = (1..=2).find_map(|years| {
            let [start, end] =
                [period.start(), period.end()].map(|at| at.date().checked_add(years.years()));
            Period::of_days(start.ok()?, end.ok()?).ok().filter(|later| later.end().date() > today)
        });
        if let Some(period) = later {
            self.notes.retain(
                |note| !matches!(note, Note::PeriodReading { asked: held, .. } if *held == asked),
            );
            self.notes.push(Note::PeriodReading { asked, period });
            self.period = Some(Moment { period, asked: Some(asked) });
        }
    }

    fn is_of_prices(&self) -> bool {
        let lower = self.text.to_lowercase();
        let said = |word: &str| {
            if word.is_ascii() {
                lower.split(|letter: char| !letter.is_alphanumeric()).any(|own| own == word)
            } else {
                lower.contains(word)
            }
        };
        PRICES.iter().any(|word| said(word))
    }
}

fn period(next: Next, today: Date) -> Option<Period> {
    let month = today.first_of_month();
    let quarter = date(today.year(), (today.month() - 1) / 3 * 3 + 1, 1);
    let year = date(today.year(), 1, 1);
    let monday =
        today.checked_sub(i64::from(today.weekday().to_monday_zero_offset()).days()).ok()?;
    let (start, length) = match next {
        Next::Day => (today.tomorrow().ok()?, 1.day()),
        Next::Week => (monday.checked_add(1.week()).ok()?, 1.week()),
        Next::Month => (month.checked_add(1.month()).ok()?, 1.month()),
        Next::Quarter => (quarter.checked_add(3.months()).ok()?, 3.months()),
        Next::Year => (year.checked_add(1.year()).ok()?, 1.year()),
        Next::RestOfYear => {
            return Period::of_days(today, year.checked_add(1.year()).ok()?).ok();
        }
    };
    Period::of_days(start, start.checked_add(length).ok()?).ok()
}

// "last month", "지난달": a time that is over by its own words.
fn says_past(said: &str) -> bool {
    let lower = said.to_lowercase();
    ["last", "previous", "prior", "past", "지난", "저번", "전월", "전달", "작년"]
        .iter()
        .any(|word| lower.contains(word))
}
