//! English questions.

#![expect(clippy::too_many_lines, reason = "each test is one table")]

use super::check;

const SEP: &str = "2026-09-01..2026-10-01";

#[test]
fn totals_and_their_periods_are_read() {
    check(&[
        ("What did we spend last month?", "total billed_cost 2026-10-01..2026-11-01"),
        ("How much did we spend in September 2026?", "total billed_cost 2026-09-01..2026-10-01"),
        ("total cost in September", "total billed_cost 2026-09-01..2026-10-01"),
        ("What was our billed cost for Q3 2026?", "total billed_cost 2026-07-01..2026-10-01"),
        ("effective cost on 2026-09-14", "total effective_cost 2026-09-14..2026-09-15"),
        (
            "What's the amortized cost of EC2 in 2026-10?",
            "total effective_cost [cloud_service=Amazon Elastic Compute Cloud] 2026-10-01..2026-11-01",
        ),
        (
            "list cost of AWS from 2026-09-01 to 2026-09-15",
            "total list_cost [provider=AWS] 2026-09-01..2026-09-16",
        ),
        ("How much have we spent in total?", "total billed_cost all"),
        ("What is the YTD cost?", "total billed_cost 2026-01-01..2026-11-05"),
        ("Total spend for the last 7 days", "total billed_cost 2026-10-29..2026-11-05"),
        ("spend in the first half of September", "total billed_cost 2026-09-01..2026-09-16"),
        ("cost in the second half of October 2026", "total billed_cost 2026-10-16..2026-11-01"),
        ("How much was spent in week 38?", "total billed_cost 2026-09-14..2026-09-21"),
        ("What did Azure cost yesterday?", "declined missing_period"),
        ("cost from September 10 to September 20", "total billed_cost 2026-09-10..2026-09-21"),
        (
            "How many credits did we get in September?",
            "total billed_cost [charge_category=Credit] 2026-09-01..2026-10-01",
        ),
        (
            "Cost in September excluding credits and tax",
            "total billed_cost [charge_category!=Credit|Tax] 2026-09-01..2026-10-01",
        ),
        (
            "How much tax did we pay in October?",
            "total billed_cost [charge_category=Tax] 2026-10-01..2026-11-01",
        ),
        (
            "cost of weekends in September",
            "total billed_cost [week_part=weekend] 2026-09-01..2026-10-01",
        ),
        ("How many line items are there for RDS?", "total rows [cloud_service=Amazon RDS] all"),
        (
            "untagged cost in September for the app tag",
            "total billed_cost [tag:app is null] 2026-09-01..2026-10-01",
        ),
        (
            "What did the storefront app cost in September?",
            "total billed_cost [tag:app=storefront] 2026-09-01..2026-10-01",
        ),
        (
            "What did the payments account (200000000012) cost in September?",
            "total billed_cost [sub_account=200000000012] 2026-09-01..2026-10-01",
        ),
        (
            "What did payments cost in September?",
            "clarify sub_account_name=payments or tag:app=payments",
        ),
        (
            "What did we spend on AWS excluding EC2 last month?",
            "total billed_cost [provider=AWS] [cloud_service!=Amazon Elastic Compute Cloud] 2026-10-01..2026-11-01",
        ),
    ]);
}

#[test]
fn breakdowns_rankings_and_shares_are_read() {
    check(&[
        (
            "Show the cost by service for September",
            &format!("breakdown billed_cost by cloud_service {SEP}"),
        ),
        (
            "Top 5 services by cost in September",
            &format!("breakdown billed_cost by cloud_service {SEP} limit 5"),
        ),
        (
            "What are the three most expensive regions in September?",
            &format!("breakdown billed_cost by region {SEP} limit 3"),
        ),
        (
            "Which account spent the most last month?",
            "breakdown billed_cost by sub_account 2026-10-01..2026-11-01 limit 1",
        ),
        (
            "Bottom 3 accounts by effective cost in October",
            "breakdown effective_cost by sub_account 2026-10-01..2026-11-01 limit 3 ascending",
        ),
        (
            "YTD cost by linked account",
            "breakdown billed_cost by sub_account 2026-01-01..2026-11-05",
        ),
        (
            "cost per region and service in Q3",
            "breakdown billed_cost by region+cloud_service 2026-07-01..2026-10-01",
        ),
        (
            "break down AWS spend by charge category",
            "breakdown billed_cost by charge_category [provider=AWS] all",
        ),
        (
            "Which day was the most expensive in September?",
            &format!("breakdown billed_cost by day {SEP} limit 1 ranked by billed_cost"),
        ),
        (
            "What share of September cost was EC2?",
            &format!("share billed_cost [cloud_service=Amazon Elastic Compute Cloud] {SEP}"),
        ),
        ("percentage of cost by provider", "breakdown billed_cost by provider all"),
        (
            "AWS vs Azure cost in September",
            &format!("breakdown billed_cost by provider [provider=AWS|Microsoft] {SEP}"),
        ),
        ("Cost by app tag in October", "breakdown billed_cost by tag:app 2026-10-01..2026-11-01"),
        (
            "Which services make up 80% of the cost?",
            "{\"cumulative\":80} billed_cost by cloud_service all",
        ),
        ("spend by environment", "breakdown billed_cost by tag:environment all"),
        (
            "billed and effective cost by provider",
            "breakdown billed_cost+effective_cost by provider all",
        ),
        (
            "cost of EC2 by instance type",
            "breakdown billed_cost by instance_type [cloud_service=Amazon Elastic Compute Cloud] all",
        ),
    ]);
}

#[test]
fn trends_averages_and_changes_are_read() {
    check(&[
        ("RDS cost by month", "trend billed_cost by month [cloud_service=Amazon RDS] all"),
        ("monthly cost trend", "trend billed_cost by month all"),
        ("daily cost in September", "trend billed_cost by day 2026-09-01..2026-10-01"),
        (
            "Show the cost trend from August to October",
            "trend billed_cost by month 2026-08-01..2026-11-01",
        ),
        ("average daily cost in September", "per_day billed_cost 2026-09-01..2026-10-01"),
        (
            "What is the average cost per day for RDS?",
            "per_day billed_cost [cloud_service=Amazon RDS] 2026-08-01..2026-11-01",
        ),
        (
            "How did September compare with August?",
            "compare billed_cost 2026-08-01..2026-09-01 -> 2026-09-01..2026-10-01",
        ),
        (
            "How did September compare with August per day?",
            "compare_per_day billed_cost 2026-08-01..2026-09-01 -> 2026-09-01..2026-10-01",
        ),
        (
            "cost change from August to October by service",
            "compare billed_cost by cloud_service 2026-08-01..2026-09-01 -> 2026-10-01..2026-11-01",
        ),
        (
            "Rank services by cost growth from August to October (top 3)",
            "compare billed_cost by cloud_service 2026-08-01..2026-09-01 -> 2026-10-01..2026-11-01 limit 3",
        ),
        (
            "How much did cost increase in October?",
            "compare billed_cost 2026-09-01..2026-10-01 -> 2026-10-01..2026-11-01",
        ),
        (
            "month over month change for EC2 in October",
            "compare billed_cost [cloud_service=Amazon Elastic Compute Cloud] 2026-09-01..2026-10-01 -> 2026-10-01..2026-11-01",
        ),
        ("Compare October to the same month last year", "declined missing_period"),
        (
            "Why did cost increase in October?",
            "explain billed_cost 2026-09-01..2026-10-01 -> 2026-10-01..2026-11-01",
        ),
        (
            "Why did RDS cost drop from August to September?",
            "explain billed_cost [cloud_service=Amazon RDS] 2026-08-01..2026-09-01 -> 2026-09-01..2026-10-01 ascending",
        ),
        ("Which day had the biggest day-over-day jump?", "jump billed_cost by day all"),
        (
            "When did the ml-train workload first incur cost?",
            "first_seen billed_cost [tag:app=ml-train] all",
        ),
        ("Is October complete?", "completeness billed_cost 2026-10-01..2026-11-01"),
        (
            "Is October complete? Give the last charge hour and the number of days with data.",
            "completeness billed_cost 2026-10-01..2026-11-01",
        ),
        (
            "What did the AWS services cost in September?",
            "breakdown billed_cost by cloud_service [provider=AWS] 2026-09-01..2026-10-01",
        ),
        ("cost of account 300000000099", "declined unknown_entity"),
        ("How many regions do we use?", "count distinct:region all"),
        (
            "How many distinct accounts had cost in September?",
            "count distinct:sub_account 2026-09-01..2026-10-01",
        ),
        (
            "How many times larger is EC2 than RDS in September?",
            "times billed_cost [cloud_service=Amazon Elastic Compute Cloud|Amazon RDS] 2026-09-01..2026-10-01",
        ),
        (
            "How much did discounts save us in September?",
            "saving list_cost+effective_cost 2026-09-01..2026-10-01",
        ),
    ]);
}

#[test]
fn unit_costs_are_read() {
    check(&[
        (
            "What was the cost per transaction of checkout in September?",
            "unit_cost unit_cost [workload=checkout] 2026-09-01..2026-10-01",
        ),
        (
            "unit cost of the checkout service by month",
            "unit_cost unit_cost by month [workload=checkout] 2026-08-01..2026-11-01",
        ),
        (
            "Why did the unit cost of checkout rise in October?",
            "explain_unit_cost unit_cost [workload=checkout] 2026-09-01..2026-10-01 -> 2026-10-01..2026-11-01",
        ),
        (
            "Why did checkout cost more per transaction in October than in August?",
            "explain_unit_cost unit_cost [workload=checkout] 2026-08-01..2026-09-01 -> 2026-10-01..2026-11-01",
        ),
        ("What is the cost per transaction of search?", "declined missing_volumes"),
        (
            "How many transactions did checkout have in September?",
            "total transactions [workload=checkout] 2026-09-01..2026-10-01",
        ),
    ]);
}

#[test]
fn what_cannot_be_answered_is_declined_with_its_own_reason() {
    check(&[
        ("What is the weather in Seoul?", "declined out_of_scope"),
        ("Delete the EC2 instances", "declined out_of_scope"),
        ("What will we spend next month?", "forecast billed_cost 2026-12-01..2027-01-01"),
        ("What did Snowflake cost in September?", "declined unknown_entity"),
        ("cost by availability zone", "declined missing_column"),
        ("cost by invoice", "declined missing_column"),
        ("cost in July 2026", "declined missing_period"),
        ("cost in September 2025", "declined missing_period"),
        ("cost of 300000000099", "declined unknown_entity"),
        ("blargh wibble", "declined not_understood"),
        ("Show charges above 100", "total billed_cost all [each billed_cost > 100]"),
    ]);
}

#[test]
fn a_month_that_is_also_a_verb_is_told_from_the_verb() {
    check(&[
        ("total cost in may 2026", "declined missing_period"),
        ("Why did EC2 cost rise in May 2026 compared with March 2026?", "declined missing_period"),
        ("total cost in march 2026", "declined missing_period"),
        ("May we see the cost in September?", "total billed_cost 2026-09-01..2026-10-01"),
        ("what may have been the cost of September", "total billed_cost 2026-09-01..2026-10-01"),
    ]);
}

#[test]
fn words_for_the_costliest_rank_what_they_stand_beside() {
    let rows = "breakdown billed_cost by cloud_service [provider=AWS] all limit 5";
    check(&[
        ("What are the five dearest AWS services?", rows),
        ("the five priciest AWS services", rows),
        ("five biggest AWS services by cost", rows),
        ("5 most expensive AWS services", rows),
    ]);
}

#[test]
fn commitments_and_their_definitions_in_brackets_are_read() {
    check(&[
        (
            "What did Savings Plans save us in September?",
            "saving list_cost+effective_cost [commitment_discount_type~savings plan] [commitment_discount_status=Used] 2026-09-01..2026-10-01",
        ),
        (
            "amortized cost of storefront in September (usage plus Savings Plan cost, no negations)",
            "total effective_cost [tag:app=storefront] 2026-09-01..2026-10-01",
        ),
        (
            "How much of the savings plan was unused in September?",
            "total unused_commitment_cost [commitment_discount_type~savings plan] [commitment_discount_status=Unused] 2026-09-01..2026-10-01",
        ),
    ]);
}
