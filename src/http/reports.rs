//! `GET /v1/reports/{kind}`: a month as one document, in the form that is asked for.

use axum::{
    extract::{Path, Query, State, rejection::QueryRejection},
    http::{
        HeaderValue,
        header::{CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE},
    },
    response::{IntoResponse, Response},
};
use jiff::civil::Date;
use serde::Deserialize;
use wherefore_contract::question::Language;

use super::problem::{self, Problem};
use crate::{
    app::App,
    report::{self, Form, Marks, Order},
};

/// A report runs no script and loads nothing; its style stands in it.
const REPORT_POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// What a report is asked with.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ReportQuery {
    month: Option<String>,
    by: Option<String>,
    allocate: Option<String>,
    language: Option<Language>,
    format: Option<String>,
    as_of: Option<String>,
}

impl ReportQuery {
    fn order(&self, kind: &str, today: Date) -> Result<(Order, Form), Problem> {
        let wrong = |text: &str, expected: String| Problem::Parameter {
            text: problem::shown(text),
            expected,
        };
        let as_of = self.as_of.as_deref().map_or(Ok(today), |text| {
            text.parse().map_err(|_| Problem::AsOf { text: problem::shown(text) })
        })?;
        let month = self.month.as_deref().map(|text| {
            text.parse().map_err(|expected: report::NoMonth| wrong(text, expected.to_string()))
        });
        let by = self.by.as_deref().map(|text| {
            let expected = "write tag:KEY, workload, sub_account or cloud_service";
            text.parse().map_err(|_| wrong(text, expected.to_owned()))
        });
        let sharing = self.allocate.as_deref().map(|text| {
            text.parse().map_err(|expected: report::NoSharing| wrong(text, expected.to_string()))
        });
        let form = self.format.as_deref().map(|text| {
            text.parse().map_err(|expected: report::NoForm| wrong(text, expected.to_string()))
        });
        let order = Order {
            kind: kind.parse().map_err(|_| Problem::NotFound)?,
            month: month.transpose()?,
            by: by.transpose()?,
            sharing: sharing.transpose()?.unwrap_or_default(),
            language: self.language.unwrap_or_default(),
            as_of,
        };
        Ok((order, form.transpose()?.unwrap_or_default()))
    }
}

#[utoipa::path(
    get, path = "/v1/reports/{kind}", tag = "reports",
    summary = "A month as one document",
    description = "`review` is the month in one document, `chargeback` the bill by owner, `showback` what each owner used. Every \
                   figure is verified and leads to its query. CSV begins with a byte order mark, so that spreadsheets read \
                   Korean; the page loads nothing. Closing the connection stops the work.",
    params(
        ("kind" = String, Path, description = "review, chargeback or showback"),
        ("month" = Option<String>, Query, description = "The month, e.g. 2024-10; the last one that is loaded in full by default"),
        ("by" = Option<String>, Query, description = "What owners are told by: tag:KEY, workload, sub_account, cloud_service; workload or account by default"),
        ("allocate" = Option<String>, Query, description = "What becomes of charges without an owner: rules (default), even, proportional, transactions, none"),
        ("language" = Option<String>, Query, description = "en (default) or ko"),
        ("format" = Option<String>, Query, description = "html (default), md, csv, xlsx or json"),
        ("as_of" = Option<String>, Query, description = "The day that counts as today, e.g. 2024-10-15"),
    ),
    responses(
        (status = 200, description = "The report", content_type = "text/html"),
        (status = 404, description = "There is no such report", body = ref("#/components/schemas/Problem"), content_type = "application/problem+json"),
        (status = 409, description = "Nothing is loaded, or the month is not", body = ref("#/components/schemas/Problem"), content_type = "application/problem+json"),
        (status = 422, description = "A parameter that cannot be used", body = ref("#/components/schemas/Problem"), content_type = "application/problem+json"),
    )
)]
pub(super) async fn show(
    State(app): State<App>,
    Path(kind): Path<String>,
    query: Result<Query<ReportQuery>, QueryRejection>,
) -> Result<Response, Problem> {
    let Query(query) = query?;
    let (order, form) = query.order(&kind, app.today())?;
    // Each question has its own time limit; when the reader goes, this is dropped with the question it waits for.
    let report = Box::pin(report::make(&app, &order, &|_| {})).await?;
    let name = format!("{}.{}", report.file_stem(), form.ending());
    // A workbook of a large bill takes a while to write.
    let bytes = tokio::task::spawn_blocking(move || {
        let marks = if form == Form::Csv { Marks::ByteOrder } else { Marks::None };
        report.written(form, marks)
    });
    let mut reply = bytes.await??.into_response();
    let headers = reply.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(form.media_type()));
    headers.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(REPORT_POLICY));
    // A page and plain text are read where they are; the rest is kept as a file.
    let place = match form {
        Form::Html | Form::Json => "inline",
        Form::Markdown | Form::Csv | Form::Xlsx => "attachment",
    };
    if let Ok(value) = HeaderValue::from_str(&format!("{place}; filename=\"{name}\"")) {
        headers.insert(CONTENT_DISPOSITION, value);
    }
    Ok(reply)
}
