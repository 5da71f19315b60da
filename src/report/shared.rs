//! Shared cost beside what owners cost directly: how it is asked to be split, and what each owner bears of it.

use std::{collections::BTreeMap, fmt, str::FromStr};

use wherefore_contract::{Decimal, answer::ShownEvidence, dimension::Dimension};
use wherefore_offline::request::{AllocationAsk, SplitBy};

use super::{
    Report,
    cells::{self, Rows},
};

/// How a report that divides a bill treats charges without an owner.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Sharing {
    /// Split by the rules of allocation.
    #[default]
    Rules,
    /// Split by one method, whatever the rules say.
    Even,
    Proportional,
    Transactions,
    /// Left in a row of their own.
    Apart,
}

/// A text names no way to share.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("shared cost is split by rules, even, proportional or transactions, or none")]
pub struct NoSharing;

impl Sharing {
    const ALL: [Self; 5] =
        [Self::Rules, Self::Even, Self::Proportional, Self::Transactions, Self::Apart];

    /// What is asked of the allocation; `None` where nothing is split.
    pub(super) fn ask(self) -> Option<AllocationAsk> {
        let method = match self {
            Self::Rules => None,
            Self::Even => Some(SplitBy::Even),
            Self::Proportional => Some(SplitBy::Proportional),
            Self::Transactions => Some(SplitBy::Transactions),
            Self::Apart => return None,
        };
        Some(AllocationAsk { method, ..AllocationAsk::default() })
    }

    /// Whether owners told by this dimension can bear shared cost by it: transactions are counted by workload.
    pub(super) fn fits(self, by: &Dimension) -> bool {
        self != Self::Transactions || *by == Dimension::Workload
    }
}

impl fmt::Display for Sharing {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Rules => "rules",
            Self::Even => "even",
            Self::Proportional => "proportional",
            Self::Transactions => "transactions",
            Self::Apart => "none",
        })
    }
}

impl FromStr for Sharing {
    type Err = NoSharing;

    fn from_str(text: &str) -> Result<Self, NoSharing> {
        Self::ALL.into_iter().find(|sharing| sharing.to_string() == text).ok_or(NoSharing)
    }
}

/// What owners bear of the shared cost.
#[derive(Debug, Clone)]
pub(super) struct Borne {
    by_owner: BTreeMap<String, Decimal>,
    /// What each costs directly, as the allocation read it.
    direct: BTreeMap<String, Decimal>,
    given: Decimal,
    /// What nobody bears, as the allocation says.
    left: Option<Decimal>,
}

/// The allocation of a report; `None` where nothing was split.
pub(super) fn borne(report: &Report) -> Option<Borne> {
    let rows = report.answer("shared", 0).and_then(cells::rows)?;
    let owner = rows.columns().first()?.name.clone();
    let of = |column: &str| {
        let cell = |row: cells::Row<'_>| Some((row.text(&owner)?.to_owned(), row.number(column)?));
        rows.iter().filter_map(cell).collect::<BTreeMap<String, Decimal>>()
    };
    let by_owner = of("shared_cost");
    let given = by_owner.values().fold(Decimal::ZERO, |sum, part| sum + part);
    let totals = table(report, "totals");
    let left = totals.and_then(|rows| rows.iter().next()?.number("unallocated_cost"));
    Some(Borne { by_owner, direct: of("direct_cost"), given, left })
}

/// A table of the allocation, e.g. `trace`.
pub(super) fn table<'a>(report: &'a Report, name: &str) -> Option<Rows<'a>> {
    let evidence = &report.answer("shared", 0)?.answer().evidence;
    let is_wanted = |held: &&ShownEvidence| held.tool == "allocate_cost" && held.table == name;
    evidence.iter().find(is_wanted).map(|held| cells::of_table(&held.columns, &held.rows))
}

impl Borne {
    /// What an owner bears; the charges of nobody lose what is given to owners.
    pub(super) fn of(&self, owner: Option<&str>) -> Decimal {
        match owner.filter(|name| !name.is_empty()) {
            Some(name) => self.by_owner.get(name).copied().unwrap_or_default(),
            None => -self.given,
        }
    }

    /// Whether the allocation is of these very rows: each owner with its direct cost, and what is left to nobody.
    pub(super) fn agrees(&self, rows: Rows<'_>, owner: &str, cost: &str) -> bool {
        let mut unowned = Decimal::ZERO;
        let mut told = 0;
        for row in rows.iter() {
            let amount = row.number(cost).unwrap_or_default();
            match row.text(owner).filter(|name| !name.is_empty()) {
                None => unowned += amount,
                Some(name) if self.direct.get(name).is_some_and(|direct| *direct == amount) => {
                    told += 1;
                }
                Some(_) => return false,
            }
        }
        told == self.direct.len() && self.left == Some(unowned - self.given)
    }
}
