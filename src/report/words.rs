//! What reports say beside their answers, in both languages. None of it holds a figure.

use wherefore_contract::question::Language;

use super::{Closing, Kind, Sharing};

fn one(language: Language, english: &'static str, korean: &'static str) -> &'static str {
    match language {
        Language::En => english,
        Language::Ko => korean,
    }
}

/// The title of a report.
pub(super) fn report(kind: Kind, language: Language) -> &'static str {
    match kind {
        Kind::Review => one(language, "Monthly cost review", "월간 비용 리뷰"),
        Kind::Chargeback => one(language, "Chargeback", "비용 청구(차지백)"),
        Kind::Showback => one(language, "Showback", "비용 공유(쇼백)"),
    }
}

/// What a report is for, in a sentence.
pub(super) fn purpose(kind: Kind, language: Language) -> &'static str {
    match kind {
        Kind::Review => one(
            language,
            "What the estate cost, what moved it, and what to do about it. Every figure leads to the query it comes from.",
            "무엇에 얼마를 썼고, 왜 달라졌으며, 무엇을 해야 하는지 정리했습니다. 모든 수치는 근거가 된 쿼리로 이어집니다.",
        ),
        Kind::Chargeback => one(
            language,
            "The bill by owner, on the basis of the invoice. What no owner bears stands in a row of its own, and the rows add up to the bill.",
            "청구서 기준으로 소유자별 비용을 나눴습니다. 소유자가 없는 비용은 별도 행에 두었고, 모든 행을 더하면 청구서와 같습니다.",
        ),
        Kind::Showback => one(
            language,
            "What each owner used, with commitments spread over the usage that they cover. What no owner bears stands in a row of its own.",
            "약정을 사용분에 나누어 반영한 소유자별 사용 비용입니다. 소유자가 없는 비용은 별도 행에 두었습니다.",
        ),
    }
}

/// The title of a section.
pub(super) fn title(key: &str, language: Language) -> &'static str {
    match key {
        "spend" => one(language, "Spend of the month", "이번 달 비용"),
        "drivers" => one(language, "What moved it", "증감 요인"),
        "units" => one(language, "Cost per transaction", "건당 비용"),
        "parts" => one(language, "Where it went", "비용 구성"),
        "credits" => one(language, "Credits, refunds, tax and fees", "크레딧·환불·세금·수수료"),
        "commitments" => one(language, "Commitments", "약정"),
        "budgets" => one(language, "Budgets", "예산"),
        "forecast" => one(language, "Forecast", "예상"),
        "unusual" => one(language, "Unusual days", "이상 비용"),
        "savings" => one(language, "What can be saved", "절감 기회"),
        "tags" => one(language, "Tags and allocation", "태그와 비용 귀속"),
        "data" => one(language, "The data behind this report", "이 보고서의 데이터"),
        "owners" => one(language, "Owners", "소유자별 비용"),
        "total" => one(language, "The bill", "청구 합계"),
        "shared" => one(language, "Shared cost", "공통 비용 배부"),
        "months" => one(language, "Against the month before", "전월 대비"),
        "course" => one(language, "Month by month", "월별 추이"),
        _ => one(language, "More", "기타"),
    }
}

/// Heads and short labels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Label {
    Contents,
    Evidence,
    EvidenceHint,
    Caveats,
    Back,
    Tool,
    Arguments,
    Statement,
    Parameters,
    MoreRows,
    Source,
    Snapshot,
    AsOf,
    Month,
    Unallocated,
    Total,
    Owner,
    Shared,
    WithShared,
    Trace,
    Rest,
    Before,
    Change,
    Currency,
    Notes,
    ExcelNote,
    MadeBy,
    Nothing,
    Section,
    Column,
    Value,
    Unit,
    Row,
}

/// The words of a label.
pub(super) fn label(label: Label, language: Language) -> &'static str {
    match label {
        Label::Contents => one(language, "Contents", "목차"),
        Label::Evidence => one(language, "Evidence", "근거"),
        Label::EvidenceHint => one(
            language,
            "Each figure above links to the tool call, the statement and the rows that it comes from.",
            "위의 모든 수치는 그 수치를 만든 도구 호출과 쿼리, 행으로 연결됩니다.",
        ),
        Label::Caveats => one(language, "Caveats", "유의할 점"),
        Label::Back => one(language, "back to the section", "본문으로"),
        Label::Tool => one(language, "Tool", "도구"),
        Label::Arguments => one(language, "Arguments", "인자"),
        Label::Statement => one(language, "Statement", "쿼리"),
        Label::Parameters => one(language, "Parameters", "바인딩 값"),
        Label::MoreRows => {
            one(language, "More rows are in the data.", "나머지 행은 데이터에 있습니다.")
        }
        Label::Source => one(language, "Source", "출처"),
        Label::Snapshot => one(language, "Snapshot", "스냅샷"),
        Label::AsOf => one(language, "As of", "기준일"),
        Label::Month => one(language, "Month", "대상 월"),
        Label::Unallocated => one(language, "(unallocated)", "(미귀속)"),
        Label::Total => one(language, "Total", "합계"),
        Label::Owner => one(language, "owner", "소유자"),
        Label::Shared => one(language, "Shared cost borne", "공통 비용 배부액"),
        Label::WithShared => one(language, "Total with shared cost", "공통 비용 포함 합계"),
        Label::Trace => one(language, "Trace", "배부 내역"),
        Label::Rest => one(language, "All further rows", "나머지 행 모두 보기"),
        Label::Before => one(language, "month before", "전월"),
        Label::Change => one(language, "change", "증감"),
        Label::Currency => one(language, "currency", "통화"),
        Label::Notes => one(language, "Notes", "참고"),
        Label::ExcelNote => one(
            language,
            "A spreadsheet keeps fifteen digits of a number; the CSV of the same report keeps all of them.",
            "스프레드시트는 숫자를 열다섯 자리까지만 보존합니다. 모든 자릿수는 같은 보고서의 CSV에 있습니다.",
        ),
        Label::Nothing => one(
            language,
            "Looked at, and nothing found to report for this month.",
            "확인했으나 이번 달에 보고할 내용이 없습니다.",
        ),
        Label::MadeBy => one(
            language,
            "Made by wherefore from verified answers.",
            "wherefore가 검증된 답변으로 작성했습니다.",
        ),
        Label::Section => one(language, "section", "구역"),
        Label::Column => one(language, "column", "열"),
        Label::Value => one(language, "value", "값"),
        Label::Unit => one(language, "unit", "단위"),
        Label::Row => one(language, "row", "행"),
    }
}

/// How charges without an owner were shared.
pub(super) fn sharing(sharing: Sharing, language: Language) -> &'static str {
    match sharing {
        Sharing::Rules => one(
            language,
            "Shared cost (charges without an owner) is given to owners by the allocation rules; the trace says by what each pool was split. What nobody bears stays in a row of its own.",
            "소유자가 없는 공통 비용은 배부 규칙에 따라 소유자에게 나눴습니다. 묶음별 배부 기준은 배부 내역에 있으며, 배부되지 않은 비용은 별도 행에 두었습니다.",
        ),
        Sharing::Even => one(
            language,
            "Shared cost (charges without an owner) is given to owners in equal parts. What nobody bears stays in a row of its own.",
            "소유자가 없는 공통 비용은 소유자에게 균등하게 나눴습니다. 배부되지 않은 비용은 별도 행에 두었습니다.",
        ),
        Sharing::Proportional => one(
            language,
            "Shared cost (charges without an owner) is given to owners in proportion to their direct cost. What nobody bears stays in a row of its own.",
            "소유자가 없는 공통 비용은 직접 비용에 비례해 소유자에게 나눴습니다. 배부되지 않은 비용은 별도 행에 두었습니다.",
        ),
        Sharing::Transactions => one(
            language,
            "Shared cost (charges without an owner) is given to owners in proportion to their transactions. What nobody bears stays in a row of its own.",
            "소유자가 없는 공통 비용은 거래 수에 비례해 소유자에게 나눴습니다. 배부되지 않은 비용은 별도 행에 두었습니다.",
        ),
        Sharing::Apart => one(
            language,
            "Charges without an owner are not shared; they stand in a row of their own.",
            "소유자가 없는 비용은 나누지 않고 별도 행에 두었습니다.",
        ),
    }
}

/// Whether the rows add up.
pub(super) fn closing(closing: &Closing, language: Language) -> String {
    match (closing, language) {
        (Closing::Exact, Language::En) => {
            "Checked: in every column the rows of the owners, the unallocated row among them, add up to the bill exactly.".to_owned()
        }
        (Closing::Exact, Language::Ko) => {
            "확인: 모든 열에서 미귀속 행을 포함한 소유자 행의 합이 청구 합계와 정확히 일치합니다.".to_owned()
        }
        (Closing::Open { column }, Language::En) => format!(
            "Warning: the rows do not add up to the bill in the column {column}. Do not send this report before that is explained."
        ),
        (Closing::Open { column }, Language::Ko) => format!(
            "경고: {column} 열에서 행의 합이 청구 합계와 다릅니다. 원인을 확인하기 전에는 이 보고서를 보내지 마십시오."
        ),
    }
}
