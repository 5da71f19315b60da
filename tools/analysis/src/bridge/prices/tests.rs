use super::*;
use crate::bridge::build_bridge;

fn decimal(text: &str) -> Decimal {
    text.parse().unwrap()
}

// A line of 1,000 units on both sides: what they cost at list, negotiated and effective prices.
fn line(usage_type: &str, from: [&str; 3], to: [&str; 3]) -> LinePrices {
    let thousand = Some(Decimal::ONE_THOUSAND);
    LinePrices {
        line: BridgeLine {
            cloud_service: "Amazon RDS".into(),
            usage_type: usage_type.into(),
            unit: "Hrs".into(),
            operating: true,
            unused: false,
            cost_from: decimal(from[2]),
            cost_to: decimal(to[2]),
            quantity_from: thousand,
            quantity_to: thousand,
        },
        list_from: decimal(from[0]),
        list_to: decimal(to[0]),
        contracted_from: decimal(from[1]),
        contracted_to: decimal(to[1]),
    }
}

fn split(lines: &[LinePrices], count: (i64, i64)) -> (Bridge, Vec<PriceRow>) {
    let plain: Vec<BridgeLine> = lines.iter().map(|each| each.line.clone()).collect();
    let count = Transactions { from: count.0.into(), to: count.1.into() };
    let bridge = build_bridge(&plain, Some(count));
    let rows = split_prices(lines, &bridge, Some(count)).unwrap();
    (bridge, rows)
}

fn parts(row: &PriceRow) -> [String; 5] {
    let PriceParts { whole, list, negotiated, commitment, waste } = row.price;
    [whole, list, negotiated, commitment, waste].map(|part| part.normalize().to_string())
}

#[test]
fn a_commitment_that_ended_is_the_price_effect_of_commitments() {
    // 30 % off the negotiated price under a commitment, then none of it.
    let lines = [line("db.r5", ["1000", "950", "665"], ["1000", "950", "950"])];
    let (_, rows) = split(&lines, (10, 10));
    assert_eq!(parts(&rows[0]), ["285", "0", "0", "285", "0"]);
    assert_eq!(rows[0].unit_price.unwrap().commitment, decimal("28.5"));
}

#[test]
fn a_list_price_cut_carries_its_discount_along() {
    // List falls by 300; 5 % negotiated off it falls by 15 less.
    let lines = [line("Logs", ["1000", "950", "950"], ["700", "665", "665"])];
    let (_, rows) = split(&lines, (10, 10));
    assert_eq!(parts(&rows[0]), ["-285", "-300", "15", "0", "0"]);
}

#[test]
fn parts_that_offset_each_other_are_told_although_the_price_stands_still() {
    let lines = [line("Logs", ["1000", "900", "900"], ["1100", "900", "900"])];
    let (bridge, rows) = split(&lines, (10, 10));
    assert!(bridge.rows.is_empty());
    assert_eq!(parts(&rows[0]), ["0", "100", "-100", "0", "0"]);
}

#[test]
fn commitments_that_nobody_uses_are_price_and_all_of_it_waste() {
    let mut idle = line("Commitment", ["0", "0", "40"], ["0", "0", "100"]);
    idle.line.unused = true;
    (idle.line.quantity_from, idle.line.quantity_to) = (None, None);
    let used = line("db.r5", ["1000", "950", "665"], ["1000", "950", "665"]);
    let (bridge, rows) = split(&[used, idle], (10, 10));
    let main = bridge.main_cause.unwrap();
    assert_eq!((main.effect, &*main.usage_type), (Effect::Price, "Commitment"));
    assert_eq!(rows.len(), 1);
    assert_eq!(parts(&rows[0]), ["60", "0", "0", "0", "60"]);
}

#[test]
fn what_stands_on_one_side_only_has_no_price_to_compare_with() {
    let mut new = line("db.r6", ["0", "0", "0"], ["1000", "950", "665"]);
    new.line.quantity_from = Some(Decimal::ZERO);
    let (_, rows) = split(&[new], (10, 12));
    assert_eq!(rows, []);
}

#[test]
fn without_transactions_the_parts_are_those_of_the_cost() {
    let lines = [line("db.r5", ["1000", "950", "665"], ["1000", "900", "900"])];
    let plain = [lines[0].line.clone()];
    let rows = split_prices(&lines, &build_bridge(&plain, None), None).unwrap();
    assert_eq!(parts(&rows[0]), ["235", "0", "-50", "285", "0"]);
    assert_eq!(rows[0].unit_price, None);
}

mod any {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn parts_always_sum_exactly_to_their_price_effect(
            cells in prop::collection::vec(
                (0_u8..4, prop::array::uniform6(-50_000_i64..100_000), 0_i64..100_000, 0_i64..100_000),
                1..8,
            ),
            count in (1_i64..1_000_000, 1_i64..1_000_000),
        ) {
            let cents = |value: i64| Decimal::new(value, 2);
            let lines: Vec<LinePrices> = cells
                .iter()
                .map(|(kind, cost, from, to)| LinePrices {
                    line: BridgeLine {
                        usage_type: format!("k:{kind}"),
                        unused: *kind == 3,
                        cost_from: cents(cost[0]),
                        cost_to: cents(cost[1]),
                        quantity_from: Some(cents(*from)),
                        quantity_to: Some(cents(*to)),
                        ..line("", ["0"; 3], ["0"; 3]).line
                    },
                    list_from: cents(cost[2]),
                    list_to: cents(cost[3]),
                    contracted_from: cents(cost[4]),
                    contracted_to: cents(cost[5]),
                })
                .collect();
            let plain: Vec<BridgeLine> = lines.iter().map(|each| each.line.clone()).collect();
            let count = Transactions { from: count.0.into(), to: count.1.into() };
            let bridge = build_bridge(&plain, Some(count));
            let rows = split_prices(&lines, &bridge, Some(count)).unwrap();
            let price = |row: &&crate::bridge::BridgeRow| row.effect == Effect::Price;
            let whole: Decimal = bridge.rows.iter().filter(price).map(|row| row.amount).sum();
            let unit: Decimal = bridge.rows.iter().filter(price).filter_map(|row| row.unit_amount).sum();
            let sum = |one: PriceParts| one.list + one.negotiated + one.commitment + one.waste;
            prop_assert_eq!(rows.iter().map(|row| sum(row.price)).sum::<Decimal>(), whole);
            let units: Decimal = rows.iter().filter_map(|row| row.unit_price).map(sum).sum();
            prop_assert_eq!(units, unit);
            for row in &rows {
                prop_assert_eq!(sum(row.price), row.price.whole);
            }
        }
    }
}
