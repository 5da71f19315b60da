//! Korean verbs and adjectives in all their forms: a stem, what it becomes before an ending, and the endings.

use std::collections::{HashMap, HashSet};

use crate::understand::word::Meaning;

/// What a form of a verb still needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Join {
    /// The bare stem, which ends in a vowel or in ㄹ: 나가-, 늘-.
    Open,
    /// The bare stem, which ends in another consonant: 먹-.
    Closed,
    /// With ㄴ or 은: 나간, 먹은.
    Past,
    /// With ㄹ or 을: 나갈, 먹을.
    Future,
    /// With ㅁ or 음: 나감, 먹음.
    Noun,
    /// With ㅂ or 습: 나갑-, 먹습-.
    Formal,
    /// With 아 or 어: 나가, 먹어.
    Joined,
    /// With 았, 었 or 겠: 나갔-, 먹었-.
    Tense,
    /// With 세: 하세-.
    Honorific,
}

// Endings behind each of them, parted by `|`; an empty one means that the form stands by itself.
const ENDINGS: &[(Join, &str)] = &[
    (
        Join::Open,
        "면|면은|면요|며|면서|려고|려고요|려고해|려는|려나|려나요|려면|려면은|려던|니까|니깐|러|므로|라고|라는|라면|라|자|자면|자고|랬|게요",
    ),
    (
        Join::Closed,
        "으면|으면은|으며|으면서|으려고|으려는|으려나|으려면|으니|으니까|으러|으므로|으라고|으라는|자|자고",
    ),
    (
        Join::Past,
        "|지|지요|지를|지도|지만|데|데요|데도|가|가요|건|건지|건가|건가요|거|거야|거예요|거에요|거죠|거지|거니|거임|거라|것|것은|것이|것만|것들|것들만|것을|것인지|것이죠|게|걸|걸까|걸까요|다|다고|다는|다면|대|대요|만큼|적|셈|셈이|채|바|김에|뒤|후|후에|이후",
    ),
    (
        Join::Future,
        "|까|까요|까나|지|지도|지요|래|래요|게|게요|수|수있|수있어|수있나|수있나요|수있을까|수있을까요|수있는|수있는지|수있게|수있도록|수있으면|때|때는|때의|때에|것|건|건지|걸|거|거야|텐데|만한|만큼|는지|듯|듯해|뻔|려면|려고|려나|예정",
    ),
    (Join::Noun, "|요|을|이|의|으로|에|은|과|도|에따라|에따른|까지|ㅋ|ㅋㅋ|ㅠ"),
    (Join::Formal, "쇼|니다|니다만|니까|니까만|시다|시오"),
    (
        Join::Joined,
        "|요|용|여|서|서는|서요|서도|도|야|야만|야지|야해|야하는|야할|야겠|라|보니|놓고|두고|다|ㅋㅋ",
    ),
    (
        Join::Tense,
        "어|어요|어용|었|습니다|습니까|습니다만|슴다|는데|는데요|는데도|는지|는지요|는지도|는지를|는지는|나|나요|나여|나용|니|냐|냐고|냐구|느냐|던|던데|던가|던가요|던지|던거|던건|던것|던|더라|더라고|더라고요|더라구요|더군요|지|지요|지만|죠|쥬|네|네요|다|다는|다고|다며|다면|다가|대|대요|단|구나|군|군요|고|고요|구요|으며|으면|으면해|으면합니다|으면하는데|으면좋겠어|으면좋겠어요|으면좋겠습니다|으니|으니까|을|을까|을까요|을지|을지도|을때|을땐|을때의|을텐데|음|음요|음을|거든|거든요|잖아|잖아요|어도|어야|어서|는가|는가요|는걸|는거|는거야|는거지|는거죠|는거예요|는건지|는건가|는건가요|는감|기에|기때문|긴|기는|게",
    ),
    (Join::Honorific, "|요|용|여"),
];

// Endings behind any bare stem.
const STEM_ENDINGS: &str = "고|고요|구요|고서|고서는|고는|고도|고나서|고싶|지|지만|지는|지도|지요|지를|죠|쥬|네|네요|는|는지|는지요|는지도|는지를|는지는|는데|는데요|는데에|는가|는가요|는건|는건지|는건가|는건가요|는거|는거야|는거지|는거죠|는거예요|는거니|는거임|는게|는것|는것은|는것이|는것만|는것들|는것들만|는것을|는것인지|는걸|는걸까|는걸까요|는중|는중인|는대로|는순|는순서|는순서대로|는순으로|는만큼|는셈|는셈이|는족족|는바|는편|는편인|나|나요|나여|나용|니|냐|냐고|냐구|느냐|던|던데|던가|던가요|던지|던거|던건|던것|더라|더라고|더라고요|더라구요|더군요|도록|게|게끔|게되|길|기|기도|기는|기에|기로|기위해|기위한|기때문|기바람|기바랍니다|길바랍니다|구나|는구나|는군|는군요|군요|거나|거든|거든요|다가|다|다고|다는|다며|대|대요|는다|는다고|는다는|는다면|잖아|잖아요|자마자|든|든지|든가|단|단다";

/// The forms of the verbs of a list, for lookup by their first letter.
pub(crate) struct Inflected {
    forms: HashMap<char, Vec<(Vec<char>, Join, Meaning)>>,
    endings: HashMap<Join, HashSet<Vec<char>>>,
}

impl Inflected {
    /// Takes verbs without their 다, parted by `|`. A mark behind a stem says how it is irregular: `ㅂ`, `ㄷ`, `ㅅ`; `!` drops 으.
    pub(super) fn build(verbs: &[(Meaning, &str)]) -> Self {
        let mut forms: HashMap<char, Vec<(Vec<char>, Join, Meaning)>> = HashMap::new();
        for (meaning, stems) in verbs {
            for stem in stems.split('|') {
                for (form, join) in conjugated(stem) {
                    let letters: Vec<char> = form.chars().collect();
                    if let Some(first) = letters.first().copied() {
                        forms.entry(first).or_default().push((letters, join, meaning.clone()));
                    }
                }
            }
        }
        let mut endings: HashMap<Join, HashSet<Vec<char>>> = HashMap::new();
        for (join, list) in ENDINGS {
            let held = endings.entry(*join).or_default();
            held.extend(list.split('|').map(|ending| ending.chars().collect::<Vec<char>>()));
        }
        for join in [Join::Open, Join::Closed] {
            let held = endings.entry(join).or_default();
            held.extend(
                STEM_ENDINGS.split('|').map(|ending| ending.chars().collect::<Vec<char>>()),
            );
        }
        Self { forms, endings }
    }

    /// The forms of "to be" behind a noun: 이었는지, 였더라, 인가요.
    pub(super) fn copula() -> Self {
        let mut held = Self::build(&[(Meaning::Particle, "이")]);
        let past = (vec!['였'], Join::Tense, Meaning::Particle);
        held.forms.entry('였').or_default().push(past);
        held
    }

    /// The forms at the start of a run of Hangul, as their length and meaning; each ending makes one.
    pub(crate) fn at(&self, run: &[char]) -> Vec<(usize, Meaning)> {
        let Some(first) = run.first() else { return Vec::new() };
        let mut found: Vec<(usize, Meaning)> = Vec::new();
        for (letters, join, meaning) in self.forms.get(first).map_or(&[] as &[_], Vec::as_slice) {
            let Some(rest) = run.strip_prefix(letters.as_slice()) else { continue };
            let Some(endings) = self.endings.get(join) else { continue };
            for length in 0..=rest.len().min(LONGEST_ENDING) {
                let ending = rest.get(..length).unwrap_or_default();
                if endings.contains(ending) {
                    let form = (letters.len() + length, meaning.clone());
                    if !found.contains(&form) {
                        found.push(form);
                    }
                }
            }
        }
        found
    }
}

const LONGEST_ENDING: usize = 8;
const FIRST: u32 = 0xac00;
// Places of the vowels and finals in a syllable of Hangul.
const A: u32 = 0;
const YEO: u32 = 6;
const AE: u32 = 1;
const EO: u32 = 4;
const E: u32 = 5;
const O: u32 = 8;
const WA: u32 = 9;
const OE: u32 = 11;
const WAE: u32 = 10;
const U: u32 = 13;
const WO: u32 = 14;
const EU: u32 = 18;
const I: u32 = 20;
const NO_FINAL: u32 = 0;
const N: u32 = 4;
const L: u32 = 8;
const M: u32 = 16;
const B: u32 = 17;
const SS: u32 = 20;

/// A syllable as its first letter, vowel and final.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Syllable {
    lead: u32,
    vowel: u32,
    last: u32,
}

impl Syllable {
    fn of(letter: char) -> Option<Self> {
        let code = u32::from(letter).checked_sub(FIRST).filter(|code| *code < 11_172)?;
        Some(Self { lead: code / 588, vowel: code % 588 / 28, last: code % 28 })
    }

    fn letter(self) -> String {
        char::from_u32(FIRST + self.lead * 588 + self.vowel * 28 + self.last)
            .map(String::from)
            .unwrap_or_default()
    }
}

fn conjugated(marked: &str) -> Vec<(String, Join)> {
    let stem = marked.trim_end_matches(['ㅂ', 'ㄷ', 'ㅅ', '!']);
    let mark = marked.get(stem.len()..).and_then(|mark| mark.chars().next());
    let mut forms = plain(stem, mark);
    if let Some(polite) = honoured(stem, mark) {
        forms.extend(plain(&polite, None));
        forms.push((format!("{}세", polite.trim_end_matches('시')), Join::Honorific));
        forms.push((format!("{}십", polite.trim_end_matches('시')), Join::Formal));
    }
    forms
}

// 하시-, 먹으시-, 도우시-.
fn honoured(stem: &str, mark: Option<char>) -> Option<String> {
    let last = Syllable::of(stem.chars().last()?)?;
    Some(match (mark, last.last) {
        (Some('ㅂ' | 'ㄷ' | 'ㅅ'), _) => format!("{}시", softened(stem, mark)),
        (_, NO_FINAL) => format!("{stem}시"),
        (_, L) => format!("{}시", with_final(stem, NO_FINAL)),
        _ => format!("{stem}으시"),
    })
}

// The stem before a vowel: 도우-, 들으-, 지으-.
fn softened(stem: &str, mark: Option<char>) -> String {
    match mark {
        Some('ㅂ') => format!("{}우", with_final(stem, NO_FINAL)),
        Some('ㄷ') => format!("{}으", with_final(stem, L)),
        Some('ㅅ') => format!("{}으", with_final(stem, NO_FINAL)),
        _ => stem.to_owned(),
    }
}

fn with_final(text: &str, last: u32) -> String {
    let mut letters: Vec<char> = text.chars().collect();
    let Some(syllable) = letters.pop().and_then(Syllable::of) else { return text.to_owned() };
    let head: String = letters.into_iter().collect();
    format!("{head}{}", Syllable { last, ..syllable }.letter())
}

fn plain(stem: &str, mark: Option<char>) -> Vec<(String, Join)> {
    let Some(last) = stem.chars().last().and_then(Syllable::of) else { return Vec::new() };
    let open = last.last == NO_FINAL || last.last == L;
    let join = if open { Join::Open } else { Join::Closed };
    let mut forms = vec![(stem.to_owned(), join), (format!("{stem}겠"), Join::Tense)];
    let soft = softened(stem, mark);
    if soft != stem {
        forms.push((soft.clone(), Join::Open));
    }
    let dropped = last.last == L;
    let base = if dropped { with_final(stem, NO_FINAL) } else { soft };
    if last.last == NO_FINAL || dropped || base != stem {
        forms.push((with_final(&base, N), Join::Past));
        forms.push((with_final(&base, L), Join::Future));
        forms.push((with_final(&base, M), Join::Noun));
    } else {
        forms.push((format!("{stem}은"), Join::Past));
        forms.push((format!("{stem}을"), Join::Future));
        forms.push((format!("{stem}음"), Join::Noun));
    }
    let formal = if open { with_final(&base, B) } else { format!("{stem}습") };
    forms.push((formal, Join::Formal));
    if dropped {
        // 늘다: 느는, 느네.
        forms.push((base, Join::Open));
        forms.push((format!("{}음", with_final(stem, L)), Join::Noun));
    }
    for joined in infinitives(stem, mark, last) {
        forms.push((with_final(&joined, SS), Join::Tense));
        forms.push((joined, Join::Joined));
    }
    forms
}

// The stem with 아 or 어, run together as it is spoken, and as it is written out.
fn infinitives(stem: &str, mark: Option<char>, last: Syllable) -> Vec<String> {
    let mut letters: Vec<char> = stem.chars().collect();
    let end = letters.pop();
    let head: String = letters.iter().collect();
    let prior = letters.last().copied().and_then(Syllable::of);
    let bright = |vowel: u32| matches!(vowel, A | O);
    let joined = |vowel: u32, last: u32, lead: u32| {
        format!("{head}{}", Syllable { lead, vowel, last }.letter())
    };
    if end == Some('하') {
        return vec![format!("{head}해"), format!("{head}하여")];
    }
    match mark {
        Some('ㅂ') => {
            let open = with_final(stem, NO_FINAL);
            let tail = if stem == "돕" { "와" } else { "워" };
            return vec![format!("{open}{tail}")];
        }
        Some('ㄷ') => return vec![format!("{}{}", with_final(stem, L), vowel_after(last))],
        Some('ㅅ') => return vec![format!("{}{}", with_final(stem, NO_FINAL), vowel_after(last))],
        _ => {}
    }
    if last.last != NO_FINAL {
        return vec![format!("{stem}{}", vowel_after(last))];
    }
    match last.vowel {
        A | EO | AE | E | YEO => vec![stem.to_owned()],
        O => vec![joined(WA, 0, last.lead), format!("{stem}아")],
        U => vec![joined(WO, 0, last.lead), format!("{stem}어")],
        OE => vec![joined(WAE, 0, last.lead), format!("{stem}어")],
        I => vec![joined(YEO, 0, last.lead), format!("{stem}어")],
        EU => {
            let vowel = if prior.is_some_and(|prior| bright(prior.vowel)) { A } else { EO };
            // 고르다: 골라; 따르다: 따라.
            let doubles = end == Some('르') && mark != Some('!');
            if doubles {
                let head = with_final(&head, L);
                let tail = Syllable { lead: last.lead, vowel, last: 0 }.letter();
                vec![format!("{head}{tail}")]
            } else {
                vec![joined(vowel, 0, last.lead)]
            }
        }
        _ => vec![format!("{stem}어")],
    }
}

fn vowel_after(last: Syllable) -> &'static str {
    if matches!(last.vowel, A | O) { "아" } else { "어" }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reads(stem: &str, form: &str) -> bool {
        let run: Vec<char> = form.chars().collect();
        Inflected::build(&[(Meaning::Filler, stem)])
            .at(&run)
            .iter()
            .any(|(length, _)| *length == run.len())
    }

    #[test]
    fn stems_take_their_endings_regular_and_irregular() {
        for (stem, forms) in [
            (
                "나가",
                "나가는 나간 나갔는지 나갈까요 나갑니다 나감 나가면 나가고 나갔더라 나가나요 나가셨나요",
            ),
            (
                "하",
                "하는 한 했어요 할게요 합니까 함 하여 해서 하시면 하세요 하십시오 하실 하였습니다 하겠습니다",
            ),
            ("넘기", "넘긴 넘겼어 넘기는 넘길 넘기면 넘겨요"),
            ("뽑", "뽑아 뽑은 뽑았어요 뽑는 뽑으면 뽑습니다 뽑아요 뽑으시면"),
            ("고르", "골라 골랐어 고르는 고른 고르면 골라서"),
            ("쓰", "써 썼는지 쓴 쓰는 쓸까 씁니다 씀"),
            ("늘", "늘어 늘었나요 는 느는 늘면 늡니다 늘어요"),
            ("돕ㅂ", "도와 도왔어 도운 돕는 도우면 돕습니다"),
            ("듣ㄷ", "들어 들은 듣는 들으면"),
            ("드리", "드려요 드린 드립니다 드릴게요 드렸는데"),
            ("나누", "나눠 나눴어 나눈 나누면 나누어"),
            ("보", "봐 봤어 본 보면 봅시다 보아 보시면"),
            ("되", "돼 됐어 된 되는 됩니까 되어 되나요 됨"),
            ("모으", "모아 모았어 모은 모으면"),
            ("따르!", "따라 따른 따르면"),
        ] {
            for form in forms.split(' ') {
                assert!(reads(stem, form), "{stem}: {form}");
            }
        }
        assert!(!reads("나가", "나가오리"));
        assert!(!reads("보", "보라매"));
    }
}
