//! Where commands write: results to standard output, everything else to standard error.

use std::{
    error::Error,
    io::{self, IsTerminal as _, Write as _},
};

use serde::Serialize;

use super::{
    failure::Failure,
    markdown::{Style, visible},
};

/// The two streams and what stands behind them.
#[derive(Debug, Clone, Copy)]
pub(super) struct Output {
    style: Style,
    is_terminal: bool,
    is_watched: bool,
}

impl Output {
    /// The process's own streams.
    pub(super) fn standard(is_color_refused: bool) -> Self {
        let is_terminal = io::stdout().is_terminal();
        let style = if is_terminal && !is_color_refused { Style::Ansi } else { Style::Plain };
        Self { style, is_terminal, is_watched: io::stderr().is_terminal() }
    }

    /// How standard output is written to.
    pub(super) fn style(self) -> Style {
        self.style
    }

    /// Columns to draw tables in; `None` lets them be as wide as they need, as in a file.
    pub(super) fn width(self) -> Option<u16> {
        self.is_terminal.then(|| console_width().max(40))
    }

    /// Whether a person watches standard error, and so whether progress may move.
    pub(super) fn is_watched(self) -> bool {
        self.is_watched
    }

    /// A result.
    #[expect(clippy::unused_self, reason = "only who holds the output may write")]
    pub(super) fn print(self, text: &str) -> Result<(), Failure> {
        writeln!(io::stdout().lock(), "{text}").map_err(Failure::Output)
    }

    /// A result for machines: one document.
    pub(super) fn json(self, document: &impl Serialize) -> Result<(), Failure> {
        let text = serde_json::to_string_pretty(document).map_err(io::Error::from)?;
        self.print(&text)
    }

    /// Something a person may want to know meanwhile.
    #[expect(clippy::unused_self, reason = "only who holds the output may write")]
    pub(super) fn note(self, text: &str) {
        let _ = writeln!(io::stderr().lock(), "{}", visible(text));
    }

    /// Why a command failed, with the causes under it.
    pub(super) fn complain(self, failure: &Failure) {
        self.note(&format!("wherefore: {failure}"));
        let mut cause = failure.source();
        while let Some(error) = cause {
            self.note(&format!("  because: {error}"));
            cause = error.source();
        }
    }
}

fn console_width() -> u16 {
    terminal_size::terminal_size().map_or(80, |(terminal_size::Width(width), _)| width)
}
