//! English sentences.

use wherefore_contract::{
    dimension::Dimension,
    draft::{CalcOp, Extreme, Format, Sentence},
    evidence::FactRef,
    period::Period,
};

use super::{
    line::Line,
    scene::{About, Part, Scene},
};
use crate::request::{Ask, Decline, Reason, Slice};

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
    let start = lead(about).names(names).text(" had ");
    let start = match which {
        Some(which) => start.extreme(value.clone(), which).text(" "),
        None => start.text("a "),
    };
    scoped(start, about, measure).text(": ").value(value).text(".").done()
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

pub(super) fn part_moved(
    about: &About,
    from: Option<Period>,
    names: &[FactRef],
    measure: FactRef,
    change: FactRef,
) -> Sentence {
    let start = match (from, about.period) {
        (Some(from), Some(to)) => {
            line().text("From ").period(from).text(" to ").period(to).text(", ")
        }
        _ => line(),
    };
    start
        .measure(measure)
        .text(" of ")
        .names(names)
        .text(" ")
        .trend(None, change.clone())
        .text(" by ")
        .absolute(change)
        .text(".")
        .done()
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

pub(super) fn unit_cost_moved(
    workload: Option<FactRef>,
    sides: [(FactRef, Option<Period>); 2],
) -> Sentence {
    let [(from, early), (to, late)] = sides;
    let start = match workload {
        Some(workload) => line().name(workload),
        None => line().text("Serving traffic"),
    };
    let dated = |line: Line, period: Option<Period>| match period {
        Some(period) => line.text(" in ").period(period),
        None => line,
    };
    let start = dated(start.text(" cost ").value(from.clone()), early).text(" and ");
    dated(start.value(to.clone()), late)
        .text(": it ")
        .trend(Some(from.clone()), to.clone())
        .text(" (")
        .calc(CalcOp::PercentChange, vec![from, to], Format::Signed)
        .text(").")
        .done()
}

pub(super) fn main_cause(
    effect: &str,
    of_transactions: bool,
    names: &[FactRef],
    amount: FactRef,
    period: Option<Period>,
) -> Sentence {
    let gloss = match effect {
        "volume" if !of_transactions => "the amount of traffic changed",
        "intensity" if !of_transactions => "its use changed",
        "volume" => "the same spend now serves a different amount of traffic",
        "intensity" => "each transaction now uses a different amount of it",
        "mix" => "the work moved to another kind of resource",
        "price" => "its unit price changed",
        "new" => "nothing of the kind was charged before",
        "gone" => "nothing of the kind is charged any more",
        "non_operating" => "credits, refunds, tax, purchases or support",
        _ => "what no other effect explains",
    };
    let start = match names {
        [effect, rest @ ..] if !rest.is_empty() => {
            line().text("The main cause is ").name(effect.clone()).text(" at ").names(rest)
        }
        names => line().text("The main cause is ").names(names),
    };
    let start = start.text(": ").signed(amount);
    let start = match period {
        Some(period) => start.text(" in ").period(period),
        None => start,
    };
    start.text(" – ").text(gloss).text(".").done()
}

pub(super) fn parts_moved(
    about: &About,
    from: Option<Period>,
    measure: FactRef,
    parts: &[Part],
) -> Sentence {
    let start = match (from, about.period) {
        (Some(from), Some(to)) => {
            line().text("From ").period(from).text(" to ").period(to).text(", ")
        }
        _ => line(),
    };
    let start = start.measure(measure);
    let parts = parts.iter().enumerate().fold(start, |line, (index, part)| {
        let line = if index > 0 { line.text(";") } else { line };
        line.text(" by ")
            .text(&dimension_word(&part.dimension))
            .text(": ")
            .names(&part.names)
            .text(" ")
            .trend(None, part.change.clone())
            .text(" by ")
            .absolute(part.change.clone())
    });
    parts.text(".").done()
}

pub(super) fn regime(name: FactRef, regime: &str) -> Sentence {
    let words = match regime {
        "efficient_growth" => "traffic moved, and cost followed it only to some extent",
        "flat" => "the cost of serving a transaction moved within the range that counts as noise",
        "inefficient" => "serving a transaction takes more money, beyond what noise explains",
        "shrinking" => "traffic went away, and cost did not follow it in step",
        "pure_saving" => "the same traffic is served with less money",
        _ => "the days of both periods scatter too widely for a verdict",
    };
    line().text("Verdict: ").name(name).text(" – ").text(words).text(".").done()
}

pub(super) fn with_non_operating(sides: [(FactRef, Option<Period>); 2]) -> Sentence {
    let [(from, early), (to, late)] = sides;
    let dated = |line: Line, period: Option<Period>| match period {
        Some(period) => line.text(" in ").period(period),
        None => line,
    };
    let start = line()
        .text("With credits, refunds, tax, purchases and support counted in, it was ")
        .value(from);
    dated(dated(start, early).text(" and ").value(to), late).text(".").done()
}

pub(super) fn read_as(scene: &Scene<'_>, measure: FactRef) -> Sentence {
    let about = scene.about(None);
    let mut words = scope(line().text("Read as ").measure(measure), &about);
    for dimension in &scene.reading.dimensions {
        words = words.text(", by ").text(&dimension_word(dimension));
    }
    words.text(".").done()
}

// Tag keys come from the data: only plain letters may stand in literal text.
fn dimension_word(dimension: &Dimension) -> String {
    let plain = |key: &str| key.chars().all(|letter| letter.is_ascii_alphabetic());
    match dimension {
        Dimension::Tag(key) if plain(key) && key.len() > 2 => format!("the tag {key}"),
        Dimension::Tag(_) => "a tag".to_owned(),
        Dimension::Column(_) | Dimension::Workload | Dimension::Time(_) => {
            dimension.name().replace('_', " ")
        }
    }
}

pub(super) fn cost_metric(measure: FactRef) -> Sentence {
    line()
        .text("No cost metric was named, so ")
        .measure(measure)
        .text(" was used, which suits the loaded bills.")
        .done()
}

pub(super) fn period_reading(asked: Slice, period: Period) -> Sentence {
    line().asked(asked).text(" was read as ").period(period).text(".").done()
}

pub(super) fn preceding(period: Period) -> Sentence {
    line().text("No earlier period was named; ").period(period).text(" was taken.").done()
}

pub(super) fn whole_period() -> Sentence {
    line().text("No period was named, so everything that is loaded counts.").done()
}

pub(super) fn name_reading(asked: Slice) -> Sentence {
    line().asked(asked).text(" was matched in spite of another spelling.").done()
}

pub(super) fn partial_period(period: Period, first: FactRef, last: FactRef) -> Sentence {
    line()
        .period(period)
        .text(" is not loaded in full: charges run from ")
        .name(first)
        .text(" to ")
        .name(last)
        .text(" only.")
        .done()
}

pub(super) fn loaded(first: FactRef, last: FactRef) -> Sentence {
    line().text("Charges are loaded from ").name(first).text(" to ").name(last).text(".").done()
}

pub(super) fn next(ask: Ask) -> Vec<Sentence> {
    let questions: &[&str] = match ask {
        Ask::Total | Ask::PerDay | Ask::Count | Ask::Share | Ask::Saving | Ask::Unused => &[
            "How is it spread over cloud services?",
            "How did it change against the month before?",
        ],
        Ask::Breakdown | Ask::Cumulative(_) | Ask::Times => {
            &["How did each of them change against the month before?", "How does it look by month?"]
        }
        Ask::Trend | Ask::Jump => &["Why did it change?", "How is it spread over cloud services?"],
        Ask::Compare | Ask::ComparePerDay => {
            &["Why did it change?", "Which accounts does the change come from?"]
        }
        Ask::Explain | Ask::ExplainUnitCost => {
            &["Which accounts does the change come from?", "How does it look by day?"]
        }
        Ask::FirstSeen | Ask::Completeness => &["What did it cost by month?"],
        Ask::UnitCost => &["Why did it change against the month before?"],
    };
    questions.iter().map(|text| line().text(text).done()).collect()
}

pub(super) fn declined(decline: &Decline) -> Sentence {
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
        Reason::NotSupported => {
            "This cannot be answered: forecasts, budgets and recommendations are not supported yet."
        }
    };
    line().text(text).done()
}

pub(super) fn reason(decline: &Decline) -> Sentence {
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
    super::decline::later_column(dimension)
        .then_some("the loaded files predate it or leave it empty")
}

pub(super) fn nearest(names: Vec<FactRef>) -> Sentence {
    let names: Vec<FactRef> = names;
    let mut words = line().text("Near to it: ");
    for (index, name) in names.into_iter().enumerate() {
        words = if index > 0 { words.text(", ") } else { words };
        words = words.name(name);
    }
    words.text(".").done()
}

pub(super) fn asked_back(asked: Slice) -> Sentence {
    line().asked(asked).text(" can be read in several ways. Which is meant?").done()
}

pub(super) fn choice(asked: Slice, dimension: &Dimension) -> Sentence {
    line().asked(asked).text(", as a value of ").text(&dimension_word(dimension)).done()
}

pub(super) fn no_figures() -> Sentence {
    line().text("No charge matches this question in what is loaded.").done()
}

pub(super) fn instead() -> Vec<Sentence> {
    ["What did we spend by cloud service?", "What is loaded?"]
        .iter()
        .map(|text| line().text(text).done())
        .collect()
}
