//! Korean particles by the last sound of the word before them.

use wherefore_contract::draft::Particle;

/// How a word ends when it is read aloud in Korean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ending {
    Vowel,
    /// The final consonant ㄹ, which takes 로 like a vowel.
    Rieul,
    Consonant,
}

/// The particle that follows `word`.
#[must_use]
pub fn particle(word: &str, particle: Particle) -> &'static str {
    let ending = ending(word);
    let open = ending == Ending::Vowel;
    match particle {
        Particle::Topic if open => "는",
        Particle::Topic => "은",
        Particle::Subject if open => "가",
        Particle::Subject => "이",
        Particle::Object if open => "를",
        Particle::Object => "을",
        Particle::Toward if ending == Ending::Consonant => "으로",
        Particle::Toward => "로",
        Particle::And if open => "와",
        Particle::And => "과",
        Particle::Copula => "입니다",
    }
}

// What stands in brackets behind a word is not read with its particle: "비용(크레딧 제외)은".
fn without_brackets(word: &str) -> &str {
    let closed = word.trim_end_matches(['’', '”', '"', '\'', ' ']);
    let opened = closed.strip_suffix(')').and_then(|inside| inside.rfind('('));
    let before = opened.and_then(|at| closed.get(..at)).map(str::trim_end);
    before.filter(|before| !before.is_empty()).unwrap_or(word)
}

fn ending(word: &str) -> Ending {
    let word = without_brackets(word);
    let word = word.trim_end_matches(|letter: char| !letter.is_alphanumeric() && letter != '%');
    let Some(last) = word.chars().next_back() else { return Ending::Vowel };
    // Dollars, euros and pounds are read after their digits: 달러, 유로, 파운드.
    let figure = word.rsplit(' ').next().unwrap_or(word).trim_start_matches(['+', '-']);
    if last.is_ascii_digit() && figure.starts_with(['$', '€', '£']) {
        return Ending::Vowel;
    }
    if last.is_ascii_digit() && figure.starts_with('₩') {
        return Ending::Consonant;
    }
    match last {
        '\u{ac00}'..='\u{d7a3}' => match (u32::from(last) - 0xac00) % 28 {
            0 => Ending::Vowel,
            8 => Ending::Rieul,
            _ => Ending::Consonant,
        },
        // 일, 칠, 팔; 이, 사, 오, 구; 영, 삼, 육 (and 십, 백, 천, 만 behind zeros).
        '1' | '7' | '8' => Ending::Rieul,
        '2' | '4' | '5' | '9' => Ending::Vowel,
        '0' | '3' | '6' => Ending::Consonant,
        letter if letter.is_ascii_alphabetic() => latin(word, letter),
        _ => Ending::Vowel,
    }
}

// Acronyms are spelled (엘, 엠, 엔, 알); words are read roughly as they are written.
fn latin(word: &str, last: char) -> Ending {
    let before = word.chars().rev().nth(1);
    let spelled =
        last.is_ascii_uppercase() || before.is_none_or(|letter| !letter.is_ascii_alphabetic());
    let vowel_before = before.is_some_and(|letter| "aeiouAEIOU".contains(letter));
    let after = |letters: &[char]| before.is_some_and(|each| letters.contains(&each));
    match last.to_ascii_lowercase() {
        // Oracle, Google, table; time, engine, volume.
        'e' if !spelled && after(&['l']) => Ending::Rieul,
        'e' if !spelled && after(&['m', 'n']) => Ending::Consonant,
        'l' => Ending::Rieul,
        'r' if spelled => Ending::Rieul,
        'm' | 'n' => Ending::Consonant,
        'g' if before == Some('n') => Ending::Consonant,
        'k' if before == Some('c') => Ending::Consonant,
        'b' | 'c' | 'k' | 'p' | 't' if vowel_before && !spelled => Ending::Consonant,
        _ => Ending::Vowel,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn particles_follow_the_sound_of_the_word() {
        for (word, kind, expected) in [
            ("비용", Particle::Topic, "은"),
            ("거래", Particle::Topic, "는"),
            ("$1,234.56", Particle::Topic, "는"),
            ("-$1,230.00", Particle::Toward, "로"),
            ("1,234원", Particle::Toward, "으로"),
            ("12.5%", Particle::Subject, "가"),
            ("EC2", Particle::Subject, "가"),
            ("S3", Particle::Object, "을"),
            ("Amazon RDS", Particle::And, "와"),
            ("Amazon Route 53", Particle::And, "과"),
            ("AWS Lambda", Particle::Toward, "로"),
            ("SQL", Particle::Toward, "로"),
            ("Elastic", Particle::Topic, "은"),
            ("2024년 9월", Particle::Toward, "로"),
            ("건당 $0.0183", Particle::Object, "를"),
            ("‘지난달’", Particle::Topic, "은"),
            ("청구 비용(크레딧 제외)", Particle::Topic, "은"),
            ("Amazon EC2 (us-east-1)", Particle::Subject, "가"),
            ("Oracle", Particle::Toward, "로"),
            ("Google", Particle::Topic, "은"),
            ("Compute Engine", Particle::Subject, "이"),
            ("3.23만 달러", Particle::Toward, "로"),
            ("12.3억 원", Particle::Toward, "으로"),
            ("", Particle::Topic, "는"),
        ] {
            assert_eq!(super::particle(word, kind), expected, "{word}");
        }
    }
}
