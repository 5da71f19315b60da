//! What dimensions and measures are called, in both languages: one table for heads, sentences and charts.

mod dimensions;

use wherefore_contract::question::Language;

use dimensions::DIMENSIONS;

/// Names of measures, without the period or part that a column adds: column, English, Korean.
const MEASURES: &[(&str, &str, &str)] = &[
    ("absent", "times without charges", "요금이 없는 기간"),
    ("absolute_change", "change either way", "증감(방향 무관)"),
    ("absolute_change_percent", "change in percent either way", "증감률(방향 무관)"),
    ("actual", "actual cost", "실제 비용"),
    ("actual_to_date", "cost so far", "현재까지 비용"),
    ("allocated_cost", "allocated cost", "귀속 비용"),
    ("allocated_share", "allocated share", "귀속 비중"),
    ("amount", "cost", "비용"),
    ("anomalies_found", "anomalies found", "이상 건수"),
    ("backtest_error", "error on the past", "과거 검증 오차"),
    ("backtest_saving", "saving in the tested week", "검증 주 절감액"),
    ("billed_cost", "billed cost", "청구 비용"),
    ("billed_hours", "hours that were billed", "과금된 시간 비율"),
    ("billed_unit_price", "billed unit price", "청구 단가"),
    ("breach_hours", "hours short of demand", "수요 초과 시간"),
    ("breach_share", "hours short of demand in percent", "수요 초과 시간 비율"),
    ("bound", "bound", "기준값"),
    ("break_even_month", "months to earn back the upfront payment", "선결제 회수 개월"),
    ("break_even_utilization", "break-even utilization", "손익분기 사용률"),
    ("budget_amount", "budget", "예산"),
    ("budget_left", "budget left", "잔액"),
    ("call_cost", "cost of the calls", "호출 비용"),
    ("call_price", "cost of a million calls", "호출 단가"),
    ("calls", "calls", "호출 수"),
    ("calls_per_transaction", "calls per transaction", "거래당 호출 수"),
    ("calls_together", "calls in one", "묶을 수 있는 호출 수"),
    ("change", "change", "증감"),
    ("change_high_percent", "high end of the change", "증감률 상한"),
    ("change_low_percent", "low end of the change", "증감률 하한"),
    ("change_per_day", "change", "증감"),
    ("change_per_day_percent", "change in percent", "증감률"),
    ("change_percent", "change in percent", "증감률"),
    ("charged_until", "charged until", "요금 종료 시점"),
    ("checks", "checks", "확인 건수"),
    ("commitment_cost", "commitment cost", "약정 비용"),
    ("commitment_quantity", "quantity of commitments", "약정 수량"),
    ("commitment_savings_rate", "savings rate of commitments", "약정의 절감률"),
    ("commitment_utilization", "commitment utilization", "약정 사용률"),
    ("committed_share", "hours that commitments cover in percent", "약정이 부담하는 시간 비율"),
    ("consumed_quantity", "consumed quantity", "사용량"),
    ("contracted_cost", "contracted cost", "계약 비용"),
    ("contracted_unit_price", "contracted unit price", "계약 단가"),
    ("cost", "cost", "비용"),
    ("cost_of_a_day", "cost of a day", "하루 비용"),
    ("coverage", "coverage", "적용률"),
    ("covered_cost", "covered usage at on-demand prices", "온디맨드 가격의 약정 적용 비용"),
    ("cost_before", "cost a month before", "조치 전 월 비용"),
    ("folded_saving", "monthly saving of the others", "나머지 월 절감액"),
    ("findings_listed", "savings listed", "개별 표시 건수"),
    ("findings_folded", "savings summed by kind", "합산 표시 건수"),
    ("cost_examined", "cost looked at", "점검한 비용"),
    ("cost_left", "cost left by earlier actions", "앞선 조치 후 비용"),
    ("cost_total", "cost", "비용"),
    ("cost_share", "share of cost", "비용 비중"),
    ("cumulative", "running share", "누적 비중"),
    ("cumulative_share", "running share", "누적 비중"),
    ("days_judged", "days judged", "판정한 일수"),
    ("days_left", "days left", "남은 일수"),
    ("days_learned", "days learned from", "학습한 일수"),
    ("days_left_out", "days left out", "제외한 날"),
    ("days_loaded", "days loaded", "적재된 일수"),
    ("days_not_loaded", "days not loaded", "미적재 일수"),
    ("days_measured", "days with metrics", "지표가 있는 일수"),
    ("days_needed", "days needed", "필요한 일수"),
    ("days_total", "days of the period", "기간 일수"),
    ("demand_quantile", "quantile of demand", "수요 분위수"),
    ("difference", "difference", "차이"),
    ("discount", "discount", "할인율"),
    ("effective_cost", "effective cost", "유효 비용"),
    ("effective_savings_rate", "effective savings rate", "실효 절감률"),
    ("effective_unit_price", "effective unit price", "유효 단가"),
    ("expected", "expected cost", "예상 비용"),
    ("expected_to_date", "expected course", "예상 누계"),
    ("expected_transactions", "expected transactions an hour", "시간당 예상 거래 수"),
    ("findings", "findings", "발견 건수"),
    ("first_charge", "first charge", "첫 요금"),
    ("first_day", "first day", "첫날"),
    ("gap", "difference", "차이"),
    ("headroom", "headroom", "여유율"),
    ("held_out_best", "best monthly saving out of sample", "표본 밖 최대 월 절감액"),
    ("held_out_saving", "monthly saving out of sample", "표본 밖 월 절감액"),
    ("high", "high end", "상한"),
    ("hour_coverage", "reserved part of the hours", "시간 기준 예약 적용률"),
    ("hour_utilization", "utilization in hours", "시간 기준 사용률"),
    ("impact", "impact", "영향액"),
    ("highest_discount", "highest discount", "최대 할인율"),
    ("hourly_commitment", "commitment", "약정액"),
    ("last_charge", "last charge", "마지막 요금"),
    ("last_day", "last day", "마지막 날"),
    ("least_impact", "smallest impact reported", "보고하는 최소 영향액"),
    ("left_side", "left side", "좌변"),
    ("lines_examined", "lines looked at", "점검한 행 수"),
    ("usage_types_examined", "usage types looked at", "점검한 사용 유형 수"),
    ("list_cost", "list cost", "정가 비용"),
    ("list_unit_price", "list unit price", "정가 단가"),
    ("load_quantile", "load quantile", "부하 분위"),
    ("low", "low end", "하한"),
    ("low_units", "units that nearly every hour needs", "거의 모든 시간에 필요한 용량 단위"),
    ("lowest_discount", "lowest discount", "최소 할인율"),
    ("main_share", "share of the main cause", "주요 원인의 비중"),
    ("max_capacity", "maximum capacity", "최대 용량"),
    ("measured", "measured", "측정값"),
    ("measurements", "measurements", "측정 수"),
    ("min_capacity", "minimum capacity", "최소 용량"),
    ("monthly_cost", "cost a month", "월 비용"),
    ("monthly_commitment_cost", "commitment cost a month", "약정 비용(월)"),
    ("monthly_lapse_cost", "additional cost a month once it ends", "종료 후 월 추가 비용"),
    (
        "monthly_on_demand_cost",
        "the same usage on demand a month",
        "같은 사용량의 온디맨드 비용(월)",
    ),
    ("most_hourly", "largest commitment that can be given back", "반환 가능한 최대 약정액"),
    ("monthly_saving", "monthly saving", "월 절감액"),
    ("needed_capacity", "needed capacity", "필요 용량"),
    ("net_discount", "net discount", "순할인율"),
    ("net_saving", "net saving", "순절감액"),
    ("on_demand_cost", "on-demand cost", "온디맨드 비용"),
    ("per_day", "cost per day", "하루 비용"),
    ("pricing_quantity", "priced quantity", "과금 수량"),
    ("net_billed_cost", "net billed cost", "순청구 비용"),
    ("net_billed_unit_price", "net billed unit price", "순청구 단가"),
    ("net_effective_cost", "net effective cost", "순유효 비용"),
    ("net_effective_unit_price", "net effective unit price", "순유효 단가"),
    ("direct_cost", "direct cost", "직접 비용"),
    ("direct_unit_cost", "direct cost per transaction", "직접 건당 비용"),
    ("over_budget", "expected above the budget", "예산 초과 예상액"),
    ("percent_change", "change in percent", "증감률"),
    ("planned_to_date", "even spending of the budget", "예산 균등 집행"),
    ("rank", "place", "순위"),
    ("ratio", "ratio", "비율"),
    ("reduced_hours", "hours with units taken away", "용량을 뺀 시간"),
    ("reserved_hours", "reserved hours", "예약된 시간"),
    ("reserved_units", "units to reserve", "예약할 용량 단위"),
    ("return_days", "days to give back", "반환 기한 일수"),
    ("resources_examined", "resources looked at", "점검한 리소스"),
    ("resources_measured", "resources with metrics", "지표가 있는 리소스"),
    ("right_side", "right side", "우변"),
    ("row_share", "share of rows", "행 비중"),
    ("rows", "charge rows", "요금 행 수"),
    ("rows_without", "rows without it", "값이 없는 행 수"),
    ("running_capacity", "running now", "현재 용량"),
    ("running_hours", "running hours", "가동 시간"),
    ("running_total", "running total", "누계"),
    ("score", "score", "점수"),
    ("seasonal_strength", "seasonal strength", "요일·시간대 계절성"),
    ("series_read", "series read", "읽은 지표 계열"),
    ("series_judged", "series judged", "판정한 비용 계열 수"),
    ("served_per_unit", "transactions that a unit served in an hour", "인스턴스당 시간당 거래 수"),
    ("share", "share", "비중"),
    ("share_of_change", "share of the change", "증감 기여율"),
    ("spent", "spent", "집행액"),
    ("spent_percent", "share of the budget", "예산 소진율"),
    ("spent_to_date", "spent", "집행 누계"),
    ("time_percent", "share of the time", "기간 경과율"),
    ("times_peers", "times its peers", "다른 클라이언트 대비 배수"),
    ("tolerance", "tolerance", "허용 오차"),
    ("term", "term", "약정 기간"),
    ("shared_cost", "shared cost", "공통 비용 배부액"),
    ("total_cost", "total cost", "총비용"),
    ("greatest_saving", "greatest monthly saving", "최대 월 절감액"),
    ("least_saving", "least monthly saving", "최소 월 절감액"),
    ("total_monthly_saving", "total monthly saving", "총 월 절감액"),
    ("total_without_order", "sum of the actions counted apart", "개별 합산 절감액"),
    ("transactions", "transactions", "거래 수"),
    ("unallocated_cost", "unallocated cost", "미귀속 비용"),
    ("uncounted_cost", "cost of requests without a count", "횟수가 없는 요청 비용"),
    ("tag_values", "tag values", "태그 값 수"),
    ("tagged_cost", "tagged cost", "태그된 비용"),
    ("tagged_rows", "tagged rows", "태그된 행 수"),
    ("target_crawl", "crawl target", "초기 단계 목표"),
    ("target_run", "run target", "정착 단계 목표"),
    ("unallocated_rows", "unallocated rows", "미귀속 행 수"),
    ("unit_amount", "cost per transaction", "건당 비용"),
    ("unit_change", "change per transaction", "건당 증감"),
    ("unit_cost", "cost per transaction", "건당 비용"),
    ("unit_cost_scaled", "cost of transactions", "거래 비용"),
    ("unit_cost_total", "total cost per transaction", "전체 건당 비용"),
    ("untagged_cost", "untagged cost", "태그 없는 비용"),
    ("untagged_rows", "untagged rows", "태그 없는 행 수"),
    ("untagged_share", "share of the unallocated cost", "미귀속 비용 중 비중"),
    ("unit_coverage", "reserved part in normalised units", "정규화 단위 기준 예약 적용률"),
    ("unused_hours", "unused hours", "미사용 시간"),
    ("unused_commitment_cost", "cost of unused commitments", "미사용 약정 비용"),
    ("unused_commitment_part", "unused part of commitments", "약정 미사용률"),
    ("upfront", "upfront payment", "선결제 금액"),
    ("possible_saving", "possible monthly saving", "가능한 월 절감액"),
    ("used_commitment_cost", "cost of used commitments", "사용한 약정 비용"),
    ("used_hours", "used hours", "사용한 시간"),
    ("utilization", "utilization", "사용률"),
    ("weeks_used", "weeks used", "사용한 주"),
    ("whole_term_month", "months that earn the whole term", "약정 전액 회수 개월"),
    ("worst_saving", "monthly saving in the worst stretch", "최악 구간의 월 절감액"),
    ("weight", "weight", "가중치"),
];

const COSTS: [&str; 6] = [
    "billed_cost",
    "contracted_cost",
    "effective_cost",
    "list_cost",
    "net_billed_cost",
    "net_effective_cost",
];

/// What lies between two costs: whether it is told in percent, the dearer cost and the cheaper one.
fn between_costs(base: &str) -> Option<(bool, &'static str, &'static str)> {
    let (percent, costs) = match base.strip_prefix("saved_") {
        Some(costs) => (false, costs),
        None => (true, base.strip_prefix("discount_")?),
    };
    COSTS.into_iter().find_map(|dear| {
        let rest = costs.strip_prefix(dear)?.strip_prefix('_')?;
        let cheap = COSTS.into_iter().find(|cheap| *cheap == rest)?;
        Some((percent, dear, cheap))
    })
}

// Measures of single charges: the prefix of the column, and the words around the cost.
type Wording = (&'static str, fn(&str) -> String, fn(&str) -> String);
const OF_CHARGES: [Wording; 11] = [
    ("lacking_", |cost| format!("rows without {cost}"), |cost| format!("{cost} 금액이 없는 행")),
    (
        "max_",
        |cost| format!("{cost} of the dearest charge"),
        |cost| format!("최고액 요금의 {cost}"),
    ),
    (
        "min_",
        |cost| format!("{cost} of the smallest charge"),
        |cost| format!("최저액 요금의 {cost}"),
    ),
    (
        "mean_",
        |cost| format!("average {cost} of a charge"),
        |cost| format!("요금 행당 평균 {cost}"),
    ),
    ("gross_", |cost| format!("{cost} before credits"), |cost| format!("크레딧 적용 전 {cost}")),
    ("credit_", |cost| format!("{cost} of credits"), |cost| format!("크레딧 {cost}")),
    ("usage_", |cost| format!("{cost} of usage"), |cost| format!("사용분 {cost}")),
    ("tax_", |cost| format!("{cost} of taxes"), |cost| format!("세금 {cost}")),
    ("purchase_", |cost| format!("{cost} of purchases"), |cost| format!("구매 {cost}")),
    ("adjustment_", |cost| format!("{cost} of adjustments"), |cost| format!("조정 {cost}")),
    (
        "median_",
        |cost| format!("median {cost} of a charge"),
        |cost| format!("요금 행 {cost}의 중앙값"),
    ),
];

/// What rows were brought together as, by the end of the column's name.
enum Folded<'a> {
    Sum,
    Mean,
    Median,
    Deviation,
    Percentile(&'a str),
}

impl Folded<'_> {
    fn words(&self, amount: &str, language: Language) -> String {
        match (self, language) {
            (Self::Sum, Language::En) => format!("sum of the {amount}"),
            (Self::Mean, Language::En) => format!("mean of the {amount}"),
            (Self::Median, Language::En) => format!("median of the {amount}"),
            (Self::Deviation, Language::En) => format!("standard deviation of the {amount}"),
            (Self::Percentile(part), Language::En) => {
                format!("percentile {part} of the {amount}")
            }
            (Self::Sum, Language::Ko) => format!("{amount} 합계"),
            (Self::Mean, Language::Ko) => format!("{amount} 평균"),
            (Self::Median, Language::Ko) => format!("{amount} 중앙값"),
            (Self::Deviation, Language::Ko) => format!("{amount} 표준편차"),
            (Self::Percentile(part), Language::Ko) => format!("{amount} {part} 백분위수"),
        }
    }
}

fn folded(base: &str) -> Option<(&str, Folded<'_>)> {
    let (of, end) = base.rsplit_once('_')?;
    let fold = match end {
        "sum" => Folded::Sum,
        "mean" => Folded::Mean,
        "median" => Folded::Median,
        "deviation" => Folded::Deviation,
        _ => Folded::Percentile(end.strip_prefix('p').filter(|part| part.parse::<u8>().is_ok())?),
    };
    Some((of, fold))
}

/// Whether a column holds rows that were brought together as one figure.
pub(crate) fn is_folded(base: &str) -> bool {
    folded(base).is_some()
}

fn find(
    table: &[(&str, &'static str, &'static str)],
    name: &str,
    language: Language,
) -> Option<&'static str> {
    let (_, en, ko) = table.iter().find(|(own, ..)| *own == name)?;
    let word = match language {
        Language::En => *en,
        Language::Ko => *ko,
    };
    (!word.is_empty()).then_some(word)
}

/// The name of a dimension, e.g. "cloud service", "app 태그"; `None` for what is no known dimension
/// in Korean, and in English for what only needs its underscores replaced.
pub(super) fn dimension(name: &str, language: Language) -> Option<String> {
    if let Some(key) = name.strip_prefix("tag:") {
        let key = crate::escape::name(key);
        return Some(match language {
            Language::En => format!("tag {key}"),
            Language::Ko => format!("{key} 태그"),
        });
    }
    find(DIMENSIONS, name, language).map(str::to_owned)
}

/// Whether a name is made of measures and dimensions of these tables alone.
pub(super) fn is_own(name: &str) -> bool {
    let measure = |name: &str| MEASURES.iter().any(|(own, ..)| *own == name);
    let dimension = |name: &str| name == "rows" || DIMENSIONS.iter().any(|(own, ..)| *own == name);
    let base = super::base_measure(name);
    measure(base)
        || between_costs(base).is_some()
        || base.split_once("_per_").is_some_and(|(of, per)| measure(of) && dimension(per))
}

/// The name of a measure without its period, e.g. "billed cost".
pub(super) fn measure(base: &str, language: Language) -> Option<String> {
    if let Some(known) = find(MEASURES, base, language) {
        return Some(known.to_owned());
    }
    if let Some(of) = base.strip_prefix("distinct_") {
        let noun = super::counted(of, language);
        return Some(match language {
            Language::En => format!("number of {}", super::en::plural(&noun)),
            Language::Ko => format!("{noun} 수"),
        });
    }
    if let Some((of, fold)) = folded(base) {
        let amount = measure(of, language)?;
        return Some(fold.words(&amount, language));
    }
    if let Some(of) = base.strip_suffix("_scaled") {
        let amount = measure(of, language)?;
        return Some(match language {
            Language::En => format!("scaled {amount}"),
            Language::Ko => format!("환산 {amount}"),
        });
    }
    // The unit of such a figure says "per day" already.
    if let Some(of) = base.strip_suffix("_per_day") {
        return measure(of, language);
    }
    if let Some((of, per)) = base.split_once("_per_") {
        let (cost, per) = (find(MEASURES, of, language)?, super::counted(per, language));
        return Some(match language {
            Language::En => format!("{cost} per {per}"),
            Language::Ko => format!("{per}당 {cost}"),
        });
    }
    if let Some((percent, dear, cheap)) = between_costs(base) {
        let (dear, cheap) = (find(MEASURES, dear, language)?, find(MEASURES, cheap, language)?);
        return Some(match (language, percent) {
            (Language::En, false) => format!("saving from {dear} to {cheap}"),
            (Language::En, true) => format!("discount from {dear} to {cheap}"),
            (Language::Ko, false) => format!("{dear} 대비 {cheap} 절감액"),
            (Language::Ko, true) => format!("{dear} 대비 {cheap} 할인율"),
        });
    }
    OF_CHARGES.iter().find_map(|(prefix, en, ko)| {
        let cost = find(MEASURES, base.strip_prefix(prefix)?, language)?;
        Some(match language {
            Language::En => en(cost),
            Language::Ko => ko(cost),
        })
    })
}
