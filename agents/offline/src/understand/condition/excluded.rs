//! What "excluding …" and "… 제외" turn around.

use wherefore_contract::{cost::Measure, question::Language};

use super::super::{decide::Draft, word::Meaning};

impl Draft<'_> {
    // Items that "excluding …" (before them) or "… 제외" (after them) turn around.
    pub(super) fn excluded(&mut self) -> Vec<usize> {
        let mut excluded = Vec::new();
        for at in 0..self.items.len() {
            if self.meaning(at) != Some(&Meaning::Exclude) || self.is_used(at) {
                continue;
            }
            let after = self.thing_run(at, 1);
            let before = self.thing_run(at, -1);
            let korean = self.text_is_korean(at);
            let trails = korean || self.trails_what_it_excludes(at);
            let turned = if trails || after.is_empty() { before } else { after };
            // What turns nothing around is a word that was not used.
            if !turned.is_empty() {
                self.mark(at);
            }
            excluded.extend(turned);
        }
        excluded
    }

    // "tax aside", "credits excluded": the word follows what it turns around.
    fn trails_what_it_excludes(&self, at: usize) -> bool {
        let trails = matches!(
            self.text_of(at).to_lowercase().as_str(),
            "aside"
                | "excluded"
                | "ignored"
                | "omitted"
                | "removed"
                | "left out"
                | "not counted"
                | "not included"
        );
        trails
            && self.previous_meaning(at).is_some_and(|prior| {
                matches!(self.meaning(prior), Some(Meaning::Category(_) | Meaning::Entity(_)))
            })
    }

    fn text_is_korean(&self, at: usize) -> bool {
        // English words of exclusion stand before what they exclude, Korean ones after it.
        let slice = self.items.get(at).and_then(|item| self.text.get(item.start..item.end));
        slice.is_some_and(|slice| Language::detect(slice) == Language::Ko)
    }

    // Names and kinds of charges in one list, going `step` from `at`.
    fn thing_run(&self, at: usize, step: isize) -> Vec<usize> {
        let mut found = Vec::new();
        let mut next = at.checked_add_signed(step);
        while let Some(index) = next {
            match self.meaning(index) {
                Some(Meaning::Entity(_) | Meaning::Category(_)) => found.push(index),
                // "without 'Block Volume - Storage'".
                Some(Meaning::Mark)
                    if matches!(self.text_of(index), "'" | "\"" | "‘" | "’" | "“" | "”") => {
                }
                // "excluding September taxes".
                Some(Meaning::When(_)) if step > 0 && found.is_empty() => {}
                Some(Meaning::And | Meaning::Cost)
                    if step > 0 && !found.is_empty() && self.opens_clause(index) =>
                {
                    break;
                }
                Some(
                    Meaning::Filler
                    | Meaning::Particle
                    | Meaning::And
                    | Meaning::Open
                    | Meaning::Close
                    | Meaning::Service
                    | Meaning::Cost
                    | Meaning::Dimension(_)
                    | Meaning::Only
                    | Meaning::Measure(Measure::Rows)
                    | Meaning::Tag,
                ) => {}
                _ => break,
            }
            if found.is_empty() && index.abs_diff(at) > 5 {
                break;
            }
            next = index.checked_add_signed(step);
        }
        // Korean excludes what is nearest; a list goes on only over "와" and commas.
        if step < 0 { self.contiguous(found) } else { found }
    }

    // "Excluding EC2, how much …": the comma ends the list, and so does the question.
    fn opens_clause(&self, at: usize) -> bool {
        let said = self.text_of(at).to_lowercase();
        let next = self.text_of(at + 1).to_lowercase();
        said.starts_with("how ")
            || (said == ","
                && matches!(
                    next.as_str(),
                    "how much"
                        | "how"
                        | "what"
                        | "which"
                        | "show"
                        | "give"
                        | "list"
                        | "tell"
                        | "can"
                        | "could"
                        | "please"
                        | "is"
                        | "are"
                        | "was"
                        | "were"
                        | "do"
                        | "does"
                        | "did"
                        | "break"
                        | "total"
                        | "by"
                        | "per"
                        | "for"
                        | "in"
                ))
    }

    fn contiguous(&self, found: Vec<usize>) -> Vec<usize> {
        let mut kept: Vec<usize> = Vec::new();
        for index in found {
            let joined = kept.last().is_none_or(|last| {
                (index + 1..*last).any(|between| self.meaning(between) == Some(&Meaning::And))
            });
            if !joined {
                break;
            }
            kept.push(index);
        }
        kept
    }
}
