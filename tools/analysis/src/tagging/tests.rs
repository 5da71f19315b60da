use rust_decimal::Decimal;

use super::*;

fn found(words: &[(&str, i64)]) -> Vec<(String, String, Likeness)> {
    let spellings: Vec<Spelling> = words
        .iter()
        .map(|(word, cost)| Spelling { word: (*word).to_owned(), cost: Decimal::from(*cost) })
        .collect();
    near(&spellings, &TaggingRules::embedded().unwrap())
        .into_iter()
        .map(|near| (spellings[near.at].word.clone(), spellings[near.like].word.clone(), near.by))
        .collect()
}

fn one(left: &str, right: &str) -> Option<Likeness> {
    found(&[(left, 1), (right, 2)]).into_iter().next().map(|(.., by)| by)
}

#[test]
fn the_embedded_table_is_read_whole() {
    let rules = TaggingRules::embedded().unwrap();
    assert_eq!(rules.targets.crawl, Decimal::from(80));
    assert_eq!(rules.slips.letters, 5);
    assert!(rules.allocates("Cost_Center") && rules.allocates("costcenter"));
    assert!(!rules.allocates("environment"));
    assert!(TaggingRules::parse("[targets]\ncrawl = \"80\"").is_err());
    assert!(TaggingRules::parse("[taregts]\ncrawl = \"80\"").is_err());
}

#[test]
fn a_share_reaches_the_stage_of_its_target() {
    let rules = TaggingRules::embedded().unwrap();
    for (share, stage) in [
        ("79.99", Stage::BelowCrawl),
        ("80", Stage::Crawl),
        ("89.9", Stage::Crawl),
        ("90", Stage::Run),
    ] {
        assert_eq!(rules.stage(share.parse().unwrap()), stage, "{share}");
    }
}

#[test]
fn spellings_of_one_word_are_near() {
    for (left, right, by) in [
        ("Prod", "prod", Likeness::Case),
        ("TEAM A", "team a", Likeness::Case),
        ("cost-center", "cost_center", Likeness::Separators),
        ("costcenter", "Cost Center", Likeness::Separators),
        ("prod ", "prod", Likeness::Separators),
        ("prod", "production", Likeness::Abbreviation),
        ("eu-stg", "eu-staging", Likeness::Abbreviation),
        ("chekout", "checkout", Likeness::Slip),
        ("paymnets", "payments", Likeness::Slip),
        ("payment", "payments", Likeness::Slip),
        ("결제플랫품운영", "결제플랫폼운영", Likeness::Slip),
    ] {
        assert_eq!(one(left, right), Some(by), "{left} {right}");
    }
}

#[test]
fn different_things_are_not_near() {
    for (left, right) in [
        ("dev", "prod"),
        ("team-a", "team-b"),
        ("node-pool1", "node-pool2"),
        ("api", "app"),
        ("search", "checkout"),
        ("web", "web-frontend"),
        ("10001", "10002"),
        ("---", "..."),
    ] {
        assert_eq!(one(left, right), None, "{left} {right}");
    }
}

#[test]
fn the_dearest_spelling_is_the_right_one() {
    assert_eq!(
        found(&[("prod", 5), ("production", 90), ("Prod", 1), ("PRODUCTION", 7), ("dev", 50)]),
        [
            ("PRODUCTION".to_owned(), "production".to_owned(), Likeness::Case),
            ("prod".to_owned(), "production".to_owned(), Likeness::Abbreviation),
            ("Prod".to_owned(), "production".to_owned(), Likeness::Abbreviation),
        ]
    );
}

#[test]
fn ids_are_not_held_against_each_other() {
    let ids: Vec<(String, i64)> = (0..400).map(|id| (format!("instance-abc{id}"), id)).collect();
    let ids: Vec<(&str, i64)> = ids.iter().map(|(word, cost)| (word.as_str(), *cost)).collect();
    assert_eq!(found(&ids), Vec::new());
}
