//! AWS Cost and Usage Reports, legacy names and CUR 2.0, into FOCUS columns.

mod amounts;
mod labels;

use std::collections::{BTreeMap, BTreeSet};

use arrow::array::ArrayRef;

use crate::{
    cells::Chunk,
    error::Refusal,
    layout::snake_name,
    map::{
        self, Mapped,
        line_type::LineType,
        tags::{FlatTags, JsonTags, aws_key, focus_key},
    },
    notes::SourceNotes,
    schema::{ChargeColumn, ColumnType},
};

// Copied as they stand; absent cells of the first name fall back to the next.
const COPIED: &[(ChargeColumn, &[&str])] = &[
    (ChargeColumn::AvailabilityZone, &["line_item_availability_zone"]),
    (ChargeColumn::BilledCost, &["line_item_unblended_cost"]),
    (ChargeColumn::BillingAccountId, &["bill_payer_account_id"]),
    (ChargeColumn::BillingAccountName, &["bill_payer_account_name"]),
    (ChargeColumn::BillingPeriodEnd, &["bill_billing_period_end_date"]),
    (ChargeColumn::BillingPeriodStart, &["bill_billing_period_start_date"]),
    (ChargeColumn::ChargeDescription, &["line_item_line_item_description"]),
    (ChargeColumn::ChargePeriodEnd, &["line_item_usage_end_date"]),
    (ChargeColumn::ChargePeriodStart, &["line_item_usage_start_date"]),
    (ChargeColumn::ContractedUnitPrice, &["line_item_unblended_rate"]),
    (ChargeColumn::InvoiceId, &["bill_invoice_id"]),
    (ChargeColumn::InvoiceIssuerName, &["bill_invoicing_entity"]),
    (ChargeColumn::ListUnitPrice, &["pricing_public_on_demand_rate"]),
    (ChargeColumn::PricingUnit, &["pricing_unit"]),
    (ChargeColumn::PublisherName, &["line_item_legal_entity"]),
    (ChargeColumn::RegionId, &["product_region_code", "product_region"]),
    (ChargeColumn::RegionName, &["product_location"]),
    (ChargeColumn::ResourceId, &["line_item_resource_id"]),
    (ChargeColumn::SkuId, &["product_sku"]),
    (ChargeColumn::SkuMeter, &["line_item_usage_type"]),
    (ChargeColumn::SkuPriceId, &["pricing_rate_code", "pricing_rate_id"]),
    (ChargeColumn::SubAccountId, &["line_item_usage_account_id"]),
    (ChargeColumn::SubAccountName, &["line_item_usage_account_name"]),
    (ChargeColumn::InstanceType, &["product_instance_type"]),
    (ChargeColumn::LineItemId, &["identity_line_item_id"]),
    (ChargeColumn::LineItemType, &["line_item_line_item_type"]),
    (ChargeColumn::Operation, &["line_item_operation"]),
    (ChargeColumn::ServiceCode, &["line_item_product_code"]),
    (ChargeColumn::UsageType, &["line_item_usage_type"]),
];

// Families of columns that belong to the report: the ones not read are no surprise.
const FAMILIES: &[&str] = &[
    "bill_",
    "line_item_",
    "pricing_",
    "product",
    "reservation_",
    "savings_plan_",
    "identity_",
    "split_line_item_",
    "resource_tags",
    "cost_category",
    "discount",
    "tags",
    "capacity_reservation",
];

// Left out: rows that split the cost of a node among its pods repeat the cost of the node.
const SPLIT_OPERATIONS: &[&str] = &["EKSPod-EC2", "ECSTask-EC2"];

/// Where each column stands in the file.
pub(crate) struct CurPlan {
    places: BTreeMap<String, usize>,
    flat_tags: FlatTags,
    json_tags: Option<JsonTags>,
}

impl CurPlan {
    pub(crate) fn of(header: &[String], notes: &mut SourceNotes) -> Self {
        let mut places = BTreeMap::new();
        let mut flat_tags = FlatTags::default();
        for (place, raw) in header.iter().enumerate() {
            let name = snake_name(raw);
            if let Some(key) = flat_key(raw) {
                flat_tags.add(key, place);
            } else if !FAMILIES.iter().any(|family| name.starts_with(family)) {
                notes.unknown_columns.push(raw.clone());
            }
            // Product attributes collide once their capitals are gone; the first one is the report's own.
            places.entry(name).or_insert(place);
        }
        let json = places.get("resource_tags").or_else(|| places.get("tags"));
        let json_tags = json.map(|place| JsonTags::aws(*place));
        for needed in amounts::NEEDED {
            if !places.contains_key(*needed) {
                notes.absent.push((*needed).to_owned());
            }
        }
        Self { places, flat_tags, json_tags }
    }

    fn place(&self, name: &str) -> Option<usize> {
        self.places.get(name).copied()
    }

    pub(crate) fn wanted(&self) -> Vec<usize> {
        let copied = COPIED.iter().flat_map(|(_, names)| names.iter());
        let named = copied.chain(amounts::READ).chain(labels::READ);
        let mut wanted: BTreeSet<usize> = named.filter_map(|name| self.place(name)).collect();
        wanted.extend(self.flat_tags.places());
        wanted.extend(self.json_tags.as_ref().map(JsonTags::place));
        wanted.into_iter().collect()
    }

    pub(crate) fn map(&self, chunk: &Chunk, notes: &mut SourceNotes) -> Result<Mapped, Refusal> {
        let mut mapped = Mapped::new(chunk.rows);
        for (column, names) in COPIED {
            let places: Vec<_> = names.iter().map(|name| self.place(name)).collect();
            let first = places.iter().flatten().next().copied();
            let array = match column.spec().kind {
                ColumnType::Text => map::text(chunk, &places)?,
                ColumnType::Decimal => {
                    map::numbers(chunk, first, column.name(), notes).map(map::decimals)
                }
                ColumnType::Time => map::moments(chunk, first, column.name(), notes)?,
            };
            if let Some(array) = array {
                mapped.set(*column, array);
            }
        }
        let types = self.line_types(chunk);
        self.set_amounts(&mut mapped, chunk, &types, notes);
        self.set_labels(&mut mapped, chunk, &types)?;
        mapped.tags = self.flat_tags.read(chunk)?;
        if let Some(json) = &self.json_tags {
            mapped.set_missing_tags(json.read(chunk, notes)?);
            if let Some(text) = map::text(chunk, &[Some(json.place())])? {
                mapped.set(ChargeColumn::Tags, text);
            }
        }
        self.without_split_costs(mapped, chunk, notes)
    }

    fn line_types(&self, chunk: &Chunk) -> Vec<LineType> {
        let cells = chunk.at(self.place("line_item_line_item_type"));
        (0..chunk.rows).map(|row| LineType::of(cells.text(row).as_deref())).collect()
    }

    fn without_split_costs(
        &self,
        mapped: Mapped,
        chunk: &Chunk,
        notes: &mut SourceNotes,
    ) -> Result<Mapped, Refusal> {
        let cells = chunk.at(self.place("line_item_operation"));
        let is_split = |row| {
            cells.text(row).is_some_and(|operation| SPLIT_OPERATIONS.contains(&operation.as_ref()))
        };
        let keep: Vec<bool> = (0..chunk.rows).map(|row| !is_split(row)).collect();
        let kept = keep.iter().filter(|keep| **keep).count();
        if kept == chunk.rows {
            return Ok(mapped);
        }
        notes.split_cost_rows += (chunk.rows - kept) as u64;
        let keep = arrow::array::BooleanArray::from(keep);
        mapped.select(|array| arrow::compute::filter(array, &keep), kept)
    }
}

impl Mapped {
    fn set_missing_tags(&mut self, tags: BTreeMap<String, ArrayRef>) {
        for (key, values) in tags {
            self.tags.entry(key).or_insert(values);
        }
    }
}

// The tag key of a column like `resourceTags/user:CostCenter`, `resource_tags_user_app`,
// `cost_category_team`.
fn flat_key(raw: &str) -> Option<String> {
    for prefix in ["resourceTags/", "resource_tags_"] {
        if let Some(key) = raw.strip_prefix(prefix) {
            return aws_key(key);
        }
    }
    let category = |prefix| raw.strip_prefix(prefix).and_then(focus_key);
    let category = category("costCategory/").or_else(|| category("cost_category_"))?;
    Some(format!("cost_category:{category}"))
}
