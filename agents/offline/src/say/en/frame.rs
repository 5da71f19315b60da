//! English sentences around the figures: how the question was read, and what is loaded.

use wherefore_contract::{draft::Sentence, evidence::FactRef, period::Period};

use super::{during, line};
use crate::{
    request::{Ask, Slice},
    say::{
        line::Line,
        scene::{About, Loading, Scene},
    },
};

/// The whole reading in one line: measure, conditions, grouping, period, base and limits.
pub(in crate::say) fn read_as(
    scene: &Scene<'_>,
    measures: &[FactRef],
    terms: Option<&str>,
) -> Sentence {
    let about = scene.about_all();
    let mut line = line().text("Read as: ");
    for (index, measure) in measures.iter().enumerate() {
        line = if index > 0 { line.text(", ") } else { line };
        line = line.measure(measure.clone());
    }
    if let Some(loaded) = what_is_loaded(scene) {
        line = line.text(loaded);
    }
    if !about.kept.is_empty() {
        line = line.text(", ").words(&about.kept);
    }
    if !about.filled.is_empty() {
        line = line.text(", with a value of ").words(&about.filled);
    }
    if about.untagged {
        line = line.text(", without any tag");
    }
    if !about.missing.is_empty() {
        line = line.text(", without a value of ").words(&about.missing);
    }
    if !about.left_out.is_empty() {
        line = line.text(", without ").words(&about.left_out);
    }
    if !scene.reading.dimensions.is_empty() {
        line = line.text(", by ").dimensions(&scene.reading.dimensions, " and ");
    }
    if let Some(kind) = kind(scene) {
        line = line.text(", ").text(kind);
    }
    line = match (scene.shown_period(), scene.shown_base()) {
        (Some(period), Some(base)) => line.text(", ").period(period).text(" against ").period(base),
        (Some(period), None) => line.text(", ").period(period),
        (None, _) => line,
    };
    match terms {
        Some(evidence) => line.text(", ").terms(evidence).text(".").done(),
        None => line.text(".").done(),
    }
}

fn what_is_loaded(scene: &Scene<'_>) -> Option<&'static str> {
    match scene.loading()? {
        Loading::Extent => Some("what is loaded"),
        Loading::FirstAndLast => Some(", first and last charge"),
    }
}

// What is done with the figures, where it is more than to show them.
fn kind(scene: &Scene<'_>) -> Option<&'static str> {
    let reading = scene.reading;
    match reading.ask {
        Ask::PerDay | Ask::ComparePerDay => Some("per day"),
        Ask::Share => Some("as a share"),
        Ask::Jump => Some("the change against the time before"),
        Ask::Cumulative(_) => Some("in order, added up until the share is reached"),
        Ask::Explain | Ask::ExplainUnitCost => Some("why it changed"),
        Ask::Forecast if scene.looks_ahead() => Some("forecast from the course of the loaded days"),
        Ask::Forecast => Some("projected at the pace of the loaded days"),
        Ask::Times | Ask::Ratio => Some("as a ratio"),
        Ask::Percent | Ask::PercentApart => Some("in percent of the second"),
        Ask::Difference => Some("as a difference"),
        Ask::Average => Some("the first over the second"),
        Ask::Total
        | Ask::Beside
        | Ask::Breakdown
        | Ask::Place
        | Ask::Trend
        | Ask::Compare
        | Ask::Count
        | Ask::FirstSeen
        | Ask::Completeness
        | Ask::UnitCost
        | Ask::Saving
        | Ask::Analysis(_)
        | Ask::Coverage
        | Ask::Exists
        | Ask::List => {
            let kinds = [
                (reading.per_day, "per day"),
                (reading.change, "the change against the time before"),
                (reading.running, "added up along the way"),
            ];
            kinds.into_iter().find_map(|(set, words)| set.then_some(words))
        }
    }
}

pub(in crate::say) fn cost_metric(measure: FactRef) -> Sentence {
    line()
        .text("No cost metric was named, so ")
        .measure(measure)
        .text(" was used, which suits the loaded bills.")
        .done()
}

pub(in crate::say) fn period_reading(asked: Slice, period: Period) -> Sentence {
    line().asked(asked).text(" was read as ").period(period).text(".").done()
}

pub(in crate::say) fn preceding(period: Period) -> Sentence {
    line()
        .text("No earlier period was named; the stretch before it, ")
        .period(period)
        .text(", was taken.")
        .done()
}

pub(in crate::say) fn whole_period() -> Sentence {
    line().text("No period was named, so everything that is loaded counts.").done()
}

pub(in crate::say) fn name_reading(asked: Slice) -> Sentence {
    line().asked(asked).text(" was matched in spite of another spelling.").done()
}

/// A name that the person explained before.
pub(in crate::say) fn remembered(asked: Slice) -> Sentence {
    line().asked(asked).text(" is read as you explained it before; the memory stands below.").done()
}

/// Words that the reading does not use.
pub(in crate::say) fn unread(words: &[Slice]) -> Sentence {
    line().text("Not used: ").all_asked(words).text(".").done()
}

/// Parts that came from the question before.
pub(in crate::say) fn inherited(parts: &[String]) -> Option<Sentence> {
    let words: Vec<&str> = parts
        .iter()
        .filter_map(|part| {
            Some(match part.as_str() {
                "measures" => "the measure",
                "dimensions" => "the grouping",
                "conditions" => "the conditions",
                "period" => "the period",
                "base" => "the period to compare with",
                "ask" => "the kind of question",
                _ => return None,
            })
        })
        .collect();
    let text = format!("From the question before: {}.", words.join(", "));
    (!words.is_empty()).then(|| line().text(&text).done())
}

pub(in crate::say) fn partial_period(
    period: Period,
    missing: Option<Period>,
    first: FactRef,
    last: FactRef,
) -> Sentence {
    let start = line().period(period).text(" is not loaded in full: ");
    let start = match missing {
        Some(missing) => start.period(missing).text(" is missing; "),
        None => start,
    };
    start.text("charges run from ").name(first).text(" to ").name(last).text(" only.").done()
}

pub(in crate::say) fn reserved_without_fee() -> Sentence {
    line()
        .text("No fee (RIFee) and no effective cost is loaded for usage that a reserved instance (RI) covers, so its true cost is unknown.")
        .done()
}

pub(in crate::say) fn loaded(first: FactRef, last: FactRef) -> Sentence {
    line().text("Charges are loaded from ").name(first).text(" to ").name(last).text(".").done()
}

pub(in crate::say) fn seen(about: &About, first: FactRef, last: FactRef) -> Sentence {
    let start = if about.kept.is_empty() {
        line().text("The loaded data was")
    } else {
        line().words(&about.kept).text(" was")
    };
    let start = start.text(" first charged on ").name(first);
    start.text("; the last charge so far starts on ").name(last).text(".").done()
}

pub(in crate::say) fn loaded_between(about: &About, first: FactRef, last: FactRef) -> Sentence {
    let start = line().text("The loaded charges");
    let start: Line = match about.period {
        Some(period) => during(start, period),
        None => start,
    };
    let start = start.text(" start on ").name(first);
    start.text(", and the last of them starts on ").name(last).text(".").done()
}

pub(in crate::say) fn loaded_days(days: FactRef, rows: Option<FactRef>) -> Sentence {
    let start = line().text("There are charges on ").value(days);
    match rows {
        Some(rows) => start.text(", in ").value(rows).text(".").done(),
        None => start.text(".").done(),
    }
}

pub(in crate::say) fn loaded_to_the_end() -> Sentence {
    line().text("The period is loaded to its end.").done()
}

pub(in crate::say) fn loaded_from(providers: Vec<FactRef>, formats: Vec<FactRef>) -> Sentence {
    let names = |line: Line, names: Vec<FactRef>| {
        names.into_iter().enumerate().fold(line, |line, (index, name)| {
            let line = if index > 0 { line.text(", ") } else { line };
            line.name(name)
        })
    };
    let start = names(line().text("The bills come from "), providers);
    if formats.is_empty() {
        return start.text(".").done();
    }
    names(start.text(" in the format "), formats).text(".").done()
}
