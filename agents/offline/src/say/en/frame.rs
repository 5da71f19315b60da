//! English sentences around the figures: how the question was read, what is missing, and what can be asked.

use wherefore_contract::{
    dimension::Dimension, draft::Sentence, evidence::FactRef, period::Period,
};

use super::{line, scope};
use crate::{
    request::{Ask, Decline, Reason, Slice},
    say::{decline, scene::Scene},
};

pub(in crate::say) fn read_as(scene: &Scene<'_>, measure: FactRef) -> Sentence {
    let about = scene.about(None);
    let mut words = scope(line().text("Read as ").measure(measure), &about);
    for dimension in &scene.reading.dimensions {
        words = words.text(", by ").text(&dimension_word(dimension));
    }
    words.text(".").done()
}

// Tag keys come from the data: only plain letters may stand in literal text.
pub(super) fn dimension_word(dimension: &Dimension) -> String {
    let plain = |key: &str| key.chars().all(|letter| letter.is_ascii_alphabetic());
    match dimension {
        Dimension::Tag(key) if plain(key) && key.len() > 2 => format!("the tag {key}"),
        Dimension::Tag(_) => "a tag".to_owned(),
        Dimension::Column(_) | Dimension::Workload | Dimension::Time(_) => {
            dimension.name().replace('_', " ")
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
    line().text("No earlier period was named; ").period(period).text(" was taken.").done()
}

pub(in crate::say) fn whole_period() -> Sentence {
    line().text("No period was named, so everything that is loaded counts.").done()
}

pub(in crate::say) fn name_reading(asked: Slice) -> Sentence {
    line().asked(asked).text(" was matched in spite of another spelling.").done()
}

pub(in crate::say) fn partial_period(period: Period, first: FactRef, last: FactRef) -> Sentence {
    line()
        .period(period)
        .text(" is not loaded in full: charges run from ")
        .name(first)
        .text(" to ")
        .name(last)
        .text(" only.")
        .done()
}

pub(in crate::say) fn loaded(first: FactRef, last: FactRef) -> Sentence {
    line().text("Charges are loaded from ").name(first).text(" to ").name(last).text(".").done()
}

pub(in crate::say) fn next(ask: Ask) -> Vec<Sentence> {
    let questions: &[&str] = match ask {
        Ask::Total
        | Ask::PerDay
        | Ask::Count
        | Ask::Share
        | Ask::Saving
        | Ask::Unused
        | Ask::Forecast
        | Ask::Average
        | Ask::Exists => &[
            "How is it spread over cloud services?",
            "How did it change against the month before?",
        ],
        Ask::Breakdown | Ask::Cumulative(_) | Ask::Times | Ask::Ratio => {
            &["How did each of them change against the month before?", "How does it look by month?"]
        }
        Ask::Trend | Ask::Jump => &["Why did it change?", "How is it spread over cloud services?"],
        Ask::Compare | Ask::ComparePerDay => {
            &["Why did it change?", "Which accounts does the change come from?"]
        }
        Ask::Explain | Ask::ExplainUnitCost => {
            &["Which accounts does the change come from?", "How does it look by day?"]
        }
        Ask::FirstSeen | Ask::Completeness | Ask::Coverage => &["What did it cost by month?"],
        Ask::UnitCost => &["Why did it change against the month before?"],
    };
    questions.iter().map(|text| line().text(text).done()).collect()
}

pub(in crate::say) fn declined(decline: &Decline) -> Sentence {
    if let (Reason::MissingPeriod, Some(period)) = (&decline.reason, decline.period) {
        return line()
            .text("This cannot be answered: charges of ")
            .period(period)
            .text(" are not loaded.")
            .done();
    }
    let text = match decline.reason {
        Reason::NothingLoaded => "This cannot be answered: no bill is loaded.",
        Reason::MissingPeriod => "This cannot be answered: a period that it needs is not loaded.",
        Reason::MissingColumn(_) => {
            "This cannot be answered: the loaded bills do not hold the column that it needs."
        }
        Reason::MissingVolumes => {
            "This cannot be answered: no transaction counts are loaded for it."
        }
        Reason::UnknownEntity => {
            "This cannot be answered: a name or word in it matches nothing in the loaded data."
        }
        Reason::NotUnderstood => "This question was not understood.",
        Reason::WriteAction => {
            "This asks for an action; only questions about loaded data are answered."
        }
        Reason::OutOfScope => "This is not a question about the loaded cloud costs.",
        Reason::NotSupported => "This cannot be answered: recommendations are not supported yet.",
        Reason::BeyondData => {
            "This cannot be answered: nothing is loaded that the asked time could be projected from."
        }
        Reason::NotInBills => "This cannot be answered: bills do not hold what was asked.",
    };
    line().text(text).done()
}

pub(in crate::say) fn reason(decline: &Decline) -> Sentence {
    let asked = |before: &str, after: &str| {
        if decline.asked.is_empty() {
            return None;
        }
        Some(line().text(before).all_asked(&decline.asked).text(after).done())
    };
    let plain = |text: &str| line().text(text).done();
    match &decline.reason {
        Reason::NothingLoaded => plain("The warehouse holds no charges."),
        Reason::MissingPeriod => missing_period(decline),
        Reason::MissingColumn(dimension) => {
            let since = match since(dimension) {
                Some(minor) => format!("; later versions of the FOCUS standard bring it ({minor})"),
                None => String::new(),
            };
            plain(&format!("No loaded charge holds {}{since}.", article(dimension)))
        }
        Reason::MissingVolumes => asked("Transactions of ", " are not loaded.")
            .unwrap_or_else(|| plain("No transactions are loaded for what was asked.")),
        Reason::UnknownEntity => asked("Nothing in the loaded data is called ", ".")
            .unwrap_or_else(|| plain("A name in the question is not in the loaded data.")),
        Reason::NotUnderstood => {
            asked("These words were not understood: ", ".").unwrap_or_else(|| {
                plain("No measure, name or period of the loaded data stands in it.")
            })
        }
        Reason::WriteAction => asked("The words ", " ask for a change; nothing was changed.")
            .unwrap_or_else(|| plain("Nothing was changed.")),
        Reason::OutOfScope => asked("The words ", " are outside cloud cost.")
            .unwrap_or_else(|| plain("It is outside cloud cost.")),
        Reason::NotSupported => asked("The words ", " ask for what is not supported yet.")
            .unwrap_or_else(|| plain("It is not supported yet.")),
        Reason::BeyondData => {
            asked("A projection goes by the loaded days of the same month; ", " has none.")
                .unwrap_or_else(|| plain("A projection goes by the loaded days of the same month."))
        }
        Reason::NotInBills => asked("The words ", " name what no bill holds.")
            .unwrap_or_else(|| plain("No bill holds it.")),
    }
}

fn missing_period(decline: &Decline) -> Sentence {
    let start = if decline.asked.is_empty() {
        line().text("The question needs ")
    } else {
        line().all_asked(&decline.asked).text(" means ")
    };
    match decline.period {
        Some(period) => start.period(period).text(", and no charge of that time is loaded.").done(),
        None => line().text("The period that the question is about is not loaded.").done(),
    }
}

fn article(dimension: &Dimension) -> String {
    format!("a value of {}", dimension_word(dimension))
}

// Columns that came with a later version (FOCUS specification tags, column lists).
fn since(dimension: &Dimension) -> Option<&'static str> {
    decline::later_column(dimension).then_some("the loaded files predate it or leave it empty")
}

pub(in crate::say) fn nearest(names: Vec<FactRef>) -> Sentence {
    let names: Vec<FactRef> = names;
    let mut words = line().text("Near to it: ");
    for (index, name) in names.into_iter().enumerate() {
        words = if index > 0 { words.text(", ") } else { words };
        words = words.name(name);
    }
    words.text(".").done()
}

pub(in crate::say) fn asked_back(asked: Slice) -> Sentence {
    line().asked(asked).text(" can be read in several ways. Which is meant?").done()
}

pub(in crate::say) fn choice(asked: Slice, dimension: &Dimension) -> Sentence {
    line().asked(asked).text(", as a value of ").text(&dimension_word(dimension)).done()
}

pub(in crate::say) fn no_figures() -> Sentence {
    line().text("No charge matches this question in what is loaded.").done()
}

pub(in crate::say) fn instead() -> Vec<Sentence> {
    ["What did we spend by cloud service?", "What is loaded?"]
        .iter()
        .map(|text| line().text(text).done())
        .collect()
}
