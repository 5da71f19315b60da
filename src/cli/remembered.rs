//! What was remembered, as the terminal shows it: the person's own words in quotes, with their day.

use std::fmt::Write as _;

use wherefore_contract::{
    memory::{Memory, MemoryKind},
    question::Language,
};
use wherefore_offline::corrected;
use wherefore_verify::render;

use super::markdown::visible;
use crate::reading;

/// Head and lines of what an answer brings back; empty when it brings nothing back.
pub(super) fn block(remembered: &[Memory], language: Language) -> String {
    if remembered.is_empty() {
        return String::new();
    }
    let head = match language {
        Language::En => "Remembered: your own words from earlier, not evidence",
        Language::Ko => "기억: 예전에 직접 남기신 말씀이며 근거가 아닙니다",
    };
    let lines = remembered.iter().map(|memory| format!("  • {}", line(memory, language)));
    std::iter::once(head.to_owned()).chain(lines).collect::<Vec<_>>().join("\n")
}

/// One memory in one line.
pub(super) fn line(memory: &Memory, language: Language) -> String {
    let day = memory.asked_at.to_string();
    let day = day.get(..10).unwrap_or(&day);
    let mut line = format!("{day} {} “{}”", kind(memory.kind, language), memory.text);
    match (&memory.means, memory.kind, &memory.reading) {
        (Some(means), ..) => {
            let dimension = render::dimension(&means.dimension, language);
            // The name stands in the quotes already, where nothing but the name was said.
            let said = Some(means.said.as_str()).filter(|said| *said != memory.text.as_str());
            let said = said.map(|said| format!("“{said}”: ")).unwrap_or_default();
            let _ = write!(line, " → {said}{dimension} {}", means.value);
        }
        (None, MemoryKind::Correction, Some(request)) => {
            if let Ok(read) = corrected(request) {
                let _ = write!(line, " → {}", reading::line(&read, language));
            }
        }
        (None, ..) => {}
    }
    if let Some(id) = &memory.conversation {
        let _ = write!(line, " ({id})");
    }
    visible(&line)
}

fn kind(kind: MemoryKind, language: Language) -> &'static str {
    match (language, kind) {
        (Language::En, MemoryKind::Question) => "you asked",
        (Language::En, MemoryKind::Correction) => "you corrected",
        (Language::En, MemoryKind::Cause) => "you confirmed",
        (Language::En, MemoryKind::Note) => "you noted",
        (Language::Ko, MemoryKind::Question) => "질문",
        (Language::Ko, MemoryKind::Correction) => "정정",
        (Language::Ko, MemoryKind::Cause) => "확인한 원인",
        (Language::Ko, MemoryKind::Note) => "메모",
    }
}
