//! What a line of the chat says: a question, or a command that begins with a colon.

use wherefore_contract::question::Language;

/// One line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Command<'a> {
    Nothing,
    Ask(&'a str),
    /// `:by region`: a part of the reading, and what it is set to.
    Correct {
        name: &'a str,
        text: &'a str,
    },
    Read,
    New,
    Evidence,
    /// `:confirm the promotion`: a cause, in the person's own words.
    Confirm(&'a str),
    /// `:note the migration ends in May`.
    Note(&'a str),
    Speak(Language),
    Help,
    Quit,
}

impl<'a> Command<'a> {
    pub(super) fn read(line: &'a str) -> Self {
        let Some(command) = line.strip_prefix(':') else {
            return if line.is_empty() { Self::Nothing } else { Self::Ask(line) };
        };
        let (name, text) = command.split_once(char::is_whitespace).unwrap_or((command, ""));
        match name {
            "read" => Self::Read,
            "new" => Self::New,
            "evidence" => Self::Evidence,
            "confirm" => Self::Confirm(text.trim()),
            "note" => Self::Note(text.trim()),
            "en" => Self::Speak(Language::En),
            "ko" => Self::Speak(Language::Ko),
            "quit" | "q" => Self::Quit,
            "measure" | "period" | "compare" | "by" | "filter" | "drop" | "top" => {
                Self::Correct { name, text: text.trim() }
            }
            _ => Self::Help,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_colon_begins_a_command() {
        for (line, expected) in [
            ("", Command::Nothing),
            ("and by region?", Command::Ask("and by region?")),
            (":by  region", Command::Correct { name: "by", text: "region" }),
            (":period", Command::Correct { name: "period", text: "" }),
            (":confirm the promotion", Command::Confirm("the promotion")),
            (":ko", Command::Speak(Language::Ko)),
            (":q", Command::Quit),
            (":what", Command::Help),
        ] {
            assert_eq!(Command::read(line), expected, "{line}");
        }
    }
}
