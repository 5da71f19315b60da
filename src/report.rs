//! Reports: questions that belong together, asked through the team on one snapshot and shown as one document.
//!
//! A report holds verified answers and words of its own without figures; what writes it (HTML, Markdown, CSV, XLSX)
//! takes nothing else.

mod cells;
mod csv;
mod form;
mod html;
mod make;
mod markdown;
mod plan;
mod shared;
mod words;
mod xlsx;

#[cfg(test)]
mod tests;

use std::{fmt, str::FromStr};

use jiff::{ToSpan as _, civil::Date};
use serde::Serialize;
use serde_json::{Value, json};
use wherefore_contract::{
    dimension::Dimension, error::StoreError, period::Period, question::Language,
};
use wherefore_verify::VerifiedAnswer;

pub use csv::Marks;
pub use form::{Form, NoForm};
pub use make::make;
pub use shared::{NoSharing, Sharing};

/// Kinds of reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// The monthly review: spend, unit costs, commitments, what is unusual, what can be saved, tags, data.
    Review,
    /// The bill by owner: billed cost, which sums to the invoice.
    Chargeback,
    /// What each owner used: effective cost, commitments spread over the usage they cover.
    Showback,
}

impl fmt::Display for Kind {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Review => "review",
            Self::Chargeback => "chargeback",
            Self::Showback => "showback",
        })
    }
}

/// A text names no report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("reports are review, chargeback and showback")]
pub struct NoKind;

impl FromStr for Kind {
    type Err = NoKind;

    fn from_str(text: &str) -> Result<Self, NoKind> {
        let all = [Self::Review, Self::Chargeback, Self::Showback];
        all.into_iter().find(|kind| kind.to_string() == text).ok_or(NoKind)
    }
}

/// Which report is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Order {
    pub kind: Kind,
    /// The month; the last one that is loaded in full by default.
    pub month: Option<Month>,
    /// What owners are told by; by default the workload where charges carry its tag, else the account.
    pub by: Option<Dimension>,
    /// What becomes of charges without an owner in a report that divides a bill.
    pub sharing: Sharing,
    pub language: Language,
    /// The day that counts as today.
    pub as_of: Date,
}

/// A calendar month, written `2024-10`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Month(Date);

/// A text is no month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("write a month as 2024-10")]
pub struct NoMonth;

impl Month {
    /// The month that holds `day`.
    #[must_use]
    pub fn of(day: Date) -> Self {
        Self(day.first_of_month())
    }

    /// Its days.
    #[must_use]
    pub fn period(self) -> Period {
        Period::month_of(self.0)
    }

    /// The month before.
    #[must_use]
    pub fn before(self) -> Self {
        Self(self.0.saturating_sub(1.month()))
    }

    /// The month after.
    #[must_use]
    pub fn after(self) -> Self {
        Self(self.0.saturating_add(1.month()))
    }
}

impl fmt::Display for Month {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{:04}-{:02}", self.0.year(), self.0.month())
    }
}

impl FromStr for Month {
    type Err = NoMonth;

    fn from_str(text: &str) -> Result<Self, NoMonth> {
        let (year, month) = text.trim().split_once('-').ok_or(NoMonth)?;
        let (year, month) = (year.parse().or(Err(NoMonth))?, month.parse().or(Err(NoMonth))?);
        Date::new(year, month, 1).map(Self).or(Err(NoMonth))
    }
}

/// A report could not be made.
#[derive(Debug, thiserror::Error)]
pub enum ReportError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("nothing is loaded; load a bill with `wherefore load PATH`")]
    Empty,
    #[error("no charge of {month} is loaded; loaded is {loaded}")]
    NotLoaded { month: Month, loaded: Period },
    #[error("`{by}` cannot tell owners; use tag:KEY, workload, sub_account or cloud_service")]
    Owner { by: Dimension },
    #[error(
        "transactions are counted by workload; share by another method, or tell owners by workload"
    )]
    Sharing,
    #[error("the report does not fit into a workbook")]
    Workbook(#[from] rust_xlsxwriter::XlsxError),
    #[error("the report could not be written")]
    Json(#[from] serde_json::Error),
}

/// Answers under one head.
#[derive(Debug, Clone)]
pub struct Section {
    /// A short English word that names it in addresses and files, e.g. `drivers`.
    pub key: &'static str,
    pub answers: Vec<VerifiedAnswer>,
}

/// Whether the rows of a chargeback add up to the bill.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Closing {
    /// In every column of money, to the last digit.
    Exact,
    /// Not in this column.
    Open { column: String },
}

/// A finished report.
#[derive(Debug, Clone)]
pub struct Report {
    pub kind: Kind,
    pub language: Language,
    pub month: Period,
    /// The month before, where it is loaded.
    pub base: Option<Period>,
    pub by: Option<Dimension>,
    /// How charges without an owner were shared.
    pub sharing: Sharing,
    pub as_of: Date,
    pub snapshot: String,
    pub sections: Vec<Section>,
    /// Of a report that divides a bill.
    pub closing: Option<Closing>,
}

impl Report {
    /// The section of this key.
    fn section(&self, key: &str) -> Option<&Section> {
        self.sections.iter().find(|section| section.key == key)
    }

    /// The answer at `index` of a section.
    fn answer(&self, key: &str, index: usize) -> Option<&VerifiedAnswer> {
        self.section(key)?.answers.get(index)
    }

    /// A file name without its ending, e.g. `chargeback-2024-10`.
    #[must_use]
    pub fn file_stem(&self) -> String {
        format!("{}-{}", self.kind, Month::of(self.month.start().date()))
    }

    /// One HTML page that loads nothing.
    #[must_use]
    pub fn html(&self) -> String {
        html::page(self)
    }

    /// The same as Markdown.
    #[must_use]
    pub fn markdown(&self) -> String {
        markdown::document(self)
    }

    /// Exact figures as comma-separated text.
    #[must_use]
    pub fn csv(&self, marks: Marks) -> String {
        csv::document(self, marks)
    }

    /// A workbook, as the bytes of its file.
    ///
    /// # Errors
    /// When the report has more rows or columns than a sheet.
    pub fn xlsx(&self) -> Result<Vec<u8>, ReportError> {
        Ok(xlsx::workbook(self)?)
    }

    /// Every answer in full, for machines.
    #[must_use]
    pub fn json(&self) -> Value {
        let sections: Vec<Value> = self
            .sections
            .iter()
            .map(|section| {
                let answers: Vec<Value> =
                    section.answers.iter().map(VerifiedAnswer::to_json).collect();
                json!({ "key": section.key, "title": words::title(section.key, self.language), "answers": answers })
            })
            .collect();
        json!({
            "report": self.kind,
            "month": Month::of(self.month.start().date()).to_string(),
            "by": self.by.as_ref().map(ToString::to_string),
            "shared": shared::borne(self).map(|_| self.sharing.to_string()),
            "language": self.language,
            "as_of": self.as_of.to_string(),
            "snapshot": self.snapshot,
            "closing": self.closing,
            "sections": sections,
        })
    }
}
