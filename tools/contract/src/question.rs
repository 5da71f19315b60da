//! What a person asked, cleaned and bounded.

use std::fmt;

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::memory::Memory;

/// The longest question we read, in bytes.
pub const QUESTION_LIMIT_BYTES: usize = 16 * 1024;

/// How many earlier turns of a conversation a question carries: those just before it.
pub const TURNS_READ: usize = 5;

/// The language of a question and of its answer.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    #[default]
    En,
    Ko,
}

impl Language {
    /// Korean when the text holds a Hangul syllable or letter, English otherwise.
    #[must_use]
    pub fn detect(text: &str) -> Self {
        let hangul = |letter: char| matches!(letter, '\u{ac00}'..='\u{d7a3}' | '\u{1100}'..='\u{11ff}' | '\u{3131}'..='\u{318e}');
        if text.chars().any(hangul) { Self::Ko } else { Self::En }
    }

    /// The language of a text in a conversation: one of names alone ("EC2?") is in the language of the
    /// question before it.
    #[must_use]
    pub fn detect_after(text: &str, earlier: &[Turn]) -> Self {
        let own = Self::detect(text);
        let speaks = |word: &str| {
            let letters = word.trim_matches(|letter: char| !letter.is_alphanumeric());
            letters.chars().all(|letter| letter.is_ascii_lowercase()) && letters.len() > 1
        };
        match earlier.last() {
            Some(last) if own == Self::En && !text.split_whitespace().any(speaks) => {
                Self::detect(&last.question)
            }
            _ => own,
        }
    }
}

impl fmt::Display for Language {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::En => "en",
            Self::Ko => "ko",
        })
    }
}

/// A question, ready to be answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    text: String,
    language: Language,
    /// The day on which it is asked: "today" for every relative date.
    pub as_of: Date,
    /// The conversation it belongs to, when it belongs to one.
    pub conversation: Option<String>,
    /// What was asked before in the same conversation, oldest first; [`TURNS_READ`] at most.
    #[serde(default)]
    pub earlier: Vec<Turn>,
    /// The typed request to answer, where a caller corrected a reading. It stands instead of the words.
    #[serde(default)]
    pub request: Option<Map<String, Value>>,
    /// What the same person said before that this question brings back: data, never evidence.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub remembered: Vec<Memory>,
}

/// A question that was asked before, and how it was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Turn {
    pub question: String,
    /// The typed request that was answered; `None` where the question was declined or asked back.
    #[serde(default)]
    pub request: Option<Map<String, Value>>,
}

/// A text that is no question.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidQuestion {
    #[error(
        "the question is empty; ask for example \"What did we spend last month, by provider?\""
    )]
    Empty,
    #[error("the question is {bytes} bytes long; the limit is {QUESTION_LIMIT_BYTES}")]
    TooLong { bytes: usize },
}

impl Question {
    /// Cleans and bounds a text: control, bidi and zero-width characters become spaces.
    ///
    /// # Errors
    /// When nothing readable is left, or the text is over the limit.
    pub fn parse(
        text: &str,
        language: Option<Language>,
        as_of: Date,
    ) -> Result<Self, InvalidQuestion> {
        if text.len() > QUESTION_LIMIT_BYTES {
            return Err(InvalidQuestion::TooLong { bytes: text.len() });
        }
        let cleaned: String =
            text.chars().map(|letter| if is_invisible(letter) { ' ' } else { letter }).collect();
        let cleaned = cleaned.split_whitespace().collect::<Vec<_>>().join(" ");
        if cleaned.is_empty() {
            return Err(InvalidQuestion::Empty);
        }
        let language = language.unwrap_or_else(|| Language::detect(&cleaned));
        Ok(Self {
            text: cleaned,
            language,
            as_of,
            conversation: None,
            earlier: Vec::new(),
            request: None,
            remembered: Vec::new(),
        })
    }

    /// The same question after others of its conversation. Only the last [`TURNS_READ`] are kept; `language`
    /// fixes the language of the answer.
    #[must_use]
    pub fn after(mut self, mut earlier: Vec<Turn>, language: Option<Language>) -> Self {
        earlier.drain(..earlier.len().saturating_sub(TURNS_READ));
        self.language = language.unwrap_or_else(|| Language::detect_after(&self.text, &earlier));
        self.earlier = earlier;
        self
    }

    /// The cleaned text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The language to answer in.
    #[must_use]
    pub fn language(&self) -> Language {
        self.language
    }
}

/// Characters that a reader cannot see but that change how a text is shown or read.
#[must_use]
pub fn is_invisible(letter: char) -> bool {
    letter.is_control()
        || matches!(letter,
            '\u{00ad}' | '\u{061c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_question_is_cleaned_and_its_language_found() {
        let asked = Question::parse("  지난달\u{200b} 비용은?\n", None, date(2026, 1, 1)).unwrap();
        assert_eq!((asked.text(), asked.language()), ("지난달 비용은?", Language::Ko));
        assert_eq!(
            Question::parse("\u{202e} \t", None, date(2026, 1, 1)),
            Err(InvalidQuestion::Empty)
        );
        let turn = Turn { question: "9월 비용은?".to_owned(), request: None };
        for (text, language) in
            [("EC2?", Language::Ko), ("t3.medium", Language::Ko), ("and for RDS?", Language::En)]
        {
            let asked = Question::parse(text, None, date(2026, 1, 1)).unwrap();
            assert_eq!(asked.language(), Language::En, "{text}");
            assert_eq!(asked.after(vec![turn.clone(); 7], None).language(), language, "{text}");
        }
        let asked = Question::parse("EC2?", None, date(2026, 1, 1)).unwrap();
        assert_eq!(asked.after(vec![turn; 7], Some(Language::En)).earlier.len(), TURNS_READ);
        let long = "a".repeat(QUESTION_LIMIT_BYTES + 1);
        assert!(matches!(
            Question::parse(&long, None, date(2026, 1, 1)),
            Err(InvalidQuestion::TooLong { .. })
        ));
    }
}
