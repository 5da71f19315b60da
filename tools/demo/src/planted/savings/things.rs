//! What is used, day by day, in the shape that the last month's bill is made again from.

use crate::{
    calendar::Calendar,
    company::{Company, Stream},
    money::{Amount, Price, Quantity},
};

/// Usage and cost of one day, without and under a commitment.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Day {
    pub(super) open: Quantity,
    pub(super) open_cost: Amount,
    pub(super) held: Quantity,
    pub(super) held_cost: Amount,
}

impl Day {
    pub(super) fn is_used(&self) -> bool {
        self.open.0 > 0 || self.held.0 > 0
    }
}

/// One usage type of one resource.
#[derive(Debug, Clone)]
pub(super) struct Thing {
    pub(super) resource_id: String,
    pub(super) workload: Option<String>,
    pub(super) account: &'static str,
    pub(super) account_name: &'static str,
    /// The tag that names the environment.
    pub(super) environment: Option<String>,
    pub(super) region: &'static str,
    pub(super) region_name: &'static str,
    pub(super) prefix: &'static str,
    pub(super) cloud_service: &'static str,
    pub(super) category: &'static str,
    /// The usage type without the region's prefix.
    pub(super) usage_type: String,
    pub(super) unit: &'static str,
    pub(super) list_price: Price,
    pub(super) contracted_price: Price,
    pub(super) held_price: Price,
    pub(super) days: Vec<Day>,
    /// A waste that was planted, a healthy twin of one, or neither.
    pub(super) role: Role,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Waste,
    Healthy,
    Company,
}

impl Thing {
    /// Account and region.
    pub(super) fn place(&self) -> (&'static str, &'static str) {
        (self.account, self.region)
    }

    pub(super) fn meter(&self) -> String {
        format!("{}{}", self.prefix, self.usage_type)
    }

    /// Whether no production runs on it, by its tag or else by its account's name.
    pub(super) fn is_non_production(&self) -> bool {
        match self.environment.as_deref() {
            Some(environment) => matches!(environment, "dev" | "staging"),
            None => self.account_name.ends_with("-dev") || self.account_name.ends_with("-staging"),
        }
    }
}

/// What the company uses.
pub(super) fn of_company(company: &Company) -> Vec<Thing> {
    let streams = company.streams.iter().enumerate();
    streams.map(|(number, stream)| of_stream(company, number, stream)).collect()
}

fn of_stream(company: &Company, number: usize, stream: &Stream) -> Thing {
    let workload = stream.workload.and_then(|place| company.workloads.get(place));
    let owner = workload.map_or("shared", |workload| workload.name.as_str());
    let accounts = stream.sku.provider.sub_accounts();
    let (account, account_name) = accounts.get(stream.sub_account).copied().unwrap_or(("", ""));
    let tags = workload.filter(|_| stream.is_tagged).map(|workload| workload.tags.as_str());
    let held = stream.commitment.and_then(|place| company.commitments.get(place));
    let day = |day: usize| {
        let used = stream.quantities.get(day).copied().unwrap_or_default();
        let running = held.filter(|held| (held.start..held.end).contains(&day));
        let covered = running.map_or(Quantity(0), |held| used.min(held.capacity));
        let open = Quantity(used.0 - covered.0);
        let price = stream.price_on(day).percent(stream.contracted_percent);
        let rate = running.map_or(Price(0), |held| held.rate);
        Day { open, open_cost: open.times(price), held: covered, held_cost: covered.times(rate) }
    };
    Thing {
        resource_id: format!("{}/{owner}-{number:05}", stream.sku.resource),
        workload: workload.map(|workload| workload.name.clone()),
        account,
        account_name,
        environment: tags.and_then(environment),
        region: stream.region.id,
        region_name: stream.region.name,
        prefix: stream.region.prefix,
        cloud_service: stream.sku.cloud_service,
        category: stream.sku.category,
        usage_type: stream.sku.meter.to_owned(),
        unit: stream.sku.unit,
        list_price: stream.list_price,
        contracted_price: stream.list_price.percent(stream.contracted_percent),
        held_price: held.map_or(Price(0), |held| held.rate),
        days: (0..company.calendar.days).map(day).collect(),
        role: Role::Company,
    }
}

// Keys differ by letter case and spaces between teams.
fn environment(tags: &str) -> Option<String> {
    let tags: serde_json::Map<String, serde_json::Value> = serde_json::from_str(tags).ok()?;
    let mut all = tags.iter();
    let (_, value) = all.find(|(key, _)| key.trim().eq_ignore_ascii_case("environment"))?;
    value.as_str().map(str::to_owned)
}

/// The same quantity on every day from `start` on.
pub(super) fn always(
    calendar: &Calendar,
    start: usize,
    price: Price,
    quantity: impl Fn(usize) -> Quantity,
) -> Vec<Day> {
    let day = |day: usize| {
        let open = if day >= start { quantity(day) } else { Quantity(0) };
        Day { open, open_cost: open.times(price), ..Day::default() }
    };
    (0..calendar.days).map(day).collect()
}
