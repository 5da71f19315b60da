use proptest::prelude::*;

use super::*;

fn decimal(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn pool(amount: &str, weights: &[(&str, &str)]) -> Pool {
    Pool {
        name: "support".into(),
        amount: decimal(amount),
        method: Method::Proportional,
        weights: weights.iter().map(|(name, weight)| ((*name).into(), decimal(weight))).collect(),
    }
}

fn amounts(pool: &Pool) -> Vec<(String, String)> {
    let shares = allocate(std::slice::from_ref(pool)).shares;
    shares.into_iter().map(|share| (share.workload, share.amount.to_string())).collect()
}

fn given(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|(name, amount)| ((*name).to_owned(), (*amount).to_owned())).collect()
}

#[test]
fn a_cent_that_cannot_be_split_goes_to_the_largest_remainder_and_ties_by_name() {
    let even = pool("100.00", &[("a", "1"), ("b", "1"), ("c", "1")]);
    assert_eq!(amounts(&even), given(&[("a", "33.34"), ("b", "33.33"), ("c", "33.33")]));
    // 7/3 of a cent-exact dollar: remainders .67, .33 of a cent.
    let uneven = pool("1", &[("a", "1"), ("b", "2")]);
    assert_eq!(amounts(&uneven), given(&[("a", "0.33"), ("b", "0.67")]));
}

#[test]
fn a_credit_is_given_in_the_same_way() {
    let credit = pool("-100", &[("a", "1"), ("b", "1"), ("c", "1")]);
    assert_eq!(amounts(&credit), given(&[("a", "-33.34"), ("b", "-33.33"), ("c", "-33.33")]));
}

#[test]
fn amounts_finer_than_cents_are_split_as_finely_as_they_are_written() {
    let fine = pool("0.000000001", &[("a", "1"), ("b", "3")]);
    assert_eq!(amounts(&fine), given(&[("a", "0.000000000"), ("b", "0.000000001")]));
}

#[test]
fn weights_at_or_below_zero_take_no_part_and_a_pool_without_weights_is_left_whole() {
    let some = pool("10", &[("a", "0"), ("b", "-5"), ("c", "2")]);
    assert_eq!(amounts(&some), given(&[("c", "10.00")]));
    let none = pool("10", &[("a", "0"), ("b", "-5")]);
    let all = allocate(&[none]);
    assert_eq!(all.shares, []);
    assert_eq!(all.left[0].amount, decimal("10"));
}

#[test]
fn each_share_tells_pool_basis_weight_and_percent() {
    let shared = pool("4200", &[("checkout", "75"), ("search", "25")]);
    let all = allocate(&[shared, pool("10", &[("search", "1")])]);
    assert_eq!(
        all.shares[0],
        Share {
            pool: "support".into(),
            workload: "checkout".into(),
            method: Method::Proportional,
            weight: decimal("75"),
            percent: decimal("75"),
            amount: decimal("3150"),
        }
    );
    assert_eq!(
        all.by_workload(),
        BTreeMap::from([("checkout", decimal("3150")), ("search", decimal("1060"))])
    );
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 10_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn parts_always_sum_to_the_pool_and_stay_within_a_digit_of_their_quota(
        amount in (-1_000_000_000_000_i64..1_000_000_000_000, 0_u32..13),
        weights in prop::collection::vec((0_i64..1_000_000_000_000, 0_u32..10), 1..60),
    ) {
        let amount = Decimal::new(amount.0, amount.1);
        let weights: BTreeMap<String, Decimal> = weights
            .iter()
            .enumerate()
            .map(|(place, (digits, scale))| (format!("w{place:02}"), Decimal::new(*digits, *scale)))
            .collect();
        let whole: Decimal = weights.values().sum();
        let pool = Pool { name: "p".into(), amount, method: Method::Usage, weights };
        let all = allocate(std::slice::from_ref(&pool));
        let given: Decimal = all.shares.iter().map(|share| share.amount).sum();
        let left: Decimal = all.left.iter().map(|left| left.amount).sum();
        prop_assert_eq!(given + left, amount);
        let digit = Decimal::new(1, amount.normalize().scale().max(2));
        for share in &all.shares {
            let quota = amount * (share.weight / whole);
            prop_assert!((share.amount - quota).abs() <= digit + Decimal::new(1, 12));
        }
    }
}
