//! What calls of an interface cost, which clients call more than they did, and what that costs.

use wherefore_contract::{
    draft::{ChartKind, Draft, DraftChart, DraftTable, Sentence},
    evidence::{Evidence, FactRef},
};

use crate::say::{
    line::Line,
    scene::{Scene, at, period_of},
    shapes::{all_rows, answered},
    voice::Excessive,
};

const CLIENTS: [&str; 11] = [
    "workload",
    "client",
    "operation",
    "calls",
    "call_cost",
    "calls_per_transaction_from",
    "calls_per_transaction_to",
    "excess",
    "monthly_saving",
    "low",
    "high",
];
const VERDICT: [&str; 6] = ["calls", "call_cost", "call_price", "monthly_saving", "low", "high"];
const RATES: [&str; 2] = ["calls_per_transaction_from", "calls_per_transaction_to"];
// So many clients are told in words; the rest stand in the table.
const TOLD: usize = 3;
const BARS: usize = 15;
// Words of the question that ask who calls, and what less of it would bring.
const WHO: &[&str] = &["client", "caller", "who", "app", "클라이언트", "앱", "누가", "호출하는"];
const LESS: &[&str] = &[
    "reduc",
    "fewer",
    "cut",
    "save",
    "saving",
    "too much",
    "too often",
    "batch",
    "줄이",
    "줄여",
    "줄일",
    "절감",
    "절약",
    "묶",
];

/// The answer; `None` when the tools found nothing.
pub(super) fn shape(scene: &Scene<'_>) -> Option<Draft> {
    let verdict = scene.found(0, "verdict")?;
    let calls = scene.found(0, "calls");
    let clients = scene.found(0, "clients");
    let text = scene.question.text().to_lowercase();
    let asks = |words: &[&str]| words.iter().any(|word| text.contains(word));
    let (who, less) = (asks(WHO), asks(LESS));
    let voice = scene.voice();
    let cell = |column: &str| at(verdict, 0, column);
    let saves = clients.filter(|_| verdict.fact(0, "monthly_saving").is_some());
    let told = saves.filter(|_| who || less);
    let period = period_of(verdict, 0, "call_cost")?;
    let headline = match (told, calls) {
        (Some(held), _) => {
            let sentence = if who { saving_of(scene, held, 0) } else { None };
            let all = || voice.call_savings(period, ["monthly_saving", "low", "high"].map(cell));
            sentence.unwrap_or_else(all)
        }
        (None, Some(_)) => {
            voice.calls_cost(period, cell("call_price"), ["calls", "call_cost"].map(cell))
        }
        (None, None) => voice.no_clients(true),
    };
    let mut draft = answered(headline);
    if let Some(held) = told {
        clients_told(scene, &mut draft, held, who);
    } else if who || less {
        draft.body.push(voice.no_clients(clients.is_some()));
    }
    let uncounted = verdict.facts.table.number(0, "uncounted_cost");
    if uncounted.is_some_and(|cost| !cost.is_zero()) {
        draft.body.push(voice.calls_uncounted(period, cell("uncounted_cost")));
    }
    let rows = clients.filter(|_| who || less).or(calls).or(clients)?;
    draft.result = all_rows(rows);
    for column in VERDICT {
        if verdict.fact(0, column).is_some() {
            draft.verdict.insert(column.to_owned(), cell(column));
        }
    }
    show(&mut draft, rows, scene.found(0, "batching").filter(|_| less));
    Some(draft)
}

// The clients behind a saving, with how often they call.
fn clients_told(scene: &Scene<'_>, draft: &mut Draft, held: &Evidence, led: bool) {
    let rows = (0..held.facts.table.rows.len())
        .filter(|row| held.facts.table.number(*row, "monthly_saving").is_some());
    for row in rows.take(TOLD) {
        draft.body.extend(rates_of(scene, held, row));
        if !led || row > 0 {
            draft.body.extend(saving_of(scene, held, row));
        }
    }
}

fn names(held: &Evidence, row: usize) -> Vec<FactRef> {
    ["client", "operation", "workload"]
        .into_iter()
        .filter(|column| held.name(row, column).is_some())
        .map(|column| at(held, row, column))
        .collect()
}

fn saving_of(scene: &Scene<'_>, held: &Evidence, row: usize) -> Option<Sentence> {
    let period = period_of(held, row, "monthly_saving")?;
    let saving = ["monthly_saving", "low", "high"].map(|column| at(held, row, column));
    Some(scene.voice().called_by(&names(held, row), period, saving))
}

fn rates_of(scene: &Scene<'_>, held: &Evidence, row: usize) -> Option<Sentence> {
    let why = match held.name(row, "excess")? {
        "rose" => {
            let [from, to] = RATES;
            let side = |column: &str| Some((at(held, row, column), period_of(held, row, column)?));
            Excessive::Rose([side(from)?, side(to)?])
        }
        _ => Excessive::AbovePeers(
            at(held, row, "times_peers"),
            period_of(held, row, "times_peers")?,
        ),
    };
    Some(scene.voice().calls_rate(&names(held, row), &why))
}

fn show(draft: &mut Draft, rows: &Evidence, batching: Option<&Evidence>) {
    let is_clients = rows.facts.name == "clients";
    let columns: Vec<String> = if is_clients {
        CLIENTS.iter().map(|name| (*name).to_owned()).collect()
    } else {
        Vec::new()
    };
    draft.tables.push(DraftTable { evidence: rows.id.clone(), columns });
    if let Some(held) = batching {
        draft.tables.push(DraftTable { evidence: held.id.clone(), columns: Vec::new() });
    }
    let count = rows.facts.table.rows.len();
    let x = if is_clients { "client" } else { "usage_type" };
    if (2..=BARS).contains(&count) && is_one_each(rows, x) {
        draft.charts.push(DraftChart {
            title: Line::default().measure(at(rows, 0, "call_cost")).done(),
            kind: ChartKind::Bars,
            evidence: rows.id.clone(),
            x: x.to_owned(),
            y: vec!["call_cost".to_owned()],
            series: None,
        });
    }
}

// Whether every row has a name of its own in a column.
fn is_one_each(held: &Evidence, column: &str) -> bool {
    let names: std::collections::BTreeSet<Option<&str>> =
        (0..held.facts.table.rows.len()).map(|row| held.name(row, column)).collect();
    names.len() == held.facts.table.rows.len() && !names.contains(&None)
}
