//! Unit-cost stories planted by the demo: each is asked in both languages as a person would ask it,
//! and the answer document is held against the truths that were written with the bills.
//!
//! Right means all of it: regime, main cause, both unit costs to the last digit, the parts that do not
//! depend on a method, a bridge that closes, each cloud service's change, and the same figures in both
//! languages.

mod check;

use wherefore_contract::{
    Decimal,
    answer::{Answer, Status},
    question::Language,
};
use wherefore_demo::StoryTruth;

use crate::{
    companies::{Founds, each_company},
    report::{Failure, SuiteReport},
};
use check::{Checked, check};

/// The cases of one seed.
#[derive(Debug, Default)]
struct Told {
    cases: Vec<Case>,
}

#[derive(Debug)]
struct Case {
    id: String,
    story: String,
    expected: String,
    checked: Checked,
}

/// Asks every story of the seeds, `at_once` companies side by side; `done` hears how many are done.
///
/// The report does not depend on `at_once`.
pub async fn run_stories(
    seeds: std::ops::RangeInclusive<u64>,
    founds: &dyn Founds,
    at_once: usize,
    done: &(dyn Fn(u64) + Sync),
) -> SuiteReport {
    let mut tally = Tally { report: SuiteReport::new("stories"), ..Tally::default() };
    let ask = |seed| one_company(seed, founds);
    each_company(seeds, at_once, done, ask, |told| tally.add(told)).await;
    tally.finish()
}

async fn one_company(seed: u64, founds: &dyn Founds) -> Told {
    let founded = match founds.found(seed).await {
        Ok(founded) => founded,
        Err(why) => {
            let checked = Checked { misses: vec![why], ..Checked::default() };
            let case = Case {
                id: seed.to_string(),
                story: "company".to_owned(),
                expected: "a company".to_owned(),
                checked,
            };
            return Told { cases: vec![case] };
        }
    };
    let truth = founded.truth();
    let as_of = truth.period.end().date();
    let mut told = Told::default();
    for story in &truth.stories {
        let english = founded.ask(&story.question_en, as_of).await;
        let korean = founded.ask(&story.question_ko, as_of).await;
        told.cases.extend(cases(seed, story, &english, &korean));
    }
    told
}

fn cases(
    seed: u64,
    story: &StoryTruth,
    english: &Result<Answer, String>,
    korean: &Result<Answer, String>,
) -> [Case; 2] {
    let case = |language: Language, answer: &Result<Answer, String>| Case {
        id: format!("{seed}/{}/{}", story.id, code(language)),
        story: story.id.clone(),
        expected: expected(story),
        checked: match answer {
            Ok(answer) if answer.language != language => Checked {
                misses: vec!["answered in the other language".to_owned()],
                ..Checked::default()
            },
            Ok(answer) => check(story, answer),
            Err(why) => Checked { misses: vec![why.clone()], ..Checked::default() },
        },
    };
    let [one, mut other] = [case(Language::En, english), case(Language::Ko, korean)];
    if let (Ok(english), Ok(korean)) = (english, korean) {
        let figures = |answer: &Answer| (answer.result.clone(), answer.verdict.clone());
        let both = [english, korean].iter().all(|answer| answer.status != Status::Declined);
        if both && figures(english) != figures(korean) {
            other.checked.miss("figures differ from those in English");
        }
    }
    [one, other]
}

fn code(language: Language) -> &'static str {
    match language {
        Language::En => "en",
        Language::Ko => "ko",
    }
}

fn expected(story: &StoryTruth) -> String {
    let cause = story.main_cause.as_ref().map_or_else(
        || "no single cause".to_owned(),
        |main| format!("{} at {} {}", main.effect, main.cloud_service, main.usage_type),
    );
    format!(
        "{}; {cause}; unit cost {} to {}",
        story.regime,
        story.unit_cost_from.normalize(),
        story.unit_cost_to.normalize()
    )
}

/// Counts over all companies.
#[derive(Debug, Default)]
struct Tally {
    report: SuiteReport,
    companies: u64,
    regimes: u32,
    causes: (u32, u32),
    closed: u32,
    /// The farthest that a bridge's rows were from the change in cost.
    apart: Decimal,
}

impl Tally {
    fn add(&mut self, told: Told) {
        self.companies += 1;
        for case in told.cases {
            let Case { id, story, expected, checked } = case;
            self.regimes += u32::from(checked.regime);
            self.causes.0 += u32::from(checked.cause == Some(true));
            self.causes.1 += u32::from(checked.cause.is_some());
            self.closed += u32::from(checked.closed);
            self.apart = self.apart.max(checked.apart);
            let language = id.rsplit('/').next().unwrap_or_default().to_owned();
            let Checked { outcome, misses, got, .. } = checked;
            let why = misses.join("; ");
            self.report.add_under(&[story, language], outcome, || Failure {
                id,
                expected,
                got,
                why,
            });
        }
    }

    fn finish(self) -> SuiteReport {
        let Self { mut report, companies, regimes, causes, closed, apart } = self;
        let mut figure = |name: &str, value: String| {
            report.figures.insert(name.to_owned(), value);
        };
        figure("companies", companies.to_string());
        figure("regimes_right", regimes.to_string());
        figure("main_causes_right", format!("{} of {}", causes.0, causes.1));
        figure("bridges_closed_to_the_cent", closed.to_string());
        figure("largest_difference_of_a_bridge", apart.normalize().to_string());
        report
    }
}

#[cfg(test)]
mod tests;
