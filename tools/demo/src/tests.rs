use std::{cell::RefCell, collections::BTreeMap, rc::Rc, time::Instant};

use jiff::civil::{Date, DateTime};
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use rust_decimal::Decimal;
use wherefore_analysis::{
    BridgeLine, Day, RegimeSettings, Transactions, build_bridge, judge_regime,
};
use wherefore_load::focus_file::FocusRow;

use crate::{
    DemoError, DemoOptions, DemoTruth, Plants,
    bills::{self, Sink, Slices, Split},
    company::Company,
    generate, truth,
};

// What the checks need of a row.
#[derive(Debug, Clone)]
struct Seen {
    category: String,
    is_correction: bool,
    status: Option<String>,
    commitment: Option<String>,
    start: DateTime,
    tags: Option<String>,
    quantity: Option<Decimal>,
    prices: Option<(Decimal, Decimal)>,
    billed: Decimal,
    effective: Decimal,
    contracted: Decimal,
    list: Decimal,
}

struct Collector(Rc<RefCell<Vec<Seen>>>);

impl Sink for Collector {
    fn put(&mut self, row: &FocusRow<'_>) -> Result<(), DemoError> {
        self.0.borrow_mut().push(Seen {
            category: row.charge_category.unwrap().to_owned(),
            is_correction: row.charge_class == Some("Correction"),
            status: row.commitment_discount_status.map(str::to_owned),
            commitment: row.commitment_discount_id.map(str::to_owned),
            start: row.charge_period_start.unwrap(),
            tags: row.tags.map(str::to_owned),
            quantity: row.pricing_quantity,
            prices: row.list_unit_price.zip(row.contracted_unit_price),
            billed: row.billed_cost.unwrap(),
            effective: row.effective_cost.unwrap(),
            contracted: row.contracted_cost.unwrap(),
            list: row.list_cost.unwrap(),
        });
        Ok(())
    }

    fn finish(self: Box<Self>) -> Result<(), DemoError> {
        Ok(())
    }
}

fn written(seed: u64, background: usize, split: Split) -> (Company, Vec<Seen>, DemoTruth) {
    let company = Company::found(seed, background);
    let rows = Rc::new(RefCell::new(Vec::new()));
    let open = |_, _| Ok(Box::new(Collector(Rc::clone(&rows))) as Box<dyn Sink>);
    let ledger = bills::write(&open, &company, split, &mut |_| {}).unwrap();
    let truth = truth::read(&company, &ledger, seed).unwrap();
    (company, rows.take(), truth)
}

#[test]
fn every_row_keeps_the_identities_of_focus() {
    let (_, rows, _) = written(3, 20, Split::DAILY);
    for row in &rows {
        if let (Some(quantity), Some((list, contracted))) = (row.quantity, row.prices) {
            assert_eq!(row.list, quantity * list, "{row:?}");
            assert_eq!(row.contracted, quantity * contracted, "{row:?}");
        }
        if row.category == "Usage" && !row.is_correction && row.status.as_deref() != Some("Unused")
        {
            assert!(row.list >= row.contracted && row.contracted >= row.effective, "{row:?}");
        }
        match row.status.as_deref() {
            Some("Used" | "Unused") => assert_eq!(row.billed, Decimal::ZERO, "{row:?}"),
            None if row.category == "Purchase" && row.commitment.is_some() => {
                assert_eq!(row.effective, Decimal::ZERO, "{row:?}");
            }
            _ => assert_eq!(row.billed, row.effective, "{row:?}"),
        }
    }
    let categories: std::collections::BTreeSet<_> =
        rows.iter().map(|row| row.category.as_str()).collect();
    assert_eq!(
        categories,
        ["Adjustment", "Credit", "Purchase", "Tax", "Usage"].into_iter().collect()
    );
    assert!(rows.iter().any(|row| row.is_correction && row.effective < Decimal::ZERO));
    assert!(rows.iter().any(|row| row.tags.is_none() && row.category == "Usage"));
}

#[test]
fn every_commitment_is_used_and_unused_to_what_was_bought() {
    let (_, rows, _) = written(3, 142, Split::DAILY);
    let mut commitments: BTreeMap<&str, (Decimal, Decimal)> = BTreeMap::new();
    for row in &rows {
        if let Some(id) = &row.commitment {
            let sums = commitments.entry(id).or_default();
            if row.category == "Purchase" {
                sums.0 += row.billed;
            } else {
                sums.1 += row.effective;
            }
        }
    }
    assert!(commitments.len() >= 10, "{}", commitments.len());
    for (id, (bought, used)) in commitments {
        assert_eq!(bought, used, "{id}");
    }
}

#[test]
fn more_rows_are_the_same_costs_and_the_same_stories() {
    let (_, rows, truth) = written(5, 3, Split::DAILY);
    let (_, many, split) =
        written(5, 3, Split { slices: Slices { hours: 6, resources: 2 }, finer_percent: 50 });
    assert!(many.len() > 10 * rows.len());
    assert_eq!(truth.stories, split.stories);
    let costs = |truth: &DemoTruth| -> Vec<_> {
        truth.bills.iter().map(|bill| (bill.billed_cost, bill.effective_cost)).collect()
    };
    assert_eq!(costs(&truth), costs(&split));
    let (_, _, larger) = written(5, 9, Split::DAILY);
    assert_eq!(truth.stories, larger.stories);
}

// Costs of each day of a workload without credits.
fn days_of(rows: &[Seen], tags: &str, counts: &[i64]) -> BTreeMap<Date, (Decimal, Decimal)> {
    let mut days: BTreeMap<Date, (Decimal, Decimal)> = counts
        .iter()
        .enumerate()
        .map(|(day, count)| (crate::calendar::date_of(day), (Decimal::ZERO, (*count).into())))
        .collect();
    for row in rows {
        if row.category == "Usage" && row.tags.as_deref() == Some(tags) {
            days.get_mut(&row.start.date()).unwrap().0 += row.effective;
        }
    }
    days
}

#[test]
fn every_story_reads_as_planted_whatever_the_seed() {
    for seed in 0..10 {
        let (company, rows, truth) = written(seed, 0, Split::DAILY);
        assert!(truth.stories.len() >= 16);
        for (story, planted) in truth.stories.iter().zip(&company.stories) {
            let workload = &company.workloads[planted.workload];
            let lines: Vec<_> = story
                .lines
                .iter()
                .map(|line| BridgeLine {
                    cloud_service: line.cloud_service.clone(),
                    usage_type: line.usage_type.clone(),
                    unit: line.unit.clone(),
                    operating: true,
                    unused: false,
                    cost_from: line.cost_from,
                    cost_to: line.cost_to,
                    quantity_from: Some(line.quantity_from),
                    quantity_to: Some(line.quantity_to),
                })
                .collect();
            let count = Transactions {
                from: story.transactions_from.into(),
                to: story.transactions_to.into(),
            };
            let bridge = build_bridge(&lines, Some(count));
            assert_eq!(bridge.unit_cost_from, Some(story.unit_cost_from));
            assert_eq!(bridge.unit_cost_to, Some(story.unit_cost_to));
            assert_eq!(bridge.residual, Decimal::ZERO);
            let found = bridge
                .main_cause
                .map(|main| (main.effect.name().to_owned(), main.cloud_service, main.usage_type));
            if let Some(main) = &story.main_cause {
                let main =
                    (main.effect.clone(), main.cloud_service.clone(), main.usage_type.clone());
                assert_eq!(found, Some(main), "seed {seed}, {}: {:#?}", story.id, bridge.rows);
            }

            let days = days_of(&rows, &workload.tags, workload.transactions.as_deref().unwrap());
            let within = |period: wherefore_contract::period::Period| -> Vec<Day> {
                days.range(period.start().date()..period.end().date())
                    .map(|(date, (cost, transactions))| Day {
                        date: *date,
                        cost: *cost,
                        transactions: *transactions,
                    })
                    .collect()
            };
            let (from, to) = (within(story.from), within(story.to));
            assert_eq!(from.iter().map(|day| day.cost).sum::<Decimal>(), story.cost_from);
            let mut random = ChaCha8Rng::seed_from_u64(1);
            let settings = RegimeSettings { resamples: 500, ..RegimeSettings::embedded().unwrap() };
            let verdict = judge_regime(&from, &to, &settings, &mut random);
            assert_eq!(
                verdict.regime.name(),
                story.regime,
                "seed {seed}, {}: {verdict:?}",
                story.id
            );
        }
    }
}

#[test]
fn a_small_company_is_written_twice_byte_for_byte_and_differs_by_seed() {
    let begun = Instant::now();
    let write = |seed: u64| {
        let dir = tempfile::tempdir().unwrap();
        // Incidents are written twice by a test of their own.
        let options = DemoOptions { seed, rows: Some(20_000), plants: Plants::Money };
        let mut told = 0;
        let truth = generate(dir.path(), &options, &mut |progress| told = progress.rows).unwrap();
        assert_eq!(told, truth.rows);
        let names = ["bills/aws/2026-10.parquet", "transactions.csv", "truth.json"];
        let mut bytes: Vec<_> =
            names.iter().map(|name| std::fs::read(dir.path().join(name)).unwrap()).collect();
        bytes.push(std::fs::read(dir.path().join("bills/google/2025-09.parquet")).unwrap());
        (truth, bytes)
    };
    let (first, again, other) = (write(1), write(1), write(2));
    assert!(first == again);
    assert_ne!(first.0.stories, other.0.stories);
    assert_ne!(first.1, other.1);
    assert!(begun.elapsed().as_secs() < 30, "{:?}", begun.elapsed());
    let read: DemoTruth = serde_json::from_slice(&first.1[2]).unwrap();
    assert_eq!(read, first.0);
}

#[test]
fn the_default_company_has_its_workloads_and_rows() {
    let company = Company::found(0, crate::company::BACKGROUND_WORKLOADS);
    assert!(company.workloads.len() >= 150);
    let rows = company.daily_rows();
    assert!((300_000..500_000).contains(&rows), "{rows}");
    for wanted in [500_000, 1_500_000, 100_000_000] {
        let split = Split::towards(wanted, rows);
        let reached = rows * split.slices.parts() + rows * split.finer_percent as u64 / 100;
        assert!(reached.abs_diff(wanted) < wanted / 20, "{wanted}: {split:?}");
    }
    assert_eq!(Split::towards(rows, rows), Split::DAILY);
}
