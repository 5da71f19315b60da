//! Sentences that only tell why somebody asks: "We are preparing the board deck."

use super::super::super::{decide::Draft, word::Meaning};

// Words that open a sentence which asks or orders something.
const ASKING: &[&str] = &[
    "what", "which", "how", "who", "whose", "when", "where", "why", "is", "are", "was", "were",
    "do", "does", "did", "has", "have", "had", "can", "could", "would", "will", "should", "show",
    "give", "list", "tell", "compare", "break", "split", "sum", "add", "rank", "name", "count",
    "find", "get", "only", "just",
];
// Words of the asking sentence that point back at what the other sentence names.
const POINTING: &[&str] = &["it", "its", "they", "them", "their", "those", "these", "there"];
const GREETINGS: &[&str] = &["hi", "hello", "hey", "dear", "thanks", "thank", "morning"];

impl Draft<'_> {
    /// Whether the word at `at` stands in a sentence that asks nothing and names
    /// nothing, beside one that asks. Korean sentences are not parted.
    pub(super) fn is_context(&self, at: usize) -> bool {
        if !self.text_of(at).is_ascii() {
            return false;
        }
        let (start, after) = self.sentence(at);
        let opening = self.text_of(start).to_lowercase();
        let asks = ASKING.contains(&opening.as_str())
            || self.text_of(after) == "?"
            || (start..after).any(|index| self.narrows(index));
        let others = || (0..self.items.len()).filter(|index| *index < start || *index > after);
        let asked = others().any(|index| self.carries_a_question(index));
        let points =
            others().any(|index| POINTING.contains(&self.text_of(index).to_lowercase().as_str()));
        !asks && asked && !points
    }

    /// "(some keys have a stray space)", "(the managed databases)": brackets that tell something, or say
    /// a name again with an article, and hold nothing that could narrow the question.
    pub(super) fn is_aside(&self, at: usize) -> bool {
        let open = (0..at).rev().find(|index| self.meaning(*index) == Some(&Meaning::Open));
        let close =
            (at..self.items.len()).find(|index| self.meaning(*index) == Some(&Meaning::Close));
        let (Some(open), Some(close)) = (open, close) else { return false };
        let closed = (open..at).any(|index| self.meaning(index) == Some(&Meaning::Close));
        let inside = || open + 1..close;
        let said = |index: usize| self.text_of(index).to_lowercase();
        let tells = inside().skip(1).any(|index| {
            matches!(said(index).as_str(), "is" | "are" | "has" | "have" | "was" | "were" | "had")
        });
        let again = matches!(said(open + 1).as_str(), "the" | "our" | "aka" | "ie" | "meaning")
            && open
                .checked_sub(1)
                .is_some_and(|prior| matches!(self.meaning(prior), Some(Meaning::Entity(_))));
        !closed && (tells || again) && !inside().any(|index| self.narrows_in_brackets(index))
    }

    // The key of a tag tells nothing by itself: "some keys have a space".
    fn narrows_in_brackets(&self, at: usize) -> bool {
        self.narrows(at) && !matches!(self.meaning(at), Some(Meaning::Tag | Meaning::Which))
    }

    // The items of the sentence: from its first to the mark that ends it.
    fn sentence(&self, at: usize) -> (usize, usize) {
        let start = (0..at).rev().find(|index| self.ends_sentence(*index)).map_or(0, |end| end + 1);
        let after = (at..self.items.len()).find(|index| self.ends_sentence(*index));
        (start, after.unwrap_or(self.items.len()))
    }

    fn ends_sentence(&self, at: usize) -> bool {
        let apart = self.items.get(at + 1).is_none_or(|next| !next.glued);
        let dash = self.meaning(at) == Some(&Meaning::Range)
            && self.items.get(at).is_some_and(|item| !item.glued);
        apart && (dash || matches!(self.text_of(at), "." | "!" | "?" | ";" | ":"))
    }

    // "Hi Peter, what …": the name before the first comma.
    pub(super) fn is_greeted(&self, at: usize) -> bool {
        let opens = GREETINGS.contains(&self.text_of(0).to_lowercase().as_str());
        let comma = (0..self.items.len())
            .find(|index| matches!(self.text_of(*index), "," | "!" | "." | ":"));
        opens && comma.is_some_and(|comma| at < comma && comma <= 4)
    }

    // Whether the item could narrow a question: a sentence that holds one is no mere context.
    fn narrows(&self, at: usize) -> bool {
        !matches!(
            self.meaning(at),
            Some(
                Meaning::Filler
                    | Meaning::Particle
                    | Meaning::And
                    | Meaning::Unknown
                    | Meaning::Mark
                    | Meaning::Open
                    | Meaning::Close
                    | Meaning::Cost
                    | Meaning::Total
                    | Meaning::Rise
                    | Meaning::Fall
                    | Meaning::Change
                    | Meaning::Why
                    | Meaning::From
                    | Meaning::To
                    | Meaning::By
                    | Meaning::Only
                    | Meaning::Number { digits: 0, .. }
            ) | None
        )
    }

    fn carries_a_question(&self, at: usize) -> bool {
        self.narrows(at) || self.meaning(at) == Some(&Meaning::Cost)
    }
}
