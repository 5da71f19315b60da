//! The number gate under mutation: correct answers must be delivered, false ones must not.
//!
//! Each case builds a small world of tables and a correct draft over it, checks that the draft is
//! delivered, and then breaks it in one way. An oracle that shares no code with the gate lists
//! every true sentence of the world: a mutated answer that is delivered and not among them is wrong.

mod mutate;
mod numbers;
mod shown;
mod tamper;
mod templates;
mod world;

use std::ops::Range;

use rand::{Rng as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;
use wherefore_contract::{
    answer::{Answer, Run},
    draft::Draft,
};
use wherefore_verify::{Context, fence::check_document, verify};

use crate::report::{Failure, Outcome, SuiteReport};
use world::World;

/// Seeded choices.
pub(crate) struct Dice {
    source: ChaCha8Rng,
}

impl From<ChaCha8Rng> for Dice {
    fn from(source: ChaCha8Rng) -> Self {
        Self { source }
    }
}

impl Dice {
    fn new(seed: u64, case: u32) -> Self {
        let stream = seed.wrapping_mul(1_000_003).wrapping_add(u64::from(case));
        Self { source: ChaCha8Rng::seed_from_u64(stream) }
    }

    /// A number from zero up to but not including `end`; zero when `end` is zero.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        let end = u64::try_from(end).unwrap_or(u64::MAX).max(1);
        usize::try_from(self.source.next_u64() % end).unwrap_or(0)
    }

    /// One of several; `None` when there is none.
    pub(crate) fn pick<'a, T>(&mut self, all: &'a [T]) -> Option<&'a T> {
        all.get(self.below(all.len()))
    }
}

/// Runs `cases` cases for every seed. The same arguments give the same report on one version.
#[must_use]
pub fn run_gate(seeds: Range<u64>, cases: u32) -> SuiteReport {
    let mut report = SuiteReport::new("gate");
    let (mut delivered, mut refused, mut harmless) = (0_u32, 0_u32, 0_u32);
    for seed in seeds {
        for case in 0..cases {
            let mut dice = Dice::new(seed, case);
            let Some((world, broken)) = broken_world(case, &mut dice) else { continue };
            let id = format!("{seed}/{case}");
            match one_case(&id, &world, &broken, &mut report) {
                Judged::Refused => refused += 1,
                Judged::Delivered { harmless: true } => {
                    delivered += 1;
                    harmless += 1;
                }
                Judged::Delivered { harmless: false } => delivered += 1,
            }
        }
    }
    let good = delivered + refused;
    let percent = |part: u32| {
        let hundredths =
            wherefore_contract::Decimal::from(part) * wherefore_contract::Decimal::ONE_HUNDRED;
        (hundredths / wherefore_contract::Decimal::from(good.max(1)))
            .round_dp(2)
            .normalize()
            .to_string()
    };
    report.figures.insert("good_answers".to_owned(), good.to_string());
    report.figures.insert("good_answers_refused".to_owned(), refused.to_string());
    report.figures.insert("false_refusal_percent".to_owned(), percent(refused));
    report.figures.insert("mutations_that_stayed_true".to_owned(), harmless.to_string());
    report
}

enum Judged {
    Refused,
    Delivered { harmless: bool },
}

/// What was broken, and how.
enum Broken {
    Draft(&'static str, Box<Draft>),
    Document(&'static str, Box<Answer>),
}

// Worlds that a way of breaking can be applied to; there is one soon for every way.
const WORLDS_TRIED: u32 = 400;

/// A world and its draft or document broken in one way; the ways take turns.
fn broken_world(case: u32, dice: &mut Dice) -> Option<(World, Broken)> {
    let ways = mutate::kinds() + tamper::kinds();
    let way = usize::try_from(case).ok()? % ways;
    for _ in 0..WORLDS_TRIED {
        let world = World::new(dice)?;
        let broken = if way < mutate::kinds() {
            mutate::draft(way, &world, dice)
                .map(|(kind, draft)| Broken::Draft(kind, Box::new(draft)))
        } else {
            let good = verify(&world.draft, &world.context());
            tamper::document(way - mutate::kinds(), good.answer(), dice)
                .map(|(kind, answer)| Broken::Document(kind, Box::new(answer)))
        };
        if let Some(broken) = broken {
            return Some((world, broken));
        }
    }
    None
}

fn failure(id: &str, expected: &str, got: &str, why: &str) -> Failure {
    Failure {
        id: id.to_owned(),
        expected: expected.to_owned(),
        got: got.to_owned(),
        why: why.to_owned(),
    }
}

fn one_case(id: &str, world: &World, broken: &Broken, report: &mut SuiteReport) -> Judged {
    let context = world.context();
    let good = verify(&world.draft, &context);
    if good.answer().run.withheld > 0 {
        let why = wherefore_verify::check(&world.draft, &context);
        let why: Vec<String> = why.iter().map(ToString::to_string).collect();
        report.add("good", Outcome::Declined, || {
            failure(id, "delivered", &world.template, &why.join("; "))
        });
        return Judged::Refused;
    }
    if let Some(lie) = world.lie(good.answer()) {
        report
            .add("good", Outcome::Wrong, || failure(id, "a true sentence", &lie, &world.template));
        return Judged::Delivered { harmless: false };
    }
    report.add("good", Outcome::Right, || failure(id, "", "", ""));
    let mut harmless = false;
    match broken {
        Broken::Draft(kind, draft) => {
            let answer = verify(draft, &context).into_answer();
            let lie = if answer.run.withheld == 0 { world.lie(&answer) } else { None };
            harmless = answer.run.withheld == 0 && lie.is_none();
            let outcome = if lie.is_some() { Outcome::Wrong } else { Outcome::Right };
            report.add(kind, outcome, || {
                failure(id, "withheld", &lie.unwrap_or_default(), &good.answer().text)
            });
        }
        Broken::Document(kind, answer) => {
            let found = !check_document(answer, &world.evidence).is_empty();
            let outcome = if found { Outcome::Right } else { Outcome::Wrong };
            report
                .add(kind, outcome, || failure(id, "found out", &answer.text, &good.answer().text));
        }
    }
    Judged::Delivered { harmless }
}

impl World {
    /// The first sentence of an answer that is not among the true ones.
    fn lie(&self, answer: &Answer) -> Option<String> {
        let own = |code: &str| ["period", "cost_metric", "partial_period"].contains(&code);
        let gaps = answer
            .gaps
            .iter()
            .filter(|gap| !own(&gap.code))
            .map(|gap| format!("{} {}", gap.text, gap.effect).trim().to_owned());
        let assumptions =
            answer.assumptions.iter().filter(|each| !own(&each.code)).map(|each| each.text.clone());
        if !self.truths.contains(&answer.headline) {
            return Some(answer.headline.clone());
        }
        gaps.chain(assumptions).find(|aside| !self.asides.contains(aside))
    }

    fn context(&self) -> Context<'_> {
        Context {
            question: &self.question,
            evidence: &self.evidence,
            periods: &[],
            run: Run::default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_mutated_answer_is_delivered_wrong_and_good_ones_pass() {
        let report = run_gate(0..5, 260);
        println!("{}", report.table());
        assert_eq!(report.wrong, 0, "{:#?}", report.failures);
        assert_eq!(report.declined, 0, "{:#?}", report.failures);
        assert_eq!(report.by.len(), 1 + mutate::kinds() + tamper::kinds());
    }

    // Slow: run with `--ignored` and some optimisation.
    #[test]
    #[ignore = "takes minutes"]
    fn ten_thousand_mutations_give_no_wrong_answer() {
        let report = run_gate(1..7, 1_750);
        println!("{}", report.table());
        assert_eq!((report.wrong, report.declined), (0, 0), "{:#?}", report.failures);
        assert!(report.by.values().all(|counts| counts.cases >= 200), "{:?}", report.by);
    }

    #[test]
    fn one_seed_alone_runs_all_its_cases() {
        let report = run_gate(1..2, 60);
        assert_eq!(report.by.get("good").map(|good| good.cases), Some(60));
        assert_eq!(report.cases, 120);
    }

    #[test]
    fn the_same_seeds_give_the_same_report() {
        assert_eq!(run_gate(7..9, 40), run_gate(7..9, 40));
    }
}
