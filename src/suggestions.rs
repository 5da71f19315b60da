//! Questions that fit what is loaded, so that a first question can be answered.

use jiff::{ToSpan as _, civil::Date};
use schemars::JsonSchema;
use serde::Serialize;
use wherefore_contract::quality::CostDescription;

/// Questions that fit what is loaded.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Suggestions {
    pub en: Vec<String>,
    pub ko: Vec<String>,
}

/// The last day with ordinary charges.
#[must_use]
pub fn last_day(loaded: &CostDescription) -> Option<Date> {
    // Coverage ends before its last moment: an end at midnight belongs to the day before.
    let before_end = |end: jiff::civil::DateTime| end.saturating_sub(1.microsecond()).date();
    loaded.coverage.map(|covered| before_end(covered.end()))
}

/// Questions that name loaded months and workloads.
#[must_use]
pub fn suggest(loaded: &CostDescription) -> Suggestions {
    let Some(last) = last_day(loaded) else { return Suggestions::default() };
    let mut months: Vec<Date> = loaded
        .periods
        .iter()
        .filter(|period| period.complete)
        .map(|period| period.billing_period)
        .collect();
    months.sort_unstable();
    months.dedup();
    let month = months.last().copied().unwrap_or_else(|| last.first_of_month());
    let mut questions = Suggestions {
        en: vec![
            format!("What did we spend in {}, by cloud service?", english(month)),
            "What was the billed cost by month?".to_owned(),
        ],
        ko: vec![
            format!("{} 클라우드 서비스별 비용은?", korean(month)),
            "월별 청구 비용 추이를 보여줘".to_owned(),
        ],
    };
    let workload = loaded.transactions.iter().find(|one| one.has_charges);
    if let Some(before) = months.iter().rev().nth(1).copied() {
        let (en, ko) = match workload {
            Some(one) => (
                format!(
                    "Why did the unit cost of {} change from {} to {}?",
                    one.workload,
                    english(before),
                    english(month)
                ),
                format!(
                    "{} 대비 {} {} 건당 비용이 왜 변했어?",
                    korean(before),
                    korean(month),
                    one.workload
                ),
            ),
            None => (
                format!("Why did cost change from {} to {}?", english(before), english(month)),
                format!("{} 대비 {} 비용이 왜 변했어?", korean(before), korean(month)),
            ),
        };
        questions.en.push(en);
        questions.ko.push(ko);
    }
    if let Some(one) = workload {
        questions.en.push(format!("What is the unit cost of {} by month?", one.workload));
        questions.ko.push(format!("{} 월별 건당 비용은?", one.workload));
    }
    questions
}

fn english(day: Date) -> String {
    day.strftime("%B %Y").to_string()
}

fn korean(day: Date) -> String {
    format!("{}년 {}월", day.year(), day.month())
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use wherefore_contract::{period::Period, quality::LoadedPeriod};

    use super::*;

    #[test]
    fn suggestions_name_the_last_complete_months() {
        let period = |month: Date, complete| LoadedPeriod {
            provider: "AWS".to_owned(),
            billing_account: "1".to_owned(),
            billing_period: month,
            rows: 1,
            coverage: None,
            missing_days: Vec::new(),
            complete,
        };
        let loaded = CostDescription {
            coverage: Some(Period::of_days(date(2024, 7, 1), date(2024, 9, 11)).unwrap()),
            periods: vec![
                period(date(2024, 7, 1), true),
                period(date(2024, 8, 1), true),
                period(date(2024, 9, 1), false),
            ],
            ..CostDescription::default()
        };
        let suggested = suggest(&loaded);
        assert_eq!(
            suggested.en,
            [
                "What did we spend in August 2024, by cloud service?",
                "What was the billed cost by month?",
                "Why did cost change from July 2024 to August 2024?",
            ]
        );
        assert_eq!(
            suggested.ko,
            [
                "2024년 8월 클라우드 서비스별 비용은?",
                "월별 청구 비용 추이를 보여줘",
                "2024년 7월 대비 2024년 8월 비용이 왜 변했어?",
            ]
        );
        assert_eq!(last_day(&loaded), Some(date(2024, 9, 10)));
        assert_eq!(suggest(&CostDescription::default()), Suggestions::default());
    }
}
