//! The forms that a report is written in, for every surface alike.

use std::{fmt, str::FromStr};

use super::{Marks, Report, ReportError};

/// How a report is written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Form {
    #[default]
    Html,
    Markdown,
    Csv,
    Xlsx,
    Json,
}

/// A text is no form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("write a form as html, md, csv, xlsx or json")]
pub struct NoForm;

impl Form {
    /// Every form.
    pub const ALL: [Self; 5] = [Self::Html, Self::Markdown, Self::Csv, Self::Xlsx, Self::Json];

    /// The ending of its files, which also names it.
    #[must_use]
    pub fn ending(self) -> &'static str {
        match self {
            Self::Html => "html",
            Self::Markdown => "md",
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
            Self::Json => "json",
        }
    }

    /// Its media type.
    #[must_use]
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Html => "text/html; charset=utf-8",
            Self::Markdown => "text/markdown; charset=utf-8",
            Self::Csv => "text/csv; charset=utf-8",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Json => "application/json",
        }
    }
}

impl fmt::Display for Form {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.ending())
    }
}

impl FromStr for Form {
    type Err = NoForm;

    fn from_str(text: &str) -> Result<Self, NoForm> {
        Self::ALL.into_iter().find(|form| form.ending() == text).ok_or(NoForm)
    }
}

impl Report {
    /// The bytes of the report in a form.
    ///
    /// # Errors
    /// When a workbook cannot hold it, or it cannot be written as JSON.
    pub fn written(&self, form: Form, marks: Marks) -> Result<Vec<u8>, ReportError> {
        Ok(match form {
            Form::Html => self.html().into_bytes(),
            Form::Markdown => self.markdown().into_bytes(),
            Form::Csv => self.csv(marks).into_bytes(),
            Form::Xlsx => self.xlsx()?,
            Form::Json => {
                let text = serde_json::to_string_pretty(&self.json())?;
                format!("{text}\n").into_bytes()
            }
        })
    }
}
