//! Which period, and against which other one.

mod told;

use wherefore_contract::{
    cost::Scale,
    dimension::{Dimension, Grain},
    period::Period,
};

use super::super::{
    decide::Draft,
    time::{before, preceding},
    word::{Meaning, Relative, When, WhenKind},
};
use crate::request::{Ask, Decline, Moment, Note, Reason, Slice};

// How much farther a time counts that stands before the words for its daily amount, and apart from them.
const LOOSE: usize = 20;

#[derive(Debug, Clone, Copy)]
struct Named {
    period: Period,
    asked: Slice,
    bracketed: bool,
    /// "… 대비", "compared with …": the other side of a comparison.
    is_base: bool,
}

impl Draft<'_> {
    /// Settles the periods, and with them whether the question compares two of them.
    pub(in crate::understand) fn moments(&mut self, ask: Ask) -> Result<Ask, Decline> {
        let (mut named, mut relative) = self.named();
        self.keep_to_the_comparison(&mut named);
        // "the previous month" alone is a period of its own; only "… 대비" compares with it.
        if let (Some((word, asked)), true, false) = (relative, named.is_empty(), self.moves())
            && word != Relative::YearAgo
            && !self.goes_over(asked)
            && !matches!(ask, Ask::Explain | Ask::ExplainUnitCost)
            && let Some(period) = self.running(word).and_then(|running| before(word, running))
        {
            self.notes.push(Note::PeriodReading { asked, period });
            named.push(Named { period, asked, bracketed: false, is_base: false });
            relative = None;
        }
        let ask = if let Some(ask) = self.fills_gaps(ask, &mut named) {
            ask
        } else {
            self.projected(ask, &mut named)?
        };
        let compares = self.takes_two_times(ask, &named, relative.is_some());
        if compares && self.lists_times(ask, &named)? {
            self.single(&named);
            self.change = self.dimensions.iter().all(|dimension| dimension.grain().is_some());
            return Ok(Ask::Trend);
        }
        if compares {
            return self.compared(ask, &named, relative);
        }
        if Self::leaves_time_between(ask, &named) {
            return Err(unread(&named));
        }
        self.single(&named);
        if ask == Ask::Trend {
            self.grain();
        }
        Ok(ask)
    }

    // Whether the question sets two times against each other.
    fn takes_two_times(&self, ask: Ask, named: &[Named], relative: bool) -> bool {
        let two = named.len() >= 2;
        match ask {
            Ask::Explain | Ask::ExplainUnitCost => true,
            Ask::Share if !self.dimensions.is_empty() => false,
            Ask::Total | Ask::Breakdown if self.scale.is_some() => false,
            Ask::Total
            | Ask::Breakdown
            | Ask::List
            | Ask::PerDay
            | Ask::Times
            | Ask::UnitCost
            | Ask::Share => {
                relative
                    || (two && !self.adjacent_list(named))
                    || (self.moves()
                        && !self.compares_names(named.len())
                        && !self.compares_things())
            }
            Ask::Trend if self.are_months_apart(named) => true,
            Ask::Trend => self.moves() && (two || relative) && !self.is_trend() && !self.change,
            Ask::Average | Ask::Count => self.moves_in_time() && (two || relative),
            Ask::Jump
            | Ask::FirstSeen
            | Ask::Completeness
            | Ask::Cumulative(_)
            | Ask::Place
            | Ask::Saving
            | Ask::Analysis(_)
            | Ask::Forecast
            | Ask::Coverage
            | Ask::Ratio
            | Ask::Difference
            | Ask::Beside
            | Ask::Percent
            | Ask::PercentApart
            | Ask::Exists
            | Ask::Compare
            | Ask::ComparePerDay => false,
        }
    }

    // "November at the daily average of October", "the rest of October at the pace of its first half":
    // the days of one time at the daily amount of another.
    fn projected(&mut self, ask: Ask, named: &mut Vec<Named>) -> Result<Ask, Decline> {
        let supposed = self.basis_and_target(named).filter(|(basis, target)| {
            let ahead = target.period.start() >= basis.period.end();
            let within = target.period != basis.period
                && target.period.start() <= basis.period.start()
                && target.period.end() >= basis.period.end();
            // A month without its year is the coming one here.
            let guessed = target.period.end() <= basis.period.start()
                && self.notes.iter().any(|note| {
                    matches!(note, Note::PeriodReading { period, .. } if *period == target.period)
                });
            (ahead || within || guessed) && target.period.is_whole_months() && self.supposes()
        });
        let Some((basis, target)) = supposed else {
            // An amount is brought to one length of time, from one time.
            let unclear = self.scale.is_some() && named.len() > 1;
            return if unclear { Err(unread(named)) } else { Ok(ask) };
        };
        let Ok(days) = u32::try_from(target.period.days()) else { return Ok(ask) };
        let stated = self.scale.get_or_insert(Scale::Days(days));
        if *stated != Scale::Days(days) {
            return Err(unread(named));
        }
        named.retain(|one| one.period == basis.period);
        self.notes.retain(|note| match note {
            Note::PeriodReading { period, .. } => *period != target.period,
            _ => true,
        });
        let day = Dimension::Time(Grain::Day);
        self.dimensions.retain(|dimension| *dimension != day);
        self.per_day = false;
        Ok(if self.dimensions.is_empty() { Ask::Total } else { Ask::Breakdown })
    }

    // The time whose daily amount is taken stands nearest to the words for it.
    fn basis_and_target(&self, named: &[Named]) -> Option<(Named, Named)> {
        let [one, other] = named else { return None };
        let daily = self
            .items
            .iter()
            .filter(|item| matches!(item.meaning, Meaning::PerDay | Meaning::Average));
        let places: Vec<(usize, usize)> = daily.map(|item| (item.start, item.end)).collect();
        let apart = |named: &Named| {
            let far = |(start, end): &(usize, usize)| {
                let before = start.saturating_sub(named.asked.1);
                // "the daily average of October" and "October's daily average", but "November at the daily average".
                let loose = if before > "'s  ".len() && self.text.is_ascii() { LOOSE } else { 0 };
                named.asked.0.saturating_sub(*end).max(before + loose)
            };
            places.iter().map(far).min()
        };
        let (near, far) = (apart(one)?, apart(other)?);
        Some(if near <= far { (*one, *other) } else { (*other, *one) })
    }

    // "if it runs at the daily average of": a daily amount, and a time that is only supposed.
    fn supposes(&self) -> bool {
        let lower = self.text.to_lowercase();
        let korean = [
            "쓰면",
            "쓴다면",
            "간다면",
            "가면",
            "유지",
            "이어진다",
            "이어지면",
            "계속",
            "지속",
            "라면",
            "예상",
            "될까",
            "나올까",
        ];
        let english = (0..self.items.len()).any(|at| {
            matches!(
                self.text_of(at).to_lowercase().as_str(),
                "if" | "would" | "will" | "runs" | "at"
            )
        });
        let daily = self.has(&Meaning::PerDay)
            || self.flag(|meaning| matches!(meaning, Meaning::Scaled(_)))
            || (self.has(&Meaning::Average)
                && ["daily", "일별", "day"].iter().any(|word| lower.contains(word)));
        let compared = self.has(&Meaning::Compare) || self.has(&Meaning::Difference);
        daily && !compared && (english || korean.iter().any(|word| lower.contains(word)))
    }

    // "week over week", "MoM": a comparison by itself.
    fn goes_over(&self, (start, end): Slice) -> bool {
        let words = self.text.get(start..end).unwrap_or_default().to_lowercase();
        words.contains(" over ") || matches!(words.as_str(), "mom" | "wow" | "qoq" | "yoy")
    }

    // "which of August and October was dearer": two months stand side by side, and what lies between
    // them is not asked for.
    fn are_months_apart(&self, named: &[Named]) -> bool {
        let [one, other] = named else { return false };
        let months = [one, other].into_iter().all(|named| named.period.single_month().is_some());
        let by_month = self.dimensions == [Dimension::Time(Grain::Month)];
        let touching =
            one.period.end() == other.period.start() || other.period.end() == one.period.start();
        // Each month against the one before it needs those between, too.
        !self.change
            && months
            && by_month
            && (!touching || self.has(&Meaning::Difference))
            && !self.is_trend()
    }

    fn is_trend(&self) -> bool {
        self.has(&Meaning::Trend)
    }

    // Two values of one dimension are the sides of "AWS against Azure".
    fn compares_names(&self, periods: usize) -> bool {
        periods < 2 && self.conditions.iter().any(|held| held.filter.values.len() >= 2)
    }

    fn named(&mut self) -> (Vec<Named>, Option<(Relative, Slice)>) {
        let mut named: Vec<Named> = Vec::new();
        let mut relative = None;
        let mut depth = 0_i32;
        for at in 0..self.items.len() {
            let Some(item) = self.items.get(at) else { continue };
            let asked = (item.start, item.end);
            match &item.meaning {
                Meaning::Open => depth += 1,
                Meaning::Close => depth -= 1,
                Meaning::When(when) => {
                    let resolved = when.resolved;
                    match when.kind {
                        WhenKind::All => self.whole = true,
                        WhenKind::Before(word) => relative = Some((word, asked)),
                        WhenKind::Period(period) => {
                            let is_base = self.is_base(at);
                            // "마지막 주(22~28일)": the bracket says which week that was.
                            if let Some(outer) = self.explained_time(at).filter(|_| depth > 0) {
                                named.retain(|one| one.asked != outer || one.period == period);
                            }
                            if let Some(same) = named.iter_mut().find(|one| one.period == period) {
                                same.bracketed |= depth > 0;
                            } else {
                                named.push(Named { period, asked, bracketed: depth > 0, is_base });
                            }
                            if resolved {
                                self.notes.push(Note::PeriodReading { asked, period });
                            }
                        }
                    }
                }
                _ => {}
            }
        }
        // What stands in brackets says it again, exactly.
        let exact: Vec<Named> = named.iter().copied().filter(|one| one.bracketed).collect();
        if !exact.is_empty() && exact.len() >= named.len() - exact.len() {
            let kept: Vec<Slice> = exact.iter().map(|one| one.asked).collect();
            self.notes.retain(|note| match note {
                Note::PeriodReading { asked, .. } => kept.contains(asked),
                _ => true,
            });
            named = exact;
        }
        (named, relative)
    }

    // The time that stands right before the bracket which the time at `at` opens.
    fn explained_time(&self, at: usize) -> Option<Slice> {
        let open = self
            .previous_meaning(at)
            .filter(|open| self.meaning(*open) == Some(&Meaning::Open) && *open + 1 == at)?;
        let outer = self.items.get(open.checked_sub(1)?)?;
        matches!(outer.meaning, Meaning::When(When { kind: WhenKind::Period(_), .. }))
            .then_some((outer.start, outer.end))
    }

    fn is_base(&self, at: usize) -> bool {
        let after = self.next_meaning(at).and_then(|index| {
            let near = self.items.get(index)?;
            Some(&near.meaning)
        });
        let before = self.previous_meaning(at).and_then(|index| self.meaning(index));
        let korean = self.items.get(at).is_some_and(|item| {
            self.text.get(item.start..).is_some_and(|rest| {
                wherefore_contract::question::Language::detect(rest)
                    == wherefore_contract::question::Language::Ko
            })
        });
        if korean {
            matches!(after, Some(Meaning::Compare))
        } else {
            matches!(before, Some(Meaning::Compare))
        }
    }

    // "8월, 9월, 10월": neighbours in a row make one stretch.
    fn adjacent_list(&self, named: &[Named]) -> bool {
        let mut sorted: Vec<Period> = named.iter().map(|one| one.period).collect();
        sorted.sort_unstable();
        let touching = sorted
            .iter()
            .zip(sorted.iter().skip(1))
            .all(|(left, right)| left.end() == right.start());
        touching && !self.moves() && (named.len() > 2 || self.is_trend())
    }

    fn single(&mut self, named: &[Named]) {
        let (Some(first), Some(last)) = (
            named.iter().min_by_key(|one| one.period.start()),
            named.iter().max_by_key(|one| one.period.end()),
        ) else {
            self.whole = true;
            return;
        };
        let joined = Period::new(first.period.start(), last.period.end()).ok();
        let asked = (named.len() == 1).then_some(first.asked);
        self.period = joined.map(|period| Moment { period, asked });
        if named.len() > 1 && !self.adds_times_up() {
            let day = Dimension::Time(Grain::Month);
            if self.dimensions.iter().all(|dimension| dimension.grain().is_none()) {
                self.dimensions.insert(0, day);
            }
        }
    }

    // A trend without a grain shows months, or days when it spans no more than two months.
    fn grain(&mut self) {
        if self.dimensions.iter().any(|dimension| dimension.grain().is_some()) {
            return;
        }
        let period = self.period.map(|moment| moment.period).or(self.calendar.coverage);
        let days = period.map_or(0, Period::days);
        let grain = if days > 62 { Grain::Month } else { Grain::Day };
        self.dimensions.insert(0, Dimension::Time(grain));
    }

    fn compared(
        &mut self,
        ask: Ask,
        named: &[Named],
        relative: Option<(Relative, Slice)>,
    ) -> Result<Ask, Decline> {
        let moment = |one: &Named| Moment { period: one.period, asked: Some(one.asked) };
        let mut sorted: Vec<Named> = named.to_vec();
        sorted.sort_by_key(|one| one.period);
        let (base, period) = match (sorted.as_slice(), relative) {
            ([first, .., last], _) => (moment(first), moment(last)),
            ([only], Some((word, asked))) => {
                let earlier = before(word, only.period).ok_or_else(missing)?;
                (Moment { period: earlier, asked: Some(asked) }, moment(only))
            }
            ([], Some((word, asked))) => {
                let period = self.current(word).ok_or_else(missing)?;
                let earlier = before(word, period).ok_or_else(missing)?;
                self.notes.push(Note::PeriodReading { asked, period: earlier });
                (Moment { period: earlier, asked: Some(asked) }, Moment { period, asked: None })
            }
            ([only], None) if only.is_base => {
                let after = following(only.period).ok_or_else(missing)?;
                let begun = after.start().date() < self.calendar.as_of;
                // On the first of a month, "지난달 대비" looks back from the month that has just ended.
                match preceding(only.period).filter(|_| !begun) {
                    Some(earlier) => (Moment { period: earlier, asked: None }, moment(only)),
                    None => (moment(only), Moment { period: after, asked: None }),
                }
            }
            ([only], None) => {
                if let Some(split) = Self::split(only.period) {
                    split
                } else {
                    let earlier = preceding(only.period).ok_or_else(missing)?;
                    self.notes.push(Note::PrecedingPeriod { period: earlier });
                    (Moment { period: earlier, asked: None }, moment(only))
                }
            }
            ([], None) => {
                let period = self.latest_month().ok_or_else(missing)?;
                let earlier = preceding(period).ok_or_else(missing)?;
                self.notes.push(Note::PrecedingPeriod { period: earlier });
                (Moment { period: earlier, asked: None }, Moment { period, asked: None })
            }
        };
        self.base = Some(base);
        self.period = Some(period);
        self.dimensions.retain(|dimension| dimension.grain().is_none());
        Ok(match ask {
            Ask::Explain | Ask::ExplainUnitCost | Ask::Times => ask,
            Ask::UnitCost if !self.compares_unit_costs() => Ask::ExplainUnitCost,
            Ask::PerDay if self.supposes() => return Err(unread(named)),
            Ask::PerDay => Ask::ComparePerDay,
            _ => {
                self.shares_the_change(named)?;
                Ask::Compare
            }
        })
    }

    // A stretch of several months that "grew" is compared from its first to its last month.
    fn split(period: Period) -> Option<(Moment, Moment)> {
        if !period.is_whole_months() || period.single_month().is_some() || period.days() > 100 {
            return None;
        }
        let first = Period::month_of(period.start().date());
        let last = Period::month_of(period.end().date().yesterday().ok()?);
        let named_as_quarter = period.days() < 93 && (period.start().month() - 1) % 3 == 0;
        let moment = |period| Moment { period, asked: None };
        (!named_as_quarter).then(|| (moment(first), moment(last)))
    }

    // The day, week, month or quarter that runs on the day of the question.
    fn running(&self, word: Relative) -> Option<Period> {
        let today = self.calendar.as_of;
        match word {
            Relative::PrecedingWeek => {
                let monday = i64::from(today.weekday().to_monday_zero_offset());
                let first = today.checked_sub(jiff::ToSpan::days(monday)).ok()?;
                Period::of_days(first, first.checked_add(jiff::ToSpan::weeks(1)).ok()?).ok()
            }
            Relative::PrecedingDay => Period::of_days(today, today.tomorrow().ok()?).ok(),
            Relative::PrecedingQuarter => {
                let first =
                    jiff::civil::Date::new(today.year(), (today.month() - 1) / 3 * 3 + 1, 1)
                        .ok()?;
                Period::of_days(first, first.checked_add(jiff::ToSpan::months(3)).ok()?).ok()
            }
            _ => Some(Period::month_of(today)),
        }
    }

    // What "전월 대비" alone is compared with: the running period, or the latest one before it when
    // nothing of the running one is loaded before the day of the question.
    fn current(&self, word: Relative) -> Option<Period> {
        let cover = self.calendar.coverage?;
        let today = self.calendar.as_of;
        let mut period = self.running(word)?;
        for _ in 0..60 {
            if period.start().date() < today && cover.overlaps(period) {
                return Some(period);
            }
            period = before(word, period)?;
        }
        None
    }

    // The last month that is loaded to its end, before the day of the question.
    fn latest_month(&self) -> Option<Period> {
        let cover = self.calendar.coverage?;
        let today = self.calendar.as_of.to_datetime(jiff::civil::Time::midnight());
        let end = cover.end().min(today);
        let month = Period::month_of(end.date());
        if month.end() == end {
            return Some(month);
        }
        let earlier = preceding(month)?;
        Some(if cover.overlaps(earlier) { earlier } else { month })
    }
}

// The stretch of the same kind just after.
fn following(period: Period) -> Option<Period> {
    let start = period.end().date();
    let first = period.start().date();
    if period.is_whole_months() {
        let count =
            i64::from(start.year() - first.year()) * 12 + i64::from(start.month() - first.month());
        return Period::of_days(start, start.checked_add(jiff::ToSpan::months(count)).ok()?).ok();
    }
    Period::of_days(start, start.checked_add(jiff::ToSpan::days(period.days().max(1))).ok()?).ok()
}

fn unread(named: &[Named]) -> Decline {
    let asked = named.iter().map(|one| one.asked).collect();
    Decline { reason: Reason::NotUnderstood, asked, nearest: Vec::new(), period: None }
}

fn missing() -> Decline {
    Decline { reason: Reason::MissingPeriod, asked: Vec::new(), nearest: Vec::new(), period: None }
}
