//! Lengths of time that an amount is brought to: "normalised to 30 days", "30일 기준으로 환산", "annualised".

use wherefore_contract::{cost::Scale, dimension::Grain};

use super::super::word::{Item, Meaning, TimeWord as T};

mod many;

// Days of a year, as people annualise a daily amount.
const YEAR_DAYS: u32 = 365;
const YEAR_MONTHS: u32 = 12;
// Longer lengths than this are dates or ids.
const LENGTH_LIMIT: u64 = 400;

/// Finds the length and puts it in place of the words that say it. What stays is the time that the
/// amount is taken from.
pub(in crate::understand) fn read(text: &str, items: &mut [Item]) {
    if many::read(text, items) {
        return;
    }
    let words = Words { text, items };
    let rest = words.rest();
    for at in rest {
        if let Some(item) = items.get_mut(at) {
            item.meaning = Meaning::Filler;
        }
    }
    let words = Words { text, items };
    let Some(found) = words
        .over_days()
        .or_else(|| words.days_times())
        .or_else(|| words.times())
        .or_else(|| words.length())
    else {
        return;
    };
    for at in found.beside {
        if let Some(item) = items.get_mut(at) {
            item.meaning = Meaning::Filler;
        }
    }
    if let Some(item) = items.get_mut(found.at) {
        item.meaning = Meaning::Scaled(found.scale);
    }
}

/// A length and the items that say it.
struct Found {
    scale: Scale,
    at: usize,
    beside: Vec<usize>,
}

struct Words<'a> {
    text: &'a str,
    items: &'a [Item],
}

impl Words<'_> {
    fn word(&self, at: usize) -> String {
        let slice = self.items.get(at).and_then(|item| self.text.get(item.start..item.end));
        slice.unwrap_or_default().to_lowercase()
    }

    fn meaning(&self, at: usize) -> Option<&Meaning> {
        self.items.get(at).map(|item| &item.meaning)
    }

    fn has(&self, wanted: &Meaning) -> bool {
        self.items.iter().any(|item| item.meaning == *wanted)
    }

    fn number(&self, at: usize) -> Option<u32> {
        match self.meaning(at)? {
            Meaning::Number { value, .. } if (2..=LENGTH_LIMIT).contains(value) => {
                u32::try_from(*value).ok()
            }
            _ => None,
        }
    }

    // "30일", "30 days", "31-day", "28 loaded days": the days, and the place after them.
    fn days(&self, at: usize) -> Option<(u32, usize)> {
        let days = self.number(at)?;
        let named = at.checked_sub(1).is_some_and(|before| {
            matches!(
                self.meaning(before),
                Some(
                    Meaning::Word(T::Month(_) | T::MonthMark | T::Recent | T::YearMark)
                        | Meaning::Last
                        | Meaning::First
                        | Meaning::Range
                )
            ) || matches!(self.word(before).as_str(), "~" | "/" | ".")
        });
        let mut next = at + 1;
        while matches!(
            self.word(next).as_str(),
            "-" | "loaded" | "full" | "calendar" | "billed" | "days with data"
        ) {
            next += 1;
        }
        let unit =
            matches!(self.meaning(next), Some(Meaning::Word(T::DayMark | T::Unit(Grain::Day))));
        (unit && !named).then_some((days, next + 1))
    }

    fn means(&self) -> bool {
        self.has(&Meaning::PerDay)
            || (self.has(&Meaning::Average) && self.has(&Meaning::Word(T::Unit(Grain::Day))))
            || (self.has(&Meaning::Word(T::Unit(Grain::Day)))
                && (self.text.contains("rate") || self.text.contains("pace")))
    }

    // "일평균에 30일을 곱해서": the daily amount, for so many days.
    fn days_times(&self) -> Option<Found> {
        (0..self.items.len()).find_map(|at| {
            let (days, next) = self.days(at)?;
            let times = (next..next + 2).find(|at| self.word(*at).starts_with('곱'))?;
            let slight = |at: usize| matches!(self.word(at).as_str(), "을" | "를");
            if !self.means() || !(next..times).all(slight) {
                return None;
            }
            let endings = (times + 1..times + 3).filter(|at| {
                matches!(self.word(*at).as_str(), "해서" | "하면" | "해" | "한" | "해줘")
            });
            let beside = (at + 1..=times).chain(endings).collect();
            Some(Found { scale: Scale::Days(days), at, beside })
        })
    }

    // "28일로 나눠줘", "divided by 28 days", "the daily average over the 28 loaded days".
    fn over_days(&self) -> Option<Found> {
        (0..self.items.len()).find_map(|at| {
            let (days, next) = self.days(at)?;
            let is_division = |words: [String; 2]| {
                words.iter().any(|word| word.starts_with("나눠") || word.starts_with("나누"))
                    || words.iter().any(|word| word.starts_with("나눈"))
            };
            let korean =
                self.word(next) == "로" && is_division([self.word(next + 1), self.word(next + 2)]);
            let before: Vec<String> =
                (at.saturating_sub(3)..at).map(|before| self.word(before)).collect();
            let over = before.iter().any(|word| word == "over" || word == "across") && self.means();
            let divided = before.iter().any(|word| word.starts_with("divide"));
            let mut beside: Vec<usize> = (at + 1..next).collect();
            if korean {
                beside.extend(next..next + 3);
                // "데이터가 있는 28일로".
                let of_data = |at: &usize| {
                    ["데이터", "가", "이", "있는", "적재", "적재된", "실제"]
                        .contains(&self.word(*at).as_str())
                };
                beside.extend((at.saturating_sub(5)..at).rev().take_while(of_data));
            } else if over || divided {
                beside.extend(at.saturating_sub(3)..at);
            } else {
                return None;
            }
            Some(Found { scale: Scale::OverDays(days), at, beside })
        })
    }

    // "times 12", "12를 곱해서", "× 12", "twelve such months".
    fn times(&self) -> Option<Found> {
        (0..self.items.len()).find_map(|at| {
            let times = self.number(at)?;
            let next = [self.word(at + 1), self.word(at + 2)];
            let korean = next.iter().any(|word| word.starts_with('곱'));
            let before: Vec<String> =
                (at.saturating_sub(2)..at).map(|before| self.word(before)).collect();
            let sign = before.last().is_some_and(|word| matches!(word.as_str(), "×" | "x" | "*"));
            let spoken = before
                .iter()
                .any(|word| word.starts_with("multipl") || (word == "times" && self.projects()));
            let such = matches!(next[0].as_str(), "such")
                || (next[0] == "months" && matches!(next[1].as_str(), "like" | "such"));
            let scales = sign || spoken || such || korean;
            if !scales {
                return None;
            }
            let mut beside = Vec::new();
            if korean {
                beside.extend((at + 1..at + 4).filter(|at| {
                    let word = self.word(*at);
                    word.starts_with('곱') || matches!(word.as_str(), "를" | "을" | "해서" | "하면")
                }));
            }
            if such {
                beside.extend(at + 1..at + 3);
            }
            if sign || spoken {
                beside.extend(at.saturating_sub(2)..at);
            }
            beside.extend(self.year_words());
            Some(Found { scale: Scale::Times(times), at, beside })
        })
    }

    // "30일 기준으로 환산", "to a full 31-day month", "11월 한 달(30일)", "연간으로 환산".
    fn length(&self) -> Option<Found> {
        if !(self.projects() || (self.means() && self.supposes())) {
            return None;
        }
        let mut lengths = (0..self.items.len()).filter_map(|at| {
            let (days, next) = self.days(at)?;
            self.is_target(at, next).then_some((days, at, next))
        });
        let length = lengths.next();
        if lengths.next().is_some() {
            return None;
        }
        if let Some((days, at, next)) = length {
            let mut beside: Vec<usize> = (at + 1..next).collect();
            let bracketed =
                at.checked_sub(1).filter(|open| self.meaning(*open) == Some(&Meaning::Open));
            if let Some(open) = bracketed {
                beside.push(open);
                beside.extend((next < self.items.len()).then_some(next));
                beside.extend(self.named_length(open));
            }
            beside.extend(self.year_words());
            beside.extend(self.loaded_days(at));
            let whole = |at: &usize| {
                matches!(
                    self.word(*at).as_str(),
                    "full" | "standard" | "whole" | "complete" | "typical"
                )
            };
            beside.extend((at.saturating_sub(3)..at).filter(whole));
            // "a 31-day month".
            if matches!(self.word(next).as_str(), "month" | "months" | "year" | "짜리") {
                beside.push(next);
            }
            return Some(Found { scale: Scale::Days(days), at, beside });
        }
        let year = self.year_words();
        let at = *year.first()?;
        let scale = if self.means() { Scale::Days(YEAR_DAYS) } else { Scale::Times(YEAR_MONTHS) };
        Some(Found { scale, at, beside: year })
    }

    // "if the rest of October runs at the daily average of its first half": the whole of October is asked.
    fn rest(&self) -> Vec<usize> {
        if !(self.means() && self.supposes()) {
            return Vec::new();
        }
        let said = |at: &usize| {
            matches!(
                self.word(*at).as_str(),
                "rest" | "remainder" | "rest of" | "the rest of" | "나머지"
            )
        };
        (0..self.items.len()).filter(said).collect()
    }

    fn projects(&self) -> bool {
        self.has(&Meaning::Project)
    }

    // "that is what it would be": a length that is supposed, not one that was.
    fn supposes(&self) -> bool {
        const KOREAN: [&str; 12] = [
            "쓰면",
            "쓴다면",
            "간다면",
            "가면",
            "유지",
            "지속",
            "라면",
            "예상",
            "될까",
            "계속되",
            "이어지",
            "나올까",
        ];
        let english = ["if", "would", "will"];
        KOREAN.iter().any(|word| self.text.contains(word))
            || (0..self.items.len()).any(|at| english.contains(&self.word(at).as_str()))
    }

    // Whether the days are what the amount is brought to: "30일로", "30일 기준", "to 30 days", "(30 days)".
    fn is_target(&self, at: usize, next: usize) -> bool {
        let behind = [self.word(next), self.word(next + 1)];
        let korean = matches!(
            behind[0].as_str(),
            "로" | "으로" | "짜리" | "치로" | "분으로" | "동안" | "간"
        ) || behind.iter().any(|word| word.starts_with("기준"))
            || behind[0].starts_with("환산");
        let before: Vec<String> =
            (at.saturating_sub(3)..at).map(|before| self.word(before)).collect();
        let english = before.iter().any(|word| {
            matches!(
                word.as_str(),
                "to" | "for" | "at" | "as" | "into" | "full" | "a" | "standard" | "all"
            )
        });
        let bracketed =
            at.checked_sub(1).is_some_and(|open| self.meaning(open) == Some(&Meaning::Open));
        let only =
            before.iter().any(|word| matches!(word.as_str(), "only" | "has" | "have" | "just"));
        korean || bracketed || (english && !only)
    }

    // "데이터가 28일치뿐인데", "only has 28 days loaded": what is loaded, said beside the length.
    fn loaded_days(&self, target: usize) -> Vec<usize> {
        let mut all = Vec::new();
        for at in (0..self.items.len()).filter(|at| *at != target) {
            let Some((_, next)) = self.days(at) else { continue };
            let behind: Vec<String> = (next..next + 3).map(|next| self.word(next)).collect();
            let korean = behind
                .iter()
                .any(|word| ["뿐", "밖에", "만"].iter().any(|only| word.starts_with(only)));
            let english = (at.saturating_sub(3)..at).any(|before| {
                matches!(self.word(before).as_str(), "only" | "has" | "have" | "just")
            });
            if korean || english {
                all.extend(at..next);
            }
            if korean {
                all.extend((next..next + 4).filter(|at| {
                    ["뿐", "밖에", "인데", "만", "없", "있"]
                        .iter()
                        .any(|word| self.word(*at).starts_with(word))
                }));
                all.extend(
                    (at.saturating_sub(3)..at).filter(|at| {
                        ["데이터", "가", "이", "는"].contains(&self.word(*at).as_str())
                    }),
                );
            }
        }
        all
    }

    // "1년", "한 달", "a year" right before a bracket that says the same in days.
    fn named_length(&self, open: usize) -> Vec<usize> {
        let span = |at: usize| matches!(self.meaning(at), Some(Meaning::Word(T::Span(..))));
        let year = |at: usize| self.meaning(at) == Some(&Meaning::Word(T::YearMark));
        match open.checked_sub(1) {
            Some(at) if span(at) => vec![at],
            Some(at) if year(at) && self.number_of_one(at) => vec![at - 1, at],
            _ => Vec::new(),
        }
    }

    fn number_of_one(&self, mark: usize) -> bool {
        let before = mark.checked_sub(1).and_then(|at| self.meaning(at));
        matches!(before, Some(Meaning::Number { value: 1, .. }))
    }

    // "연간으로", "1년", "annualise", "a year": where an amount is brought to another length.
    fn year_words(&self) -> Vec<usize> {
        let mut all = Vec::new();
        for at in 0..self.items.len() {
            let word = self.word(at);
            let spoken = match self.meaning(at) {
                Some(Meaning::Word(T::Unit(Grain::Year))) => !word.ends_with('별'),
                Some(Meaning::Word(T::Span(1, Grain::Year))) => true,
                Some(Meaning::Project) => word.starts_with("annual") || word.starts_with('연'),
                Some(Meaning::Word(T::YearMark)) if self.number_of_one(at) => {
                    all.push(at - 1);
                    true
                }
                _ => false,
            };
            if spoken {
                all.push(at);
            }
        }
        all
    }
}
