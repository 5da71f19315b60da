//! Words that tie a question to the one before it, found in its text and taken out of it.

use wherefore_contract::dimension::Grain;

use crate::request::Slice;

/// What a tying word says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Tie {
    /// "and", "그럼": goes on from what was said, or just opens a sentence.
    LeadsOn,
    /// "of those", "같은 기간": points at what was said.
    Points,
    /// "within those", "그 중": points at it and narrows it.
    Nests,
    /// "instead", "아니": puts one thing in the place of another.
    Turns,
    /// "as well", "추가로": keeps what was said and adds to it.
    Adds,
    /// "also", "add": goes on by adding.
    AddsOn,
    /// "same period last year": ties to nothing.
    Nothing,
    /// "include", "포함": what was left out counts again.
    Includes,
    /// "remove", "빼": takes something away.
    Removes,
    /// "filter", "조건": what is taken away.
    Part,
    /// "switch to", "바꿔줘": says nothing but that it goes on.
    Turn,
}

/// Where a word may stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum At {
    /// At the beginning of the question, or after another tying word.
    Start,
    Anywhere,
    /// At the end of the question.
    End,
}

const ENGLISH: &[(Tie, At, &str)] = &[
    (
        Tie::Nothing,
        At::Anywhere,
        "same period last year|same period a year ago|same period of the previous year|same month last year|same quarter last year|no tag|no tags|so far",
    ),
    (
        Tie::LeadsOn,
        At::Start,
        "and what about|what about|how about|and how about|and|and then|then|so,|ok|okay|ok and|but|now|plus|cool|great|thanks|alright",
    ),
    (
        Tie::Points,
        At::Anywhere,
        "same period|the same period|same time frame|same timeframe|same filters|the same filters|same thing|the same thing|the same for|same for|the same but|same but|the same question|same question|same again|the same with|same with|do the same|same conditions|for that period|in that period|for that month|in that month|for those|for them|as before|like before",
    ),
    (
        Tie::Nests,
        At::Anywhere,
        "of those|of these|of them|of that|among those|among these|among them|out of those|from those|within that|within those|within it|within them|drill into|drill down into|narrow it down to|narrow down to|narrow that to|narrow it to|limit it to|limit that to|restrict it to|restrict that to|filter it to|filter that to|filter to|filter by|filter for",
    ),
    (
        Tie::Turns,
        At::Start,
        "no,|no.|no -|no i meant|no i mean|no use|no show|nope|not that|i meant|i mean|sorry|rather|wait|actually|correction|use",
    ),
    (
        Tie::Turns,
        At::Anywhere,
        "instead|switch to|switch it to|change it to|change that to|change to|make it|make that",
    ),
    (
        Tie::Turn,
        At::Start,
        "in more detail|more details|more detail|break it down|break that down|break this down|break those down|break them down|break down|split it|split that|split them|group it|group that|group them|show it|show that|show them|show me that|give me that|do it|do that|sort it|order it|put it|put that",
    ),
    (Tie::Adds, At::End, "as well|too|additionally|further|in addition|on top of that"),
    (Tie::AddsOn, At::Start, "also|add|and also|also add"),
    (Tie::Includes, At::Start, "include|including|also include|and include|with"),
    (Tie::Removes, At::Start, "remove|drop|clear|take out|take away|get rid of|lift|reset|undo"),
    (
        Tie::Part,
        At::Anywhere,
        "filter|filters|condition|conditions|restriction|grouping|breakdown by",
    ),
];

const KOREAN: &[(Tie, At, &str)] = &[
    (
        Tie::Nothing,
        At::Anywhere,
        "지난달 같은 기간|저번 달 같은 기간|전월 같은 기간|지난주 같은 기간|전주 같은 기간|작년 같은 기간|지난해 같은 기간|전년 같은 기간|작년 같은 달|지난해 같은 달|작년 동일 기간|전년 동일 기간",
    ),
    (
        Tie::LeadsOn,
        At::Start,
        "그럼|그러면|그렇다면|그리고|그런데|근데|또한|또|이번에는|이번엔|이제|다음으로|그다음|그 다음|좋아|네|음|그래서|그래|자|다시",
    ),
    (
        Tie::Points,
        At::Anywhere,
        "같은 기간에는|같은 기간에|같은 기간 동안|같은 기간|같은 조건으로|같은 조건에서|같은 조건|같은 걸로|같은 걸|같은 것을|같은 거|같은 것|같은 방식으로|같은 질문|똑같이|똑같은 걸|마찬가지로|동일한 조건으로|동일한 조건|동일 조건으로|동일 조건|동일 기간|동일한 기간|그 기간에|그 기간|그 달에|그 달|그건|그거|그게|그걸|그것을|그것은|그것|이걸|이건|이거|이것을|이것",
    ),
    (
        Tie::Nests,
        At::Anywhere,
        "그 중에서도|그 중에서|그 중에|그 중|그중에서도|그중에서|그중에|그중|이 중에서|이 중에|이 중|이중에서|거기에서|거기서|그 안에서|그 가운데|여기서|여기에서",
    ),
    (
        Tie::Turns,
        At::Start,
        "아니요|아니야|아니오|아니|아뇨|미안|잘못|정정하면|정정하자면|정정합니다|정정할게",
    ),
    (
        Tie::Turns,
        At::Anywhere,
        "바꿔서|바꿔줘|바꿔 줘|바꿔주세요|바꿔|바꾸면|바꿀래|변경해서|변경해줘|변경하면",
    ),
    (
        Tie::Adds,
        At::Anywhere,
        "추가로|추가해서|추가해줘|추가해|추가하면|더 나눠줘|더 나눠|더 쪼개|함께|같이",
    ),
    (Tie::Includes, At::End, "포함해서|포함하여|포함해줘|포함하면|포함해|포함|넣어서|넣고|넣어줘"),
    (
        Tie::Removes,
        At::Anywhere,
        "해제해줘|해제해|해제|없애줘|없애고|없애|지워줘|지우고|지워|풀어줘|풀고|풀어|빼줘|빼고|빼|제거해줘|제거하고|제거해|제거",
    ),
    (Tie::Part, At::Anywhere, "필터를|필터는|필터|조건을|조건은|조건|그룹을|그룹"),
];

// What follows the last stretch of time. "다음 달" alone is the month to come.
const FOLLOWING: &[(Grain, &str)] = &[
    (
        Grain::Day,
        "그 다음날|그다음날|그 다음 날|그다음 날|이튿날|the day after that|the day after|the following day|the next day",
    ),
    (
        Grain::IsoWeek,
        "그 다음주|그다음주|그 다음 주|그다음 주|the week after that|the week after|the following week",
    ),
    (
        Grain::Month,
        "그 다음달|그다음달|그 다음 달|그다음 달|the month after that|the month after|the following month",
    ),
];

// Words that are written together with the next one.
const OPEN: &[&str] = &["그럼", "그러면", "그중", "그중에서", "그 중", "그 중에서", "같은 기간"];
const PARTICLES: &[&str] =
    &["은", "는", "이", "가", "을", "를", "에", "도", "의", "만", "로", "에는", "에서는"];
// "not tagged" is no correction: what follows the word belongs to it.
const NOT_WITH: &[&str] = &[
    "tagged",
    "including",
    "included",
    "counting",
    "used",
    "covered",
    "only",
    "yet",
    "with",
    "by",
    "in",
    "for",
    "just",
    "labelled",
    "labeled",
    "0",
    "zero",
    "null",
    // "why do you not recommend gp3?"
    "recommend",
    "recommended",
    "recommending",
    "suggest",
    "suggested",
    "propose",
    "proposed",
    "found",
];
// "a cost that is not zero" says something of the cost and takes nothing back.
const SAID_OF: &[&str] = &[
    "is", "are", "was", "were", "be", "been", "do", "does", "did", "has", "have", "had", "will",
    "would", "can", "could", "should", "or",
];

// Words of a request that say nothing of what is asked.
const EMPTY: &[&str] = &[
    "나머지",
    "다른",
    "전부",
    "모두",
    "보여줘",
    "보여",
    "알려줘",
    "알려",
    "해줘",
    "주세요",
    "줘",
    "는",
    "은",
    "요",
    "것",
    "건",
    "거",
    "얼마야",
    "얼마",
    "비용",
    "기준",
];

/// The tying words of a question.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is one kind of tying word")]
pub(super) struct Marks {
    /// The question with blanks, byte by byte, where tying words stand.
    pub(super) masked: String,
    /// The first tying word.
    pub(super) first: Option<Slice>,
    pub(super) leads_on: bool,
    pub(super) points: bool,
    pub(super) nests: bool,
    pub(super) turns: bool,
    pub(super) adds: bool,
    pub(super) removes: bool,
    pub(super) includes: bool,
    /// "그 다음날", "the week after": the stretch behind the last one, with the grain that it names.
    pub(super) next: Option<(Grain, Slice)>,
    /// What is removed is a condition or grouping of the earlier question, not a kind of charge.
    pub(super) part: bool,
    /// "not X", "X 말고": what is said no more.
    pub(super) replaced: Option<Slice>,
}

impl Marks {
    /// Finds the tying words of `text`.
    pub(super) fn find(text: &str) -> Self {
        // ASCII alone is lowered, so that every byte stays where it is.
        let lower = text.to_ascii_lowercase();
        let mut marks = Self { masked: text.to_owned(), ..Self::default() };
        marks.following(&lower);
        let lower = marks.masked.to_ascii_lowercase();
        let mut found: Vec<(usize, usize, Tie)> = Vec::new();
        let mut at = 0;
        let mut leading = true;
        while at < lower.len() {
            let here = starts_word(&lower, at).then(|| longest(&lower, at, leading)).flatten();
            if let Some((end, tie)) = here.filter(|(end, _)| !refers_within(&lower, at, *end)) {
                found.push((at, end, tie));
                at = end;
                continue;
            }
            let letter = lower.get(at..).and_then(|rest| rest.chars().next());
            leading &= letter.is_none_or(|letter| !letter.is_alphanumeric());
            at += letter.map_or(1, char::len_utf8);
        }
        // "빼고" turns charges away (the reader of conditions knows it); with "필터" it is a removal.
        let part = found.iter().any(|(.., tie)| *tie == Tie::Part);
        let removal = found.iter().any(|(.., tie)| *tie == Tie::Removes);
        let korean_removal = |start: usize| !lower.is_char_boundary(start + 1);
        for (start, end, tie) in found {
            let plain = match tie {
                Tie::Part => !(part && removal),
                Tie::Removes => !part && korean_removal(start),
                Tie::Nothing => true,
                Tie::LeadsOn
                | Tie::Points
                | Tie::Nests
                | Tie::Turns
                | Tie::Adds
                | Tie::AddsOn
                | Tie::Includes
                | Tie::Turn => false,
            };
            if !plain {
                marks.add(start, end, tie);
            }
        }
        marks.part = part && removal;
        marks.replaced(&lower);
        marks
    }

    fn following(&mut self, lower: &str) {
        let found = FOLLOWING.iter().find_map(|(grain, words)| {
            words.split('|').find_map(|word| {
                let at = lower
                    .match_indices(word)
                    .map(|(at, _)| at)
                    .find(|at| starts_word(lower, *at))?;
                Some((*grain, (at, at + word.len())))
            })
        });
        if let Some((grain, (start, end))) = found {
            self.blank(start, end);
            self.next = Some((grain, (start, end)));
            self.points = true;
        }
    }

    fn add(&mut self, start: usize, end: usize, tie: Tie) {
        match tie {
            Tie::LeadsOn | Tie::Turn => self.leads_on = true,
            Tie::Points => self.points = true,
            Tie::Nests => self.nests = true,
            Tie::Turns => self.turns = true,
            Tie::Adds => self.adds = true,
            Tie::AddsOn => {
                self.adds = true;
                self.leads_on = true;
            }
            Tie::Removes => self.removes = true,
            Tie::Includes => self.includes = true,
            Tie::Part | Tie::Nothing => {}
        }
        self.blank(start, end);
    }

    fn blank(&mut self, start: usize, end: usize) {
        if self.masked.is_char_boundary(start) && self.masked.is_char_boundary(end) && start < end {
            self.masked.replace_range(start..end, &" ".repeat(end - start));
            if self.first.is_none_or(|(first, _)| start < first) {
                self.first = Some((start, end));
            }
        }
    }

    // "X 말고 Y", "instead of X, Y", "Y, not X": X is said no more.
    fn replaced(&mut self, lower: &str) {
        for word in
            ["이 아니라", "가 아니라", "아니라", "아니고", "말고는", "말고", "대신에", "대신"]
        {
            let Some(at) = lower.find(word) else { continue };
            let end = at + word.len();
            let begin = lower
                .get(..at)
                .and_then(|before| before.rfind([',', '.', '!', '?']).map(|comma| comma + 1))
                .unwrap_or(0);
            if says_something(self.masked.get(end..).unwrap_or_default())
                && says_something(self.masked.get(begin..at).unwrap_or_default())
            {
                self.blank(begin, end);
                self.turns = true;
                self.replaced = Some((begin, end));
            }
            break;
        }
        for word in ["instead of ", "rather than ", "not "] {
            let found = lower.match_indices(word).find(|(at, _)| starts_word(lower, *at));
            let Some((at, _)) = found else { continue };
            let rest = lower.get(at + word.len()..).unwrap_or_default();
            let next = rest.split_whitespace().next().unwrap_or_default();
            let led = lower.get(..at).and_then(|before| before.split_whitespace().next_back());
            if word == "not "
                && (NOT_WITH.contains(&next.trim_end_matches([',', '?', '.']))
                    || led.is_some_and(|led| SAID_OF.contains(&led)))
            {
                continue;
            }
            let stop = [",", ";", " but ", " use ", " show ", " give ", " i ", "?"]
                .iter()
                .filter_map(|stop| rest.find(stop))
                .min()
                .unwrap_or(rest.len());
            let end = at + word.len() + stop;
            let mut left = self.masked.clone();
            left.replace_range(at..end, &" ".repeat(end - at));
            if says_something(&left) {
                self.blank(at, end);
                self.turns = true;
                self.replaced = Some((at, end));
            }
            break;
        }
    }
}

// "How many charges did a plan cover, and what was billed for them?": what "them" are stands before it.
fn refers_within(lower: &str, start: usize, end: usize) -> bool {
    let pronoun = lower
        .get(start..end)
        .is_some_and(|mark| mark.starts_with("for them") || mark.starts_with("for those"));
    let before = lower.get(..start).unwrap_or_default();
    // "tax per service, and its rate on the cost of that service".
    let noun = lower.get(end..).unwrap_or_default().split(|letter: char| !letter.is_alphanumeric());
    let noun = noun.filter(|word| !word.is_empty()).take(1).find(|word| word.len() > 2);
    let again = lower.get(start..end).is_some_and(|mark| mark.starts_with("of "))
        && noun.is_some_and(|noun| {
            before
                .split(|letter: char| !letter.is_alphanumeric())
                .any(|word| word.trim_end_matches('s') == noun.trim_end_matches('s'))
        });
    again || pronoun && before.contains(',') && before.split_whitespace().count() >= 6
}

fn starts_word(lower: &str, at: usize) -> bool {
    lower.is_char_boundary(at)
        && lower.get(..at).is_some_and(|before| {
            before.chars().next_back().is_none_or(|letter| !letter.is_alphanumeric())
        })
}

fn longest(lower: &str, at: usize, leading: bool) -> Option<(usize, Tie)> {
    let rest = lower.get(at..)?;
    let mut best: Option<(usize, Tie)> = None;
    for (korean, list) in [(false, ENGLISH), (true, KOREAN)] {
        for (tie, place, words) in list {
            for word in words.split('|') {
                let Some(length) = length_of(rest, word, korean && points(*tie)) else { continue };
                let stands = match place {
                    At::Start => leading,
                    At::Anywhere => true,
                    At::End => {
                        !rest.get(length..).unwrap_or_default().contains(char::is_alphanumeric)
                    }
                };
                if stands && best.is_none_or(|(end, _)| at + length > end) {
                    best = Some((at + length, *tie));
                }
            }
        }
    }
    best
}

// "그 달은": what points at something bends as a noun does.
fn points(tie: Tie) -> bool {
    match tie {
        Tie::Points | Tie::Nests | Tie::Part | Tie::Nothing => true,
        Tie::LeadsOn
        | Tie::Turns
        | Tie::Adds
        | Tie::AddsOn
        | Tie::Includes
        | Tie::Removes
        | Tie::Turn => false,
    }
}

// How far `word` reaches at the beginning of `rest`: Korean words take a particle with them, and some
// are written together with what follows.
fn length_of(rest: &str, word: &str, bends: bool) -> Option<usize> {
    let after = rest.strip_prefix(word)?;
    let boundary = |text: &str| {
        text.chars().next().is_none_or(|letter| !letter.is_alphanumeric() && letter != '_')
    };
    if boundary(after) || OPEN.contains(&word) {
        return Some(word.len());
    }
    let particle = PARTICLES.iter().filter(|_| bends);
    particle
        .filter_map(|particle| Some((particle, after.strip_prefix(particle)?)))
        .find(|(_, left)| boundary(left))
        .map(|(particle, _)| word.len() + particle.len())
}

/// Whether anything but filling words and marks is left.
fn says_something(text: &str) -> bool {
    text.split(|letter: char| !letter.is_alphanumeric())
        .any(|word| !word.is_empty() && !EMPTY.contains(&word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_ties_is_blanked_and_what_is_asked_stays_where_it_was() {
        for (text, left) in [
            ("그럼 리전별로는?", "리전별로는?"),
            ("그럼리전별로는?", "리전별로는?"),
            ("그 중 EC2만", "EC2만"),
            ("아니 청구 비용 말고 유효 비용으로", "유효 비용으로"),
            ("no, effective cost", "effective cost"),
            ("in October instead", "in October"),
            ("and for RDS?", "for RDS?"),
            ("What about RDS?", "RDS?"),
            ("effective cost instead of billed cost", "effective cost"),
            ("EC2 말고 RDS", "RDS"),
            ("크레딧 빼고", "크레딧 빼고"),
            ("크레딧 말고", "크레딧 말고"),
            ("리전 필터 빼줘", "리전"),
            ("remove the region filter", "the region"),
            ("untagged, not tagged ones", "untagged, not tagged ones"),
            ("또는 RDS", "또는 RDS"),
            ("같은 기간 RDS는?", "RDS는?"),
        ] {
            let marks = Marks::find(text);
            assert_eq!(marks.masked.len(), text.len(), "{text}");
            let words = marks.masked.split_whitespace().collect::<Vec<_>>().join(" ");
            assert_eq!(words, left, "{text}");
        }
    }
}
