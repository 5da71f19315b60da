//! The description of the API: paths from the handlers, schemas from the types that are sent.

use axum::{Json, extract::State};
use schemars::{JsonSchema, generate::SchemaSettings};
use serde_json::{Map, Value, json};
use utoipa::OpenApi;
use wherefore_contract::answer::Answer;

use super::{
    alarms, ask, conversations, investigations, memories, problem::ProblemDocument, reports, runs,
    status, stream,
};
use crate::app::App;

#[derive(OpenApi)]
#[openapi(
    info(
        title = "wherefore",
        description = "Why a cloud estate costs what it costs: verified answers over your own bills.",
        license(name = "Apache-2.0")
    ),
    paths(
        ask::ask,
        stream::ask,
        conversations::list,
        conversations::show,
        conversations::delete,
        memories::list,
        memories::keep,
        memories::show,
        memories::correct,
        memories::forget,
        memories::forget_all,
        alarms::sns,
        investigations::begin,
        investigations::list,
        investigations::show,
        runs::show,
        reports::show,
        status::status,
        status::health,
    )
)]
struct Paths;

/// The `OpenAPI` 3.1 document.
#[must_use]
pub fn description() -> Value {
    let mut document = serde_json::to_value(Paths::openapi()).unwrap_or(Value::Null);
    let mut schemas = Map::new();
    add::<Answer>("Answer", &mut schemas);
    add::<ask::AskRequest>("AskRequest", &mut schemas);
    add::<memories::Memories>("Memories", &mut schemas);
    add::<memories::NewMemory>("NewMemory", &mut schemas);
    add::<memories::ChangedMemory>("ChangedMemory", &mut schemas);
    add::<alarms::Received>("Received", &mut schemas);
    add::<investigations::NewInvestigation>("NewInvestigation", &mut schemas);
    add::<investigations::ShownInvestigation>("ShownInvestigation", &mut schemas);
    add::<investigations::ShownInvestigations>("ShownInvestigations", &mut schemas);
    add::<status::Status>("Status", &mut schemas);
    add::<ProblemDocument>("Problem", &mut schemas);
    if let Some(document) = document.as_object_mut() {
        document.insert("components".to_owned(), json!({ "schemas": schemas }));
    }
    document
}

// JSON Schema 2020-12 is what OpenAPI 3.1 uses; only the place of shared definitions differs.
fn add<T: JsonSchema>(name: &str, schemas: &mut Map<String, Value>) {
    let mut settings = SchemaSettings::draft2020_12();
    settings.definitions_path = "/components/schemas".into();
    settings.meta_schema = None;
    let mut schema = settings.into_generator().into_root_schema_for::<T>().to_value();
    if let Some(root) = schema.as_object_mut() {
        let shared = root.remove("components").or_else(|| root.remove("$defs"));
        let shared = shared.map(|shared| shared.get("schemas").cloned().unwrap_or(shared));
        if let Some(Value::Object(shared)) = shared {
            schemas.extend(shared);
        }
    }
    schemas.insert(name.to_owned(), schema);
}

pub(super) async fn show(State(_): State<App>) -> Json<Value> {
    Json(description())
}
