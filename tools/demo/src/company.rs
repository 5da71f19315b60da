//! The made-up company: workloads, what each uses every day, and what is committed.

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

use crate::{
    calendar::{Calendar, Month},
    catalog::{Provider, Region, Sku},
    money::{Price, Quantity},
    names,
    planted::Planted,
    stories::{self, Main},
};

mod background;
mod usage;

pub(crate) use usage::{Event, Line};

/// Workloads without a story.
pub(crate) const BACKGROUND_WORKLOADS: usize = 142;

/// All that the bills are written from.
pub(crate) struct Company {
    pub(crate) calendar: Calendar,
    pub(crate) workloads: Vec<Workload>,
    pub(crate) streams: Vec<Stream>,
    pub(crate) commitments: Vec<Commitment>,
    pub(crate) stories: Vec<Story>,
    /// What stands beside the stories.
    pub(crate) planted: Planted,
    /// Streams that an event changes, and the day of it.
    pub(crate) events: Vec<(usize, usize)>,
}

/// A program of the company.
pub(crate) struct Workload {
    pub(crate) name: String,
    pub(crate) provider: Provider,
    pub(crate) sub_account: usize,
    /// The tags of its charges, as JSON.
    pub(crate) tags: String,
    /// Transactions of each day; none for workloads that nobody counts.
    pub(crate) transactions: Option<Vec<i64>>,
    /// A credit on each day before the end: dollars and the day it ends.
    pub(crate) credit: Option<(f64, usize)>,
}

/// One thing that one workload (or nobody in particular) uses day after day.
pub(crate) struct Stream {
    pub(crate) sku: Sku,
    pub(crate) region: Region,
    pub(crate) sub_account: usize,
    pub(crate) workload: Option<usize>,
    /// Whether its charges carry the workload's tags.
    pub(crate) is_tagged: bool,
    pub(crate) quantities: Vec<Quantity>,
    pub(crate) list_price: Price,
    /// From this day on the list price is another.
    pub(crate) repriced: Option<(usize, Price)>,
    /// Negotiated price in percent of the list price.
    pub(crate) contracted_percent: i64,
    pub(crate) commitment: Option<usize>,
}

/// A reserved amount of one stream's usage.
pub(crate) struct Commitment {
    pub(crate) provider: Provider,
    pub(crate) stream: usize,
    /// First day, and first day after the term.
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) capacity: Quantity,
    pub(crate) rate: Price,
    pub(crate) payment: Payment,
}

/// When a commitment is paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Payment {
    /// All of it on the first day.
    Upfront,
    /// Each day's share on that day.
    Recurring,
}

/// A planted change of a unit cost.
pub(crate) struct Story {
    pub(crate) id: &'static str,
    pub(crate) workload: usize,
    pub(crate) from: Month,
    pub(crate) to: Month,
    pub(crate) event_day: usize,
    pub(crate) regime: &'static str,
    pub(crate) main: Option<Main>,
}

impl Stream {
    /// The list price on a day.
    pub(crate) fn price_on(&self, day: usize) -> Price {
        match self.repriced {
            Some((from, price)) if day >= from => price,
            Some(_) | None => self.list_price,
        }
    }

    /// FOCUS `SkuMeter`: the meter as this region's bill spells it.
    pub(crate) fn meter(&self) -> String {
        format!("{}{}", self.region.prefix, self.sku.meter)
    }
}

impl Company {
    /// Founds the company of a seed with this many workloads without a story.
    ///
    /// Stories are founded first and each workload draws from its own stream of random numbers,
    /// so neither stories nor the workloads that are kept depend on the number.
    pub(crate) fn found(seed: u64, background: usize) -> Self {
        let mut company = Self {
            calendar: Calendar::new(),
            workloads: Vec::new(),
            streams: Vec::new(),
            commitments: Vec::new(),
            stories: Vec::new(),
            planted: Planted::default(),
            events: Vec::new(),
        };
        let mut names = names::workloads(&mut random(seed, 0)).into_iter();
        for (number, plan) in stories::plans(&mut random(seed, 1)).into_iter().enumerate() {
            let mut random = random(seed, 100 + number as u64);
            let Some(name) = names.next() else { break };
            company.plant(plan, name, &mut random);
        }
        for number in 0..background {
            let mut random = random(seed, 1000 + number as u64);
            let Some(name) = names.next() else { break };
            company.add_background(name, &mut random);
        }
        company.add_shared(&mut random(seed, 2));
        company
    }

    /// Rows of a bill in which each stream has one row a day, or two under a commitment.
    pub(crate) fn daily_rows(&self) -> u64 {
        let used = |stream: &Stream| {
            let rows = 1 + u64::from(stream.commitment.is_some());
            stream.quantities.iter().filter(|quantity| quantity.0 > 0).count() as u64 * rows
        };
        self.streams.iter().map(used).sum()
    }
}

/// Random numbers of one purpose.
pub(crate) fn random(seed: u64, purpose: u64) -> ChaCha8Rng {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    random.set_stream(purpose);
    random
}

/// A share between two whole percentages.
pub(crate) fn share(random: &mut ChaCha8Rng, percent: std::ops::RangeInclusive<u32>) -> f64 {
    f64::from(random.random_range(percent)) / 100.0
}
