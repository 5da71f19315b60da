//! Asks the questions of a report, all of one snapshot.

use jiff::civil::Date;
use wherefore_contract::{
    Decimal,
    dimension::{Dimension, FocusDimension},
    period::Period,
    ports::AtSnapshot,
    quality::CostDescription,
    question::Question,
};
use wherefore_offline::request::Reading;
use wherefore_team::Silent;
use wherefore_verify::VerifiedAnswer;

use super::{
    Closing, Kind, Month, Order, Report, ReportError, Section, cells,
    markdown::is_empty,
    plan::{self, Asked, Subject},
    shared, words,
};
use crate::app::App;

// Workloads whose unit cost is explained, the dearest first.
const WORKLOADS: usize = 10;
// Tools that say what is loaded and what names mean.
const LOOKUPS: [&str; 6] =
    ["describe_cost_data", "find_metadata", "list_workloads", "collector", "analyzer", "research"];

/// Makes the report. `progress` hears the title of each section before it is asked for.
///
/// # Errors
/// When nothing is loaded, the month is not, or owners cannot be told by what was asked for.
pub async fn make(
    app: &App,
    order: &Order,
    progress: &(dyn Fn(&str) + Sync),
) -> Result<Report, ReportError> {
    let snapshot = app.costs.snapshot();
    let caller = AtSnapshot { caller: &*app.caller, snapshot: snapshot.clone() };
    let description = app.costs.describe(&app.scope()).await?;
    let subject = subject(order, &description)?;
    let ask = async |asked: &Asked| -> Option<VerifiedAnswer> {
        let question = question(&asked.reading, order)?;
        Some(Box::pin(app.team.answer(&question, &caller, &Silent)).await)
    };
    let mut sections: Vec<Section> = Vec::new();
    for asked in plan::questions(&subject) {
        let Some(answer) = ask(&asked).await.filter(was_looked_into) else { continue };
        // Where every charge has an owner there is nothing to share, and nothing to say.
        if asked.key == "shared" && is_empty(&answer) {
            continue;
        }
        let mut answers = vec![answer];
        if begin(&mut sections, asked.key) {
            progress(words::title(asked.key, order.language));
        }
        if asked.key == "units" {
            for workload in answers.first().map(dearest).unwrap_or_default() {
                if let Some(why) = plan::unit_cost(&subject, &workload) {
                    answers.extend(ask(&why).await);
                }
            }
            // What moved comes before what did not; the table stays at the head.
            if let Some(explained) = answers.get_mut(1..) {
                explained.sort_by_key(is_flat);
            }
        }
        if let Some(section) = sections.last_mut() {
            section.answers.extend(answers);
        }
    }
    let mut report = Report {
        kind: order.kind,
        language: order.language,
        month: subject.month,
        base: subject.base,
        by: (order.kind != Kind::Review).then_some(subject.by),
        sharing: order.sharing,
        as_of: order.as_of,
        snapshot,
        sections,
        closing: None,
    };
    report.closing = closing(&report);
    Ok(report)
}

// Whether a tool that gives figures was called: without one there is nothing to tell, not even that nothing was found.
fn was_looked_into(answer: &VerifiedAnswer) -> bool {
    let mut called = answer.answer().run.agents.iter().flat_map(|agent| &agent.tools);
    called.any(|tool| !LOOKUPS.contains(&tool.as_str()))
}

/// Whether an answer says that a unit cost did not move.
pub(super) fn is_flat(answer: &VerifiedAnswer) -> bool {
    let verdict = answer.answer().verdict.as_ref();
    verdict.and_then(|verdict| verdict.get("regime")?.as_str()) == Some("flat")
}

// Whether a new section begins.
fn begin(sections: &mut Vec<Section>, key: &'static str) -> bool {
    if sections.last().is_some_and(|last| last.key == key) {
        return false;
    }
    sections.push(Section { key, answers: Vec::new() });
    true
}

fn question(reading: &Reading, order: &Order) -> Option<Question> {
    let words = crate::reading::line(reading, order.language);
    let words = if words.trim().is_empty() { "cost".to_owned() } else { words };
    let mut question = Question::parse(&words, Some(order.language), order.as_of).ok()?;
    let serde_json::Value::Object(request) = serde_json::to_value(reading).ok()? else {
        return None;
    };
    question.request = Some(request);
    Some(question)
}

fn subject(order: &Order, description: &CostDescription) -> Result<Subject, ReportError> {
    let loaded = description.coverage.ok_or(ReportError::Empty)?;
    let month = order.month.unwrap_or_else(|| last_whole(loaded));
    if !month.period().overlaps(loaded) {
        return Err(ReportError::NotLoaded { month, loaded });
    }
    let running = Month::of(order.as_of);
    let is_running =
        running.period().start() > month.period().start() && running.period().overlaps(loaded);
    let by = owner(order.by.as_ref(), description)?;
    if order.kind != Kind::Review && !order.sharing.fits(&by) {
        return Err(ReportError::Sharing);
    }
    Ok(Subject {
        kind: order.kind,
        month: month.period(),
        base: Some(month.before().period()).filter(|base| loaded.contains(*base)),
        next: if is_running { running.period() } else { month.after().period() },
        as_of: order.as_of,
        by,
        sharing: order.sharing,
        cost: plan::cost(order.kind, description),
        counted: !description.transactions.is_empty(),
        budgeted: !description.budgets.is_empty(),
    })
}

/// The last month that is loaded in full, or the last one of which anything is.
fn last_whole(loaded: Period) -> Month {
    let last: Date = loaded.end().date().yesterday().unwrap_or_else(|_| loaded.start().date());
    let month = Month::of(last.max(loaded.start().date()));
    let before = month.before();
    let whole = |month: Month| loaded.contains(month.period());
    if !whole(month) && whole(before) { before } else { month }
}

fn owner(
    asked: Option<&Dimension>,
    description: &CostDescription,
) -> Result<Dimension, ReportError> {
    let account = Dimension::Column(FocusDimension::SubAccountId);
    match asked {
        Some(by @ (Dimension::Tag(_) | Dimension::Workload | Dimension::Column(_))) => {
            Ok(by.clone())
        }
        Some(by @ Dimension::Time(_)) => Err(ReportError::Owner { by: by.clone() }),
        None => {
            let tag = format!("tag:{}", description.workload_tag.to_lowercase());
            let tagged = description
                .dimensions
                .iter()
                .any(|fill| fill.dimension == tag && fill.distinct > 1);
            Ok(if tagged { Dimension::Workload } else { account })
        }
    }
}

// Workloads by what they cost: the answer shows the dearest transactions, its evidence holds all workloads.
fn dearest(answer: &VerifiedAnswer) -> Vec<String> {
    let held = answer.answer().evidence.iter().find(|held| held.tool == "unit_cost");
    let Some(held) = held else { return Vec::new() };
    let mut named: Vec<(Decimal, &str)> = cells::of_table(&held.columns, &held.rows)
        .iter()
        .filter_map(|row| {
            let cost = row.number("effective_cost")?;
            row.number("unit_cost")?;
            Some((cost, row.text("workload")?))
        })
        .collect();
    named.sort_by(|left, right| right.0.cmp(&left.0).then_with(|| left.1.cmp(right.1)));
    named.into_iter().take(WORKLOADS).map(|(_, name)| name.to_owned()).collect()
}

// The rows of the owners against the bill, column by column, in exact decimals.
pub(super) fn closing(report: &Report) -> Option<Closing> {
    let (owners, total) = (report.answer("owners", 0)?, report.answer("total", 0)?);
    let (owners, total) = (cells::rows(owners)?, cells::rows(total)?);
    let whole = total.iter().next()?;
    let open = whole.columns().filter(|column| cells::is_measure(column)).find(|column| {
        let parts = owners.iter().filter_map(|row| row.number(&column.name));
        let sum = parts.fold(Decimal::ZERO, |sum, part| sum + part);
        whole.number(&column.name).unwrap_or_default() != sum
    });
    if let Some(column) = open {
        return Some(Closing::Open { column: column.name.clone() });
    }
    // What was shared is of these rows, so that direct and shared cost add up to the bill too.
    let by = owners.columns().iter().find(|column| !cells::is_measure(column));
    let cost = owners.columns().iter().find(|column| cells::is_measure(column));
    let agrees = match (shared::borne(report), by, cost) {
        (Some(borne), Some(by), Some(cost)) => borne.agrees(owners, &by.name, &cost.name),
        (..) => true,
    };
    Some(if agrees { Closing::Exact } else { Closing::Open { column: "shared_cost".to_owned() } })
}
