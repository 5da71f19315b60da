//! The sentences of notices, in both languages. They end without a full stop: what is concerned follows.

use wherefore_contract::{cost::Measure, quality::NoticeCode, question::Language};

/// The code as answers spell it.
pub(crate) fn code(code: NoticeCode) -> String {
    match serde_json::to_value(code) {
        Ok(serde_json::Value::String(word)) => word,
        Ok(_) | Err(_) => String::new(),
    }
}

/// Which data a notice is about.
pub(crate) fn source(code: NoticeCode) -> &'static str {
    match code {
        NoticeCode::UnknownWorkload => "transactions",
        NoticeCode::ReportedElsewhere | NoticeCode::LeftOut => "mcp",
        NoticeCode::MissingDays
        | NoticeCode::PartialPeriod
        | NoticeCode::RoundedMetric
        | NoticeCode::ZeroMetric
        | NoticeCode::MissingMetric
        | NoticeCode::MixedCurrencies
        | NoticeCode::IdentityFailed
        | NoticeCode::IdentityUnchecked
        | NoticeCode::NotANumber
        | NoticeCode::TooManyDecimals
        | NoticeCode::CreditsHideUsage
        | NoticeCode::Untagged
        | NoticeCode::AmbiguousNames
        | NoticeCode::RepeatedIds
        | NoticeCode::BilledElsewhere
        | NoticeCode::ListBelowEffective
        | NoticeCode::UnknownCommitmentCost
        | NoticeCode::SplitCostRows
        | NoticeCode::Restated
        | NoticeCode::MixedTimeSpellings
        | NoticeCode::UnknownColumns
        | NoticeCode::InvalidTags => "cost",
    }
}

/// What the notice says.
#[expect(clippy::too_many_lines, reason = "a table: one entry a code")]
pub(crate) fn sentence(code: NoticeCode, language: Language) -> &'static str {
    let (en, ko) = match code {
        NoticeCode::MissingDays => (
            "Some days of the billing period hold no charges",
            "청구 기간 중 요금이 없는 날이 있습니다",
        ),
        NoticeCode::PartialPeriod => (
            "The billing period is not loaded to its end",
            "청구 기간이 끝까지 적재되지 않았습니다",
        ),
        NoticeCode::RoundedMetric => (
            "A cost metric was rounded before it was loaded",
            "적재 전에 반올림된 비용 지표가 있습니다",
        ),
        NoticeCode::ZeroMetric => (
            "A cost metric is empty of amounts where the bill is not, and no commitment explains it",
            "청구 금액이 있는데도 금액이 비어 있는 비용 지표가 있으며, 약정으로 설명되지 않습니다",
        ),
        NoticeCode::MissingMetric => {
            ("A cost metric is absent on some charges", "일부 요금에 비용 지표가 없습니다")
        }
        NoticeCode::MixedCurrencies => (
            "Charges are billed in different currencies, which are never added up",
            "청구 통화가 서로 다르며, 통화가 다른 금액은 합산하지 않습니다",
        ),
        NoticeCode::IdentityFailed => {
            ("Cost metrics contradict each other", "비용 지표가 서로 맞지 않습니다")
        }
        NoticeCode::IdentityUnchecked => (
            "Cost metrics could not be checked against each other",
            "비용 지표를 서로 대조하지 못했습니다",
        ),
        NoticeCode::NotANumber => (
            "Cells that should hold an amount hold something else and were read as absent",
            "금액이 있어야 할 칸에 다른 값이 있어 빈 값으로 읽었습니다",
        ),
        NoticeCode::TooManyDecimals => (
            "Amounts were cut after the last decimal that is kept",
            "보관 가능한 소수 자릿수 뒤를 잘라 냈습니다",
        ),
        NoticeCode::CreditsHideUsage => {
            ("Credits cancel a large part of usage", "크레딧이 사용 금액의 큰 부분을 상쇄합니다")
        }
        NoticeCode::Untagged => ("Charges carry no tag", "태그가 없는 요금이 있습니다"),
        NoticeCode::AmbiguousNames => (
            "A name stands for different ids, or an id for different names",
            "이름과 식별자가 서로 어긋나게 대응합니다",
        ),
        NoticeCode::RepeatedIds => ("Line ids occur repeatedly", "요금 행 식별자가 중복됩니다"),
        NoticeCode::BilledElsewhere => (
            "Charges were billed in another month than the month of use",
            "사용한 달과 다른 달에 청구된 요금이 있습니다",
        ),
        NoticeCode::ListBelowEffective => (
            "Prices before discounts are below prices after them",
            "할인 전 금액이 할인 후 금액보다 작습니다",
        ),
        NoticeCode::UnknownCommitmentCost => (
            "What commitments really cost is not part of what is loaded",
            "약정의 실제 비용이 적재되어 있지 않습니다",
        ),
        NoticeCode::SplitCostRows => (
            "Rows that repeat the cost of their parent were left out",
            "원본 행의 비용을 되풀이하는 행을 제외했습니다",
        ),
        NoticeCode::Restated => (
            "The provider changed a period that had been loaded before",
            "공급자가 이미 적재된 기간을 정정했습니다",
        ),
        NoticeCode::UnknownWorkload => (
            "Transactions belong to a workload without charges",
            "요금이 없는 워크로드의 거래가 있습니다",
        ),
        NoticeCode::MixedTimeSpellings => {
            ("Moments are spelled in different ways", "시각 표기 방식이 섞여 있습니다")
        }
        NoticeCode::UnknownColumns => {
            ("Columns of no known format were kept out", "알려진 형식에 없는 열을 제외했습니다")
        }
        NoticeCode::InvalidTags => (
            "Tags that cannot be read were kept as text",
            "읽을 수 없는 태그를 글자로만 보관했습니다",
        ),
        NoticeCode::ReportedElsewhere => (
            "Figures are repeated as another program reports them",
            "다른 프로그램이 보고한 수치를 그대로 옮겼습니다",
        ),
        NoticeCode::LeftOut => (
            "Another program returned more than was read",
            "다른 프로그램이 반환한 결과의 일부만 읽었습니다",
        ),
    };
    match language {
        Language::En => en,
        Language::Ko => ko,
    }
}

/// What it means for the answer; empty when the sentence says it all.
pub(crate) fn effect(code: NoticeCode, language: Language) -> &'static str {
    let (en, ko) = match code {
        NoticeCode::MissingDays | NoticeCode::PartialPeriod => (
            "Totals of that period will still change.",
            "해당 기간의 합계는 앞으로 달라질 수 있습니다.",
        ),
        NoticeCode::RoundedMetric => {
            ("Sums of small charges are inexact.", "작은 금액의 합계는 정확하지 않을 수 있습니다.")
        }
        NoticeCode::ZeroMetric | NoticeCode::MissingMetric | NoticeCode::IdentityFailed => {
            ("Figures of this metric are not reliable.", "이 지표의 수치는 신뢰하기 어렵습니다.")
        }
        NoticeCode::CreditsHideUsage => (
            "With and without credits the picture differs.",
            "크레딧 포함 여부에 따라 결과가 달라집니다.",
        ),
        NoticeCode::Untagged => (
            "Groupings by this tag leave those charges without a name.",
            "이 태그로 나누면 해당 요금은 이름 없이 남습니다.",
        ),
        NoticeCode::UnknownCommitmentCost => (
            "The cost after discounts is not known for those charges.",
            "해당 요금은 할인 후 비용을 알 수 없습니다.",
        ),
        NoticeCode::LeftOut => (
            "Totals and ranks cover only what was read.",
            "합계와 순위는 읽은 부분만을 기준으로 합니다.",
        ),
        NoticeCode::MixedCurrencies
        | NoticeCode::IdentityUnchecked
        | NoticeCode::NotANumber
        | NoticeCode::TooManyDecimals
        | NoticeCode::AmbiguousNames
        | NoticeCode::RepeatedIds
        | NoticeCode::ReportedElsewhere
        | NoticeCode::BilledElsewhere
        | NoticeCode::ListBelowEffective
        | NoticeCode::SplitCostRows
        | NoticeCode::Restated
        | NoticeCode::UnknownWorkload
        | NoticeCode::MixedTimeSpellings
        | NoticeCode::UnknownColumns
        | NoticeCode::InvalidTags => ("", ""),
    };
    match language {
        Language::En => en,
        Language::Ko => ko,
    }
}

/// That more bills are concerned than are named.
pub(crate) fn others(language: Language) -> &'static str {
    match language {
        Language::En => "and others",
        Language::Ko => "그 밖의 청구서",
    }
}

/// The name of a measure, where a notice is about one.
pub(crate) fn measure(measure: &Measure, language: Language) -> Option<&'static str> {
    let (en, ko) = match measure {
        Measure::BilledCost => ("billed cost", "청구 비용"),
        Measure::EffectiveCost => ("effective cost", "유효 비용"),
        Measure::ListCost => ("list cost", "정가 비용"),
        Measure::ContractedCost => ("contracted cost", "계약 비용"),
        Measure::NetBilledCost => ("net billed cost", "순청구 비용"),
        Measure::NetEffectiveCost => ("net effective cost", "순유효 비용"),
        Measure::ConsumedQuantity => ("consumed quantity", "사용량"),
        Measure::PricingQuantity => ("priced quantity", "과금 수량"),
        Measure::CommitmentQuantity => ("quantity of commitments", "약정 수량"),
        Measure::UnitCost => ("unit cost", "건당 비용"),
        Measure::Transactions => ("transactions", "거래 수"),
        Measure::Rows
        | Measure::Lacking(_)
        | Measure::Distinct(_)
        | Measure::FirstCharge
        | Measure::LastCharge
        | Measure::ChargedUntil
        | Measure::FirstDay
        | Measure::LastDay
        | Measure::UnitPrice(_)
        | Measure::Saved(..)
        | Measure::OfKind(..)
        | Measure::Discount(..)
        | Measure::Commitment(_)
        | Measure::OfRow(..) => return None,
    };
    Some(match language {
        Language::En => en,
        Language::Ko => ko,
    })
}
