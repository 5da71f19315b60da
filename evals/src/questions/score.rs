//! The report of question cases: counts, figures, and what became of every case.

use std::{collections::BTreeMap, time::Duration};

use serde::{Deserialize, Serialize};
use wherefore_contract::{
    Decimal,
    answer::{Answer, AnswerResult, Status},
};

use super::{
    case::{Case, ExpectedKind},
    groups::{self, alike},
    run::Asked,
    scoring::judge::{Judgement, judge},
};
use crate::report::{Failure, Outcome, SuiteReport};

/// How question cases went: the document of every suite, and beside it every case.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuestionsReport {
    #[serde(flatten)]
    pub suite: SuiteReport,
    pub results: Vec<CaseResult>,
}

/// What became of one case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaseResult {
    pub id: String,
    pub lang: String,
    pub kind: String,
    pub difficulty: String,
    pub dataset: String,
    pub part: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
    pub question: String,
    pub outcome: Outcome,
    pub is_unanswerable: bool,
    pub expected: String,
    pub got: String,
    pub why: String,
    /// The status of the answer; `None` when there was none.
    pub status: Option<Status>,
    /// How the answer says it read the question, and what it assumed.
    pub reading: String,
    /// The alternative reading that made it right.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub accepted: Option<String>,
    pub statements: Statements,
    /// Statements that the text does not carry.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unsaid: Vec<String>,
    /// The figures of the result, sorted; only compared within a run.
    #[serde(skip)]
    pub(super) figures: Vec<Decimal>,
    /// The whole question, in microseconds.
    pub elapsed_us: u64,
    /// Finding names and understanding, in microseconds; `None` when it was not measured.
    pub understanding_us: Option<u64>,
}

/// Statements that answers must carry.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statements {
    pub asked: u32,
    pub said: u32,
}

impl CaseResult {
    pub(super) fn new(case: &Case, asked: &Result<Asked, String>) -> Self {
        let judgement = match asked {
            Ok(asked) => judge(case, &asked.answer),
            Err(why) => Judgement {
                outcome: Outcome::Declined,
                why: format!("failed: {why}"),
                accepted: None,
                said: case
                    .expected
                    .answer_must_say
                    .iter()
                    .map(|each| (each.clone(), false))
                    .collect(),
            },
        };
        let answer = asked.as_ref().ok().map(|asked| &asked.answer);
        let micros = |time: Duration| u64::try_from(time.as_micros()).unwrap_or(u64::MAX);
        let said = judgement.said.iter().filter(|(_, said)| *said).count();
        let count = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        Self {
            id: case.id.clone(),
            lang: case.lang.clone(),
            kind: case.kind.clone(),
            difficulty: case.difficulty.clone(),
            dataset: case.dataset_stem().to_owned(),
            part: case.part.clone(),
            group: case.group.clone(),
            question: case.question.clone(),
            outcome: judgement.outcome,
            is_unanswerable: case.is_unanswerable(),
            expected: expected(case),
            got: answer.map(got).unwrap_or_default(),
            why: judgement.why,
            status: answer.map(|answer| answer.status),
            reading: answer.map(reading).unwrap_or_default(),
            accepted: judgement.accepted,
            statements: Statements { asked: count(judgement.said.len()), said: count(said) },
            unsaid: judgement
                .said
                .into_iter()
                .filter(|(_, said)| !said)
                .map(|(statement, _)| statement)
                .collect(),
            figures: answer.map(|answer| groups::figures(&answer.result)).unwrap_or_default(),
            elapsed_us: asked.as_ref().map_or(0, |asked| micros(asked.elapsed)),
            understanding_us: asked.as_ref().ok().and_then(|asked| asked.understanding).map(micros),
        }
    }

    fn keys(&self) -> Vec<String> {
        let side = if self.is_unanswerable { "unanswerable" } else { "answerable" };
        let named = |table: &str, name: &str| {
            let name = if name.is_empty() { "(none)" } else { name };
            format!("{table}/{name}")
        };
        vec![
            named("language", &self.lang),
            named("difficulty", &self.difficulty),
            named("dataset", &self.dataset),
            named("part", &self.part),
            named("expected", side),
            named("kind", &self.kind),
        ]
    }
}

impl QuestionsReport {
    /// The report over what became of every case.
    #[must_use]
    pub fn new(results: Vec<CaseResult>) -> Self {
        let mut suite = SuiteReport::new("questions");
        for result in &results {
            suite.count(&result.keys(), result.outcome);
            if result.outcome != Outcome::Right {
                suite.failures.push(Failure {
                    id: result.id.clone(),
                    expected: result.expected.clone(),
                    got: result.got.clone(),
                    why: result.why.clone(),
                });
            }
        }
        suite.figures = figures(&results);
        Self { suite, results }
    }

    /// The counts and figures alone, without any question: for a part that nobody may look into.
    #[must_use]
    pub fn counts_only(self) -> Self {
        let suite = SuiteReport { failures: Vec::new(), ..self.suite };
        Self { suite, results: Vec::new() }
    }

    /// The share of unanswerable cases that were declined without a figure; `None` when there are none.
    #[must_use]
    pub fn declined_share(&self) -> Option<f64> {
        let counts = self.suite.by.get("expected/unanswerable")?;
        (counts.cases > 0).then(|| f64::from(counts.right) / f64::from(counts.cases))
    }
}

fn figures(results: &[CaseResult]) -> BTreeMap<String, String> {
    let mut figures = BTreeMap::new();
    let mut put = |name: &str, value: String| figures.insert(name.to_owned(), value);
    let all = results.len();
    let count = |fits: &dyn Fn(&CaseResult) -> bool| results.iter().filter(|one| fits(one)).count();
    put("right_percent", percent(count(&|one| one.outcome == Outcome::Right), all));
    put("wrong_percent", percent(count(&|one| one.outcome == Outcome::Wrong), all));
    let unanswerable = count(&|one| one.is_unanswerable);
    if unanswerable > 0 {
        let declined = count(&|one| one.is_unanswerable && one.outcome == Outcome::Right);
        put("declined_of_unanswerable_percent", percent(declined, unanswerable));
    }
    put("right_by_another_reading", count(&|one| one.accepted.is_some()).to_string());
    put("failed_to_answer", count(&|one| one.status.is_none()).to_string());
    let (asked, said) = results.iter().fold((0_u32, 0_u32), |(asked, said), one| {
        (asked.saturating_add(one.statements.asked), said.saturating_add(one.statements.said))
    });
    if asked > 0 {
        put("statements_asked", asked.to_string());
        put("statements_said", said.to_string());
    }
    let alike = alike(results);
    if alike.utterances > 0 {
        put("paraphrase_same_percent", percent(alike.same, alike.utterances));
        put("paraphrase_utterances", alike.utterances.to_string());
        put("paraphrase_groups", alike.groups.to_string());
        put("paraphrase_groups_all_same", alike.groups_same.to_string());
    }
    let whole = results.iter().filter(|one| one.status.is_some()).map(|one| one.elapsed_us);
    let understanding = results.iter().filter_map(|one| one.understanding_us);
    for (name, times) in
        [("question", whole.collect::<Vec<_>>()), ("understanding", understanding.collect())]
    {
        for (rank, time) in percentiles(times) {
            put(&format!("{name}_{rank}_ms"), time);
        }
    }
    figures
}

/// A share in percent with two digits.
pub(super) fn percent(part: usize, whole: usize) -> String {
    if whole == 0 {
        return "0".to_owned();
    }
    let share = Decimal::from(part) * Decimal::ONE_HUNDRED / Decimal::from(whole);
    share.round_dp(2).normalize().to_string()
}

/// The middle, the 99th percentile (nearest rank) and the longest, in milliseconds.
fn percentiles(mut micros: Vec<u64>) -> Vec<(&'static str, String)> {
    micros.sort_unstable();
    let at = |per_cent: usize| {
        let rank = micros.len().saturating_mul(per_cent).div_ceil(100).saturating_sub(1);
        micros.get(rank).map(|time| {
            (Decimal::from(*time) / Decimal::ONE_THOUSAND).round_dp(3).normalize().to_string()
        })
    };
    [("p50", 50), ("p99", 99), ("max", 100)]
        .into_iter()
        .filter_map(|(name, rank)| Some((name, at(rank)?)))
        .collect()
}

// Rows of a result that a report shows.
const ROWS_SHOWN: usize = 12;

fn expected(case: &Case) -> String {
    let expected = &case.expected;
    match expected.kind {
        ExpectedKind::Scalar => {
            let unit = expected.unit.as_deref().unwrap_or_default();
            format!("{} {unit}", plain(&expected.value)).trim().to_owned()
        }
        ExpectedKind::Rows => {
            let rows = expected.rows.iter().map(|row| row.iter().map(plain).collect());
            table(&expected.columns, rows.collect())
        }
        ExpectedKind::Unanswerable => {
            format!("declined: {}", expected.reason.as_deref().unwrap_or("no reason given"))
        }
    }
}

fn plain(value: &serde_json::Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

fn got(answer: &Answer) -> String {
    let AnswerResult { columns, rows, .. } = &answer.result;
    if rows.is_empty() {
        return answer.headline.clone();
    }
    let names: Vec<String> = columns.iter().map(|column| column.name.clone()).collect();
    let cell = |cell: &Option<String>| cell.clone().unwrap_or_else(|| "null".to_owned());
    table(&names, rows.iter().map(|row| row.iter().map(cell).collect()).collect())
}

fn table(columns: &[String], rows: Vec<Vec<String>>) -> String {
    let more = rows.len().saturating_sub(ROWS_SHOWN);
    let mut lines = vec![columns.join(" | ")];
    lines.extend(rows.into_iter().take(ROWS_SHOWN).map(|row| row.join(" | ")));
    if more > 0 {
        lines.push(format!("… and {more} rows more"));
    }
    lines.join("\n")
}

fn reading(answer: &Answer) -> String {
    let texts: Vec<&str> = answer.assumptions.iter().map(|each| each.text.as_str()).collect();
    texts.join(" ")
}

#[cfg(test)]
impl CaseResult {
    /// A case that went right.
    pub(super) fn example() -> Self {
        Self {
            id: "a".to_owned(),
            lang: "en".to_owned(),
            kind: "total".to_owned(),
            difficulty: "easy".to_owned(),
            dataset: "bill".to_owned(),
            part: "tuned".to_owned(),
            group: None,
            question: "total?".to_owned(),
            outcome: Outcome::Right,
            is_unanswerable: false,
            expected: "1 USD".to_owned(),
            got: "1".to_owned(),
            why: String::new(),
            status: Some(Status::Answered),
            reading: String::new(),
            accepted: None,
            statements: Statements::default(),
            unsaid: Vec::new(),
            figures: Vec::new(),
            elapsed_us: 1_500,
            understanding_us: Some(100),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_by_nearest_rank() {
        let times = percentiles((1..=200).map(|each| each * 1_000).collect());
        let expected = [("p50", "100"), ("p99", "198"), ("max", "200")];
        assert_eq!(times, expected.map(|(name, time)| (name, time.to_owned())));
        assert_eq!(percentiles(Vec::new()), Vec::new());
    }

    #[test]
    fn percents_have_two_digits() {
        assert_eq!(percent(1, 3), "33.33");
        assert_eq!(percent(0, 0), "0");
        assert_eq!(percent(5, 5), "100");
    }
}
