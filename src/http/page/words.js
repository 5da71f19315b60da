// The page's own words, in English and Korean. Answers bring theirs from the server.

const WORDS = {
  en: {
    skip: "Skip to the question",
    newConversation: "New conversation",
    history: "Conversations",
    noHistory: "Your questions will be kept here.",
    close: "Close",
    language: "Language",
    theme: "Switch between light and dark",
    welcome: "Why does it cost what it costs?",
    welcomeText: "Ask in English or Korean. Every figure in an answer opens the statement and the rows it comes from.",
    question: "Your question",
    hint: "Ask about cost, unit cost, or what changed…",
    ask: "Ask",
    stop: "Stop",
    delete: "Delete this conversation",
    deleted: "The conversation was deleted.",
    you: "You",
    working: "Working on the answer",
    ready: "The answer is ready.",
    stopped: "Stopped. Nothing of this question was kept.",
    lost: "The connection to wherefore was lost. Is it still running?",
    failed: "The answer could not be completed.",
    tryAgain: "Try again",
    loaded: "Loaded data",
    nothingLoaded: "No bill is loaded yet. Load one with: wherefore load PATH",
    charges: "charges",
    through: "through",
    snapshot: "Snapshot",
    reports: "Reports", reportKind: "Report", reportMonth: "Month", reportBy: "Owners", reportAllocate: "Shared cost", reportOpen: "Open",
    report_review: "Monthly review", report_chargeback: "Chargeback", report_showback: "Showback",
    report_by_usual: "as usual", report_by_workload: "workload", report_by_sub_account: "account", report_by_cloud_service: "cloud service", report_by_region: "region",
    report_allocate_rules: "by the rules", report_allocate_proportional: "in proportion", report_allocate_even: "evenly", report_allocate_transactions: "by transactions", report_allocate_none: "apart",
    model: "Model",
    orchestrator: "Orchestrator", orchestratorDoes: "plans the work and puts the answer together",
    collector: "Collector", collectorDoes: "checks what is loaded and what names mean",
    analyzer: "Analyzer", analyzerDoes: "queries costs and explains changes",
    research: "Research", researchDoes: "looks for causes",
    verifying: "Verifying every figure against its evidence",
    answered: "Answered", partial: "Answered in part", declined: "Not answerable from the loaded data", needs_clarification: "Needs one more detail",
    assumptions: "How the question was read", gaps: "What qualifies this answer", next: "Ask next",
    sources: "Evidence", made: "How this answer was made", copyAnswer: "Copy answer as JSON", copied: "Copied.",
    steps: "tool calls", took: "took", withheld: "sentences withheld",
    youCorrected: "You corrected the reading", readAs: "Read as", change: "Change", remove: "Remove", apply: "Ask again", cancel: "Cancel", inherited: "From the question before. Change",
    addGroup: "Add a grouping", groupBy: "Group by", measure: "Measure", filterKind: "How it is kept", firstDay: "First day", lastDay: "Last day",
    allLoaded: "all that is loaded", against: "against", top: "top", bottom: "bottom", byStart: "by ", byEnd: "", contains: "part of the name", leftOut: "left out", hasNone: "none", hasSome: "any",
    op_in: "only", op_not_in: "all but", op_contains: "name contains", op_not_contains: "name does not contain", tag: "tag",
    part_measure: "Measure", part_filter: "Filter", part_by: "Grouped by", part_period: "Period", part_compare: "Compared", part_top: "Rows",
    name_billed_cost: "billed cost", name_effective_cost: "effective cost", name_list_cost: "list cost", name_contracted_cost: "contracted cost", name_unit_cost: "unit cost",
    name_sub_account: "account", name_sub_account_name: "account name", name_iso_week: "week", name_resource_id: "resource",
    figureOpens: "show where this comes from",
    proof: "Where this comes from", exact: "Exact value", computed: "Computed from", fact: "Read from one cell", trend: "Direction, from the figures", extreme: "Checked against the whole column", count: "Rows counted",
    sum: "sum", difference: "first minus second", ratio: "first over second", share: "first as a percentage of the second",
    percent_change: "change in percent of the first", per_day: "divided by the days of the period", mean: "arithmetic mean",
    tool: "Tool", arguments: "Arguments", statement: "SQL statement", parameters: "Bound values", rows: "Rows", source: "Source",
    asOf: "Data as of", complete: "Completeness", isComplete: "the whole period is loaded", isPartial: "the period is not loaded in full",
    table: "Table", copySql: "Copy SQL", noStatement: "Computed by code from the rows of this tool's own queries.",
    shownRows: "rows shown of", row: "row", nullCell: "empty",
    describe_cost_data: "What is loaded", query_cost: "Cost query", compare_cost: "Comparison of two periods", unit_cost: "Unit cost",
    explain_unit_cost: "Explanation of a unit-cost change", forecast_cost: "Forecast of a period", scaling_schedule: "Scaling schedule", api_call_cost: "Cost of API calls", find_anomalies: "Unusual days", find_metadata: "Names looked up", list_workloads: "Workloads",
    budget_status: "Budget status", cost_bases: "Cost on several bases", plan_commitment: "Commitment plan", commitment_state: "State of commitments", allocate_cost: "Shared cost allocated", find_savings: "Savings", tag_hygiene: "Tag hygiene", read_evidence: "Evidence read again",
  },
  ko: {
    skip: "질문 입력란으로 건너뛰기",
    newConversation: "새 대화",
    history: "대화 목록",
    noHistory: "질문하신 내용이 여기에 보관됩니다.",
    close: "닫기",
    language: "언어",
    theme: "밝은 화면과 어두운 화면 전환",
    welcome: "이 비용, 왜 나왔을까요?",
    welcomeText: "한국어나 영어로 물어보세요. 답변의 모든 수치는 누르면 근거가 된 조회문과 행을 보여 줍니다.",
    question: "질문",
    hint: "비용, 건당 비용, 변동 원인을 물어보세요…",
    ask: "질문하기",
    stop: "중지",
    delete: "이 대화 삭제",
    deleted: "대화를 삭제했습니다.",
    you: "질문",
    working: "답변을 준비하고 있습니다",
    ready: "답변이 준비되었습니다.",
    stopped: "중지했습니다. 이 질문은 저장되지 않았습니다.",
    lost: "wherefore와의 연결이 끊겼습니다. 실행 중인지 확인해 주세요.",
    failed: "답변을 완료하지 못했습니다.",
    tryAgain: "다시 시도",
    loaded: "적재된 데이터",
    nothingLoaded: "아직 적재된 청구서가 없습니다. wherefore load PATH 명령으로 적재해 주세요.",
    charges: "개 청구 항목",
    through: "~",
    snapshot: "스냅샷",
    reports: "보고서", reportKind: "종류", reportMonth: "대상 월", reportBy: "소유자 기준", reportAllocate: "공통 비용", reportOpen: "열기",
    report_review: "월간 리뷰", report_chargeback: "차지백", report_showback: "쇼백",
    report_by_usual: "기본", report_by_workload: "워크로드", report_by_sub_account: "계정", report_by_cloud_service: "클라우드 서비스", report_by_region: "리전",
    report_allocate_rules: "규칙대로", report_allocate_proportional: "직접 비용 비례", report_allocate_even: "균등", report_allocate_transactions: "거래 수 비례", report_allocate_none: "배부하지 않음",
    model: "모델",
    orchestrator: "오케스트레이터", orchestratorDoes: "작업을 계획하고 답변을 구성합니다",
    collector: "수집", collectorDoes: "적재된 데이터와 이름의 뜻을 확인합니다",
    analyzer: "분석", analyzerDoes: "비용을 조회하고 변동을 설명합니다",
    research: "조사", researchDoes: "원인을 찾습니다",
    verifying: "모든 수치를 근거와 대조하고 있습니다",
    answered: "답변 완료", partial: "일부 답변", declined: "적재된 데이터로는 답할 수 없음", needs_clarification: "추가 확인 필요",
    assumptions: "질문을 이렇게 이해했습니다", gaps: "답변을 읽을 때 유의할 점", next: "이어서 물어볼 질문",
    sources: "근거", made: "답변이 만들어진 과정", copyAnswer: "답변 JSON 복사", copied: "복사했습니다.",
    steps: "회 도구 호출", took: "소요", withheld: "개 문장 보류",
    youCorrected: "조건을 고쳐 다시 물음", readAs: "이렇게 읽었습니다", change: "바꾸기", remove: "빼기", apply: "다시 묻기", cancel: "취소", inherited: "앞선 질문에서 이어받은 조건입니다. 바꾸기",
    addGroup: "나누는 기준 추가", groupBy: "나누는 기준", measure: "비용 기준", filterKind: "조건 방식", firstDay: "첫날", lastDay: "마지막 날",
    allLoaded: "적재된 전체 기간", against: "비교 대상", top: "상위", bottom: "하위", byStart: "", byEnd: "별", contains: "이름에 포함", leftOut: "제외", hasNone: "값 없음", hasSome: "값 있음",
    op_in: "이것만", op_not_in: "이것 제외", op_contains: "이름에 포함", op_not_contains: "이름에 미포함", tag: "태그",
    part_measure: "비용 기준", part_filter: "조건", part_by: "나누는 기준", part_period: "기간", part_compare: "비교", part_top: "행 수",
    name_billed_cost: "청구 비용", name_effective_cost: "유효 비용", name_list_cost: "정가 비용", name_contracted_cost: "계약 비용", name_unit_cost: "건당 비용",
    name_consumed_quantity: "사용량", name_pricing_quantity: "과금 수량", name_rows: "청구 항목 수", name_transactions: "거래 수", name_first_charge: "첫 청구", name_last_charge: "마지막 청구", name_first_day: "첫날", name_last_day: "마지막 날", name_charged_until: "청구 종료 시점",
    name_provider: "공급자", name_cloud_service: "클라우드 서비스", name_service_category: "서비스 분류", name_region: "리전", name_region_name: "리전 이름", name_sub_account: "계정", name_sub_account_name: "계정 이름",
    name_charge_category: "요금 분류", name_charge_description: "요금 설명", name_usage_type: "사용 유형", name_instance_type: "인스턴스 유형", name_resource_id: "리소스", name_resource_name: "리소스 이름", name_workload: "워크로드",
    name_pricing_category: "가격 책정 분류", name_availability_zone: "가용 영역", name_billing_account: "청구 계정", name_invoice_issuer: "청구서 발행자", name_week_part: "평일과 주말", name_weekday: "요일",
    name_hour: "시간", name_day: "일", name_iso_week: "주", name_month: "월", name_quarter: "분기", name_year: "연도",
    figureOpens: "근거 보기",
    proof: "이 수치의 근거", exact: "정확한 값", computed: "계산에 쓴 값", fact: "표의 한 칸에서 읽은 값", trend: "수치에서 정해진 방향", extreme: "열 전체와 비교해 확인함", count: "행의 개수",
    sum: "합계", difference: "첫째 값에서 둘째 값을 뺀 값", ratio: "첫째 값을 둘째 값으로 나눈 값", share: "둘째 값에 대한 첫째 값의 백분율",
    percent_change: "첫째 값 대비 변동률", per_day: "기간의 일수로 나눈 값", mean: "산술 평균",
    tool: "도구", arguments: "인자", statement: "SQL 조회문", parameters: "바인딩 값", rows: "행", source: "출처",
    asOf: "데이터 기준 시점", complete: "완전성", isComplete: "기간 전체가 적재됨", isPartial: "기간 일부만 적재됨",
    table: "표", copySql: "SQL 복사", noStatement: "이 도구가 조회한 행에서 코드로 계산한 값입니다.",
    shownRows: "개 행 표시 / 전체", row: "행", nullCell: "값 없음",
    describe_cost_data: "적재 현황", query_cost: "비용 조회", compare_cost: "두 기간 비교", unit_cost: "건당 비용",
    explain_unit_cost: "건당 비용 변동 설명", forecast_cost: "기간 예상 비용", scaling_schedule: "스케일링 일정", api_call_cost: "API 호출 비용", find_anomalies: "이상 비용", find_metadata: "이름 찾기", list_workloads: "워크로드 목록",
    budget_status: "예산 현황", cost_bases: "비용 기준 비교", plan_commitment: "약정 계획", commitment_state: "약정 현황", allocate_cost: "공통 비용 배부", find_savings: "절감 항목", tag_hygiene: "태그 품질", read_evidence: "근거 다시 읽기",
  },
};

let current = "en";

export const language = () => current;

/** Chooses the page's language: the one kept from last time, or the browser's. */
export function chooseLanguage(kept, browser) {
  const wanted = kept || (browser || "").slice(0, 2).toLowerCase();
  current = wanted === "ko" ? "ko" : "en";
  return current;
}

export function word(key, fallback) {
  return WORDS[current][key] ?? fallback ?? key;
}

/** Puts the words of the current language into everything that is marked for it. */
export function translate(root) {
  document.documentElement.lang = current;
  for (const part of root.querySelectorAll("[data-words]")) part.textContent = word(part.dataset.words);
  for (const part of root.querySelectorAll("[data-label]")) {
    part.setAttribute("aria-label", word(part.dataset.label));
    if (part.tagName === "BUTTON") part.title = word(part.dataset.label);
  }
  for (const part of root.querySelectorAll("[data-hint]")) part.placeholder = word(part.dataset.hint);
  for (const part of root.querySelectorAll("[data-language]")) {
    part.setAttribute("aria-pressed", String(part.dataset.language === current));
  }
}
