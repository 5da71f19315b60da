//! Incidents planted by the demo: each is asked for in both languages and by its alarm, the alarm twice, and the answer is
//! held against what was made to break.
//!
//! Right means all of it: at rank 1 a workload and a kind that the truth names, and the path that the trouble took to the
//! symptom. On a healthy window right means that nothing stands above `weak`. The alarm's second answer must equal its
//! first. A declined or missing answer counts as declined, for healthy windows too: silence is no inability.

mod score;

use std::{collections::BTreeMap, ops::RangeInclusive};

use futures::future::BoxFuture;
use serde_json::Value;
use wherefore_contract::{
    answer::{Answer, Run},
    question::Language,
};
use wherefore_demo::{IncidentTruth, IncidentsTruth};

use self::score::{Scored, score};
use crate::{
    companies::each_company,
    report::{Failure, Outcome, SuiteReport},
};

/// What begins an investigation.
#[derive(Debug, Clone, Copy)]
pub enum Begun<'a> {
    /// A question as a person asks it at a moment.
    Question { text: &'a str, language: Language, at: jiff::Timestamp },
    /// The state change of an alarm, as `Message` of SNS holds it.
    Alarm { document: &'a Value, language: Language, at: jiff::Timestamp },
}

/// Whoever makes the companies of seeds with their telemetry and changes, loads them and investigates in them.
pub trait Investigates: Send + Sync {
    /// The company of a seed, ready to be investigated.
    ///
    /// # Errors
    /// With why it cannot be.
    fn open(&self, seed: u64) -> BoxFuture<'_, Result<Box<dyn Investigated>, String>>;
}

/// A company in which incidents can be investigated.
pub trait Investigated: Send + Sync {
    /// What good answers must find.
    fn truth(&self) -> &IncidentsTruth;

    /// Investigates, with nothing remembered of earlier investigations.
    ///
    /// # Errors
    /// With why there is no answer document.
    fn investigate<'a>(&'a self, begun: Begun<'a>) -> BoxFuture<'a, Result<Answer, String>>;
}

/// How an investigation was begun, in the report.
const ENTRANCES: [&str; 3] = ["alarm", "question_en", "question_ko"];

struct Case {
    id: String,
    story: String,
    entrance: &'static str,
    scored: Scored,
}

/// Investigates every incident and healthy window of the seeds, `at_once` companies side by side; `done` hears how many
/// companies are done. The report does not depend on `at_once`.
pub async fn run_incidents(
    seeds: RangeInclusive<u64>,
    investigates: &dyn Investigates,
    at_once: usize,
    done: &(dyn Fn(u64) + Sync),
) -> SuiteReport {
    let mut tally = Tally { report: SuiteReport::new("incidents"), ..Tally::default() };
    let ask = |seed| one_company(seed, investigates);
    each_company(seeds, at_once, done, ask, |cases| tally.add(cases)).await;
    tally.finish()
}

async fn one_company(seed: u64, investigates: &dyn Investigates) -> Vec<Case> {
    let opened = match investigates.open(seed).await {
        Ok(opened) => opened,
        Err(why) => {
            let scored = Scored::unanswered("a company".to_owned(), why);
            let (id, story) = (seed.to_string(), "company".to_owned());
            return vec![Case { id, story, entrance: "company", scored }];
        }
    };
    let mut cases = Vec::new();
    for incident in &opened.truth().incidents {
        let at = incident.asked_at;
        let alarm = Begun::Alarm { document: &incident.alarm, language: Language::En, at };
        let question = |text, language| Begun::Question { text, language, at };
        let begun = [
            alarm,
            question(&incident.question_en, Language::En),
            question(&incident.question_ko, Language::Ko),
        ];
        for (entrance, begun) in ENTRANCES.into_iter().zip(begun) {
            let answer = opened.investigate(begun).await;
            let mut scored = scored(incident, &answer);
            if let Begun::Alarm { .. } = begun {
                let again = opened.investigate(begun).await;
                scored.is_repeated = Some(is_same(&answer, &again));
            }
            let id = format!("{seed}/{}/{}/{entrance}", incident.id, incident.story);
            cases.push(Case { id, story: incident.story.clone(), entrance, scored });
        }
    }
    cases
}

fn scored(incident: &IncidentTruth, answer: &Result<Answer, String>) -> Scored {
    match answer {
        Ok(answer) => score(incident, answer),
        Err(why) => Scored::unanswered(score::expected(incident), why.clone()),
    }
}

// Everything but how long it took.
fn is_same(one: &Result<Answer, String>, other: &Result<Answer, String>) -> bool {
    match (one, other) {
        (Ok(one), Ok(other)) => {
            let told = |answer: &Answer| Answer { run: Run::default(), ..answer.clone() };
            told(one) == told(other)
        }
        (Err(one), Err(other)) => one == other,
        (Ok(_), Err(_)) | (Err(_), Ok(_)) => false,
    }
}

/// Counts over all companies: of how many, how many were so.
#[derive(Default)]
struct Tally {
    report: SuiteReport,
    shares: BTreeMap<&'static str, (u32, u32)>,
}

impl Tally {
    fn add(&mut self, cases: Vec<Case>) {
        for Case { id, story, entrance, scored } in cases {
            let figures = [
                ("cause_at_rank_1", scored.cause),
                ("cause_in_first_3", scored.cause_in_3),
                ("kind_right", scored.kind),
                ("path_right", scored.path),
                ("signal_right", scored.signal),
                ("severity_within", scored.severity),
                ("start_within_5_minutes", scored.start),
                ("silent_on_healthy", scored.silent),
                ("same_answer_twice", scored.is_repeated),
            ];
            for (name, figure) in figures {
                let Some(is_so) = figure else { continue };
                let (so, all) = self.shares.entry(name).or_default();
                *so += u32::from(is_so);
                *all += 1;
            }
            let mut outcome = scored.outcome;
            let mut why = scored.misses;
            if scored.is_repeated == Some(false) {
                outcome = Outcome::Wrong;
                why.push("the same alarm was answered differently".to_owned());
            }
            self.report.add_under(&[story, entrance.to_owned()], outcome, || Failure {
                id,
                expected: scored.expected,
                got: scored.got,
                why: why.join("; "),
            });
        }
    }

    fn finish(self) -> SuiteReport {
        let Self { mut report, shares } = self;
        for (name, (so, all)) in shares {
            report.figures.insert(name.to_owned(), format!("{so} of {all}"));
        }
        report
    }
}

#[cfg(test)]
mod tests;
