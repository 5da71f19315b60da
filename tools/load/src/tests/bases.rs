//! Cost bases of AWS reports: hand-built days whose sums are known, and random ones whose identities must close.

use std::collections::BTreeMap;

use proptest::prelude::*;
use wherefore_contract::{
    cost::Measure,
    quality::{DiscountLayout, Identity, IdentityResult, NoticeCode, Severity},
};

use super::House;
use crate::report::LoadReport;

const COLUMNS: &[&str] = &[
    "bill_payer_account_id",
    "bill_billing_period_start_date",
    "line_item_usage_account_id",
    "line_item_line_item_type",
    "line_item_usage_start_date",
    "line_item_usage_end_date",
    "line_item_product_code",
    "line_item_currency_code",
    "line_item_line_item_description",
    "line_item_unblended_cost",
    "pricing_public_on_demand_cost",
    "reservation_reservation_a_r_n",
    "reservation_effective_cost",
    "reservation_unused_amortized_upfront_fee_for_billing_period",
    "reservation_unused_recurring_fee",
    "reservation_amortized_upfront_fee_for_billing_period",
    "savings_plan_savings_plan_a_r_n",
    "savings_plan_savings_plan_effective_cost",
    "savings_plan_total_commitment_to_date",
    "savings_plan_used_commitment",
    "savings_plan_recurring_commitment_for_billing_period",
    "savings_plan_amortized_upfront_commitment_for_billing_period",
];

const NET_COLUMNS: &[&str] = &[
    "line_item_net_unblended_cost",
    "reservation_net_effective_cost",
    "reservation_net_unused_amortized_upfront_fee_for_billing_period",
    "reservation_net_unused_recurring_fee",
    "reservation_net_amortized_upfront_fee_for_billing_period",
    "savings_plan_net_savings_plan_effective_cost",
    "savings_plan_net_recurring_commitment_for_billing_period",
    "savings_plan_net_amortized_upfront_commitment_for_billing_period",
];

/// Cells of one line by column. Amounts are in ten thousandths.
#[derive(Debug, Clone, Default)]
struct Line {
    words: BTreeMap<&'static str, String>,
    amounts: BTreeMap<&'static str, i64>,
}

impl Line {
    fn new(kind: &str, unblended: i64) -> Self {
        let mut line = Self::default();
        for (column, word) in [
            ("bill_payer_account_id", "9"),
            ("bill_billing_period_start_date", "2024-08-01T00:00:00Z"),
            ("line_item_usage_account_id", "9"),
            ("line_item_line_item_type", kind),
            ("line_item_usage_start_date", "2024-08-01T00:00:00Z"),
            ("line_item_usage_end_date", "2024-08-01T01:00:00Z"),
            ("line_item_product_code", "AmazonEC2"),
            ("line_item_currency_code", "USD"),
        ] {
            line.words.insert(column, word.to_owned());
        }
        line.with("line_item_unblended_cost", unblended)
    }

    fn with(mut self, column: &'static str, amount: i64) -> Self {
        self.amounts.insert(column, amount);
        self
    }

    fn word(mut self, column: &'static str, word: &str) -> Self {
        self.words.insert(column, word.to_owned());
        self
    }

    fn plan(self, used: i64, committed: i64, recurring: i64, upfront: i64) -> Self {
        self.word("savings_plan_savings_plan_a_r_n", "sp")
            .with("savings_plan_used_commitment", used)
            .with("savings_plan_total_commitment_to_date", committed)
            .with("savings_plan_recurring_commitment_for_billing_period", recurring)
            .with("savings_plan_amortized_upfront_commitment_for_billing_period", upfront)
    }

    fn reserved(self) -> Self {
        self.word("reservation_reservation_a_r_n", "ri")
    }

    fn cell(&self, column: &str, discount: i64) -> String {
        if let Some(word) = self.words.get(column) {
            return word.clone();
        }
        let gross = column.replacen("_net_", "_", 1);
        let amount = self.amounts.get(gross.as_str());
        let kept =
            |amount: i64| if gross == column { amount * 100 } else { amount * (100 - discount) };
        amount.map(|amount| format!("{}e-6", kept(*amount))).unwrap_or_default()
    }
}

/// Where the discount of a bill stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shown {
    Nowhere,
    Columns,
    Rows,
}

// The lines as a file; the discount is in percent.
fn bill(lines: &[Line], shown: Shown, discount: i64) -> String {
    let net = if shown == Shown::Columns { NET_COLUMNS } else { &[] };
    let columns: Vec<&str> = COLUMNS.iter().chain(net).copied().collect();
    let mut all = lines.to_vec();
    if shown == Shown::Rows {
        let discounts = lines.iter().filter_map(|line| {
            let cost = line.amounts.get("line_item_unblended_cost")?;
            Some(Line::new("EdpDiscount", -cost * discount / 100))
        });
        all.extend(discounts.collect::<Vec<_>>());
    }
    let rows = all.iter().map(|line| {
        let cells = columns.iter().map(|column| line.cell(column, discount));
        cells.collect::<Vec<_>>().join(",")
    });
    std::iter::once(columns.join(",")).chain(rows).collect::<Vec<_>>().join("\n")
}

fn loaded(text: &str) -> LoadReport {
    let house = House::new();
    house.load(&house.write("cur.csv", text))
}

// Left side, right side and outcome of an identity.
fn identity(report: &LoadReport, wanted: Identity) -> (String, String, IdentityResult) {
    let states = &report.description.identities;
    let state = states.iter().find(|state| state.identity == wanted).unwrap();
    (state.left.clone().unwrap(), state.right.clone().unwrap(), state.result)
}

// One day: a Savings Plan without upfront fee, one paid upfront, a reservation paid in part, a credit, a refund, a tax.
fn day() -> Vec<Line> {
    let unit = 10_000;
    vec![
        Line::new("Usage", 10 * unit),
        Line::new("SavingsPlanCoveredUsage", 8 * unit)
            .with("savings_plan_savings_plan_effective_cost", 5 * unit),
        Line::new("SavingsPlanNegation", -8 * unit),
        Line::new("SavingsPlanRecurringFee", 6 * unit).plan(5 * unit, 6 * unit, 6 * unit, 0),
        Line::new("SavingsPlanUpfrontFee", 700 * unit),
        Line::new("SavingsPlanCoveredUsage", 3 * unit)
            .with("savings_plan_savings_plan_effective_cost", 8_000),
        Line::new("SavingsPlanNegation", -3 * unit),
        Line::new("SavingsPlanRecurringFee", 0).plan(8_000, unit, 0, unit),
        Line::new("Fee", 30 * unit).reserved(),
        Line::new("DiscountedUsage", 0).reserved().with("reservation_effective_cost", 10 * unit),
        Line::new("RIFee", 12 * unit)
            .reserved()
            .with("reservation_unused_amortized_upfront_fee_for_billing_period", 2_500)
            .with("reservation_unused_recurring_fee", 27_500)
            .with("reservation_amortized_upfront_fee_for_billing_period", unit),
        Line::new("Tax", 3 * unit),
        Line::new("Credit", -unit),
        Line::new("Refund", -3_000),
    ]
}

#[test]
fn the_hand_built_day_closes_both_ways() {
    // Billed 759.70, of it 730 upfront; 2 of upfront fees belong to the day: 759.7 - 730 + 2 = 31.7.
    let report = loaded(&bill(&day(), Shown::Nowhere, 0));
    let holds =
        |left: &str, right: &str| (left.to_owned(), right.to_owned(), IdentityResult::Holds);
    assert_eq!(identity(&report, Identity::Amortization), holds("31.7", "31.7"));
    assert_eq!(identity(&report, Identity::Negation), holds("0", "0"));
    let description = report.description;
    assert_eq!(description.discounts[0].layout, DiscountLayout::NotShown);
    assert!(description.lacks_net(&Measure::NetBilledCost, &[]));
    assert!(description.identities.iter().all(|state| state.identity != Identity::NetAmortization));
}

#[test]
fn both_layouts_of_a_discount_give_one_net_sum() {
    let columns = loaded(&bill(&day(), Shown::Columns, 10));
    // Nine tenths of 31.7, whatever part of the commitments was used.
    let net = identity(&columns, Identity::NetAmortization);
    assert_eq!(net, ("28.53".to_owned(), "28.53".to_owned(), IdentityResult::Holds));
    assert_eq!(identity(&columns, Identity::Amortization).0, "31.7");
    assert_eq!(columns.description.discounts[0].layout, DiscountLayout::NetColumns);
    assert!(columns.description.knows_net(&[]));

    let rows = loaded(&bill(&day(), Shown::Rows, 10));
    // A tenth of 759.7 stands on rows of its own: 31.7 - 75.97.
    assert_eq!(identity(&rows, Identity::Amortization).0, "-44.27");
    assert_eq!(identity(&rows, Identity::Amortization).2, IdentityResult::Holds);
    assert_eq!(rows.description.discounts[0].layout, DiscountLayout::SeparateRows);
    assert!(rows.description.knows_net(&[]));
}

#[test]
fn net_columns_that_hold_nothing_tell_no_net_cost() {
    let mut text = bill(&day(), Shown::Columns, 10);
    let header = text.lines().next().unwrap().to_owned();
    let first = COLUMNS.len();
    let emptied = text.lines().skip(1).map(|line| {
        let kept: Vec<&str> = line.split(',').take(first).collect();
        format!("{}{}", kept.join(","), ",".repeat(NET_COLUMNS.len()))
    });
    text = std::iter::once(header).chain(emptied).collect::<Vec<_>>().join("\n");
    let report = loaded(&text);
    assert_eq!(report.description.discounts[0].layout, DiscountLayout::NotShown);
    assert!(!report.description.knows_net(&[]));
}

#[test]
fn a_free_fee_line_carries_its_amortisation_and_a_refunded_plan_costs_nothing() {
    let unit = 10_000;
    let paid_upfront = [
        Line::new("Fee", 500 * unit).reserved(),
        Line::new("DiscountedUsage", 0).reserved().with("reservation_effective_cost", 12_500),
        Line::new("RIFee", 0)
            .reserved()
            .with("reservation_unused_amortized_upfront_fee_for_billing_period", 2_500)
            .with("reservation_amortized_upfront_fee_for_billing_period", 15_000),
    ];
    let report = loaded(&bill(&paid_upfront, Shown::Nowhere, 0));
    assert_eq!(identity(&report, Identity::Amortization).0, "1.5");
    assert_eq!(identity(&report, Identity::Amortization).2, IdentityResult::Holds);

    let refunded = [
        Line::new("Usage", 4 * unit),
        Line::new("SavingsPlanUpfrontFee", 700 * unit),
        Line::new("Refund", -700 * unit)
            .word("line_item_product_code", "ComputeSavingsPlans")
            .word(
                "line_item_line_item_description",
                "Refund for one-time fee for Savings Plan ID sp",
            ),
    ];
    let report = loaded(&bill(&refunded, Shown::Nowhere, 0));
    assert_eq!(identity(&report, Identity::Amortization).0, "4");
    assert_eq!(identity(&report, Identity::Amortization).2, IdentityResult::Holds);
}

#[test]
fn a_bill_that_does_not_close_bars_its_effective_cost_alone() {
    let mut lines = day();
    // The reservation's usage claims more than was paid for it.
    lines[9] = lines[9].clone().with("reservation_effective_cost", 110_000);
    let report = loaded(&bill(&lines, Shown::Nowhere, 0));
    assert_eq!(
        identity(&report, Identity::Amortization),
        ("32.7".to_owned(), "31.7".to_owned(), IdentityResult::Failed)
    );
    let description = report.description;
    let failed =
        description.notices.iter().find(|notice| notice.code == NoticeCode::IdentityFailed);
    assert_eq!(failed.map(|notice| notice.severity), Some(Severity::Bar));
    assert!(description.barred_by_identity(&Measure::EffectiveCost, &[]).is_some());
    assert!(description.barred_by_identity(&Measure::BilledCost, &[]).is_none());
}

// A plan and a reservation of any size, used in any part.
fn commitments() -> impl Strategy<Value = Vec<Line>> {
    let plan = (1_i64..1_000_000, 0_i64..1_000_000, 0_i64..=100, 0_i64..1_000_000).prop_map(
        |(recurring, upfront, used, demand)| {
            let committed = recurring + upfront;
            let used = committed * used / 100;
            vec![
                Line::new("SavingsPlanCoveredUsage", demand)
                    .with("savings_plan_savings_plan_effective_cost", used),
                Line::new("SavingsPlanNegation", -demand),
                Line::new("SavingsPlanRecurringFee", recurring)
                    .plan(used, committed, recurring, upfront),
                Line::new("SavingsPlanUpfrontFee", upfront * 12),
            ]
        },
    );
    let reservation =
        (0_i64..1_000_000, 0_i64..1_000_000, 0_i64..=100).prop_map(|(recurring, upfront, used)| {
            let (idle, spread) = (recurring * (100 - used) / 100, upfront * (100 - used) / 100);
            vec![
                Line::new("Fee", upfront * 12).reserved(),
                Line::new("DiscountedUsage", 0)
                    .reserved()
                    .with("reservation_effective_cost", recurring + upfront - idle - spread),
                Line::new("RIFee", recurring)
                    .reserved()
                    .with("reservation_unused_amortized_upfront_fee_for_billing_period", spread)
                    .with("reservation_unused_recurring_fee", idle)
                    .with("reservation_amortized_upfront_fee_for_billing_period", upfront),
            ]
        });
    let ordinary =
        (0_i64..1_000_000, -1_000_000_i64..0, 0_i64..1_000_000).prop_map(|(usage, credit, tax)| {
            vec![Line::new("Usage", usage), Line::new("Credit", credit), Line::new("Tax", tax)]
        });
    prop::collection::vec(prop_oneof![plan, reservation, ordinary], 1..6)
        .prop_map(|parts| parts.into_iter().flatten().collect())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn identities_close_on_any_bill_and_either_layout(lines in commitments(), discount in 1_i64..60) {
        for shown in [Shown::Nowhere, Shown::Columns, Shown::Rows] {
            let report = loaded(&bill(&lines, shown, discount));
            let checked = report.description.identities.iter().filter(|state| {
                matches!(
                    state.identity,
                    Identity::Amortization | Identity::NetAmortization | Identity::Negation
                )
            });
            for state in checked {
                prop_assert_eq!(state.result, IdentityResult::Holds, "{:?}", state);
            }
        }
    }
}
