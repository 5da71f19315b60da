//! What the house itself says, in both languages: that there is no answer, and why work stopped.

use wherefore_contract::{
    draft::{DraftGap, Sentence, Span},
    question::Language,
};
use wherefore_model::team;

use crate::stop::Stop;

/// A span of words.
pub(crate) fn text(words: &str) -> Span {
    Span::Text { text: words.to_owned() }
}

/// A sentence of words alone.
pub(crate) fn sentence(words: &str) -> Sentence {
    Sentence(vec![text(words)])
}

fn choose(language: Language, en: &'static str, ko: &'static str) -> &'static str {
    match language {
        Language::En => en,
        Language::Ko => ko,
    }
}

/// The headline of an answer without figures.
pub(crate) fn no_answer(language: Language) -> Sentence {
    sentence(choose(
        language,
        "This question could not be answered.",
        "이 질문에는 답하지 못했습니다.",
    ))
}

/// The headline over a table that code chose.
pub(crate) fn table_below(language: Language) -> Sentence {
    sentence(choose(
        language,
        "The figures that were gathered stand in the table below.",
        "조회한 수치를 아래 표에 정리했습니다.",
    ))
}

/// Why the orchestrator gave no draft.
pub(crate) fn stopped(stop: Stop, language: Language) -> DraftGap {
    let (en, ko) = match stop {
        Stop::Done | Stop::FreeText => (
            "The model wrote its answer in a form in which figures cannot be verified.",
            "모델이 수치를 검증할 수 없는 형식으로 답을 작성했습니다.",
        ),
        Stop::TurnLimit | Stop::ToolCallLimit | Stop::TokenLimit => (
            "The work budget of this question was spent before the model submitted an answer.",
            "모델이 답을 제출하기 전에 이 질문의 작업 한도를 모두 사용했습니다.",
        ),
        Stop::MoneyLimit => (
            "The money that this question may cost was spent before the model submitted an answer.",
            "모델이 답을 제출하기 전에 이 질문에 허용된 비용을 모두 사용했습니다.",
        ),
        Stop::Deadline => (
            "The time for this question ended before the model submitted an answer.",
            "모델이 답을 제출하기 전에 이 질문의 제한 시간이 끝났습니다.",
        ),
        Stop::Repetition => (
            "The model repeated the same call and was stopped.",
            "모델이 같은 호출을 되풀이하여 작업을 중단했습니다.",
        ),
        Stop::NoProgress => (
            "The model went on without finding anything new and was stopped.",
            "모델이 새로운 사실을 찾지 못한 채 작업을 계속하여 중단했습니다.",
        ),
        Stop::TooLong => (
            "The conversation became longer than the model can read.",
            "대화가 모델이 읽을 수 있는 길이를 넘었습니다.",
        ),
        Stop::ModelFailed => (
            "The model gave no reply that can be used.",
            "모델이 사용할 수 있는 응답을 주지 않았습니다.",
        ),
        Stop::Refused => (
            "The model refused to answer this question.",
            "모델이 이 질문에 답하기를 거부했습니다.",
        ),
    };
    DraftGap {
        code: stop.as_str().to_owned(),
        source: "model".to_owned(),
        sentence: sentence(choose(language, en, ko)),
        effect: sentence(choose(
            language,
            "What is shown was put together from the evidence without the model.",
            "표시된 내용은 모델 없이 근거만으로 구성했습니다.",
        )),
    }
}

/// That the rules answered because the language model could not.
pub(crate) fn answered_by_rules(language: Language) -> DraftGap {
    DraftGap {
        code: "model_failed".to_owned(),
        source: "model".to_owned(),
        sentence: sentence(choose(
            language,
            "The language model gave no reply that can be used, so the question was answered by rules.",
            "언어 모델이 사용할 수 있는 응답을 주지 않아 규칙으로 답했습니다.",
        )),
        effect: sentence(choose(
            language,
            "The figures are verified as always; open questions may be read more narrowly.",
            "수치는 언제나처럼 검증되었지만, 열린 질문은 더 좁게 해석되었을 수 있습니다.",
        )),
    }
}

/// That a server of others was asked and answered no call.
pub(crate) fn not_reported(language: Language) -> DraftGap {
    DraftGap {
        code: "not_reported".to_owned(),
        source: "mcp".to_owned(),
        sentence: sentence(choose(
            language,
            "Another program was asked and gave no answer.",
            "다른 프로그램에 물었지만 답을 받지 못했습니다.",
        )),
        effect: sentence(choose(
            language,
            "What it would have reported is missing here.",
            "그 프로그램이 알려 주었을 내용은 이 답변에 없습니다.",
        )),
    }
}

/// That a sub-agent stopped before its work was done.
pub(crate) fn cut_off(role: &str, code: &str, language: Language) -> DraftGap {
    let (en, ko) = match role {
        team::COLLECTOR => (
            "The look at what is loaded stopped before it was done.",
            "적재된 데이터 확인이 끝나기 전에 중단되었습니다.",
        ),
        team::RESEARCH => (
            "The search for causes stopped before it was done.",
            "원인 조사가 끝나기 전에 중단되었습니다.",
        ),
        _ => (
            "The gathering of figures stopped before it was done.",
            "수치 조회가 끝나기 전에 중단되었습니다.",
        ),
    };
    DraftGap {
        code: code.to_owned(),
        source: "model".to_owned(),
        sentence: sentence(choose(language, en, ko)),
        effect: sentence(choose(
            language,
            "The answer may leave something out.",
            "답변에 빠진 내용이 있을 수 있습니다.",
        )),
    }
}
