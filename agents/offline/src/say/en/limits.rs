//! English sentences where there is no figure: what is missing, the proof, and what can be asked.

use wherefore_contract::{
    cost::Measure, dimension::Dimension, draft::Sentence, evidence::FactRef, period::Period,
};

use super::{line, scope, when};
use crate::{
    request::{Choice, Decline, Reason, Slice},
    say::scene::About,
};

pub(in crate::say) fn declined(decline: &Decline) -> Sentence {
    let cannot = |rest: &str| line().text("This cannot be answered: ").text(rest).done();
    match &decline.reason {
        Reason::NothingLoaded => cannot("no bill is loaded."),
        Reason::MissingPeriod => match decline.period {
            Some(period) => line()
                .text("This cannot be answered: charges of ")
                .period(period)
                .text(" are not loaded.")
                .done(),
            None => cannot("a period that it needs is not loaded."),
        },
        Reason::MissingColumn(dimension) => line()
            .text("This cannot be answered: no loaded charge holds a value of ")
            .dimension(dimension)
            .text(".")
            .done(),
        Reason::MissingMeasure(_) => cannot("the loaded bills do not show costs net of discounts."),
        Reason::Barred(_) => {
            cannot("the loaded bills contradict this cost, so no figure of it is given.")
        }
        Reason::MissingVolumes => {
            cannot("no transaction counts (orders, requests, visits) are loaded for it.")
        }
        Reason::UnknownEntity => cannot("a name in it matches nothing in the loaded data."),
        Reason::NotUnderstood => line().text("This question was not understood.").done(),
        Reason::WriteAction => line()
            .text("This asks for an action; only questions about loaded data are answered.")
            .done(),
        Reason::OutOfScope => {
            line().text("This is not a question about the loaded cloud costs.").done()
        }
        Reason::MissingBudgets => cannot("no budgets are loaded."),
        Reason::NotInBills => cannot("bills do not hold what it asks for."),
        Reason::NotSupported => cannot("recommendations are not part of the product yet."),
        Reason::BeyondData => cannot("nothing is loaded that a projection could go by."),
    }
}

pub(in crate::say) fn reason(decline: &Decline) -> Sentence {
    let asked = |before: &str, after: &str, plain: &str| {
        if decline.asked.is_empty() {
            return line().text(plain).done();
        }
        line().text(before).all_asked(&decline.asked).text(after).done()
    };
    match &decline.reason {
        Reason::NothingLoaded => line().text("The warehouse holds no charges.").done(),
        Reason::MissingPeriod => missing_period(decline),
        Reason::MissingColumn(dimension) => missing_column(dimension),
        Reason::MissingMeasure(measure) => line().text(net_columns(measure)).done(),
        Reason::Barred(_) => {
            line().text("A closing identity of this cost failed when the bills were loaded.").done()
        }
        Reason::MissingVolumes => asked(
            "Transactions of ",
            " are not loaded, so nothing can be divided by them.",
            "No transactions are loaded for what was asked, so nothing can be divided by them.",
        ),
        Reason::UnknownEntity => asked(
            "Nothing in the loaded data is called ",
            ": services, accounts, regions, tags, resources and charge descriptions were searched.",
            "A name in the question is not in the loaded data: services, accounts, regions, tags, resources and charge descriptions were searched.",
        ),
        Reason::NotUnderstood => asked(
            "These words were not understood: ",
            ".",
            "No measure, name or period of the loaded data stands in it.",
        ),
        Reason::WriteAction => {
            asked("The words ", " ask for a change; nothing was changed.", "Nothing was changed.")
        }
        Reason::OutOfScope => {
            asked("The words ", " are outside cloud cost.", "It is outside cloud cost.")
        }
        Reason::MissingBudgets => asked(
            "The words ",
            " ask for budgets, which no bill holds. Load a table with the columns name, start, end, amount and currency (and dimension and value where a budget is for a part) with the command wherefore load.",
            "Load a table of budgets with the command wherefore load.",
        ),
        Reason::NotInBills => asked(
            "The words ",
            " ask for something that no column of a bill holds, such as emissions or performance.",
            "No column of a bill holds it.",
        ),
        Reason::NotSupported => asked(
            "The words ",
            " ask for a recommendation; figures of the past can be asked for.",
            "Figures of the past can be asked for.",
        ),
        Reason::BeyondData => beyond(decline),
    }
}

fn net_columns(measure: &Measure) -> &'static str {
    if matches!(measure, Measure::NetEffectiveCost) {
        "The net columns that it needs (net effective cost of Savings Plans and reservations, net unblended cost) are absent or empty in the loaded bills, and no row of them is a discount. The effective cost can be asked for."
    } else {
        "The net column that it needs (net unblended cost) is absent or empty in the loaded bills, and no row of them is a discount. The billed cost can be asked for."
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

fn beyond(decline: &Decline) -> Sentence {
    let start = line().text("A projection carries on the pace of days that are loaded");
    match decline.period {
        Some(period) => start.text(", and no day of ").period(period).text(" is loaded.").done(),
        None => start.text(", and no day of that time is loaded.").done(),
    }
}

fn missing_column(dimension: &Dimension) -> Sentence {
    let start = line().text("The column for ").dimension(dimension);
    let standard = match dimension {
        Dimension::Column(column) => column.since(),
        Dimension::Tag(_) | Dimension::Workload | Dimension::Time(_) => None,
    };
    match standard {
        Some("1.0") => start
            .text(" is part of the FOCUS standard, but empty or absent in the loaded bills.")
            .done(),
        Some(_) => start
            .text(" came with ")
            .since(dimension)
            .text("; the loaded bills do not hold it.")
            .done(),
        None => start.text(" is empty or absent in the loaded bills.").done(),
    }
}

/// The formats of what is loaded.
pub(in crate::say) fn formats(formats: FactRef) -> Sentence {
    line().text("Format of the loaded bills: ").name(formats).text(".").done()
}

/// What charges can be grouped by instead.
pub(in crate::say) fn searched(dimensions: &[Dimension]) -> Sentence {
    line().text("Filled in the loaded bills: ").dimensions(dimensions, ", ").text(".").done()
}

pub(in crate::say) fn nearest(names: Vec<FactRef>) -> Sentence {
    let mut words = line().text("Names that come near: ");
    for (index, name) in names.into_iter().enumerate() {
        words = if index > 0 { words.text(", ") } else { words };
        words = words.name(name);
    }
    words.text(".").done()
}

pub(in crate::say) fn asked_back(asked: Slice) -> Sentence {
    line().asked(asked).text(" can be read in several ways. Which is meant?").done()
}

pub(in crate::say) fn which_one() -> Sentence {
    line().text("The readings would give different answers.").done()
}

pub(in crate::say) fn choice(choice: &Choice) -> Sentence {
    let start = line().asked(choice.asked).text(" as ").dimension(&choice.dimension);
    start.text(".").done()
}

pub(in crate::say) fn no_figures(about: &About) -> Sentence {
    let start = scope(line().text("No charge matches the question"), about);
    when(start, about).text(".").done()
}

/// Nothing began, or nothing ended, between two periods.
pub(in crate::say) fn none_changed(
    dimensions: &[Dimension],
    from: Period,
    to: Period,
    gone: bool,
) -> Sentence {
    let start = line().text("No ").dimensions(dimensions, ", ");
    let start = start.text(if gone { " is gone in " } else { " is new in " }).period(to);
    start.text(" compared with ").period(from).text(".").done()
}

pub(in crate::say) fn instead() -> Vec<Sentence> {
    ["What did we spend by cloud service?", "What data is loaded?"]
        .iter()
        .map(|text| line().text(text).done())
        .collect()
}
