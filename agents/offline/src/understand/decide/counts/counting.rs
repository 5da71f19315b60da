//! What is counted or listed: values, things of the estate, rows of each day, days of each month.

mod beside_cost;
mod data;

use wherefore_contract::{
    cost::{Direction, Measure, Statistic},
    dimension::{Dimension, FocusDimension, Grain},
    filter::{Filter, FilterOp},
};

use super::super::{
    super::{limits::holds, unread::THINGS, word::Meaning},
    Draft,
};
use crate::request::Condition;

const RESOURCE: Dimension = Dimension::Column(FocusDimension::ResourceId);
const INSTANCE: Dimension = Dimension::Column(FocusDimension::InstanceType);

// Words of a list, where "breakdown" and "내역" split a cost.
const LISTS: &[&str] = &["list", "목록", "리스트", "나열", "열거", "현황"];

impl Draft<'_> {
    /// "which regions do we run in", "팀 목록", "어떤 프로젝트들이 있어": the values, and no cost of them.
    pub(in crate::understand::decide) fn lists_values(&self) -> bool {
        let [only] = self.dimensions.as_slice() else { return false };
        let grouped = (0..self.items.len())
            .any(|at| self.dimension_at(at).as_ref() == Some(only) && self.is_grouped_by(at));
        let splits = (0..self.items.len()).any(|at| {
            let text = self.text_of(at).to_lowercase();
            self.meaning(at) == Some(&Meaning::Breakdown)
                && !LISTS.iter().any(|word| text.contains(word))
        });
        let other = self.flag(|meaning| {
            matches!(
                meaning,
                Meaning::Cost
                    | Meaning::Measure(_)
                    | Meaning::Share
                    | Meaning::Average
                    | Meaning::PerDay
                    | Meaning::Trend
                    | Meaning::Total
                    | Meaning::HowMany
                    | Meaning::Discount
                    | Meaning::UnitPrice
                    | Meaning::Single
                    | Meaning::Relatively
                    | Meaning::Running
                    | Meaning::Reach
            )
        });
        let cued = self.flag(|meaning| {
            matches!(meaning, Meaning::Which | Meaning::Breakdown | Meaning::Exists)
        }) || self.asks_what();
        cued && only.grain().is_none()
            && !grouped
            && !splits
            && !other
            && self.measures.is_empty()
            && self.bounds.is_empty()
            && self.limit.is_none()
            && self.nth.is_none()
            && self.percent.is_none()
            && !self.ranks()
            && !self.sorts()
            && !self.moves()
    }

    fn asks_what(&self) -> bool {
        (0..self.items.len()).any(|at| {
            let text = self.text_of(at);
            let korean =
                text.starts_with('뭐') || text.starts_with("무엇") || text.starts_with("무슨");
            korean || text.eq_ignore_ascii_case("what")
        })
    }

    /// What a list shows: the values that there are, accounts with their names.
    pub(in crate::understand::decide) fn list_names(&mut self) {
        let Some(only) = self.dimensions.first().cloned() else { return };
        if self.conditions.iter().all(|held| held.filter.dimension != only) {
            let filter =
                Filter { dimension: only.clone(), op: FilterOp::NotNull, values: Vec::new() };
            self.conditions.push(Condition { filter, asked: Vec::new() });
        }
        let name = match only {
            Dimension::Column(FocusDimension::SubAccountId) => FocusDimension::SubAccountName,
            Dimension::Column(FocusDimension::BillingAccountId) => {
                FocusDimension::BillingAccountName
            }
            _ => return,
        };
        let name = Dimension::Column(name);
        if holds(self.known, &name) && !self.dimensions.contains(&name) {
            self.dimensions.push(name);
        }
    }

    /// "리소스별로 1달러를 넘는 건 몇 개야": how many of the rows reach the amount.
    pub(in crate::understand::decide) fn counts_bounded_rows(&mut self) {
        let [only] = self.dimensions.as_slice() else { return };
        let asked = (0..self.items.len()).any(|at| {
            self.meaning(at) == Some(&Meaning::HowMany)
                && matches!(
                    self.text_of(at).replace(' ', "").as_str(),
                    "몇개" | "몇곳" | "몇군데" | "몇가지" | "몇개인지" | "몇개나"
                )
        });
        let amounts = self.bounds.iter().all(|bound| bound.counts.is_none());
        if !asked
            || !amounts
            || self.bounds.is_empty()
            || self.counted.is_some()
            || only.grain().is_some()
            || self.measures.contains(&Measure::Rows)
        {
            return;
        }
        self.counted = Some(only.clone());
    }

    /// "rows per day", "하루당 행 수": as many rows as each day has, not their average.
    pub(in crate::understand::decide) fn counts_each_day(&self) -> bool {
        let counts = self
            .measures
            .first()
            .is_some_and(|measure| matches!(measure, Measure::Rows | Measure::Distinct(_)));
        let mean = (0..self.items.len()).any(|at| {
            let text = self.text_of(at).to_lowercase();
            self.meaning(at) == Some(&Meaning::Average)
                || ["averag", "avg", "mean", "typical", "평균"]
                    .iter()
                    .any(|word| text.contains(word))
        });
        counts && self.measures.len() == 1 && self.has(&Meaning::PerDay) && !mean
    }

    /// "how many instances", "볼륨이 몇 대": things of the estate are its resources. Instances alone are told
    /// from other resources by their type.
    pub(in crate::understand::decide) fn counts_things(&mut self) {
        // "how many snapshots are billed": they are counted.
        if self.measures == [Measure::BilledCost] && self.has(&Meaning::HowMany) {
            let billed = (0..self.items.len()).any(|at| {
                self.meaning(at) == Some(&Meaning::Measure(Measure::BilledCost))
                    && self.text_of(at).eq_ignore_ascii_case("billed")
            });
            if billed && self.counted.is_none() {
                self.measures.clear();
                self.counts_named_things();
                if self.counted.is_none() {
                    self.measures.push(Measure::BilledCost);
                }
                return;
            }
        }
        if self.counted.is_some() || !self.measures.is_empty() || !self.has(&Meaning::HowMany) {
            return;
        }
        let thing = (0..self.items.len()).find(|at| {
            let text = self.text_of(*at).to_lowercase();
            matches!(self.meaning(*at), Some(Meaning::Unknown | Meaning::Filler))
                && THINGS.contains(&text.as_str())
                && self.is_beside_how_many(*at)
        });
        let Some(at) = thing else {
            self.counts_named_things();
            return;
        };
        let text = self.text_of(at).to_lowercase();
        let instances = is_instance(&text);
        let typed = self.conditions.iter().any(|held| held.filter.dimension == INSTANCE);
        let narrowed = self.conditions.iter().any(|held| {
            matches!(
                held.filter.dimension,
                Dimension::Column(
                    FocusDimension::ServiceName
                        | FocusDimension::ResourceType
                        | FocusDimension::ServiceCode
                )
            )
        });
        if !holds(self.known, &RESOURCE) || (instances && !typed && !holds(self.known, &INSTANCE)) {
            return;
        }
        if instances && !typed {
            let filter = Filter { dimension: INSTANCE, op: FilterOp::NotNull, values: Vec::new() };
            self.conditions.push(Condition { filter, asked: Vec::new() });
        } else if !instances && !narrowed {
            return;
        }
        self.mark(at);
        if let Some(item) = self.items.get_mut(at) {
            item.meaning = Meaning::Dimension(RESOURCE);
        }
        self.counted = Some(RESOURCE);
    }

    // "how many EBS volumes", "로드밸런서는 몇 개": things whose kind stands in their name are resources.
    fn counts_named_things(&mut self) {
        let named = (0..self.items.len()).find(|at| {
            let text = self.text_of(*at).to_lowercase();
            matches!(self.meaning(*at), Some(Meaning::Entity(_)))
                && names_things(&text)
                && self.is_asked_how_many(*at)
        });
        let Some(at) = named.filter(|_| holds(self.known, &RESOURCE)) else { return };
        let item = self.items.get(at).map(|item| (item.start, item.end));
        let narrowed =
            self.conditions.iter().any(|held| item.is_some_and(|item| held.asked.contains(&item)));
        if !narrowed {
            return;
        }
        let instances = is_instance(&self.text_of(at).to_lowercase());
        let typed = self.conditions.iter().any(|held| held.filter.dimension == INSTANCE);
        if instances && !typed && holds(self.known, &INSTANCE) {
            let filter = Filter { dimension: INSTANCE, op: FilterOp::NotNull, values: Vec::new() };
            self.conditions.push(Condition { filter, asked: Vec::new() });
        }
        self.counted = Some(RESOURCE);
    }

    /// "앱이 몇 종류씩", "how many apps": what stands right beside the count.
    pub(in crate::understand) fn is_asked_how_many(&self, at: usize) -> bool {
        [self.previous_meaning(at), self.next_meaning(at)]
            .into_iter()
            .flatten()
            .any(|near| self.meaning(near) == Some(&Meaning::HowMany))
    }

    /// "how many Kubernetes pods": what is counted, behind a name or a kind of charge.
    pub(in crate::understand) fn is_counted_word(&self, at: usize) -> bool {
        let mut prior = self.previous_meaning(at);
        while let Some(place) = prior {
            match self.meaning(place) {
                Some(Meaning::HowMany) => return true,
                Some(Meaning::Entity(_) | Meaning::Category(_) | Meaning::Sign(_)) => {
                    prior = self.previous_meaning(place);
                }
                _ => return false,
            }
        }
        false
    }

    /// "untagged not counted", "태그 없는 건 빼고": values alone are counted, and what has none is left out.
    pub(in crate::understand::decide) fn leave_untagged_out(&mut self) {
        let at = (0..self.items.len()).find(|at| {
            let text = self.text_of(*at).to_lowercase();
            self.meaning(*at) == Some(&Meaning::With)
                && !self.is_used(*at)
                && (text.contains("un")
                    || text.contains("no")
                    || text.contains('없')
                    || text.contains('안')
                    || text.contains('미'))
        });
        let Some(at) = at else { return };
        let mut named = self.counted.iter().chain(&self.dimensions);
        let spoken = || {
            self.items.iter().find_map(|item| match &item.meaning {
                Meaning::Dimension(tag @ Dimension::Tag(_)) => Some(tag.clone()),
                _ => None,
            })
        };
        let tag = named.find(|one| matches!(one, Dimension::Tag(_))).cloned().or_else(spoken);
        let Some(dimension) = tag else { return };
        self.mark(at);
        let held = |held: &Condition| {
            held.filter.dimension == dimension && held.filter.op == FilterOp::NotNull
        };
        if self.conditions.iter().any(held) {
            return;
        }
        let asked = self.items.get(at).map(|item| (item.start, item.end));
        let filter = Filter { dimension, op: FilterOp::NotNull, values: Vec::new() };
        self.conditions.push(Condition { filter, asked: asked.into_iter().collect() });
    }

    fn is_beside_how_many(&self, at: usize) -> bool {
        let near = at.saturating_sub(4)..(at + 4).min(self.items.len());
        near.into_iter().any(|place| self.meaning(place) == Some(&Meaning::HowMany))
    }

    /// The end of single rows that a superlative asks for: of a credit, the one that takes most off.
    pub(in crate::understand::decide) fn end_of_rows(&self) -> Statistic {
        match self.direction() {
            Direction::Descending => Statistic::Max,
            Direction::Ascending => Statistic::Min,
        }
    }

    /// Whether first and last are asked for as days rather than as moments.
    pub(in crate::understand::decide) fn asks_day(&self) -> bool {
        let hours = (0..self.items.len()).any(|at| {
            self.unit_at(at) == Some(Grain::Hour)
                || ["hour", "시각", "몇시"].iter().any(|word| self.text_of(at).contains(word))
        });
        if hours {
            return false;
        }
        (0..self.items.len()).any(|at| {
            let text = self.text_of(at).to_lowercase();
            self.unit_at(at) == Some(Grain::Day)
                || ["day", "date", "며칠", "몇일", "날", "일자", "과금일", "청구일"]
                    .iter()
                    .any(|word| text.contains(word))
        })
    }
}

// Machines, which have a type; "EC2 인스턴스" is one of them, too.
fn is_instance(text: &str) -> bool {
    const WORDS: &[&str] = &[
        "instance",
        "instances",
        "vm",
        "vms",
        "machine",
        "machines",
        "server",
        "servers",
        "인스턴스",
        "서버",
        "머신",
    ];
    WORDS.iter().any(|word| text.ends_with(word))
}

// Names whose last word is a kind of thing that there is a number of.
fn names_things(text: &str) -> bool {
    const WORDS: &[&str] = &[
        "snapshot",
        "load balancer",
        "loadbalancer",
        "alb",
        "nlb",
        "gateway",
        "gw",
        "connection",
        "endpoint",
        "table",
        "database",
        "address",
        "ip",
        "eip",
        "zone",
        "workspace",
        "alarm",
        "dashboard",
        "key",
        "스냅샷",
        "로드 밸런서",
        "로드밸런서",
        "게이트웨이",
        "연결",
        "엔드포인트",
        "테이블",
        "데이터베이스",
        "영역",
        "알람",
        "대시보드",
        "키",
        "vpn",
    ];
    let last = |word: &&str| {
        text.ends_with(*word) || text.strip_suffix('s').is_some_and(|one| one.ends_with(*word))
    };
    THINGS.iter().chain(WORDS).any(last) || text.ends_with("addresses")
}
