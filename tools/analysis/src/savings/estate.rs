//! What a bill says of an estate in one period, in the shape that checks read.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{ToSpan, civil::Date};
use rust_decimal::Decimal;

use super::rules::{Environments, Rules, is_any};

/// The charges of one resource of one usage type in the period, summed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct UsageLine {
    pub provider: String,
    pub sub_account: String,
    pub sub_account_name: String,
    pub region: String,
    pub cloud_service: String,
    pub usage_type: String,
    pub operation: String,
    /// Empty for charges of no resource.
    pub resource_id: String,
    pub unit: String,
    /// The workload that it belongs to, where that was asked for.
    pub workload: String,
    /// The value of the tag that names the environment.
    pub environment: String,
    /// Whether a commitment covers it: it is paid for anyway.
    pub is_covered: bool,
    pub cost: Decimal,
    pub quantity: Decimal,
    /// Days with a charge, and the last one.
    pub days: u32,
    pub last_day: Option<Date>,
}

/// Everything that checks read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Estate {
    /// Lines of the period.
    pub lines: Vec<UsageLine>,
    /// Lines of the look-back, which ends with the period.
    pub lookback: Vec<UsageLine>,
    /// Cloud services, accounts and regions with usage in the look-back, of those that checks ask for.
    pub served: BTreeSet<(String, String, String)>,
    /// How many days of the look-back are loaded.
    pub lookback_days: u32,
    /// The first day on which each resource is charged at all.
    pub first_days: BTreeMap<String, Date>,
    /// The first loaded day.
    pub loaded_from: Option<Date>,
    /// The period, and its days.
    pub from: Option<Date>,
    pub until: Option<Date>,
    pub days: u32,
}

// A resource without a charge on the last two days of the period is gone (help.nops.io: "in the last 2 days").
const GONE_AFTER_DAYS: i32 = 2;

impl UsageLine {
    /// Account and region: where things stand beside each other.
    pub(super) fn place(&self) -> (&str, &str) {
        (&self.sub_account, &self.region)
    }

    /// The mean price of a unit; `None` for what costs or counts nothing.
    pub(super) fn price(&self) -> Option<Decimal> {
        price(self.cost, self.quantity)
    }

    // What it is, without tags and amounts.
    fn key(&self) -> [String; 9] {
        let covered = if self.is_covered { "covered" } else { "open" };
        [
            self.provider.as_str(),
            &self.sub_account,
            &self.region,
            &self.cloud_service,
            &self.usage_type,
            &self.operation,
            &self.resource_id,
            &self.unit,
            covered,
        ]
        .map(str::to_owned)
    }

    fn add(&mut self, other: Self) {
        self.cost += other.cost;
        self.quantity += other.quantity;
        self.days += other.days;
        if other.last_day > self.last_day {
            self.last_day = other.last_day;
            self.environment = other.environment;
            self.workload = other.workload;
            self.sub_account_name = other.sub_account_name;
        }
    }

    /// Whether its quantity is hours.
    pub(super) fn is_hourly(&self) -> bool {
        matches!(self.unit.to_ascii_lowercase().as_str(), "hrs" | "hours" | "hour")
    }
}

pub(super) fn price(cost: Decimal, quantity: Decimal) -> Option<Decimal> {
    (cost > Decimal::ZERO && quantity > Decimal::ZERO).then(|| cost.checked_div(quantity))?
}

/// Brings the lines together that differ by their tags alone: a resource whose tags changed on the way is one.
/// The latest tags count.
#[must_use]
pub fn merged(lines: Vec<UsageLine>) -> Vec<UsageLine> {
    let mut all: Vec<UsageLine> = Vec::new();
    let mut places: BTreeMap<[String; 9], usize> = BTreeMap::new();
    for line in lines {
        let key = line.key();
        match places.get(&key).and_then(|place| all.get_mut(*place)) {
            Some(held) if !line.resource_id.is_empty() => held.add(line),
            Some(_) | None => {
                places.insert(key, all.len());
                all.push(line);
            }
        }
    }
    all
}

impl Environments {
    /// Whether a tag value or an account name says that it is no production.
    #[must_use]
    pub fn is_non_production(&self, tag: &str, sub_account_name: &str) -> bool {
        for text in [tag, sub_account_name] {
            let lower = text.to_lowercase();
            let words: BTreeSet<&str> =
                lower.split(|letter: char| !letter.is_alphanumeric()).collect();
            let says = |list: &[String]| {
                list.iter().any(|word| words.contains(word.as_str()) || *word == lower)
            };
            if says(&self.non_production) {
                return true;
            }
            if says(&self.production) {
                return false;
            }
        }
        false
    }
}

impl Estate {
    /// Whether a line is still charged at the end of the period.
    pub(super) fn is_there(&self, line: &UsageLine) -> bool {
        let Some((last, until)) = line.last_day.zip(self.until) else { return true };
        until.checked_sub(GONE_AFTER_DAYS.days()).is_ok_and(|recent| last >= recent)
    }

    /// Places of the lines that checks may act on: charged, not under a commitment, still there.
    pub(super) fn open(&self) -> impl Iterator<Item = (usize, &UsageLine)> {
        self.lines.iter().enumerate().filter(|(_, line)| {
            !line.is_covered && line.cost > Decimal::ZERO && self.is_there(line)
        })
    }

    /// The same, of usage types of these patterns.
    pub(super) fn open_of<'a>(
        &'a self,
        patterns: &'a [String],
    ) -> impl Iterator<Item = (usize, &'a UsageLine)> {
        self.open().filter(|(_, line)| is_any(&line.usage_type, patterns))
    }

    /// Lines of usage types of these patterns by resource; those of no resource are left out.
    pub(super) fn by_resource<'a>(
        &'a self,
        patterns: &'a [String],
    ) -> BTreeMap<&'a str, Vec<usize>> {
        let mut all: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (place, line) in self.open_of(patterns) {
            if !line.resource_id.is_empty() {
                all.entry(&line.resource_id).or_default().push(place);
            }
        }
        all
    }

    pub(super) fn line(&self, place: usize) -> Option<&UsageLine> {
        self.lines.get(place)
    }

    /// What takes amounts of the period to a month: 1 for a calendar month.
    #[must_use]
    pub fn to_month(&self, rules: &Rules) -> Decimal {
        let month = self.from.zip(self.until).is_some_and(|(from, until)| {
            from.day() == 1 && from.checked_add(1.month()).is_ok_and(|next| next == until)
        });
        if month || self.days == 0 {
            return Decimal::ONE;
        }
        rules.settings.month_days.checked_div(Decimal::from(self.days)).unwrap_or(Decimal::ONE)
    }
}

type PriceKey<'a> = (&'a str, &'a str, &'a str, &'a str);

/// An estate with what checks look up in it, found once.
pub(super) struct View<'a> {
    pub(super) estate: &'a Estate,
    by_resource: BTreeMap<&'a str, Vec<usize>>,
    lookback: BTreeMap<&'a str, Vec<&'a UsageLine>>,
    // Cost and quantity by provider, region, usage type and unit, then by operation.
    prices: BTreeMap<PriceKey<'a>, BTreeMap<&'a str, (Decimal, Decimal)>>,
}

impl<'a> View<'a> {
    pub(super) fn of(estate: &'a Estate) -> Self {
        let mut view = Self {
            estate,
            by_resource: BTreeMap::new(),
            lookback: BTreeMap::new(),
            prices: BTreeMap::new(),
        };
        for (place, line) in estate.open().filter(|(_, line)| !line.resource_id.is_empty()) {
            view.by_resource.entry(&line.resource_id).or_default().push(place);
        }
        for line in &estate.lookback {
            view.lookback.entry(&line.resource_id).or_default().push(line);
        }
        for line in estate.lines.iter().filter(|line| !line.is_covered) {
            let key = (&*line.provider, &*line.region, &*line.usage_type, &*line.unit);
            let of = view.prices.entry(key).or_default();
            let (cost, quantity) = of.entry(&line.operation).or_default();
            *cost += line.cost;
            *quantity += line.quantity;
        }
        view
    }

    /// Every line of a resource that can be acted on, those given first.
    pub(super) fn whole(&self, resource_id: &str, first: &[usize]) -> Vec<usize> {
        let all = self.by_resource.get(resource_id).into_iter().flatten();
        let others = all.filter(|place| !first.contains(place));
        first.iter().chain(others).copied().collect()
    }

    /// What of the look-back belongs to a resource.
    pub(super) fn lookback_of(&self, resource_id: &str) -> impl Iterator<Item = &'a UsageLine> {
        self.lookback.get(resource_id).into_iter().flatten().copied()
    }

    /// The mean own price of a usage type in a region: of the same operation where there is one.
    pub(super) fn own_price(&self, like: &UsageLine, usage_type: &str) -> Option<Decimal> {
        let of = self.prices.get(&(&*like.provider, &*like.region, usage_type, &*like.unit))?;
        let own = of.get(&*like.operation).and_then(|(cost, quantity)| price(*cost, *quantity));
        own.or_else(|| {
            let cost = of.values().map(|(cost, _)| *cost).sum();
            price(cost, of.values().map(|(_, quantity)| *quantity).sum())
        })
    }
}
