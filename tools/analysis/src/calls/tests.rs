use proptest::prelude::*;

use super::*;

fn days(rates: &[i64], transactions: i64) -> Vec<DayOfCalls> {
    let day = |rate: &i64| DayOfCalls {
        calls: Decimal::from(rate * transactions),
        transactions: Some(Decimal::from(transactions)),
    };
    rates.iter().map(day).collect()
}

fn rules() -> CallRules {
    CallRules::embedded().unwrap()
}

fn client(now: &[i64], before: &[i64]) -> Client {
    Client { now: days(now, 1000), before: days(before, 1000), peers: Vec::new() }
}

#[test]
fn the_embedded_rules_are_read_and_wrong_ones_refused() {
    assert_eq!(rules().min_peers, 3);
    for wrong in
        ["[peer_multiple]\nvalue = 0.5\nsource = \"x\"", "[no_rule]\nvalue = 1\nsource = \"x\""]
    {
        assert!(CallRules::parse(wrong).is_err(), "{wrong}");
    }
}

#[test]
fn calls_that_rose_for_the_same_business_can_be_saved() {
    let found = judge_client(&client(&[8, 8, 8, 8], &[2, 2, 2, 2]), &rules());
    assert_eq!((found.calls, found.excess), (Decimal::from(32_000), Some(Excess::Rose)));
    let part = Decimal::new(75, 2);
    assert_eq!(found.avoidable, Some(Range { low: part, expected: part, high: part }));
    // Days before from 1 to 3: the range is wider than the expected part.
    let ranged = judge_client(&client(&[8, 8, 8], &[1, 2, 3]), &rules());
    let range = ranged.avoidable.unwrap();
    assert!(range.low < part && part < range.high && range.expected == part, "{range:?}");
}

#[test]
fn more_business_is_no_excess() {
    let busy = Client { now: days(&[2, 2], 9000), before: days(&[2, 2], 1000), peers: Vec::new() };
    let found = judge_client(&busy, &rules());
    assert_eq!((found.excess, found.avoidable), (None, None));
    let uncounted = Client {
        now: vec![DayOfCalls { calls: Decimal::ONE_HUNDRED, transactions: None }],
        ..client(&[1], &[1])
    };
    let found = judge_client(&uncounted, &rules());
    assert_eq!((found.per_transaction, found.excess), (None, None));
}

#[test]
fn a_multiple_of_peers_stands_out_once_there_are_enough() {
    let with = |peers: &[i64]| {
        let peers = peers.iter().map(|rate| Decimal::from(*rate)).collect();
        judge_client(&Client { peers, ..client(&[8, 8], &[8, 8]) }, &rules())
    };
    assert_eq!(with(&[2, 2]).excess, None);
    let found = with(&[2, 1, 3]);
    assert_eq!(
        (found.excess, found.times_peers),
        (Some(Excess::AbovePeers), Some(Decimal::from(4)))
    );
    let range = found.avoidable.unwrap();
    assert_eq!((range.low, range.high), (Decimal::new(25, 2), Decimal::new(75, 2)));
    assert_eq!(with(&[6, 7, 8]).excess, None);
}

proptest! {
    #[test]
    fn what_can_be_avoided_is_a_part_of_the_calls(
        now in proptest::collection::vec(0_i64..500, 1..20),
        before in proptest::collection::vec(0_i64..500, 1..20),
        peers in proptest::collection::vec(0_i64..500, 0..6),
    ) {
        let peers = peers.into_iter().map(Decimal::from).collect();
        let found = judge_client(&Client { peers, ..client(&now, &before) }, &rules());
        prop_assert_eq!(found.excess.is_some(), found.avoidable.is_some());
        if let Some(range) = found.avoidable {
            prop_assert!(Decimal::ZERO <= range.low && range.low <= range.expected);
            prop_assert!(range.expected <= range.high && range.high <= Decimal::ONE);
        }
    }
}
