//! What is said of a follow-up beside its answer: what it lacks, and what of the earlier question was
//! left out.

use wherefore_contract::{
    answer::Status,
    draft::{Draft, DraftGap, Particle, Sentence},
    evidence::{Evidence, FactRef},
    filter::Filter,
    question::{Language, Question},
};

use super::{bare, coverage, line::Line, voice::Voice};
use crate::request::{AskBack, Slice};

/// Asks for what a follow-up refers to and nothing gives.
pub(crate) fn asked_for_more(
    question: &Question,
    lacking: AskBack,
    evidence: &[Evidence],
) -> Draft {
    let voice = Voice::of(question);
    let (asked, code) = match lacking {
        AskBack::Earlier { asked } => (asked, "no_earlier_question"),
        AskBack::Periods { asked } => (asked, "no_periods"),
    };
    let sentence = match (lacking, question.language()) {
        (AskBack::Earlier { .. }, Language::En) => {
            refers(asked, " refers to an earlier question, and there is none in this conversation.")
        }
        (AskBack::Earlier { .. }, Language::Ko) => {
            refers_korean(asked, " 앞선 질문을 가리키는데, 이 대화에는 답한 질문이 없습니다.")
        }
        (AskBack::Periods { .. }, Language::En) => {
            refers(asked, " needs the periods to compare, and the question before it has none.")
        }
        (AskBack::Periods { .. }, Language::Ko) => {
            refers_korean(asked, " 비교할 기간이 있어야 하는데, 앞선 질문에는 없습니다.")
        }
    };
    let help = match (lacking, question.language()) {
        (AskBack::Earlier { .. }, Language::En) => {
            "Please ask it with its measure, names and period."
        }
        (AskBack::Earlier { .. }, Language::Ko) => "지표와 이름, 기간을 함께 적어 질문해 주세요.",
        (AskBack::Periods { .. }, Language::En) => {
            "Please name the period to explain and the one to compare it with."
        }
        (AskBack::Periods { .. }, Language::Ko) => "설명할 기간과 비교할 기간을 알려 주세요.",
    };
    let mut draft = bare(Status::NeedsClarification, sentence.clone());
    draft.body.push(Line::default().text(help).done());
    draft.gaps.push(DraftGap {
        code: code.to_owned(),
        source: "question".to_owned(),
        sentence,
        effect: Sentence::default(),
    });
    if let Some((first, last)) = coverage(evidence) {
        draft.body.push(voice.loaded(first, last));
        draft.next = voice.instead();
    }
    draft
}

fn refers(asked: Slice, rest: &str) -> Sentence {
    Line::default().asked(asked).text(rest).done()
}

fn refers_korean(asked: Slice, rest: &str) -> Sentence {
    Line::default().asked(asked).particle(Particle::Topic).text(rest).done()
}

/// The names of a condition that was left out, and why; `None` where no catalog row names it.
pub(super) fn left_out(
    filter: &Filter,
    language: Language,
    evidence: &[Evidence],
) -> Option<Sentence> {
    let rows = evidence.iter().filter(|held| held.facts.name == "hits").flat_map(|held| {
        let rows = 0..held.facts.table.rows.len();
        rows.map(move |row| (held, row))
    });
    let named = rows
        .filter(|(held, row)| {
            held.name(*row, "value").is_some_and(|value| filter.values.iter().any(|v| v == value))
                && held.name(*row, "dimension") == Some(filter.dimension.name().as_str())
        })
        .map(|(held, row)| FactRef::new(held.id.clone(), row, "value"))
        .next()?;
    Some(match language {
        Language::En => Line::default()
            .text("From the earlier question, ")
            .name(named)
            .text(" was left out: it does not go with what is asked now.")
            .done(),
        Language::Ko => Line::default()
            .text("앞선 질문의 ")
            .name(named)
            .text(" 조건은 지금 질문과 함께 쓸 수 없어 뺐습니다.")
            .done(),
    })
}
