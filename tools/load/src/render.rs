//! The data report as text for a terminal.

use std::{collections::BTreeMap, fmt::Write as _};

use jiff::civil::Date;
use wherefore_contract::{
    period::Period,
    quality::{LoadedPeriod, Notice, Severity, TransactionCoverage},
};

use crate::{
    describe::{counted, some_of},
    report::{IdentityOutcome, LoadReport, Restatement},
};

// Files that the text names one by one.
const FILES_SHOWN: usize = 10;

/// Writes the report in lines of plain text, most important first.
#[must_use]
pub fn render_text(report: &LoadReport) -> String {
    let mut text = String::new();
    // Writing to a String cannot fail.
    let _ = write_report(&mut text, report);
    text
}

fn write_report(out: &mut String, report: &LoadReport) -> std::fmt::Result {
    let description = &report.description;
    match &report.snapshot {
        Some(snapshot) if description.formats.is_empty() => {
            writeln!(out, "snapshot {snapshot}: no charges yet")?;
        }
        Some(snapshot) => writeln!(
            out,
            "snapshot {snapshot}: {} ({})",
            counted(description.rows, "charge row"),
            description.formats.join(", ")
        )?,
        None => writeln!(out, "nothing was loaded; the warehouse is as it was")?,
    }
    write_loaded(out, report)?;
    section(out, "refused", &report.refused, |file| format!("{}: {}", file.file, file.reason))?;
    section(
        out,
        "periods kept as they were, because a file of theirs was refused",
        &report.withheld,
        |period| {
            format!(
                "{} {} {}: {}",
                period.key.billing_period.strftime("%Y-%m"),
                period.key.provider,
                period.key.billing_account,
                period.because_of
            )
        },
    )?;
    section(out, "skipped", &report.skipped, |file| format!("{}: {}", file.file, file.reason))?;
    section(out, "left out of files", &report.notes, |note| {
        format!("{}: {}", note.file, note.text)
    })?;
    section(out, "periods", &period_lines(&description.periods), Clone::clone)?;
    section(out, "restated", &report.restated, restated_line)?;
    section(out, "transactions", &counted_lines(&description.transactions), Clone::clone)?;
    section(out, "calls by client", &description.calls, |called| {
        let clients = counted(called.clients, "client");
        format!("{}: {}, {clients}", called.workload, days_of(called.period))
    })?;
    section(out, "budgets", &description.budgets, |budget| {
        let days = budget.period().map(days_of).unwrap_or_default();
        let of = budget
            .filter
            .as_ref()
            .map(|filter| format!(", {} {}", filter.dimension, filter.values.join(", ")));
        let of = of.unwrap_or_default();
        format!("{}: {} {}, {days}{of}", budget.name, budget.currency, budget.amount)
    })?;
    write_identities(out, report)?;
    write_notices(out, report)
}

// Many files are summed up: the JSON form of the report names each.
fn write_loaded(out: &mut String, report: &LoadReport) -> std::fmt::Result {
    let shown =
        if report.loaded.len() > FILES_SHOWN + 1 { FILES_SHOWN } else { report.loaded.len() };
    let (named, others) = report.loaded.split_at(shown);
    section(out, "loaded", named, |file| {
        format!("{}: {} rows, {}", file.file, file.rows, file.layout)
    })?;
    if others.is_empty() {
        return Ok(());
    }
    let rows: u64 = others.iter().map(|file| file.rows).sum();
    writeln!(out, "  and {} more files: {rows} rows", others.len())
}

fn write_notices(out: &mut String, report: &LoadReport) -> std::fmt::Result {
    for (severity, title) in [
        (Severity::Bar, "do not use"),
        (Severity::Warning, "mind"),
        (Severity::Note, "worth knowing"),
    ] {
        // What repeats month by month is one line.
        let mut lines: Vec<(&Notice, Vec<Date>)> = Vec::new();
        let notices = report.description.notices.iter();
        for notice in notices.filter(|notice| notice.severity == severity) {
            let same = lines.iter_mut().find(|(first, _)| {
                (first.code, &first.source, &first.text)
                    == (notice.code, &notice.source, &notice.text)
            });
            match same {
                Some((_, months)) => months.extend(notice.billing_period),
                None => lines.push((notice, notice.billing_period.into_iter().collect())),
            }
        }
        section(out, title, &lines, |(notice, months)| {
            let source = if notice.text.starts_with(&notice.source) { "" } else { &notice.source };
            let place = format!("{} {source}", spans(months).join(", "));
            let place = place.trim();
            if place.is_empty() { notice.text.clone() } else { format!("{place}: {}", notice.text) }
        })?;
    }
    Ok(())
}

fn write_identities(out: &mut String, report: &LoadReport) -> std::fmt::Result {
    let count = |wanted: fn(&IdentityOutcome) -> bool| {
        report.identities.iter().filter(|check| wanted(&check.outcome)).count()
    };
    let holds = count(|outcome| matches!(outcome, IdentityOutcome::Holds { .. }));
    let fails = count(|outcome| matches!(outcome, IdentityOutcome::Fails { .. }));
    let unchecked = count(|outcome| matches!(outcome, IdentityOutcome::Unchecked { .. }));
    if report.identities.is_empty() {
        return Ok(());
    }
    writeln!(out, "identities: {holds} hold, {fails} fail, {unchecked} unchecked")
}

fn section<T>(
    out: &mut String,
    title: &str,
    items: &[T],
    line: impl Fn(&T) -> String,
) -> std::fmt::Result {
    if items.is_empty() {
        return Ok(());
    }
    writeln!(out, "{title}:")?;
    items.iter().try_for_each(|item| writeln!(out, "  {}", line(item)))
}

/// `2024-08-01 to 2024-08-31`.
fn days_of(period: Period) -> String {
    let end = period.end().date();
    format!("{} to {}", period.start().date(), end.yesterday().unwrap_or(end))
}

fn restated_line(restatement: &Restatement) -> String {
    let costs = restatement.billed.iter().map(|cost| {
        format!("{} -> {} {} ({})", cost.before, cost.after, cost.currency, cost.difference)
    });
    format!(
        "{} {} {}: {} -> {} rows, billed {}",
        restatement.key.billing_period.strftime("%Y-%m"),
        restatement.key.provider,
        restatement.key.billing_account,
        restatement.rows_before,
        restatement.rows_after,
        costs.collect::<Vec<_>>().join(", ")
    )
}

// One line for neighbouring complete months of a bill; every other month says how far it is loaded.
fn period_lines(periods: &[LoadedPeriod]) -> Vec<String> {
    let mut bills: BTreeMap<(&str, &str), Vec<&LoadedPeriod>> = BTreeMap::new();
    for period in periods {
        bills.entry((&period.provider, &period.billing_account)).or_default().push(period);
    }
    let mut lines = Vec::new();
    for ((provider, account), mut months) in bills {
        months.sort_by_key(|period| period.billing_period);
        let place = format!("{provider} {account}");
        for run in months.chunk_by(|one, next| {
            one.complete && next.complete && follows(one.billing_period, next.billing_period)
        }) {
            let dates: Vec<Date> = run.iter().map(|period| period.billing_period).collect();
            let rows: u64 = run.iter().map(|period| period.rows).sum();
            let state = match run {
                [only] if !only.complete => {
                    let loaded = only.coverage.map_or_else(
                        || "no ordinary charge".to_owned(),
                        |span| format!("charges of {span}"),
                    );
                    format!("{loaded}, not complete")
                }
                _ => "complete".to_owned(),
            };
            lines.push(format!(
                "{} {}: {rows} rows, {state}",
                place.trim(),
                spans(&dates).join(", ")
            ));
        }
    }
    lines
}

// Workloads that are counted over the same days share a line.
fn counted_lines(transactions: &[TransactionCoverage]) -> Vec<String> {
    let mut groups: BTreeMap<(Period, &str), Vec<&str>> = BTreeMap::new();
    for counted in transactions {
        groups.entry((counted.period, &counted.grain)).or_default().push(&counted.workload);
    }
    let line = |((period, grain), names): (_, Vec<&str>)| {
        let count = counted(names.len() as u64, "workload");
        format!("{count}, {period} by {grain}: {}", some_of(&names))
    };
    groups.into_iter().map(line).collect()
}

fn follows(one: Date, next: Date) -> bool {
    Period::month_of(one).end().date() == next
}

// Months in a row as `2024-01 to 2024-03`.
fn spans(months: &[Date]) -> Vec<String> {
    let mut months = months.to_vec();
    months.sort_unstable();
    months.dedup();
    let text = |run: &[Date]| match run {
        [first, .., last] => format!("{} to {}", first.strftime("%Y-%m"), last.strftime("%Y-%m")),
        [only] => only.strftime("%Y-%m").to_string(),
        [] => String::new(),
    };
    months.chunk_by(|one, next| follows(*one, *next)).map(text).collect()
}
