//! Statements about the data that qualify answers, each with its figures.

mod costs;
mod sources;

use std::collections::BTreeMap;

use wherefore_contract::quality::{
    Identity, LoadedPeriod, Notice, NoticeCode, Severity, TransactionCoverage,
};

use crate::{
    describe::{Content, percent},
    manifest::PeriodKey,
    number,
    report::{IdentityCheck, IdentityOutcome},
    stats::{ChargeStats, Values},
};

// Names in a sentence; the figures hold the number of all.
const NAMED: usize = 5;
// Credits that cancel at least this share of a period's gross cost hide what was used, in percent.
const CREDITS_HIDE_FROM: i128 = 25;

/// A notice in the making.
pub(super) struct Draft(Notice);

impl Draft {
    pub(super) fn new(code: NoticeCode, severity: Severity, text: String) -> Self {
        Self(Notice {
            code,
            subject: String::new(),
            source: String::new(),
            billing_period: None,
            severity,
            figures: BTreeMap::new(),
            text,
        })
    }

    pub(super) fn about(mut self, subject: &str) -> Self {
        subject.clone_into(&mut self.0.subject);
        self
    }

    pub(super) fn of(mut self, key: &PeriodKey) -> Self {
        self.0.source = source_of(key);
        self.0.billing_period = Some(key.billing_period);
        self
    }

    pub(super) fn in_file(mut self, file: &str) -> Self {
        file.clone_into(&mut self.0.source);
        self
    }

    pub(super) fn figure(mut self, name: &str, value: impl std::fmt::Display) -> Self {
        self.0.figures.insert(name.to_owned(), format!("{value}"));
        self
    }

    pub(super) fn done(self) -> Notice {
        self.0
    }
}

/// Provider and billing account, as notices name a source.
pub(crate) fn source_of(key: &PeriodKey) -> String {
    [key.provider.as_str(), key.billing_account.as_str()]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

pub(super) fn collect(
    content: &Content<'_>,
    periods: &BTreeMap<PeriodKey, ChargeStats>,
    loaded: &[LoadedPeriod],
    identities: &[IdentityCheck],
    covered: &[TransactionCoverage],
    values: &BTreeMap<String, Values>,
) -> Vec<Notice> {
    let mut notices = Vec::new();
    for period in loaded {
        notices.extend(of_coverage(period));
    }
    for (key, stats) in periods {
        costs::of_metrics(key, stats, &mut notices);
        costs::of_defects(key, stats, &mut notices);
        notices.extend(of_credits(key, stats));
    }
    notices.extend(of_currencies(periods));
    notices.extend(of_identities(identities));
    notices.extend(of_tags(content, periods, values));
    sources::of_names(content, &mut notices);
    sources::of_files(content, &mut notices);
    for coverage in covered.iter().filter(|coverage| !coverage.has_charges) {
        let text = format!(
            "no charge carries workload `{}`, which has transactions; check its spelling or load with --workload-tag",
            coverage.workload
        );
        let draft = Draft::new(NoticeCode::UnknownWorkload, Severity::Warning, text);
        notices.push(draft.about(&coverage.workload).done());
    }
    notices
}

fn of_coverage(period: &LoadedPeriod) -> Vec<Notice> {
    let key = PeriodKey {
        billing_period: period.billing_period,
        provider: period.provider.clone(),
        billing_account: period.billing_account.clone(),
    };
    let mut notices = Vec::new();
    if !period.missing_days.is_empty() {
        let days = &period.missing_days;
        let text = format!(
            "{} without an ordinary charge: {}",
            counted(days.len() as u64, "day"),
            some_of(&runs(days))
        );
        notices.push(
            Draft::new(NoticeCode::MissingDays, Severity::Warning, text)
                .of(&key)
                .figure("days", days.len())
                .figure("first", days.first().map(ToString::to_string).unwrap_or_default())
                .done(),
        );
    }
    let month = wherefore_contract::period::Period::month_of(period.billing_period);
    let end = period.coverage.map(wherefore_contract::period::Period::end);
    if end.is_none_or(|end| end < month.end()) {
        let last = end.map_or("none".to_owned(), wherefore_contract::period::format_moment);
        let text = format!(
            "the billing period is loaded up to {last} only; it ends at {}",
            wherefore_contract::period::format_moment(month.end())
        );
        let draft = Draft::new(NoticeCode::PartialPeriod, Severity::Warning, text).of(&key);
        notices.push(draft.figure("loaded_until", last).figure("ends", month.end().date()).done());
    }
    notices
}

fn of_credits(key: &PeriodKey, stats: &ChargeStats) -> Vec<Notice> {
    let mut notices = Vec::new();
    for (currency, sums) in &stats.sums {
        if sums.gross > 0 && -sums.credits * 100 >= sums.gross * CREDITS_HIDE_FROM {
            let (gross, credits) = (number::format(sums.gross), number::format(sums.credits));
            let net = number::format(sums.billed);
            let text = format!(
                "credits of {credits} {currency} cancel {} % of {gross} {currency}; {net} {currency} remain",
                percent(-sums.credits, sums.gross)
            );
            notices.push(
                Draft::new(NoticeCode::CreditsHideUsage, Severity::Warning, text)
                    .about("billed_cost")
                    .of(key)
                    .figure("gross", gross)
                    .figure("credits", credits)
                    .figure("net", net)
                    .figure("currency", currency)
                    .done(),
            );
        }
    }
    notices
}

fn of_currencies(periods: &BTreeMap<PeriodKey, ChargeStats>) -> Option<Notice> {
    let mut rows: BTreeMap<&str, u64> = BTreeMap::new();
    for (currency, sums) in periods.values().flat_map(|stats| &stats.sums) {
        *rows.entry(currency).or_default() += sums.rows;
    }
    let named: Vec<&str> = rows.keys().copied().filter(|code| !code.is_empty()).collect();
    if named.len() < 2 {
        return None;
    }
    let text = format!("charges are billed in {}; no sum crosses currencies", named.join(", "));
    let draft = Draft::new(NoticeCode::MixedCurrencies, Severity::Warning, text);
    let draft = draft.about("billing_currency");
    Some(rows.iter().fold(draft, |draft, (code, rows)| draft.figure(code, rows)).done())
}

type IdentityGroup<'a> = (&'a PeriodKey, NoticeCode, Identity, &'a str, &'a str);

// One notice a period and outcome, however many commitments it has: the report holds each check.
fn of_identities(checks: &[IdentityCheck]) -> Vec<Notice> {
    let mut groups: BTreeMap<IdentityGroup<'_>, Vec<String>> = BTreeMap::new();
    for check in checks {
        let (identity, about) = check.name.split_once(", commitment ").unwrap_or((&check.name, ""));
        let (code, reason, text) = match &check.outcome {
            IdentityOutcome::Holds { .. } => continue,
            IdentityOutcome::Fails { left, right, difference } => {
                let gap = if about.is_empty() { "" } else { ": " };
                let text = format!("{about}{gap}{left} against {right}, {difference} apart");
                (NoticeCode::IdentityFailed, "", text)
            }
            IdentityOutcome::Unchecked { reason } => {
                (NoticeCode::IdentityUnchecked, reason.as_str(), about.to_owned())
            }
        };
        groups.entry((&check.key, code, check.identity, identity, reason)).or_default().push(text);
    }
    let notice =
        |((key, code, kind, identity, reason), items): (IdentityGroup<'_>, Vec<String>)| {
            let count = items.len();
            let named: Vec<&str> =
                items.iter().map(String::as_str).filter(|item| !item.is_empty()).collect();
            let listed =
                if named.is_empty() { String::new() } else { format!(": {}", some_of(&named)) };
            let (severity, text) = if code == NoticeCode::IdentityFailed {
                let severity = if kind.bars() { Severity::Bar } else { Severity::Warning };
                // Of a whole bill the sums come first: readers see the beginning of long texts.
                let text = match items.as_slice() {
                    [sums] if !sums.contains('`') => format!("{sums}: {identity} does not hold"),
                    _ => format!("{identity} does not hold{listed}"),
                };
                (severity, text)
            } else if named.is_empty() {
                (Severity::Note, format!("{identity} cannot be checked: {reason}"))
            } else {
                let what = counted(count as u64, "commitment");
                (
                    Severity::Note,
                    format!("{identity} cannot be checked for {what}, because {reason}{listed}"),
                )
            };
            let draft = Draft::new(code, severity, text);
            let draft =
                draft.about(&kind.measure().to_string()).of(key).figure("identity", identity);
            draft.figure("checks", count).done()
        };
    groups.into_iter().map(notice).collect()
}

/// The first few of a list, and how many more there are.
pub(crate) fn some_of<T: AsRef<str>>(items: &[T]) -> String {
    let text = items.iter().take(NAMED).map(AsRef::as_ref).collect::<Vec<&str>>().join(", ");
    match items.len().checked_sub(NAMED) {
        None | Some(0) => text,
        Some(more) => format!("{text} and {more} more"),
    }
}

/// A count with its noun.
pub(crate) fn counted(count: u64, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}

// Runs of days as `first to last`.
fn runs(days: &[jiff::civil::Date]) -> Vec<String> {
    let mut runs: Vec<(jiff::civil::Date, jiff::civil::Date)> = Vec::new();
    for day in days {
        match runs.last_mut() {
            Some((_, last)) if last.tomorrow().is_ok_and(|next| next == *day) => *last = *day,
            Some(_) | None => runs.push((*day, *day)),
        }
    }
    let text = |(first, last): (jiff::civil::Date, jiff::civil::Date)| {
        if first == last { first.to_string() } else { format!("{first} to {last}") }
    };
    runs.into_iter().map(text).collect()
}

fn of_tags(
    content: &Content<'_>,
    periods: &BTreeMap<PeriodKey, ChargeStats>,
    values: &BTreeMap<String, Values>,
) -> Vec<Notice> {
    let rows: u64 = periods.values().map(|stats| stats.rows).sum();
    if rows == 0 {
        return Vec::new();
    }
    let key = content.workload_tag;
    let tagged = values.get(&format!("tag:{key}")).map_or(0, |values| values.filled);
    let mut notices = Vec::new();
    if tagged < rows {
        let mut costs: BTreeMap<&str, (i128, i128)> = BTreeMap::new();
        for (currency, sums) in periods.values().flat_map(|stats| &stats.sums) {
            let cost = costs.entry(currency).or_default();
            cost.0 += sums.billed - sums.tagged.get(key).copied().unwrap_or(0);
            cost.1 += sums.billed;
        }
        let share = percent(i128::from(rows - tagged), i128::from(rows));
        let parts = costs.iter().map(|(currency, (untagged, whole))| {
            format!("{} of {} {currency}", number::format(*untagged), number::format(*whole))
        });
        let parts: Vec<String> = parts.collect();
        let mut text = format!(
            "{} of {rows} rows ({share} %) carry no tag `{key}`; billed without it: {}",
            rows - tagged,
            parts.join(", ")
        );
        if tagged == 0 {
            let keys: Vec<&str> =
                values.keys().filter_map(|name| name.strip_prefix("tag:")).collect();
            text = if keys.is_empty() {
                format!("{text}; no charge carries any tag")
            } else {
                format!("{text}; name another with --workload-tag: {}", some_of(&keys))
            };
        }
        let mut draft = Draft::new(NoticeCode::Untagged, Severity::Note, text)
            .about(&format!("tag:{key}"))
            .figure("rows", rows - tagged)
            .figure("rows_percent", share);
        for (currency, (untagged, whole)) in costs {
            draft = draft
                .figure(&format!("billed_cost_{currency}"), number::format(untagged))
                .figure(&format!("percent_{currency}"), percent(untagged, whole));
        }
        notices.push(draft.done());
    }
    notices
}
