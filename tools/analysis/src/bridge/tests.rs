use proptest::prelude::*;

use super::*;

fn decimal(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn line(usage_type: &str, cost: (&str, &str), quantity: (&str, &str)) -> BridgeLine {
    BridgeLine {
        cloud_service: "Amazon EC2".into(),
        usage_type: usage_type.into(),
        unit: "Hrs".into(),
        operating: true,
        unused: false,
        cost_from: decimal(cost.0),
        cost_to: decimal(cost.1),
        quantity_from: Some(decimal(quantity.0)),
        quantity_to: Some(decimal(quantity.1)),
    }
}

fn traffic(from: &str, to: &str) -> Transactions {
    Transactions { from: decimal(from), to: decimal(to) }
}

fn sum(bridge: &Bridge, of: impl Fn(&BridgeRow) -> Option<Decimal>) -> Decimal {
    bridge.rows.iter().filter_map(of).sum()
}

fn by_effect(bridge: &Bridge) -> BTreeMap<&'static str, Decimal> {
    let mut sums = BTreeMap::new();
    for row in &bridge.rows {
        *sums.entry(row.effect.name()).or_insert(Decimal::ZERO) += row.amount;
    }
    sums
}

fn cause(bridge: &Bridge) -> (&'static str, &str) {
    let main = bridge.main_cause.as_ref().unwrap();
    (main.effect.name(), &main.usage_type)
}

#[test]
fn the_worked_example_comes_out_to_the_cent_and_closes_exactly() {
    let lines = [
        line("BoxUsage:a", ("4000", "4400"), ("40000", "44000")),
        line("BoxUsage:b", ("1000", "805"), ("20000", "23000")),
    ];
    let bridge = build_bridge(&lines, Some(traffic("1000000", "1200000")));
    let rounded: BTreeMap<_, _> = by_effect(&bridge)
        .into_iter()
        .map(|(effect, amount)| (effect, amount.round_dp(2).to_string()))
        .collect();
    let expected =
        [("intensity", "-368.73"), ("mix", "-36.50"), ("price", "-323.03"), ("volume", "933.25")];
    assert_eq!(rounded, expected.map(|(effect, text)| (effect, text.to_owned())).into());
    assert_eq!(sum(&bridge, |row| Some(row.amount)), decimal("205"));
    assert_eq!(bridge.unit_cost_from, Some(decimal("0.005")));
    assert_eq!(bridge.unit_cost_to, Some(decimal("0.0043375")));
    assert_eq!(sum(&bridge, |row| row.unit_amount), decimal("-0.0006625"));
    assert_eq!(bridge.residual, Decimal::ZERO);
}

#[test]
fn traffic_lost_over_a_fixed_cost_is_volume() {
    let lines = [line("BoxUsage:m5.large", ("720", "720"), ("7200", "7200"))];
    let bridge = build_bridge(&lines, Some(traffic("1000", "600")));
    assert_eq!(cause(&bridge), ("volume", "BoxUsage:m5.large"));
    assert_eq!(bridge.main_cause.as_ref().unwrap().share, Decimal::ONE);
    // Twice the traffic over a fifth more usage: what usage did not follow is volume as well.
    let lines = [line("BoxUsage:m5.large", ("720", "864"), ("7200", "8640"))];
    assert_eq!(cause(&build_bridge(&lines, Some(traffic("1000", "2000")))).0, "volume");
}

#[test]
fn usage_that_outruns_traffic_is_intensity_and_against_it_both() {
    let lines = [line("Requests-Tier1", ("100", "180"), ("1000", "1800"))];
    let bridge = build_bridge(&lines, Some(traffic("1000", "1100")));
    assert_eq!(cause(&bridge).0, "intensity");
    assert_eq!(bridge.main_cause.as_ref().unwrap().share, Decimal::ONE);

    let bridge = build_bridge(&lines, Some(traffic("1000", "800")));
    let unit = |effect: Effect| {
        bridge.rows.iter().find(|row| row.effect == effect).unwrap().unit_amount.unwrap()
    };
    // 0.1 becomes 0.225: Shapley of 1/T is 0.1 * (0.25 * 2.8 / 2) = 0.035, of Q the other 0.09.
    assert_eq!(unit(Effect::Volume), decimal("0.035"));
    assert_eq!(unit(Effect::Intensity), decimal("0.09"));
}

#[test]
fn a_dearer_price_is_price_even_when_traffic_grows() {
    let lines = [line("BoxUsage:m5.large", ("100", "154"), ("1000", "1100"))];
    assert_eq!(cause(&build_bridge(&lines, Some(traffic("1000", "1100")))).0, "price");
}

#[test]
fn a_move_to_another_instance_type_is_one_mix_line_named_by_where_it_went() {
    let lines = [
        line("BoxUsage:m5.large", ("1000", "0"), ("10000", "0")),
        line("BoxUsage:m6g.large", ("0", "800"), ("0", "10000")),
    ];
    let bridge = build_bridge(&lines, Some(traffic("1000", "1000")));
    assert_eq!(
        bridge.rows,
        [BridgeRow {
            effect: Effect::Mix,
            cloud_service: "Amazon EC2".into(),
            usage_type: "BoxUsage:m6g.large".into(),
            amount: decimal("-200"),
            unit_amount: Some(decimal("-0.2")),
        }]
    );
}

#[test]
fn lines_that_displace_nothing_are_new_and_gone() {
    let lines = [
        line("BoxUsage:m5.large", ("1000", "1000"), ("10000", "10000")),
        line("BoxUsage:p4d.24xlarge", ("0", "500"), ("0", "20")),
        line("EUC1-BoxUsage:m5.large", ("0", "300"), ("0", "2500")),
        line("NatGateway-Hours", ("45", "0"), ("720", "0")),
    ];
    let bridge = build_bridge(&lines, Some(traffic("1000", "1000")));
    let rows: Vec<_> = bridge
        .rows
        .iter()
        .map(|row| (row.effect.name(), &*row.usage_type, row.amount.to_string()))
        .collect();
    assert_eq!(
        rows,
        [
            ("new", "BoxUsage:p4d.24xlarge", "500".to_owned()),
            ("new", "EUC1-BoxUsage:m5.large", "300".to_owned()),
            ("gone", "NatGateway-Hours", "-45".to_owned()),
        ]
    );
}

#[test]
fn credits_stand_beside_the_operating_unit_cost() {
    let mut credit = line("Credit", ("-100", "0"), ("0", "0"));
    credit.operating = false;
    let lines = [line("BoxUsage:m5.large", ("500", "500"), ("50", "50")), credit];
    let bridge = build_bridge(&lines, Some(traffic("1000", "1000")));
    assert_eq!(bridge.unit_cost_from, bridge.unit_cost_to);
    assert_eq!(bridge.unit_cost_total_from, Some(decimal("0.4")));
    assert_eq!(bridge.main_cause, None);
    assert_eq!(by_effect(&bridge), [("non_operating", decimal("100"))].into());
}

#[test]
fn without_transactions_the_cost_is_split_into_usage_mix_and_price() {
    let lines = [line("BoxUsage:m5.large", ("100", "220"), ("1000", "2000"))];
    for none in [None, Some(traffic("0", "5"))] {
        let bridge = build_bridge(&lines, none);
        // 0.10 becomes 0.11: usage 1000 * 0.105, price 0.01 * 1500.
        assert_eq!(
            by_effect(&bridge),
            [("intensity", decimal("105")), ("price", decimal("15"))].into()
        );
        assert_eq!(cause(&bridge).0, "intensity");
        assert!(bridge.rows.iter().all(|row| row.unit_amount.is_none()));
    }
}

#[test]
fn a_cost_without_quantity_follows_traffic_and_a_change_of_sign_is_residual() {
    let mut fee = line("Fee", ("100", "100"), ("0", "0"));
    (fee.quantity_from, fee.quantity_to) = (None, None);
    assert_eq!(cause(&build_bridge(&[fee.clone()], Some(traffic("1000", "800")))).0, "volume");

    fee.cost_to = decimal("-40");
    let bridge = build_bridge(&[fee], Some(traffic("1000", "800")));
    assert_eq!(bridge.residual, decimal("-140"));
    assert_eq!(sum(&bridge, |row| Some(row.amount)), decimal("-140"));
}

#[test]
fn extreme_digits_are_declared_as_residual_and_never_panic() {
    let huge = Decimal::MAX.to_string();
    let lines = [line("X:1", (&huge, "0.000000000000000001"), ("0.0000000001", &huge))];
    let bridge = build_bridge(&lines, Some(traffic("1", &huge)));
    assert_eq!(bridge.residual, bridge.cost_to - bridge.cost_from);
    assert!(!bennet(&lines).is_empty());
}

#[test]
fn bennet_splits_price_and_usage_exactly() {
    let lines = [line("BoxUsage:b", ("1000", "805"), ("20000", "23000"))];
    let split = bennet(&lines);
    assert_eq!((split[0].price, split[0].usage), (decimal("-322.5"), decimal("127.5")));
}

// The worked example of price-volume-mix variance by Bennet: per unit type, price and usage.
#[test]
fn the_worked_example_by_bennet_closes_on_the_cost_and_on_the_unit_cost() {
    let lines = [
        line("BoxUsage:a", ("4000", "4400"), ("40000", "44000")),
        line("BoxUsage:b", ("1000", "805"), ("20000", "23000")),
    ];
    let split = bennet(&lines);
    let sums = |of: fn(&BennetLine) -> Decimal| split.iter().map(of).sum::<Decimal>();
    let (price, usage) = (sums(|line| line.price), sums(|line| line.usage));
    assert_eq!(
        (price, usage, price + usage),
        (decimal("-322.5"), decimal("527.5"), decimal("205"))
    );

    // The same over transactions: a = q / T, price (p1 - p0) * (a0 + a1) / 2.
    let (from, to) = (decimal("1000000"), decimal("1200000"));
    let per = |line: &BridgeLine| BridgeLine {
        cost_from: line.cost_from / from,
        cost_to: line.cost_to / to,
        quantity_from: line.quantity_from.map(|quantity| quantity / from),
        quantity_to: line.quantity_to.map(|quantity| quantity / to),
        ..line.clone()
    };
    let units: Vec<BridgeLine> = lines.iter().map(per).collect();
    let split = bennet(&units);
    let whole: Decimal = split.iter().map(|line| line.price + line.usage).sum();
    assert!((whole - decimal("-0.0006625")).abs() < Decimal::new(1, 18), "{whole}");
    let price: Decimal = split.iter().map(|line| line.price).sum();
    // -0.015 * (0.02 + 0.0191667) / 2
    assert_eq!(price.round_dp(8), decimal("-0.00029375"));
}

// Sums by another route than the bridge's own: floats over thousands of random bills with zeros,
// negatives, missing quantities and lines that appear and vanish.
#[test]
fn ten_thousand_random_bills_leave_no_residual_by_either_method() {
    use rand::{RngExt, SeedableRng};
    let mut random = rand_chacha::ChaCha8Rng::seed_from_u64(9);
    let (mut largest, mut largest_unit, mut largest_bennet, mut declared) =
        (Decimal::ZERO, Decimal::ZERO, Decimal::ZERO, 0_u32);
    for _ in 0..10_000 {
        let mut amount = || match random.random_range(0..10) {
            0 | 1 => Decimal::ZERO,
            2 => Decimal::new(-random.random_range(1..10_000_000), 4),
            _ => Decimal::new(random.random_range(1..100_000_000), 4),
        };
        let lines: Vec<BridgeLine> = (0..8)
            .map(|place| BridgeLine {
                quantity_from: Some(amount().abs()),
                quantity_to: Some(amount().abs()),
                cost_from: amount(),
                cost_to: amount(),
                operating: place != 7,
                ..line(&format!("k{}:t{place}", place / 3), ("0", "0"), ("0", "0"))
            })
            .collect();
        let count = Transactions {
            from: random.random_range(1..10_000_000).into(),
            to: random.random_range(1..10_000_000).into(),
        };
        let bridge = build_bridge(&lines, Some(count));
        let change = bridge.cost_total_to - bridge.cost_total_from;
        largest = largest.max((sum(&bridge, |row| Some(row.amount)) - change).abs());
        let units = bridge.unit_cost_total_to.unwrap() - bridge.unit_cost_total_from.unwrap();
        largest_unit = largest_unit.max((sum(&bridge, |row| row.unit_amount) - units).abs());
        declared += u32::from(!bridge.residual.is_zero());
        let split = bennet(&lines);
        let whole: Decimal = split.iter().map(|line| line.price + line.usage).sum();
        largest_bennet = largest_bennet.max((whole - change).abs());
    }
    println!(
        "largest difference over 10,000 bills: Shapley {largest} of cost, {largest_unit} of unit cost; \
         Bennet {largest_bennet}; bills with a declared residual line: {declared}"
    );
    assert_eq!((largest, largest_unit, largest_bennet), Default::default());
}

#[test]
fn meters_are_blended_within_their_kind() {
    let cases = [
        ("APN2-BoxUsage:m5.large", "APN2-BoxUsage"),
        ("APN2-SpotUsage:m6g.large", "APN2-BoxUsage"),
        ("InstanceUsage:db.r5.xlarge", "InstanceUsage"),
        ("EBS:VolumeUsage.gp3", "EBS:VolumeUsage"),
        ("EBS:SnapshotUsage", "EBS:SnapshotUsage"),
        ("APN2-TimedStorage-SIA-ByteHrs", "APN2-TimedStorage-ByteHrs"),
        ("Lambda-GB-Second-ARM", "Lambda-GB-Second"),
        ("NatGateway-Bytes", "NatGateway-Bytes"),
        ("D4s v5", ""),
        ("P20 LRS Disk", "LRS Disk"),
        ("N2 Instance Core", "Instance Core"),
        ("Hot LRS Data Stored", "Hot LRS Data Stored"),
        ("", ""),
    ];
    for (usage_type, kind) in cases {
        assert_eq!(usage_family(usage_type), kind, "{usage_type}");
    }
}

fn amount() -> impl Strategy<Value = Decimal> {
    prop_oneof![
        2 => Just(Decimal::ZERO),
        8 => (-1_000_000_000_i64..1_000_000_000_i64, 2_u32..10)
            .prop_map(|(digits, scale)| Decimal::new(digits, scale)),
        1 => (1_i64..1_000_000_000_000_000_000, 18_u32..19)
            .prop_map(|(digits, scale)| Decimal::new(digits, scale)),
    ]
}

fn any_line() -> impl Strategy<Value = BridgeLine> {
    let quantity = prop_oneof![
        1 => Just(None),
        3 => amount().prop_map(Some),
        4 => amount().prop_map(|value| Some(value.abs())),
    ];
    (0_u8..3, 0_u8..6, 0_u8..2, amount(), amount(), quantity.clone(), quantity, 0_u8..8).prop_map(
        |(service, usage, unit, cost_from, cost_to, quantity_from, quantity_to, operating)| {
            BridgeLine {
                cloud_service: format!("s{service}"),
                usage_type: format!("k{}:t{usage}", usage % 2),
                unit: format!("u{unit}"),
                operating: operating > 0,
                unused: operating == 1,
                cost_from,
                cost_to,
                quantity_from,
                quantity_to,
            }
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 10_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn rows_always_sum_exactly_to_the_changes(
        lines in prop::collection::vec(any_line(), 0..12),
        count in prop::option::of((0_u64..5_000_000_000, 0_u64..5_000_000_000)),
    ) {
        let count = count.map(|(from, to)| Transactions { from: from.into(), to: to.into() });
        let bridge = build_bridge(&lines, count);
        let change = bridge.cost_total_to - bridge.cost_total_from;
        prop_assert_eq!(sum(&bridge, |row| Some(row.amount)), change);
        let direct: Decimal = lines.iter().map(|line| line.cost_to - line.cost_from).sum();
        prop_assert_eq!(direct, change);
        let operating = |row: &&BridgeRow| row.effect != Effect::NonOperating;
        let part: Decimal = bridge.rows.iter().filter(operating).map(|row| row.amount).sum();
        prop_assert_eq!(part, bridge.cost_to - bridge.cost_from);
        if let (Some(from), Some(to)) = (bridge.unit_cost_total_from, bridge.unit_cost_total_to) {
            prop_assert_eq!(sum(&bridge, |row| row.unit_amount), to - from);
            let part: Decimal =
                bridge.rows.iter().filter(operating).filter_map(|row| row.unit_amount).sum();
            prop_assert_eq!(part, bridge.unit_cost_to.unwrap() - bridge.unit_cost_from.unwrap());
        }
    }

    // Costs up to 1,000 whose usage and transactions move up to a thousandfold: no effect passes
    // LARGE_EFFECT, over which a line is a residual by rule.
    #[test]
    fn measured_lines_leave_no_residual(
        cells in prop::collection::vec((1_i64..100_000, 1_i64..100_000, 1_000_i64..1_000_000, 1_000_i64..1_000_000), 1..10),
        count in (1_000_u64..1_000_000, 1_000_u64..1_000_000),
    ) {
        let cents = |value: i64| Decimal::new(value, 2);
        let lines: Vec<_> = cells
            .iter()
            .enumerate()
            .map(|(place, (c0, c1, q0, q1))| BridgeLine {
                cost_from: cents(*c0),
                cost_to: cents(*c1),
                quantity_from: Some(cents(*q0)),
                quantity_to: Some(cents(*q1)),
                ..line(&format!("k:{place}"), ("0", "0"), ("0", "0"))
            })
            .collect();
        let count = Transactions { from: count.0.into(), to: count.1.into() };
        prop_assert_eq!(build_bridge(&lines, Some(count)).residual, Decimal::ZERO);
    }
}
