//! Words that are neither vocabulary nor names: which may be left unread, and which may not.
//!
//! A word that could narrow the question declines it. Such are words written as names are (capital
//! letters inside a sentence, digits, quotes), and words that stand where names stand: before a cost,
//! an account, a tag or a service, or after "of", "for", "in". What is left are verbs, adverbs and
//! turns of speech: these are named in the answer as not read.

mod asked;
mod context;
mod kinds;

use wherefore_contract::{
    cost::Direction,
    dimension::{Dimension, FocusDimension},
    filter::FilterOp,
    metadata::MetadataHit,
};

use super::super::{
    decide::Draft,
    word::{Meaning, TimeWord},
};
use crate::request::{Decline, Reason, Slice};

// Endings of English verbs, adverbs and adjectives that name nothing.
const ENGLISH_ENDINGS: &[&str] = &["ly", "ing", "ed", "ise", "ize", "able", "ible", "ful", "wise"];
// Endings of Korean verbs and adverbs that no name of the estate has.
const KOREAN_ENDINGS: &[&str] = &[
    "습니다",
    "습니까",
    "니까",
    "니다",
    "세요",
    "해요",
    "어요",
    "아요",
    "여요",
    "데요",
    "군요",
    "네요",
    "나요",
    "까요",
    "려고",
    "면서",
    "도록",
    "하게",
    "스럽게",
    "적으로",
    "적인",
    "싶어",
    "싶은데",
    "싶다",
    "인지",
    "는지",
    "은지",
    "을까",
    "일까",
    "할까",
    "볼까",
    "하자",
    "하죠",
    "겠어",
    "거든",
    "던데",
    "라고",
    "다고",
    "줄래",
    "주실",
    "달라",
    "하는",
    "되는",
    "했던",
    "했는",
    "하면",
    "되면",
    "했어",
    "됐어",
    "됐지",
    "했지",
    "해줘",
    "줘요",
    "봐요",
    "히",
    "게끔",
    "려면",
    "으면",
    "는데",
    "은데",
    "인데",
    "잖아",
    "었어",
    "았어",
    "였어",
    "었나",
    "았나",
    "였나",
    "었지",
    "았지",
    "거야",
    "건데",
    "걸까",
    "하며",
    "되며",
    "던지",
];

// What the things in an estate are, whatever they are called: such a word alone narrows nothing.
pub(in crate::understand) const THINGS: &[&str] = &[
    "volume",
    "volumes",
    "instance",
    "instances",
    "server",
    "servers",
    "bucket",
    "buckets",
    "cluster",
    "clusters",
    "function",
    "functions",
    "node",
    "nodes",
    "disk",
    "disks",
    "vm",
    "vms",
    "machine",
    "machines",
    "image",
    "images",
    "address",
    "addresses",
    "queue",
    "queues",
    "job",
    "jobs",
    "볼륨",
    "인스턴스",
    "서버",
    "버킷",
    "클러스터",
    "함수",
    "노드",
    "디스크",
    "머신",
    "주소",
    "이미지",
    "자원들",
];

impl Draft<'_> {
    /// Names the words that may be left unread; declines for the others.
    pub(in crate::understand) fn unread_words(&mut self) -> Option<Decline> {
        let unknown: Vec<usize> = (0..self.items.len())
            .filter(|at| {
                (self.meaning(*at) == Some(&Meaning::Unknown) && !self.explained(*at))
                    || self.names_people(*at)
            })
            .collect();
        let (open, harmless): (Vec<usize>, Vec<usize>) =
            unknown.into_iter().partition(|at| self.may_name(*at));
        let slice = |at: &usize| self.items.get(*at).map(|item| (item.start, item.end));
        let misnamed = std::mem::take(&mut self.misnamed);
        let asked: Vec<Slice> = misnamed.into_iter().chain(open.iter().filter_map(slice)).collect();
        let unread: Vec<Slice> = harmless.iter().filter_map(slice).collect();
        if asked.is_empty() {
            self.unread = unread;
            return None;
        }
        // Descriptions hold prices, which would look like an answer.
        let described = Dimension::Column(FocusDimension::ChargeDescription);
        let near = |hit: &&MetadataHit| {
            hit.dimension != described
                && asked.iter().any(|(start, end)| hit.matched.0 < *end && *start < hit.matched.1)
        };
        let nearest = self.known.hits.iter().filter(near).take(3);
        let nearest = nearest.map(|hit| (hit.dimension.clone(), hit.value.clone())).collect();
        let asked = asked.into_iter().take(5).collect();
        Some(Decline { reason: Reason::UnknownEntity, asked, nearest, period: None })
    }

    // Whether nothing that is known is counted.
    fn uncounted(&self) -> bool {
        self.measures.is_empty() && self.sides.is_empty()
    }

    // Whether the unknown word could be a name, and so narrow the question.
    fn may_name(&self, at: usize) -> bool {
        let word = self.text_of(at).to_owned();
        if self.names_people(at) {
            return true;
        }
        // "how many pods": what is counted is no word to pass by.
        if self.counted.is_none() && self.uncounted() && self.is_counted_word(at) {
            return true;
        }
        if THINGS.contains(&word.to_lowercase().as_str()) {
            // "how many instances were running", beside another figure: the count would be left out.
            return self.counted.is_none() && self.is_counted_word(at);
        }
        if word.chars().any(|letter| {
            letter.is_ascii_digit() || matches!(letter, '-' | '_' | '.' | ':' | '/' | '@')
        }) {
            return true;
        }
        if word.is_ascii() {
            self.may_name_english(at, &word)
        } else {
            self.may_name_korean(at, &word)
        }
    }

    fn may_name_english(&self, at: usize, word: &str) -> bool {
        let lower = word.to_lowercase();
        let opens = self.items.get(at).is_some_and(|item| item.start == 0);
        let capital = word.chars().next().is_some_and(char::is_uppercase);
        if self.is_greeted(at) {
            return false;
        }
        let ends_so =
            lower.len() > 4 && ENGLISH_ENDINGS.iter().any(|ending| lower.ends_with(ending));
        if capital && !(opens && ends_so) {
            return true;
        }
        if self.is_quoted(at) || self.is_mixed(at) {
            return true;
        }
        let adverb = lower.ends_with("ly") && !matches!(lower.as_str(), "family" | "supply");
        if lower.len() > 4 && adverb {
            return false;
        }
        !(self.is_adverb(at)
            || self.is_verb_of_a_thing(at)
            || self.is_context(at)
            || self.is_aside(at))
    }

    // "could you perchance show": between a subject and its verb stands no name.
    fn is_adverb(&self, at: usize) -> bool {
        let said = |index: Option<usize>| {
            index.map(|index| self.text_of(index).to_lowercase()).unwrap_or_default()
        };
        matches!(said(at.checked_sub(1)).as_str(), "you" | "we" | "i" | "they")
            && matches!(
                said(at.checked_sub(2)).as_str(),
                "could" | "can" | "would" | "will" | "may" | "might" | "should" | "do" | "did"
            )
            && self.meaning(at + 1) == Some(&Meaning::Filler)
    }

    // A Latin word in a Korean sentence is a name unless it is a verb's stem ("체크").
    fn is_mixed(&self, at: usize) -> bool {
        let korean = |text: &str| text.chars().any(|letter| letter >= '\u{ac00}');
        korean(self.text) && !korean(self.text_of(at))
    }

    fn may_name_korean(&self, at: usize, word: &str) -> bool {
        let spoken =
            KOREAN_ENDINGS.iter().any(|ending| word.ends_with(ending) && word.len() > ending.len());
        let laughter = word.chars().all(|letter| ('\u{3131}'..='\u{318e}').contains(&letter));
        let verb = spoken || self.is_korean_verb(at);
        !(laughter || (verb && !self.before_glued_particle(at)))
    }

    // "수집한 데이터", "실행된 쿼리": the stem of a verb that a noun follows, unless it tells things apart.
    fn is_korean_verb(&self, at: usize) -> bool {
        let telling = [
            "삭제", "종료", "중지", "중단", "생성", "추가", "변경", "신규", "폐기", "이전", "할당",
            "승인", "예약", "공유", "만료",
        ];
        let ending = self.items.get(at + 1).is_some_and(|item| item.glued)
            && matches!(self.text_of(at + 1), "한" | "된" | "하는" | "되는" | "했던" | "됐던");
        let spaced = self.items.get(at + 2).is_some_and(|item| !item.glued);
        ending && spaced && !telling.contains(&self.text_of(at))
    }

    // "how many TiB did BigQuery scan": the verb behind what does it.
    fn is_verb_of_a_thing(&self, at: usize) -> bool {
        let named = at.checked_sub(1).is_some_and(|prior| {
            matches!(self.meaning(prior), Some(Meaning::Entity(_) | Meaning::Service))
        });
        let does = at.checked_sub(2).is_some_and(|prior| {
            matches!(self.text_of(prior).to_lowercase().as_str(), "did" | "does" | "do")
        });
        let ends = self.items.get(at + 1).is_none_or(|next| {
            matches!(next.meaning, Meaning::Mark | Meaning::And | Meaning::When(_))
                || matches!(self.text_of(at + 1).to_lowercase().as_str(), "in" | "on" | "for" | ",")
        });
        named && does && ends
    }

    // "판교의", "판교에서": what carries a particle of place or of ownership is a noun.
    fn before_glued_particle(&self, at: usize) -> bool {
        let next = self.items.get(at + 1).is_some_and(|item| {
            item.glued && matches!(item.meaning, Meaning::Particle | Meaning::By | Meaning::Per)
        });
        next && matches!(
            self.text_of(at + 1),
            "의" | "에서" | "에" | "별" | "별로" | "당" | "은" | "는" | "이" | "가" | "을" | "를"
        )
    }

    fn is_quoted(&self, at: usize) -> bool {
        let quote = |text: &str| matches!(text, "'" | "\"" | "`" | "‘" | "’" | "“" | "”");
        at.checked_sub(1).is_some_and(|before| quote(self.text_of(before)))
            && quote(self.text_of(at + 1))
    }

    // "the first half of the loaded days (April 1-8)": the brackets say which.
    fn describes_a_time(&self, at: usize) -> bool {
        let text = self.text_of(at).to_lowercase();
        let part = ["first", "second", "last", "early", "late", "전반", "후반", "앞", "뒤"];
        let open = (at + 1..self.items.len()).find(|place| {
            !matches!(
                self.meaning(*place),
                Some(
                    Meaning::Filler
                        | Meaning::Particle
                        | Meaning::Complete
                        | Meaning::Word(TimeWord::Unit(_))
                )
            )
        });
        part.iter().any(|word| text.starts_with(word))
            && open.is_some_and(|open| {
                self.meaning(open) == Some(&Meaning::Open)
                    && matches!(self.meaning(open + 1), Some(Meaning::When(_)))
            })
    }

    // "the internet traffic out (DataTransfer-Out-Bytes)", "전환 요청(USW2-Requests-Tier3)": words that describe what
    // the brackets behind them name exactly.
    fn describes_a_code(&self, at: usize) -> bool {
        let open = (at + 1..self.items.len()).find(|place| {
            !matches!(
                self.meaning(*place),
                Some(
                    Meaning::Filler
                        | Meaning::Particle
                        | Meaning::Unknown
                        | Meaning::Dimension(_)
                        | Meaning::Service
                        | Meaning::Cost
                        | Meaning::Measure(_)
                        | Meaning::Quantity(_)
                        | Meaning::Category(_)
                )
            )
        });
        let Some(open) = open.filter(|open| self.meaning(*open) == Some(&Meaning::Open)) else {
            return false;
        };
        let code = match self.meaning(open + 1) {
            Some(Meaning::Entity(index)) => self.entities.get(*index),
            _ => None,
        };
        let exact = code.is_some_and(|code| {
            let said = self.text.get(code.start..code.end).unwrap_or_default();
            code.exact
                && !code.contains
                && said.contains(['-', ':', '.', '_'])
                && code.options.iter().any(|(one, values)| {
                    matches!(
                        one,
                        Dimension::Column(
                            FocusDimension::UsageType
                                | FocusDimension::Operation
                                | FocusDimension::ResourceId
                                | FocusDimension::SkuId
                        )
                    ) && values.iter().any(|value| value.eq_ignore_ascii_case(said))
                })
        });
        exact && self.meaning(open + 2) == Some(&Meaning::Close)
    }

    // "결제(payments)": brackets behind an unknown word say it again in known ones.
    fn explained(&self, at: usize) -> bool {
        if self.describes_a_code(at) || self.describes_a_time(at) {
            return true;
        }
        let said = self.next_meaning(at).filter(|index| {
            matches!(self.meaning(*index), Some(Meaning::Dimension(_) | Meaning::Service))
        });
        let open = self
            .next_meaning(said.unwrap_or(at))
            .filter(|index| self.meaning(*index) == Some(&Meaning::Open));
        let inside = open.and_then(|index| self.next_meaning(index));
        inside.is_some_and(|index| {
            self.is_id(index)
                || matches!(self.meaning(index), Some(Meaning::Entity(_) | Meaning::Dimension(_)))
        })
    }

    /// "VPC별": rows of a name that is one thing itself, and no kind of things.
    pub(in crate::understand) fn grouped_by_a_name(&self) -> Option<Decline> {
        let listed = self
            .conditions
            .iter()
            .any(|held| held.filter.values.len() >= 2 || held.asked.len() >= 2);
        let at = (0..self.items.len()).find(|at| {
            let by = self.items.get(at + 1).is_some_and(|item| item.glued)
                && self.meaning(at + 1) == Some(&Meaning::By)
                && self.text_of(at + 1).starts_with('별');
            by && !listed && matches!(self.meaning(*at), Some(Meaning::Entity(_)))
        })?;
        let asked = self.items.get(at).map(|item| (item.start, item.end)).into_iter().collect();
        Some(Decline { reason: Reason::UnknownEntity, asked, nearest: Vec::new(), period: None })
    }

    /// "the dearest and the cheapest day": one order of rows answers one of them.
    pub(in crate::understand) fn both_ends(&self) -> Option<Decline> {
        let of = |wanted: Direction| {
            (0..self.items.len()).find(|at| self.meaning(*at) == Some(&Meaning::Rank(wanted)))
        };
        let ends = [of(Direction::Descending)?, of(Direction::Ascending)?];
        let [one, other] = ends;
        let joined =
            (one.min(other)..one.max(other)).any(|at| self.meaning(at) == Some(&Meaning::And));
        if !joined {
            return None;
        }
        let ends: Vec<_> = ends.iter().filter_map(|at| self.items.get(*at)).collect();
        let asked = ends.iter().map(|item| (item.start, item.end)).collect();
        Some(Decline { reason: Reason::NotUnderstood, asked, nearest: Vec::new(), period: None })
    }

    /// Words of the vocabulary that would change the question and that nothing has used.
    pub(in crate::understand) fn unused_words(&self) -> Option<Decline> {
        let excludes = self.conditions.iter().any(|held| {
            matches!(held.filter.op, FilterOp::NotIn | FilterOp::NotContains | FilterOp::NotNull)
        });
        let asked: Vec<Slice> = (0..self.items.len())
            .filter(|at| match self.meaning(*at) {
                Some(
                    Meaning::Not
                    | Meaning::Bound(_)
                    | Meaning::Without
                    | Meaning::Place
                    | Meaning::Portion(_),
                ) => !self.is_used(*at),
                Some(Meaning::Exclude) => !excludes && !self.is_used(*at),
                Some(Meaning::PercentSign) => self.leaves_percent(*at),
                Some(Meaning::HowMany) => self.counts_nothing(*at),
                // "how many days were above the average": a mean that rows are held against.
                Some(Meaning::Average) => self.counted.is_some() && !self.is_used(*at),
                Some(Meaning::Filler) => self.asks_who(*at),
                _ => false,
            })
            .filter_map(|at| self.items.get(at).map(|item| (item.start, item.end)))
            .take(5)
            .collect();
        (!asked.is_empty()).then_some(Decline {
            reason: Reason::NotUnderstood,
            asked,
            nearest: Vec::new(),
            period: None,
        })
    }
}
