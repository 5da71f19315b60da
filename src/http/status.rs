//! `/v1/status` and `/healthz`: what is loaded, and whether the program answers at all.

use axum::{Json, extract::State};
use jiff::ToSpan as _;
use schemars::JsonSchema;
use serde::Serialize;
use wherefore_contract::{error::StoreError, quality::CostDescription};

use super::problem::Problem;
use crate::app::App;

/// What is loaded, for the page.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(super) struct Status {
    version: &'static str,
    model: String,
    snapshot: Option<String>,
    /// Charge rows loaded.
    rows: u64,
    first_day: Option<String>,
    last_day: Option<String>,
    providers: Vec<String>,
    suggestions: Suggestions,
}

/// Questions that fit what is loaded.
#[derive(Debug, Default, Serialize, JsonSchema)]
struct Suggestions {
    en: Vec<String>,
    ko: Vec<String>,
}

#[utoipa::path(
    get, path = "/v1/status", tag = "program",
    summary = "What is loaded",
    responses((status = 200, description = "What is loaded, with questions that fit it", body = ref("#/components/schemas/Status"), content_type = "application/json"))
)]
pub(super) async fn status(State(app): State<App>) -> Result<Json<Status>, Problem> {
    let about = Status {
        version: env!("CARGO_PKG_VERSION"),
        model: app.model.to_string(),
        ..Status::default()
    };
    let loaded = match app.costs.describe(&app.scope()).await {
        Ok(loaded) => loaded,
        Err(StoreError::Empty { .. }) => return Ok(Json(about)),
        Err(other) => return Err(other.into()),
    };
    Ok(Json(describe(about, &loaded)))
}

fn describe(about: Status, loaded: &CostDescription) -> Status {
    let last_day = loaded.coverage.map(|covered| {
        // Coverage ends before its last moment: an end at midnight belongs to the day before.
        covered.end().saturating_sub(1.microsecond()).date()
    });
    Status {
        snapshot: Some(loaded.snapshot.clone()),
        rows: loaded.rows,
        first_day: loaded.coverage.map(|covered| covered.start().date().to_string()),
        last_day: last_day.map(|day| day.to_string()),
        providers: loaded.providers.clone(),
        suggestions: suggest(loaded, last_day),
        ..about
    }
}

// Questions name the months that are loaded, so that each of them can be answered.
fn suggest(loaded: &CostDescription, last_day: Option<jiff::civil::Date>) -> Suggestions {
    let Some(last) = last_day else { return Suggestions::default() };
    let mut months: Vec<_> = loaded
        .periods
        .iter()
        .filter(|period| period.complete)
        .map(|period| period.billing_period)
        .collect();
    months.sort_unstable();
    months.dedup();
    let month = months.last().copied().unwrap_or_else(|| last.first_of_month());
    let before = months.iter().rev().nth(1).copied();
    let en = |day: jiff::civil::Date| day.strftime("%B %Y").to_string();
    let ko = |day: jiff::civil::Date| format!("{}년 {}월", day.year(), day.month());
    let mut questions = Suggestions {
        en: vec![
            format!("What did we spend in {}, by cloud service?", en(month)),
            "What was the billed cost by month?".to_owned(),
        ],
        ko: vec![
            format!("{} 클라우드 서비스별 비용은?", ko(month)),
            "월별 청구 비용 추이를 보여줘".to_owned(),
        ],
    };
    if let Some(before) = before {
        questions.en.push(format!("Why did cost change from {} to {}?", en(before), en(month)));
        questions.ko.push(format!("{} 대비 {} 비용은 왜 변했어?", ko(before), ko(month)));
    }
    if let Some(workload) = loaded.transactions.iter().find(|one| one.has_charges) {
        let name = &workload.workload;
        questions.en.push(format!("What is the unit cost of {name} by month?"));
        questions.ko.push(format!("{name} 서비스의 월별 건당 비용은?"));
    }
    questions
}

#[utoipa::path(
    get, path = "/healthz", tag = "program",
    summary = "Whether the program answers",
    responses((status = 200, description = "ok", content_type = "text/plain"))
)]
pub(super) async fn health() -> &'static str {
    "ok\n"
}
