//! Texts that all rows of a stream share.

use std::borrow::Cow;

use wherefore_load::focus_file::FocusRow;

use super::commitments::commitment_id;
use crate::company::{Company, Stream};

/// Texts that all rows of a stream share.
pub(super) struct Names {
    pub(super) meter: String,
    pub(super) description: String,
    pub(super) tags: Option<String>,
    pub(super) sku: String,
    pub(super) sku_price: String,
    pub(super) resource: String,
    pub(super) resource_name: String,
    /// Empty without a commitment.
    pub(super) commitment: String,
    pub(super) account: (&'static str, &'static str),
}

impl Names {
    pub(super) fn of(company: &Company, number: usize, stream: &Stream) -> Self {
        let meter = stream.meter();
        let workload = stream.workload.and_then(|place| company.workloads.get(place));
        let owner = workload.map_or("shared", |workload| workload.name.as_str());
        let sku = format!("{}-{}", stream.sku.provider.folder(), meter.replace(' ', "-"));
        let accounts = stream.sku.provider.sub_accounts();
        let held =
            stream.commitment.and_then(|place| Some((company.commitments.get(place)?, place)));
        Self {
            description: format!("{meter} in {}", stream.region.name),
            tags: workload.filter(|_| stream.is_tagged).map(|workload| workload.tags.clone()),
            sku_price: format!("{sku}-standard"),
            sku,
            resource: format!("{}/{}-{number:05}", stream.sku.resource, owner),
            commitment: held.map_or_else(String::new, |(held, place)| commitment_id(held, place)),
            resource_name: format!("{owner}-{}", stream.sku.resource),
            account: accounts.get(stream.sub_account).copied().unwrap_or(("", "")),
            meter,
        }
    }

    pub(super) fn resource_id(&self, number: u64) -> Cow<'_, str> {
        match number {
            0 => Cow::Borrowed(&self.resource),
            _ => Cow::Owned(format!("{}-{number}", self.resource)),
        }
    }

    pub(super) fn apply<'a>(&'a self, row: &FocusRow<'a>, stream: &Stream) -> FocusRow<'a> {
        FocusRow {
            consumed_unit: Some(stream.sku.unit),
            pricing_unit: Some(stream.sku.unit),
            region_id: Some(stream.region.id),
            region_name: Some(stream.region.name),
            resource_name: Some(&self.resource_name),
            resource_type: Some(stream.sku.resource),
            service_category: Some(stream.sku.category),
            service_name: Some(stream.sku.cloud_service),
            sku_id: Some(&self.sku),
            sku_meter: Some(&self.meter),
            sku_price_id: Some(&self.sku_price),
            sub_account_id: Some(self.account.0),
            sub_account_name: Some(self.account.1),
            sub_account_type: Some(stream.sku.provider.sub_account_type()),
            tags: self.tags.as_deref(),
            ..*row
        }
    }
}
