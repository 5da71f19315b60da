//! English sentences.

mod cause;
mod frame;

use wherefore_contract::{
    draft::{Extreme, Sentence},
    evidence::FactRef,
    period::Period,
};

use super::{line::Line, scene::About};

pub(super) use cause::{
    main_cause, part_moved, parts_moved, regime, unit_cost_moved, with_non_operating,
};
pub(super) use frame::{
    asked_back, choice, cost_metric, declined, instead, loaded, name_reading, nearest, next,
    no_figures, partial_period, period_reading, preceding, read_as, reason, whole_period,
};

fn line() -> Line {
    Line::default()
}

fn lead(about: &About) -> Line {
    match about.period {
        _ if about.dated_by_rows => line(),
        Some(period) => line().text("For ").period(period).text(", "),
        None => line().text("Over the loaded period, "),
    }
}

// "billed cost of EC2, without credits".
fn scoped(before: Line, about: &About, measure: FactRef) -> Line {
    scope(before.measure(measure), about)
}

fn scope(mut line: Line, about: &About) -> Line {
    if !about.kept.is_empty() {
        line = line.text(" of ").words(&about.kept);
    }
    if !about.missing.is_empty() {
        line = line.text(" of charges that hold no ").words(&about.missing);
    }
    if !about.left_out.is_empty() {
        line = line.text(" without ").words(&about.left_out);
    }
    line
}

pub(super) fn total(about: &About, measure: FactRef, value: Line) -> Sentence {
    scoped(lead(about), about, measure).text(" came to ").join(value).text(".").done()
}

pub(super) fn row(
    about: &About,
    names: &[FactRef],
    measure: FactRef,
    value: FactRef,
    which: Option<Extreme>,
) -> Sentence {
    let start = scoped(lead(about).text("by "), about, measure).text(", ").names(names);
    let start = match which {
        Some(which) => start.text(" was ").extreme(value.clone(), which).text(": "),
        None => start.text(" came to "),
    };
    start.value(value).text(".").done()
}

pub(super) fn row_share(names: &[FactRef], share: FactRef) -> Sentence {
    line().names(names).text(" accounts for ").value(share).text(".").done()
}

pub(super) fn moved(about: &About, sides: [(FactRef, Line); 2]) -> Sentence {
    let [(from, early), (to, late)] = sides;
    scoped(line().text("The "), about, to.clone())
        .text(" ")
        .trend(Some(from.clone()), to.clone())
        .text(" from ")
        .value(from)
        .text(" in ")
        .join(early)
        .text(" to ")
        .value(to)
        .text(" in ")
        .join(late)
        .text(".")
        .done()
}

pub(super) fn moved_by(change: FactRef, percent: Option<FactRef>) -> Sentence {
    let line = line().text("That is a difference of ").signed(change);
    match percent {
        Some(percent) => line.text(" (").signed(percent).text(").").done(),
        None => line.text(".").done(),
    }
}

pub(super) fn share(
    about: &About,
    at: Option<[FactRef; 2]>,
    measure: FactRef,
    share: Line,
) -> Sentence {
    let Some([part, whole]) = at else {
        let about = About { dated_by_rows: false, ..about.clone() };
        let start = lead(&about).text("the share of ");
        return scoped(start, &about, measure).text(" was ").join(share).text(".").done();
    };
    let start = line().text("In ").name(part).text(", the ");
    scoped(start, about, measure)
        .text(" had a share of ")
        .join(share)
        .text(" in that of ")
        .name(whole)
        .text(".")
        .done()
}

pub(super) fn two_per_day(
    about: &About,
    sides: [(Line, Option<Period>); 2],
    measure: FactRef,
) -> Sentence {
    let [(early, from), (late, to)] = sides;
    let dated = |line: Line, period: Option<Period>| match period {
        Some(period) => line.text(" in ").period(period),
        None => line,
    };
    let start = scoped(line().text("The "), about, measure).text(" averaged ").join(early);
    let start = dated(start, from).text(" and ").join(late);
    dated(start, to).text(".").done()
}

pub(super) fn jump(about: &About, sides: [(FactRef, FactRef); 2], change: Line) -> Sentence {
    let [(early, from), (late, to)] = sides;
    scoped(line().text("The "), about, to.clone())
        .text(" ")
        .trend(Some(from.clone()), to.clone())
        .text(" by ")
        .join(change)
        .text(", from ")
        .value(from)
        .text(" on ")
        .name(early)
        .text(" to ")
        .value(to)
        .text(" on ")
        .name(late)
        .text(".")
        .done()
}

pub(super) fn times(about: &About, measure: FactRef, sides: [Line; 2], ratio: Line) -> Sentence {
    let [left, right] = sides;
    lead(&About { period: about.period, ..About::default() })
        .text("the ")
        .measure(measure)
        .text(" of ")
        .join(left)
        .text(" over that of ")
        .join(right)
        .text(" was ")
        .join(ratio)
        .text(".")
        .done()
}

pub(super) fn saving(about: &About, measures: [FactRef; 2], difference: Line) -> Sentence {
    let [dear, cheap] = measures;
    let start = lead(about).text("the difference between ").measure(dear).text(" and ");
    scoped(start, about, cheap).text(" was ").join(difference).text(".").done()
}

pub(super) fn fee_not_used(
    about: &About,
    sides: [(Vec<FactRef>, FactRef); 2],
    difference: Line,
) -> Sentence {
    let [(fee_names, fee), (used_names, used)] = sides;
    let start = scope(lead(about).text("the difference between the ").measure(fee), about);
    let start = start.text(" under ").names(&fee_names).text(" and the ").measure(used);
    start.text(" under ").names(&used_names).text(" was ").join(difference).text(".").done()
}

pub(super) fn fee_and_use(about: &About, sides: [(Vec<FactRef>, FactRef); 2]) -> Sentence {
    let [(fee_names, fee), (used_names, used)] = sides;
    let start = lead(about).text("the fee (").names(&fee_names).text(") came to a ");
    let start = start.measure(fee.clone()).text(" of ").value(fee).text(", and covered usage (");
    let start = start.names(&used_names).text(") to an ").measure(used.clone()).text(" of ");
    start.value(used).text("; the difference is what nothing used.").done()
}

pub(super) fn two_levels(about: &About, sides: [FactRef; 2]) -> Sentence {
    let [dear, cheap] = sides;
    let start = lead(about).measure(dear.clone()).text(" came to ").value(dear);
    start.text(" and ").measure(cheap.clone()).text(" to ").value(cheap).text(".").done()
}

pub(super) fn seen(about: &About, first: FactRef, last: FactRef) -> Sentence {
    let start = if about.kept.is_empty() {
        line().text("The loaded data was")
    } else {
        line().words(&about.kept).text(" was")
    };
    let start = start.text(" first charged at ").name(first);
    start.text("; the last charge so far starts at ").name(last).text(".").done()
}

pub(super) fn loaded_between(about: &About, first: FactRef, last: FactRef) -> Sentence {
    let start = match about.period {
        Some(period) => line().text("The loaded charges of ").period(period),
        None => line().text("The loaded charges"),
    };
    start
        .text(" start at ")
        .name(first)
        .text(" and the last of them starts at ")
        .name(last)
        .text(".")
        .done()
}

pub(super) fn loaded_days(days: FactRef) -> Sentence {
    line().text("Days with charges: ").value(days).text(".").done()
}

pub(super) fn loaded_to_the_end() -> Sentence {
    line().text("The period is loaded to its end.").done()
}

pub(super) fn reach(about: &About, evidence: &str, names: &[FactRef], share: FactRef) -> Sentence {
    lead(about)
        .count(evidence)
        .text(", the last of them ")
        .names(names)
        .text(", reach a share of ")
        .value(share)
        .text(".")
        .done()
}
