//! The judge's own way to find figures, directions and ranks in text.

use std::sync::LazyLock;

use regex::Regex;
use unicode_normalization::UnicodeNormalization as _;

// Lists of this suite alone: what the gate's lists miss, these may find.
static WORDS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let english = "zero|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|\
        sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundreds?|\
        thousands?|millions?|billions?|trillions?|dozens?|grand|half|halves|halved|thirds?|quarter of|fifth of|doubled?|\
        doubling|tripled?|trebled|quadrupled|twice|thrice|tenfold|twofold|[a-z]+fold|majority|most of|(?:four|five|six|seven) figures|\
        percent|dollars?|euros?|won|cents?";
    let ranks = "rose|risen|rises|rising|fell|falls|fallen|falling|increased?|increases|increasing|decreased?|decreases|\
        grew|grown|growing|dropped|drops|shrank|climbed|jumped|surged|plunged|soared|higher|lower|largest|smallest|\
        biggest|highest|lowest|greatest|cheapest|most expensive|unchanged|sharply";
    let korean = "절반|과반|대부분|제로|갑절|곱절|두 배|세 배|몇 배|[일이삼사오육칠팔구]?[십백천만억조][일이삼사오육칠팔구십백천만억조]*\\s?(?:원|달러)|\
        퍼센트|달러|수천|수백|한 푼|급증|급감|증가|감소했|상승|하락|늘었|줄었|올랐|내렸|뛰었|가장|최대|최소|최고|최저|변하지";
    Regex::new(&format!(r"(?i:\b(?:{english}|{ranks})\b)|{korean}")).ok()
});

/// The first thing in `text` that reads as a figure, a direction or a rank.
pub(super) fn figure(text: &str) -> Option<String> {
    let plain: String = text.nfkc().filter(|letter| !is_hidden(*letter)).collect();
    let digit = plain.chars().find(|letter| letter.is_numeric());
    if let Some(digit) = digit {
        let at = plain.find(digit).unwrap_or(0);
        return Some(plain.get(at..).unwrap_or_default().chars().take(24).collect());
    }
    let Some(words) = &*WORDS else { return Some("the word lists cannot be read".to_owned()) };
    words.find(&plain).map(|found| found.as_str().to_owned())
}

/// Letters that show nothing.
pub(super) fn is_hidden(letter: char) -> bool {
    matches!(u32::from(letter), 0xad | 0x61c | 0x200b..=0x200f | 0x202a..=0x202e | 0x2060..=0x206f | 0xfeff)
        || matches!(u32::from(letter), 0xe0000..=0xe007f)
}

/// The numbers of a text, thousands apart or not, without signs.
pub(super) fn numbers(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut run = String::new();
    let letters: Vec<char> = text.nfkc().collect();
    for (at, letter) in letters.iter().enumerate() {
        let next = letters.get(at + 1).is_some_and(char::is_ascii_digit);
        if letter.is_numeric() || (*letter == '.' && next && !run.is_empty() && !run.contains('.'))
        {
            run.push(*letter);
        } else if !(run.is_empty() || (*letter == ',' && next)) {
            found.push(std::mem::take(&mut run));
        }
    }
    if !run.is_empty() {
        found.push(run);
    }
    found
}

/// The letters and digits of a text, in lower case: what two spellings of one name share.
pub(super) fn core(text: &str) -> String {
    let plain = text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
    plain.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
