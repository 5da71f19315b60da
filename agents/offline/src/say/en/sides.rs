//! English sentences about two sides: periods, parts and wholes, one thing over another.

use wherefore_contract::{draft::Sentence, evidence::FactRef, period::Period};

use super::{during, line, subject, when};
use crate::say::{
    line::Line,
    scene::About,
    voice::{Step, When},
};

/// "The billed cost rose by $5.00 (+6.1%), from $80.00 in August to $85.00 in September."
pub(in crate::say) fn moved(
    about: &About,
    sides: [(FactRef, When); 2],
    change: Option<(FactRef, Option<FactRef>)>,
) -> Sentence {
    let [(from, early), (to, late)] = sides;
    let start = subject(line().text("The "), about, to.clone()).text(" ");
    let start = start.trend(Some(from.clone()), to.clone());
    let start = match change {
        Some((change, percent)) => {
            let start = start.text(" by ").absolute(change);
            match percent {
                Some(percent) => start.text(" (").signed(percent).text("),"),
                None => start.text(","),
            }
        }
        None => start,
    };
    let start = dated(start.text(" from ").value(from), early);
    dated(start.text(" to ").value(to), late).text(".").done()
}

// "$5.00 in August 2024", "$5.00 on 2024-08-01", "$5.00 (2024-08-01 to 2024-08-15)".
fn dated(line: Line, when: When) -> Line {
    match when {
        When::Period(period) if period.days() == 1 || super::is_one_unit(period) => {
            during(line, period)
        }
        When::Period(period) => line.text(" (").period(period).text(")"),
        When::Name(name) => {
            let before = match name.column.as_str() {
                "day" => " on ",
                "hour" => " at ",
                _ => " in ",
            };
            line.text(before).name(name)
        }
    }
}

/// "EC2 accounted for 61.0% of the billed cost in September 2024."
pub(in crate::say) fn share(
    about: &About,
    part: &About,
    at: Option<[FactRef; 2]>,
    measure: FactRef,
    share: Line,
) -> Sentence {
    let start = match &at {
        Some([own, _]) => line().text("In ").name(own.clone()).text(", "),
        None => line(),
    };
    let start = part_words(start, part, at.is_none());
    let start = start.text(" accounted for ").join(share).text(" of the ");
    let start = subject(start, about, measure);
    let Some([_, whole]) = at else {
        let about = About { dated_by_rows: false, ..about.clone() };
        return when(start, &about).text(".").done();
    };
    start.text(" of ").name(whole).text(".").done()
}

/// The part that one of several named things has of the whole.
pub(in crate::say) fn share_of_named(
    about: &About,
    name: FactRef,
    measure: FactRef,
    share: Line,
) -> Sentence {
    let start = line().name(name).text(" accounted for ").join(share).text(" of the ");
    let about = About { dated_by_rows: false, ..about.clone() };
    when(subject(start, &about, measure), &about).text(".").done()
}

fn part_words(start: Line, part: &About, capital: bool) -> Line {
    let charges = if capital { "Charges" } else { "charges" };
    if !part.kept.is_empty() {
        return start.words(&part.kept);
    }
    if part.untagged {
        return start.text(charges).text(" without any tag");
    }
    if !part.missing.is_empty() {
        return start.text(charges).text(" without a value of ").words(&part.missing);
    }
    if !part.filled.is_empty() {
        return start.text(charges).text(" with a value of ").words(&part.filled);
    }
    if !part.left_out.is_empty() {
        return start.text("All but ").words(&part.left_out);
    }
    start.text(charges).text(" under these conditions")
}

/// The two amounts behind a share.
pub(in crate::say) fn out_of(part: &About, amounts: [FactRef; 2]) -> Sentence {
    let [own, whole] = amounts;
    let start = part_words(line(), part, true).text(": ").measure(own.clone()).text(" of ");
    start.value(own).text(", out of ").value(whole).text(".").done()
}

pub(in crate::say) fn two_per_day(
    about: &About,
    sides: [(Line, Option<Period>); 2],
    measure: FactRef,
) -> Sentence {
    let [(early, from), (late, to)] = sides;
    let dated = |line: Line, period: Option<Period>| match period {
        Some(period) => during(line, period),
        None => line,
    };
    let start = subject(line().text("The "), about, measure).text(" averaged ").join(early);
    let start = dated(start, from).text(" and ").join(late);
    dated(start, to).text(".").done()
}

pub(in crate::say) fn jump(
    about: &About,
    sides: [(FactRef, FactRef); 2],
    change: Line,
) -> Sentence {
    let [(early, from), (late, to)] = sides;
    let start = subject(line().text("The "), about, to.clone()).text(" ");
    start
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

/// "The billed cost rose by $163.20 (+12.0%) to $1,500.00 on 2024-09-14, against the day before."
pub(in crate::say) fn stepped(step: &Step<'_>) -> Sentence {
    let start = subject(line().text("The "), step.about, step.level.clone());
    let start = if step.of.is_empty() { start } else { start.text(" of ").names(&step.of) };
    let start = start.text(" ").trend(None, step.change.clone()).text(" by ");
    let start = start.absolute(step.change.clone());
    let start = match &step.percent {
        Some(percent) => start.text(" (").signed(percent.clone()).text(")"),
        None => start,
    };
    let start = start.text(" to ").value(step.level.clone());
    let start = match step.about.period {
        Some(period) => during(start, period),
        None => start.text(" at ").name(step.at.clone()),
    };
    start.text(", against the ").dimension(step.dimension).text(" before.").done()
}

pub(in crate::say) fn times(
    about: &About,
    measure: FactRef,
    sides: [Line; 2],
    ratio: Line,
) -> Sentence {
    let [left, right] = sides;
    let start = line().text("The ").measure(measure).text(" of ").join(left).text(" was ");
    let start = start.join(ratio).text(" that of ").join(right);
    match about.period {
        Some(period) => during(start, period).text(".").done(),
        None => start.text(".").done(),
    }
}

/// A later period over an earlier one.
pub(in crate::say) fn times_before(
    about: &About,
    measure: FactRef,
    periods: [Period; 2],
    ratio: Line,
) -> Sentence {
    let [from, to] = periods;
    let start = line().text("Against ").period(from).text(", the ");
    let start = during(subject(start, about, measure), to);
    start.text(" was ").join(ratio).text(" as large.").done()
}

/// One side over another, each with its own measure, conditions and period.
pub(in crate::say) fn ratio(sides: [(&About, FactRef); 2], ratio: Line) -> Sentence {
    let [(above, over), (below, under)] = sides;
    let same = above.period == below.period;
    let start = subject(line().text("The "), above, over);
    let start = if same { start } else { when(start, above) };
    let start = subject(start.text(" over the "), below, under);
    when(start, below).text(" was ").join(ratio).text(".").done()
}

/// Two amounts side by side, and how far they are apart.
pub(in crate::say) fn apart(sides: [(&About, FactRef); 2], gap: Line) -> Sentence {
    let [(above, over), (below, under)] = sides;
    let same = above.period == below.period;
    let start = subject(line().text("The difference between the "), above, over);
    let start = if same { start } else { when(start, above) };
    let start = when(subject(start.text(" and the "), below, under), below);
    start.text(" was ").join(gap).text(".").done()
}

/// One metric of a row in percent of another, or how far they lie apart.
pub(in crate::say) fn percent_in_row(
    about: &About,
    names: &[FactRef],
    measures: [FactRef; 2],
    percent: Line,
) -> Sentence {
    let [one, other] = measures;
    let start = line().text("For ").names(names).text(", the ").measure(one).text(" against the ");
    when(start.measure(other), about).text(" was ").join(percent).text(".").done()
}
