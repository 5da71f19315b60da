//! Questions that must not be answered with a figure, and everyday words that must not stand in the way.

use super::super::check;

const SEP: &str = "total billed_cost 2026-09-01..2026-10-01";

#[test]
fn words_that_could_narrow_a_question_are_not_dropped() {
    check(&[
        ("Spend of team aurora in September?", "declined unknown_entity"),
        ("Spend of team finance in September?", "declined unknown_entity"),
        ("the accounting account in September", "declined unknown_entity"),
        ("cost of the unattached volumes in September", "declined unknown_entity"),
        ("Which account quarrelled the most in September?", "declined unknown_entity"),
        ("cost of billing-monolith in September", "declined unknown_entity"),
        ("How many reports did we get for EC2 in September?", "declined not_understood"),
        ("Who spent so much in September?", "declined not_understood"),
        ("How many tickets did we close in September?", "declined out_of_scope"),
        ("Tag every untagged resource", "declined out_of_scope"),
        ("What if we moved EC2 to another region?", "declined not_supported"),
    ]);
}

#[test]
fn what_only_tells_why_somebody_asks_is_left_unread() {
    check(&[
        ("Could you perchance show the September cost?", &format!("{SEP} unread 1")),
        ("We are drafting a memo. What did we spend in September?", SEP),
        ("Hi Priya, what did we spend in September?", &format!("{SEP} unread 1")),
        ("Our bistro quarrels. What did we spend in September?", &format!("{SEP} unread 2")),
        ("What did we shell out in September?", SEP),
    ]);
}

#[test]
fn slips_are_read_inside_phrases_too() {
    check(&[
        ("how mcuh did we spend in septmber", SEP),
        ("totl cots in september", SEP),
        (
            "brekdown by service for september",
            "breakdown billed_cost by cloud_service 2026-09-01..2026-10-01",
        ),
    ]);
}

#[test]
fn large_amounts_are_written_short() {
    check(&[(
        "Which months went over $690k?",
        "breakdown billed_cost by month all [billed_cost > 690000]",
    )]);
}

#[test]
fn two_things_are_weighed_and_lists_end_where_the_question_begins() {
    check(&[
        (
            "Is AWS or Azure the dearer of the two in September?",
            "breakdown billed_cost by provider [provider=AWS|Microsoft] 2026-09-01..2026-10-01",
        ),
        (
            "Excluding EC2, how much did AWS cost in September?",
            "total billed_cost [provider=AWS] [cloud_service!=Amazon Elastic Compute Cloud] 2026-09-01..2026-10-01",
        ),
        (
            "Did EC2 go over $60k in September?",
            "breakdown billed_cost by cloud_service [cloud_service=Amazon Elastic Compute Cloud] 2026-09-01..2026-10-01 [billed_cost > 60000]",
        ),
        (
            "w/o credits, what did we spend in September?",
            "total billed_cost [charge_category!=Credit] 2026-09-01..2026-10-01",
        ),
        (
            "How much of it is EC2 (in %) in September?",
            "share billed_cost [cloud_service=Amazon Elastic Compute Cloud] 2026-09-01..2026-10-01",
        ),
    ]);
}

#[test]
fn what_no_single_table_of_rows_answers_is_declined() {
    check(&[
        ("Show the top 5 of RDS", "declined not_understood"),
        ("Which service was the priciest, which the cheapest?", "declined not_understood"),
        ("Email me this report every Monday", "declined out_of_scope"),
        (
            "What did the storefront resources cost altogether in September?",
            "total billed_cost [tag:app=storefront] 2026-09-01..2026-10-01",
        ),
        ("Cost of 2026 year to date", "total billed_cost 2026-01-01..2026-11-05"),
        (
            "Which service category dominates the bill in September?",
            "breakdown billed_cost by service_category 2026-09-01..2026-10-01 limit 1",
        ),
    ]);
}
