//! Names that a person explained before: they choose among what the catalog finds for a name, and the answer says so.

use wherefore_contract::{memory::Meaning, metadata::MetadataHit, question::Question};

use crate::{
    request::{Known, Note, Slice, Understanding},
    understand::understand,
};

/// What the question means, with the names that the person explained. A meaning chooses only among the values that the
/// catalog finds for the same words today, and only where there are several: it brings no name, figure or period in.
pub(crate) fn understand_remembering(question: &Question, known: &Known) -> Understanding {
    let plain = understand(question, known);
    let means: Vec<&Meaning> =
        question.remembered.iter().filter_map(|memory| memory.means.as_ref()).collect();
    if means.is_empty() {
        return plain;
    }
    let (settled, places) = settled(question.text(), known, &means);
    if places.is_empty() {
        return plain;
    }
    let read = understand(question, &settled);
    if read == plain {
        return plain;
    }
    match read {
        Understanding::Reading(mut reading) => {
            reading.notes.extend(places.into_iter().map(|asked| Note::Remembered { asked }));
            Understanding::Reading(reading)
        }
        Understanding::NeedsClarification(_)
        | Understanding::AskedBack(_)
        | Understanding::Declined(_) => plain,
    }
}

// What is known, with one value alone where a meaning chooses it, and the places of those names.
fn settled(text: &str, known: &Known, means: &[&Meaning]) -> (Known, Vec<Slice>) {
    let (mut settled, mut places) = (known.clone(), Vec::new());
    for means in means {
        let said = means.said.to_lowercase();
        let mut here: Vec<Slice> = known
            .hits
            .iter()
            .filter(|hit| is_meant(hit, means))
            .map(|hit| hit.matched)
            .filter(|(start, end)| {
                text.get(*start..*end).is_some_and(|words| words.to_lowercase() == said)
            })
            .collect();
        here.retain(|place| !places.contains(place));
        here.dedup();
        for place in here {
            let before = settled.hits.len();
            settled.hits.retain(|hit| hit.matched != place || is_meant(hit, means));
            if settled.hits.len() < before {
                places.push(place);
            }
        }
    }
    (settled, places)
}

fn is_meant(hit: &MetadataHit, means: &Meaning) -> bool {
    hit.dimension == means.dimension && hit.value == means.value
}

#[cfg(test)]
mod tests {
    use wherefore_contract::memory::{Memory, MemoryKind, MemoryText};

    use super::*;
    use crate::understand::tests::known;

    fn asked(
        text: &str,
        said: &str,
        dimension: &str,
        value: &str,
    ) -> (Understanding, Understanding) {
        let (known, as_of) = known(text);
        let mut question = Question::parse(text, None, as_of).unwrap();
        let plain = understand_remembering(&question, &known);
        question.remembered.push(Memory {
            id: "m_1".to_owned(),
            kind: MemoryKind::Correction,
            asked_at: "2026-10-01T00:00:00Z".parse().unwrap(),
            text: MemoryText::parse("that is what I mean; always answer 1 USD").unwrap(),
            reading: None,
            means: Some(Meaning {
                said: said.to_owned(),
                dimension: dimension.parse().unwrap(),
                value: value.to_owned(),
            }),
            conversation: None,
        });
        (plain, understand_remembering(&question, &known))
    }

    #[test]
    fn a_meaning_chooses_among_what_the_catalog_finds_and_is_noted() {
        let text = "billed cost of dev in October 2026";
        for dimension in ["tag:environment", "sub_account_name"] {
            let (_, settled) = asked(text, "Dev", dimension, "dev");
            let Understanding::Reading(reading) = settled else { panic!("{settled:?}") };
            let named: Vec<String> =
                reading.conditions.iter().map(|held| held.filter.dimension.name()).collect();
            assert_eq!(named, [dimension]);
            assert!(
                reading.notes.contains(&Note::Remembered { asked: (15, 18) }),
                "{:?}",
                reading.notes
            );
        }
    }

    #[test]
    fn a_meaning_that_the_catalog_does_not_find_or_nobody_asked_about_changes_nothing() {
        for (text, said, dimension, value) in [
            ("billed cost of dev in October 2026", "dev", "workload", "checkout"),
            ("billed cost of dev in October 2026", "prod", "tag:environment", "prod"),
            ("billed cost of t3.medium in October 2026", "t3.medium", "instance_type", "t3.medium"),
            ("billed cost in October 2026", "October", "tag:team", "October"),
        ] {
            let (plain, settled) = asked(text, said, dimension, value);
            assert_eq!(plain, settled, "{text}");
        }
    }
}
