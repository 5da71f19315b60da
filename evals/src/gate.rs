//! The number gate under mutation: correct answers must be delivered, false ones must not.
//!
//! Each case builds a small world of tables and a correct draft over it, checks that the draft is
//! delivered, and then breaks it in one way. An oracle that shares no code with the gate lists
//! every true sentence of the world: a mutated answer that is delivered and not among them is wrong.

mod mutate;
mod tamper;
mod world;

use std::ops::Range;

use rand::{Rng as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;
use wherefore_contract::answer::Run;
use wherefore_verify::{Context, fence::check_document, verify};

use crate::report::{Failure, Outcome, SuiteReport};
use world::World;

/// Seeded choices.
pub(crate) struct Dice {
    source: ChaCha8Rng,
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
            let world = World::new(&mut dice);
            let id = format!("{seed}/{case}");
            match one_case(&id, &world, &mut dice, &mut report) {
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

fn one_case(id: &str, world: &World, dice: &mut Dice, report: &mut SuiteReport) -> Judged {
    let context = world.context();
    let good = verify(&world.draft, &context);
    let failure = |expected: &str, got: &str, why: &str| Failure {
        id: id.to_owned(),
        expected: expected.to_owned(),
        got: got.to_owned(),
        why: why.to_owned(),
    };
    let text = &good.answer().headline;
    if good.answer().run.withheld > 0 {
        let why = wherefore_verify::check(&world.draft, &context);
        let why: Vec<String> = why.iter().map(ToString::to_string).collect();
        report.add("good", Outcome::Declined, || {
            failure("delivered", &world.template, &why.join("; "))
        });
        return Judged::Refused;
    }
    if !world.truths.contains(text) {
        report.add("good", Outcome::Wrong, || failure("a true sentence", text, &world.template));
        return Judged::Delivered { harmless: false };
    }
    report.add("good", Outcome::Right, || failure("", "", ""));
    let mut harmless = false;
    if dice.below(3) > 0 {
        let Some((kind, draft)) = mutate::draft(world, dice) else {
            return Judged::Delivered { harmless };
        };
        let broken = verify(&draft, &context);
        let answer = broken.answer();
        harmless = answer.run.withheld == 0 && world.truths.contains(&answer.headline);
        let wrong = answer.run.withheld == 0 && !harmless;
        let outcome = if wrong { Outcome::Wrong } else { Outcome::Right };
        report.add(kind, outcome, || failure("withheld", &answer.headline, text));
    } else {
        let Some((kind, answer)) = tamper::document(good.answer(), dice) else {
            return Judged::Delivered { harmless };
        };
        let found = !check_document(&answer, &world.evidence).is_empty();
        let outcome = if found { Outcome::Right } else { Outcome::Wrong };
        report.add(kind, outcome, || failure("found out", &answer.headline, text));
    }
    Judged::Delivered { harmless }
}

impl World {
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
        let report = run_gate(0..10, 130);
        println!("{}", report.table());
        assert_eq!(report.wrong, 0, "{:#?}", report.failures);
        assert_eq!(report.declined, 0, "{:#?}", report.failures);
        assert!(report.by.len() > 25, "{:?}", report.by.keys());
    }

    #[test]
    fn the_same_seeds_give_the_same_report() {
        assert_eq!(run_gate(7..9, 40), run_gate(7..9, 40));
    }
}
