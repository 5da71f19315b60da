//! Budgets, from the file to the manifest.

use wherefore_contract::Decimal;

use super::{AUGUST, House, focus};
use crate::{manifest::Warehouse, render_text};

const HEADER: &str = "name,month,start,end,amount,currency,dimension,value\n";

fn told(house: &House) -> Vec<String> {
    let manifest = Warehouse::open(house.root()).current().unwrap();
    let budgets = manifest.description.budgets.iter();
    budgets
        .map(|budget| {
            let filter = budget.filter.as_ref();
            let of = filter.map(|filter| format!("{} {}", filter.dimension, filter.values[0]));
            format!(
                "{} {} {} {} {} {}",
                budget.name,
                budget.start,
                budget.end,
                budget.amount,
                budget.currency,
                of.unwrap_or_default()
            )
        })
        .collect()
}

#[test]
fn budgets_are_kept_until_one_of_the_same_name_and_days_comes() {
    let house = House::new();
    house.load(&house.write("august.csv", focus(AUGUST)));
    let first = format!(
        "{HEADER}All,2024-08,,,\"1,000.50\",usd,,\nShop,,2024-07-01,2024-09-30,900,USD,workload,checkout\n"
    );
    let report = house.load(&house.write("budgets.csv", first));
    assert_eq!(report.loaded[0].rows, 2);
    assert!(render_text(&report).contains("All: USD 1000.5, 2024-08-01 to 2024-08-31"));
    let second = "Name,Start,End,Amount,Currency\nall,2024-08-15,2024-08-31,7,EUR\nAll,2024-09-01,2024-09-30,8,USD\n";
    house.load(&house.write("more.csv", second));
    assert_eq!(
        told(&house),
        [
            "All 2024-09-01 2024-10-01 8 USD ",
            "Shop 2024-07-01 2024-10-01 900 USD workload checkout",
            "all 2024-08-15 2024-09-01 7 EUR ",
        ]
    );
    // Bills that are loaded later keep them.
    house.load(&house.write("august.csv", focus(AUGUST)));
    assert_eq!(told(&house).len(), 3);
    let manifest = Warehouse::open(house.root()).current().unwrap();
    assert_eq!(manifest.description.budgets[2].amount, Decimal::from(7));
}

#[test]
fn a_cell_that_is_no_part_of_a_budget_is_told_with_its_row() {
    let house = House::new();
    house.load(&house.write("august.csv", focus(AUGUST)));
    for (bad, sentence) in [
        ("A,2024-08,,,many,USD,,", "row 1, amount: `many`"),
        ("A,2024-08,,,-5,USD,,", "row 1, amount: `-5`"),
        ("A,2024-08,,,5,dollars,,", "row 1, currency: `dollars`"),
        ("A,August,,,5,USD,,", "row 1, month: `August` is no moment"),
        ("A,,2024-08-01,,5,USD,,", "row 1 has no end"),
        ("A,,2024-08-09,2024-08-01,5,USD,,", "the last day lies before the first"),
        ("A,2024-08,,,5,USD,workload,", "row 1, value: ``"),
        ("A,2024-08,,,5,USD,colour,red", "row 1, dimension: `colour`"),
        ("A,2024-08,,,5,USD,month,2024-08", "row 1, dimension: `month`"),
        (",2024-08,,,5,USD,,", "row 1, name: ``"),
        ("A,2024-08,,,5,USD,,\na,2024-08,,,6,USD,,", "row 2 gives budget `A` another amount"),
    ] {
        let report = house.load(&house.write("bad.csv", format!("{HEADER}{bad}\n")));
        let reason = &report.refused[0].reason;
        assert!(reason.contains(sentence), "{bad}: {reason}");
    }
    assert_eq!(told(&house), [""; 0]);
}
