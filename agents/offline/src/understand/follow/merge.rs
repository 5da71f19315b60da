//! Puts what a follow-up says into the request before it.

use wherefore_contract::{
    dimension::{Dimension, FocusDimension as F},
    filter::{Filter, FilterOp},
    question::Question,
};

use super::{
    super::link::same_family,
    Fragmentary,
    operate::{Sides, operate},
    settle,
};
use crate::request::{
    Ask, AskBack, Condition, Decline, Known, Note, Reading, Reason, Slice, Understanding,
};

/// A request under refinement.
pub(super) struct Refined<'a> {
    /// The request so far.
    pub(super) reading: Reading,
    /// The request that is refined.
    pub(super) last: &'a Reading,
    /// What the follow-up says by itself; nothing where it could not be read alone.
    pub(super) own: Reading,
    pub(super) said: &'a Fragmentary<'a>,
    pub(super) sides: Sides<'a>,
}

/// The request that `last` becomes with what is said now, or why it does not.
pub(super) fn refined(
    last: &Reading,
    said: &Fragmentary<'_>,
    question: &Question,
    known: &Known,
) -> Understanding {
    let own = match own(last, said, question, known) {
        Ok(own) => own,
        Err(other) => return other,
    };
    // What follows a stretch of another length than it names is not known.
    if let Some((_, asked)) = said.marks.next
        && last.period.and_then(|moment| said.following(moment.period)).is_none()
    {
        return Understanding::AskedBack(AskBack::Periods { asked });
    }
    let sides = Sides { known, as_of: question.as_of };
    let mut refined = Refined { reading: stripped(last), last, own, said, sides };
    refined.conditions();
    if let Some(tag) = untagged_of(last, said) {
        let filter = Filter { dimension: tag, op: FilterOp::NotNull, values: Vec::new() };
        let asked = vec![said.tying_words()];
        refined.reading.conditions.push(Condition { filter, asked });
    }
    refined.measures();
    if let Err(lacking) = operate(&mut refined) {
        return Understanding::AskedBack(lacking);
    }
    let Refined { mut reading, own, .. } = refined;
    reading.unread.extend(own.unread);
    let carried = own.notes.into_iter().filter(|note| match note {
        Note::PeriodReading { period, .. } => {
            [reading.period, reading.base].into_iter().flatten().any(|one| one.period == *period)
        }
        Note::NameReading { .. } | Note::Remembered { .. } => true,
        Note::PartialPeriod { .. } | Note::WholePeriod | Note::PrecedingPeriod { .. } => false,
    });
    reading.notes.extend(carried);
    // A number that found no place would be dropped in silence.
    let unused: Vec<Slice> = said
        .fragment
        .numbers()
        .into_iter()
        .filter(|(value, _)| *value > 1 && !holds_number(&reading, *value))
        .map(|(_, asked)| asked)
        .collect();
    if (said.fragment.is_empty() && said.marks.next.is_none() && untagged_of(last, said).is_none())
        || !unused.is_empty()
    {
        return Understanding::Declined(Decline {
            reason: Reason::NotUnderstood,
            asked: unused,
            nearest: Vec::new(),
            period: None,
        });
    }
    inherit(&mut reading, last, said);
    settle::settled(reading, question, known)
}

// What the follow-up says by itself: nothing where only the request before makes sense of it.
fn own(
    last: &Reading,
    said: &Fragmentary<'_>,
    question: &Question,
    known: &Known,
) -> Result<Reading, Understanding> {
    let alone = |text: &str| super::super::alone(text, question.as_of, known);
    Ok(match alone(&said.marks.masked) {
        Understanding::Reading(own) => *own,
        // The other side of its comparison comes from the request before; its own names stand.
        Understanding::Declined(Decline { reason: Reason::MissingPeriod, .. }) => {
            match alone(&said.fragment.undated(&said.marks.masked)) {
                Understanding::Reading(own) => *own,
                _ => Reading::default(),
            }
        }
        Understanding::Declined(Decline { reason: Reason::MissingVolumes, .. })
            if said.fragment.names_unit_cost() =>
        {
            Reading::default()
        }
        Understanding::Declined(Decline { reason: Reason::NotUnderstood, asked, .. })
            if asked.is_empty()
                && !said.fragment.is_empty()
                && said.fragment.numbers().is_empty() =>
        {
            Reading::default()
        }
        Understanding::Declined(Decline { reason: Reason::NotUnderstood, .. })
            if untagged_of(last, said).is_some() || said.marks.next.is_some() =>
        {
            Reading::default()
        }
        other => return Err(other),
    })
}

// "without the untagged", "태그 없는 건 빼고": charges without the tag that rows are grouped by.
fn untagged_of(last: &Reading, said: &Fragmentary<'_>) -> Option<Dimension> {
    let text = said.text.to_lowercase();
    let bare = [
        "untagged",
        "no tag",
        "without a tag",
        "태그 없는",
        "태그없는",
        "미태그",
        "태그가 없는",
        "태그 안 붙은",
    ];
    let out = [
        "without",
        "leave out",
        "exclud",
        "ignore",
        "drop",
        "except",
        "not the",
        "빼",
        "제외",
        "말고",
    ];
    let asked =
        bare.iter().any(|word| text.contains(word)) && out.iter().any(|word| text.contains(word));
    let mut tags =
        last.dimensions.iter().filter(|dimension| matches!(dimension, Dimension::Tag(_)));
    match (tags.next(), tags.next()) {
        (Some(tag), None) if asked && !said.fragment.is_dated() => Some(tag.clone()),
        _ => None,
    }
}

fn holds_number(reading: &Reading, value: u64) -> bool {
    let counts = [reading.limit, reading.nth].into_iter().flatten().map(u64::from);
    let reach = match reading.ask {
        Ask::Cumulative(percent) => Some(u64::from(percent)),
        _ => None,
    };
    // Ids and amounts stand in conditions as text.
    let text = value.to_string();
    let named = reading.conditions.iter().flat_map(|held| &held.filter.values);
    let amounts = reading.having.iter().map(|held| held.value.to_string());
    let rows = reading.amounts.iter().map(|held| held.value.to_string());
    counts.chain(reach).any(|count| count == value)
        || named.cloned().chain(amounts).chain(rows).any(|one| one.contains(&text))
}

/// A request without the places of its words: they stand in another question's text.
pub(super) fn stripped(reading: &Reading) -> Reading {
    let conditions = |list: &[Condition]| -> Vec<Condition> {
        let bare = |held: &Condition| Condition { filter: held.filter.clone(), asked: Vec::new() };
        list.iter().map(bare).collect()
    };
    let mut bare = reading.clone();
    bare.conditions = conditions(&reading.conditions);
    for side in &mut bare.sides {
        side.conditions = conditions(&side.conditions);
        if let Some(moment) = &mut side.period {
            moment.asked = None;
        }
    }
    for moment in [&mut bare.period, &mut bare.base].into_iter().flatten() {
        moment.asked = None;
    }
    bare.notes.clear();
    bare.unread.clear();
    bare.inherited.clear();
    bare.left_out.clear();
    bare
}

// Names the parts that came from the request before.
fn inherit(reading: &mut Reading, last: &Reading, said: &Fragmentary<'_>) {
    let mut parts = Vec::new();
    let mut push = |name: &str, came: bool| {
        if came {
            parts.push(name.to_owned());
        }
    };
    let stated = said.fragment.names_measure();
    push("ask", reading.ask == last.ask && said.fragment.operations() == 0);
    push("measures", !stated && reading.measures == last.measures);
    push(
        "dimensions",
        !reading.dimensions.is_empty()
            && reading.dimensions == last.dimensions
            && said.fragment.groups() == 0,
    );
    push("conditions", reading.conditions.iter().any(|held| held.asked.is_empty()));
    push(
        "period",
        reading.period.is_some_and(|moment| moment.asked.is_none())
            && period_of(reading.period) == period_of(last.period),
    );
    push(
        "base",
        reading.base.is_some_and(|moment| moment.asked.is_none())
            && period_of(reading.base) == period_of(last.base),
    );
    reading.inherited = parts;
}

fn period_of(moment: Option<crate::request::Moment>) -> Option<wherefore_contract::period::Period> {
    moment.map(|moment| moment.period)
}

impl Refined<'_> {
    fn conditions(&mut self) {
        let marks = self.said.marks;
        if marks.removes && marks.part {
            return self.remove();
        }
        let own = std::mem::take(&mut self.own.conditions);
        for mut condition in own {
            if marks.removes {
                condition.filter.op = turned(condition.filter.op);
            }
            self.put(condition);
        }
        if let Some(workload) = self.own.workload.clone() {
            self.reading.workload = Some(workload);
        }
    }

    // "remove the region filter": conditions on the dimensions that are named, or all of them.
    fn remove(&mut self) {
        let mut named = self.said.fragment.dimensions();
        named.extend(self.own.conditions.drain(..).map(|held| held.filter.dimension));
        self.own.dimensions.clear();
        let is_named = |dimension: &Dimension| {
            named.is_empty() || named.iter().any(|one| same_family(one, dimension))
        };
        self.reading.conditions.retain(|held| !is_named(&held.filter.dimension));
        if is_named(&Dimension::Workload) {
            self.reading.workload = None;
        }
    }

    /// Puts a condition in: it replaces those on the same thing, or narrows them.
    fn put(&mut self, new: Condition) {
        let (adds, nests) = (self.said.marks.adds, self.said.marks.nests || self.narrows());
        let same = |held: &Condition| same_family(&held.filter.dimension, &new.filter.dimension);
        if self.said.marks.includes && self.included(&new) {
            return;
        }
        let keeps = matches!(new.filter.op, FilterOp::NotIn | FilterOp::NotContains);
        if keeps {
            self.exclude(new);
            return;
        }
        if adds && self.beside(&new) {
            return;
        }
        self.reading.conditions.retain(|held| !same(held));
        if !nests {
            self.leave_out(&new.filter.dimension);
        }
        if let Some(side) = self.reading.conditions.iter().position(same) {
            self.reading.conditions.remove(side);
        }
        self.reading.conditions.push(new);
    }

    // "크레딧 포함": an exclusion ends. What nothing leaves out counts already.
    fn included(&mut self, new: &Condition) -> bool {
        if new.filter.op != FilterOp::In && new.filter.op != FilterOp::Contains {
            return false;
        }
        for held in &mut self.reading.conditions {
            let out = matches!(held.filter.op, FilterOp::NotIn | FilterOp::NotContains);
            if out && held.filter.dimension == new.filter.dimension {
                held.filter.values.retain(|value| !new.filter.values.contains(value));
            }
        }
        let emptied = |held: &Condition| {
            held.filter.values.is_empty()
                && matches!(held.filter.op, FilterOp::NotIn | FilterOp::NotContains)
        };
        self.reading.conditions.retain(|held| !emptied(held));
        self.beside(new);
        true
    }

    fn narrows(&self) -> bool {
        self.said.fragment.has(&super::super::word::Meaning::Only)
    }

    fn exclude(&mut self, new: Condition) {
        let values = &new.filter.values;
        self.reading.conditions.retain(|held| {
            let same = same_family(&held.filter.dimension, &new.filter.dimension);
            let undone = held.filter.values.iter().all(|value| values.contains(value));
            !(same && undone)
        });
        let beside = self.reading.conditions.iter_mut().find(|held| {
            held.filter.dimension == new.filter.dimension && held.filter.op == new.filter.op
        });
        match beside {
            Some(held) => {
                held.filter.values.extend(new.filter.values);
                held.asked.extend(new.asked);
            }
            None => self.reading.conditions.push(new),
        }
    }

    // "also RDS": beside what was named before, and told apart from it.
    fn beside(&mut self, new: &Condition) -> bool {
        let held = self.reading.conditions.iter_mut().find(|held| {
            held.filter.dimension == new.filter.dimension
                && held.filter.op == FilterOp::In
                && new.filter.op == FilterOp::In
        });
        let Some(held) = held else { return false };
        for value in &new.filter.values {
            if !held.filter.values.contains(value) {
                held.filter.values.push(value.clone());
            }
        }
        held.asked.extend(new.asked.iter().copied());
        if !self.reading.dimensions.contains(&new.filter.dimension) {
            self.reading.dimensions.push(new.filter.dimension.clone());
        }
        true
    }

    // What belongs to another provider, or to another cloud service, goes with it.
    fn leave_out(&mut self, new: &Dimension) {
        let level = level(new);
        let Some(level) = level else { return };
        let mut left = Vec::new();
        self.reading.conditions.retain(|held| {
            let goes = self::level(&held.filter.dimension)
                .is_some_and(|other| level.displaces(other) && held.asked.is_empty());
            if goes {
                left.push(held.filter.clone());
            }
            !goes
        });
        if left.iter().any(|filter: &Filter| filter.dimension == Dimension::Workload) {
            self.reading.workload = None;
        }
        self.reading.left_out.extend(left);
    }

    fn measures(&mut self) {
        if !self.said.fragment.names_measure() || self.own.measures.is_empty() {
            return;
        }
        if self.said.marks.adds {
            for measure in std::mem::take(&mut self.own.measures) {
                if !self.reading.measures.contains(&measure) {
                    self.reading.measures.push(measure);
                }
            }
        } else {
            self.reading.measures = self.own.measures.clone();
        }
        self.reading.measure_stated = true;
        self.reading.rank_by = None;
    }

    /// Where a moment of the follow-up stands in its text.
    pub(super) fn slice(&self, slice: Slice) -> Option<Slice> {
        self.said.text.get(slice.0..slice.1).is_some().then_some(slice)
    }
}

fn turned(op: FilterOp) -> FilterOp {
    match op {
        FilterOp::In => FilterOp::NotIn,
        FilterOp::NotIn => FilterOp::In,
        FilterOp::Contains => FilterOp::NotContains,
        FilterOp::NotContains => FilterOp::Contains,
        FilterOp::IsNull => FilterOp::NotNull,
        FilterOp::NotNull => FilterOp::IsNull,
    }
}

/// How far down a bill a dimension stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Level {
    Provider,
    Place,
    Service,
    Line,
}

impl Level {
    // A provider brings its own accounts, regions and services; a cloud service its own lines, and a
    // line its own cloud service.
    fn displaces(self, other: Self) -> bool {
        match self {
            Self::Provider => other > self,
            Self::Place => false,
            Self::Service => other == Self::Line,
            Self::Line => other == Self::Service,
        }
    }
}

fn level(dimension: &Dimension) -> Option<Level> {
    let Dimension::Column(column) = dimension else { return None };
    match column {
        F::Provider => Some(Level::Provider),
        F::Region
        | F::RegionName
        | F::AvailabilityZone
        | F::SubAccountId
        | F::SubAccountName
        | F::BillingAccountId
        | F::BillingAccountName => Some(Level::Place),
        F::ServiceName | F::ServiceCode | F::ServiceCategory | F::ServiceSubcategory => {
            Some(Level::Service)
        }
        F::UsageType
        | F::Operation
        | F::ProductFamily
        | F::SkuMeter
        | F::SkuId
        | F::InstanceType
        | F::ChargeDescription
        | F::ResourceId
        | F::ResourceName
        | F::ResourceType => Some(Level::Line),
        _ => None,
    }
}
