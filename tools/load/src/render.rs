//! The data report as text for a terminal.

use std::fmt::Write as _;

use wherefore_contract::quality::{LoadedPeriod, Severity};

use crate::report::{IdentityOutcome, LoadReport, Restatement};

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
        Some(snapshot) => writeln!(
            out,
            "snapshot {snapshot}: {} charge rows ({})",
            description.rows,
            description.formats.join(", ")
        )?,
        None => writeln!(out, "nothing was loaded; the warehouse is as it was")?,
    }
    section(out, "loaded", &report.loaded, |file| {
        format!("{}: {} rows, {}", file.file, file.rows, file.layout)
    })?;
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
    section(out, "periods", &description.periods, period_line)?;
    section(out, "restated", &report.restated, restated_line)?;
    section(out, "transactions", &description.transactions, |coverage| {
        format!("{} {} by {}", coverage.workload, coverage.period, coverage.grain)
    })?;
    write_identities(out, report)?;
    write_notices(out, report)
}

fn write_notices(out: &mut String, report: &LoadReport) -> std::fmt::Result {
    let description = &report.description;
    for (severity, title) in [
        (Severity::Bar, "do not use"),
        (Severity::Warning, "mind"),
        (Severity::Note, "worth knowing"),
    ] {
        let notices: Vec<_> =
            description.notices.iter().filter(|notice| notice.severity == severity).collect();
        section(out, title, &notices, |notice| {
            let month = notice.billing_period.map(|month| month.strftime("%Y-%m ").to_string());
            let source = if notice.text.starts_with(&notice.source) { "" } else { &notice.source };
            let place = format!("{}{source}", month.unwrap_or_default());
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

fn period_line(period: &LoadedPeriod) -> String {
    let coverage = period.coverage.map_or("no ordinary charge".to_owned(), |span| span.to_string());
    let state = if period.complete { "complete" } else { "not complete" };
    format!(
        "{} {} {}: {} rows, {coverage}, {state}",
        period.billing_period.strftime("%Y-%m"),
        period.provider,
        period.billing_account,
        period.rows
    )
}
