//! Progress of a question on standard error: a line that moves on a terminal, log lines elsewhere.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};
use wherefore_team::{Progress, ProgressEvent};

use super::output::Output;

/// Who is working, while a question is answered.
pub struct QuestionProgress {
    bar: Option<ProgressBar>,
    output: Output,
}

impl QuestionProgress {
    /// Begins; the line goes when this is dropped.
    pub fn begin(output: Output) -> Self {
        let bar = output.is_watched().then(|| spinner("…"));
        Self { bar, output }
    }
}

/// A line with a turning mark.
pub(super) fn spinner(message: &str) -> ProgressBar {
    let bar = ProgressBar::new_spinner();
    if let Ok(style) = ProgressStyle::with_template("{spinner:.green} {msg:.dim}") {
        bar.set_style(style);
    }
    bar.enable_steady_tick(Duration::from_millis(80));
    bar.set_message(message.to_owned());
    bar
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
