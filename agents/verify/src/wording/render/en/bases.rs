//! English words of our own in the cells of cost bases.

/// The word for a value of a column; `None` for any other.
pub(super) fn word(column: &str, value: &str) -> Option<&'static str> {
    Some(match (column, value) {
        ("basis", "cash") => "cash (billed)",
        ("basis", "net_cash") => "net cash (billed, after discounts)",
        ("basis", "amortized") => "amortised (effective)",
        ("basis", "net_amortized") => "net amortised (effective, after discounts)",
        ("basis", "list") => "list",
        ("basis", "contracted") => "contracted",
        ("basis", "before_credits") => "cash before credits",
        ("basis", "credits") => "credits",
        ("status", "usable") => "usable",
        ("status", "doubtful") => "usable with a doubt",
        ("status", "barred") => "barred",
        ("status", "absent") => "absent",
        ("reason", "identity_failed") => "a closing identity failed",
        ("reason", "zero_metric") => "it is zero on rows that are billed",
        ("reason", "rounded_metric") => "it was rounded before it was loaded",
        ("reason", "unknown_commitment_cost") => "what commitments really cost is not in the bills",
        ("reason", "credits_hide_usage") => "credits cancel a large part of usage",
        ("reason", "missing_metric") => "it is absent on some rows",
        ("reason", "no_net_columns") => {
            "the bills have no filled net columns and no rows of discounts"
        }
        ("reason", "in_the_costs") => "FOCUS costs are after every discount already",
        ("reason", "discount_rows") => "discounts stand on rows of their own",
        ("cost_line", "upfront_fees") => "upfront fees",
        ("cost_line", "recurring_fees") => "recurring fees of commitments",
        ("cost_line", "covered_usage") => "usage covered by commitments",
        ("cost_line", "unused_commitment") => "unused commitment",
        ("cost_line", "other_charges") => "other charges",
        ("cost_line", "same_on_both") => "charges that are the same on both",
        ("identity", "amortization") => {
            "effective cost = billed cost - upfront fees + their share of the period"
        }
        ("identity", "net_amortization") => {
            "net effective cost = net billed cost - upfront fees + their share of the period"
        }
        ("identity", "negation") => "usage covered by Savings Plans + negation = zero",
        ("identity", "commitment_use") => "used + unused = purchased, by commitment",
        ("identity", "list_price") => "list cost = list price x quantity, by row",
        ("identity", "invoice") => "billed cost of an invoice = its total",
        ("outcome", "holds") => "holds",
        ("outcome", "failed") => "failed",
        ("outcome", "unchecked") => "not checked",
        ("discount_layout", "in_the_costs") => "in the costs",
        ("discount_layout", "net_columns") => "net columns",
        ("discount_layout", "separate_rows") => "rows of their own",
        ("discount_layout", "columns_and_rows") => "net columns and rows",
        ("discount_layout", "not_shown") => "not shown",
        _ => return None,
    })
}
