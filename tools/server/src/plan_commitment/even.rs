//! When offers break even at a utilization, by their discounts alone.

use wherefore_analysis::commitment::{
    break_even::Terms,
    offers::{self, Discount, OfferTable},
};
use wherefore_contract::{Decimal, table::Column, tool::Found, unit::Unit};

use super::{Args, tables::months};
use crate::{
    fact_table::{Row, cell, computed, found, nothing},
    serve::Tools,
};

/// The offers that were asked for, with the months after which they have paid for themselves.
pub(super) fn answer(
    tools: &Tools,
    args: &Args,
    offers: &OfferTable,
    utilization: Decimal,
) -> Found {
    let part = utilization / Decimal::ONE_HUNDRED;
    let judged = &offers.judgement;
    let mut rows: Vec<Row> = Vec::new();
    let mut usual: Option<Row> = None;
    for offer in &offers.offers {
        if !is_asked(args, &offer.id) {
            continue;
        }
        for rate in offer.rates.iter().filter(|rate| fits(args, rate)) {
            let mut told: Vec<Discount> = Vec::new();
            for (family, discount) in &rate.discount {
                if told.contains(discount) {
                    continue;
                }
                told.push(*discount);
                let group = offers.families.iter().find(|known| known.id == *family);
                let covers = group.map(|family| family.group.clone()).unwrap_or_default();
                let terms = Terms {
                    months: rate.term_months,
                    upfront_part: rate.upfront_part,
                    discount: discount.typical,
                };
                let row = row(&covers, &offer.id, rate.payment, &terms, discount, part);
                if rate.term_months == judged.term_months && rate.payment == judged.payment {
                    usual.get_or_insert_with(|| row.clone());
                }
                rows.push(row);
            }
        }
    }
    let searched = format!("offers at {utilization} % utilization in the table of offers");
    // The terms that are recommended where none are named stand first.
    let Some(first) = usual.or_else(|| rows.first().cloned()) else {
        return nothing(searched);
    };
    let first = computed("break_even", "offers", columns(), vec![first]);
    let all = computed("break_even_offers", "offers", columns(), rows);
    found(vec![first, all], tools.costs.snapshot(), searched)
}

/// Whether an offer is among those that were asked for: all words of the name asked for stand in its own.
pub(super) fn is_asked(args: &Args, name: &str) -> bool {
    let name = name.to_lowercase();
    let asked = args.offer.as_deref().unwrap_or_default().to_lowercase();
    asked.split_whitespace().all(|word| name.contains(word))
}

fn fits(args: &Args, rate: &offers::Rate) -> bool {
    args.term_months.is_none_or(|months| months == rate.term_months)
        && args.payment.is_none_or(|payment| offers::Payment::from(payment) == rate.payment)
}

fn columns() -> Vec<Column> {
    let percent = |name: &str| Column::measure(name, Unit::Percent);
    let month = |name: &str| Column::measure(name, months());
    vec![
        Column::dimension("offer"),
        Column::dimension("covers"),
        month("term"),
        Column::dimension("payment"),
        percent("discount"),
        percent("lowest_discount"),
        percent("highest_discount"),
        percent("utilization"),
        percent("break_even_utilization"),
        percent("net_discount"),
        month("break_even_month"),
        month("whole_term_month"),
    ]
}

fn row(
    covers: &str,
    offer: &str,
    payment: offers::Payment,
    terms: &Terms,
    discount: &Discount,
    part: Decimal,
) -> Row {
    let percent = |part: Decimal| cell((part * Decimal::ONE_HUNDRED).round_dp(4).normalize());
    let even = terms.break_even(part);
    let month =
        |month: Option<Decimal>| month.and_then(|month| cell(month.round_dp(4).normalize()));
    // Of what the used part would have cost on demand.
    let net = Decimal::ONE.checked_sub(even.utilization.checked_div(part).unwrap_or_default());
    vec![
        cell(offer),
        cell(covers),
        cell(terms.months),
        cell(payment.name()),
        percent(discount.typical),
        percent(discount.low),
        percent(discount.high),
        percent(part),
        percent(even.utilization),
        net.and_then(percent),
        month(even.month),
        month(even.whole_term_month),
    ]
}
