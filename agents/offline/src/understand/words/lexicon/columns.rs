//! Columns as the files of the providers spell them: a question can name what it asks about so.

use wherefore_contract::{
    cost::Measure,
    dimension::{Dimension, FocusDimension as F},
};

use crate::understand::word::Meaning;

/// Columns of AWS reports (CUR 2.0; the older spelling has a slash and no underscores) and of Oracle's
/// cost reports, with the column of ours that the loader fills from each.
const COLUMNS: &[(F, &str)] = &[
    (
        F::AvailabilityZone,
        "line_item_availability_zone|product/availabilitydomain|availability domain",
    ),
    (F::BillingAccountId, "bill_payer_account_id|cost/subscriptionid"),
    (F::BillingAccountName, "bill_payer_account_name"),
    (F::BillingCurrency, "line_item_currency_code|cost/currencycode"),
    (F::BillingPeriod, "bill_billing_period_start_date"),
    (F::ChargeDescription, "line_item_line_item_description|product/description"),
    (F::CommitmentEnd, "savings_plan_end_time|reservation_end_time"),
    (F::CommitmentOffering, "savings_plan_offering_type|pricing_offering_class"),
    (F::CommitmentPayment, "savings_plan_payment_option|pricing_purchase_option"),
    (F::CommitmentStart, "savings_plan_start_time|reservation_start_time"),
    (F::CommitmentTerm, "savings_plan_purchase_term|pricing_lease_contract_length"),
    (F::ConsumedUnit, "cost/skuunitdescription"),
    (F::InstanceType, "product_instance_type"),
    (F::InvoiceId, "bill_invoice_id"),
    (F::InvoiceIssuer, "bill_invoicing_entity"),
    (F::LineItemType, "line_item_line_item_type"),
    (F::Operation, "line_item_operation"),
    (F::PricingUnit, "pricing_unit"),
    (F::ProductFamily, "product_product_family"),
    (F::Publisher, "line_item_legal_entity"),
    (F::Region, "product_region_code|product_region"),
    (F::RegionName, "product_location"),
    (F::ResourceId, "line_item_resource_id|product/resourceid"),
    (F::ServiceCode, "line_item_product_code"),
    (F::ServiceName, "product_product_name|product/service"),
    (F::SkuId, "product_sku|cost/productsku"),
    (F::SkuPriceId, "pricing_rate_code|pricing_rate_id"),
    (F::SubAccountId, "line_item_usage_account_id|lineitem/tenantid"),
    (F::SubAccountName, "line_item_usage_account_name"),
    (F::UsageType, "line_item_usage_type"),
];

const AMOUNTS: &[(Measure, &str)] = &[
    (Measure::BilledCost, "line_item_unblended_cost|cost/mycost"),
    (Measure::ListCost, "pricing_public_on_demand_cost"),
    (Measure::ConsumedQuantity, "line_item_usage_amount|usage/billedquantity"),
];

/// Meanings with the words of each name, as the scanner parts them.
pub(super) fn entries() -> Vec<(Meaning, Vec<String>)> {
    let columns = COLUMNS
        .iter()
        .map(|(column, names)| (Meaning::Dimension(Dimension::Column(*column)), *names));
    let amounts =
        AMOUNTS.iter().map(|(measure, names)| (Meaning::Measure(measure.clone()), *names));
    columns
        .chain(amounts)
        .flat_map(|(meaning, names)| {
            names.split('|').flat_map(spellings).map(move |words| (meaning.clone(), words))
        })
        .collect()
}

// `line_item_usage_type`, and `lineItem/UsageType` as two words.
fn spellings(name: &str) -> Vec<Vec<String>> {
    let parted: Vec<String> = name.split(['/', ' ']).map(str::to_owned).collect();
    let families = ["line_item_", "bill_", "pricing_", "product_"];
    let legacy = families.iter().find_map(|family| {
        let rest = name.strip_prefix(family)?.replace('_', "");
        Some(vec![family.replace('_', ""), rest])
    });
    std::iter::once(parted).chain(legacy).collect()
}
