//! Progress of a question on standard error: a line that moves on a terminal, log lines elsewhere.

use std::{
    sync::atomic::{AtomicU64, Ordering},
    time::Duration,
};

use indicatif::{ProgressBar, ProgressStyle};
use wherefore_team::{Progress, ProgressEvent};

use super::output::Output;

/// Who is working, while a question is answered.
pub(super) struct QuestionProgress {
    bar: Option<ProgressBar>,
    output: Output,
}

impl QuestionProgress {
    /// Begins; the line goes when this is dropped.
    pub(super) fn begin(output: Output) -> Self {
        let bar = output.is_watched().then(|| spinner("…"));
        Self { bar, output }
    }
}

/// A line with a turning mark.
pub(super) fn spinner(message: &str) -> ProgressBar {
    let bar = ProgressBar::new_spinner();
    if let Ok(style) = ProgressStyle::with_template("{spinner:.green} {msg:.dim} {prefix:.dim}") {
        bar.set_style(style);
    }
    bar.enable_steady_tick(Duration::from_millis(80));
    bar.set_message(message.to_owned());
    bar
}

/// Counts work that has a known end: a bar on a terminal, a line at every tenth elsewhere.
pub(super) struct Counter {
    bar: Option<ProgressBar>,
    output: Output,
    what: &'static str,
    tenth: AtomicU64,
}

/// Begins to count.
pub(super) fn counter(output: Output, what: &'static str) -> Counter {
    let bar = output.is_watched().then(|| {
        let bar = ProgressBar::new(0);
        if let Ok(style) = ProgressStyle::with_template(
            "{msg} {bar:30.green/dim} {human_pos} of {human_len}  {eta}",
        ) {
            bar.set_style(style);
        }
        bar.set_message(what);
        bar
    });
    Counter { bar, output, what, tenth: AtomicU64::new(0) }
}

impl Counter {
    /// How far it is.
    pub(super) fn set(&self, done: u64, expected: u64) {
        if let Some(bar) = &self.bar {
            bar.set_length(expected.max(done));
            bar.set_position(done);
            return;
        }
        let tenth = done.saturating_mul(10) / expected.max(1);
        if self.tenth.fetch_max(tenth, Ordering::Relaxed) < tenth {
            self.output.note(&format!("{}: {done} of about {expected}", self.what));
        }
    }

    /// The work is done; the bar goes.
    pub(super) fn end(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}

impl Progress for QuestionProgress {
    fn event(&self, event: ProgressEvent) {
        let line = match event {
            ProgressEvent::AgentStarted { role, .. } => format!("{role} begins"),
            ProgressEvent::ToolCalled { role, tool } => format!("{role} calls {tool}"),
            ProgressEvent::Verifying => "verifying every figure".to_owned(),
            ProgressEvent::ToolAnswered { .. }
            | ProgressEvent::AgentDone { .. }
            | ProgressEvent::Sentence { .. } => return,
        };
        match &self.bar {
            Some(bar) => bar.set_message(line),
            None => self.output.note(&line),
        }
    }
}

impl Drop for QuestionProgress {
    fn drop(&mut self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}
