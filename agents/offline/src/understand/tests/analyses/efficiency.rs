//! Efficiency of workloads, and unit costs of all of them.

use super::super::{check, check_as, known, told};

// An estate of two workloads.
fn read(text: &str) -> String {
    let (mut known, as_of) = known(text);
    let mut second = known.description.transactions[0].clone();
    second.workload = "search".to_owned();
    known.description.transactions.push(second);
    told(text, &known, as_of)
}

const MONTHS: &str = "2026-09-01..2026-10-01 -> 2026-10-01..2026-11-01";

#[test]
fn efficiency_is_the_unit_cost_and_how_it_moved() {
    let rows = format!("compare unit_cost by workload {MONTHS}");
    let rose = format!("{rows} [change > 0]");
    let fell = format!("{rows} [change < 0] ascending");
    let one = format!("explain_unit_cost unit_cost [workload=checkout] {MONTHS}");
    check_as(
        &[
            ("Which workloads got less efficient in October 2026?", &rose),
            ("10월에 효율이 떨어진 워크로드는?", &rows),
            ("which workloads became more efficient in October 2026", &fell),
            ("Is checkout growing efficiently?", &one),
            ("checkout은 효율적으로 성장하고 있어?", &one),
        ],
        read,
    );
}

#[test]
fn the_unit_costs_of_several_workloads_move_each_by_itself() {
    let rows = format!("compare unit_cost by workload {MONTHS}");
    let rose = format!("{rows} [change > 0]");
    let one = format!("explain_unit_cost unit_cost [workload=checkout] {MONTHS}");
    check_as(
        &[
            ("why did our cost per transaction go up in October 2026?", &rows),
            ("왜 10월에 건당 비용이 올랐어?", &rows),
            ("건당 비용이 오른 워크로드 알려줘", &rose),
            ("why did the cost per transaction of checkout go up in October 2026?", &one),
        ],
        read,
    );
    // With one workload alone, its unit cost is what is meant.
    let alone = format!("explain_unit_cost unit_cost {MONTHS}");
    check(&[("why did our cost per transaction go up in October 2026?", &alone)]);
}
