//! What stands in front of every turn of a role, system text and tools: written once, not once a call. It is most of what a
//! model reads, and the part that providers cache.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
};

use serde_json::{Value, json};
use wherefore_contract::tool::ToolSpec;
use wherefore_model::ModelRequest;

use crate::{canonical, names, schema, setting::Caching};

const NOVA: &str = "amazon.nova";
pub(super) const CLAUDE: &str = "anthropic.claude";
/// Prefixes that are held: one a role, so more of them are of roles that nobody uses any more.
const HELD: usize = 64;

/// The prefixes of a model, by role.
#[derive(Debug, Default)]
pub(super) struct Prefixes(Mutex<BTreeMap<String, Arc<Prefix>>>);

/// System text and tools as they stand in a request's body.
#[derive(Debug)]
pub(super) struct Prefix {
    of: (String, Vec<ToolSpec>),
    /// The keys of the body with their JSON, in order.
    pub(super) parts: BTreeMap<&'static str, String>,
}

impl Prefixes {
    /// The prefix of a request.
    pub(super) fn of(
        &self,
        request: &ModelRequest<'_>,
        model: &str,
        caching: Caching,
    ) -> Arc<Prefix> {
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = held.get(request.role).filter(|known| known.is_of(request)) {
            return Arc::clone(known);
        }
        if held.len() >= HELD {
            held.clear();
        }
        let prefix = Arc::new(Prefix::of(request, model, caching));
        held.insert(request.role.to_owned(), Arc::clone(&prefix));
        prefix
    }
}

impl Prefix {
    fn of(request: &ModelRequest<'_>, model: &str, caching: Caching) -> Self {
        let points = CachePoints::of(model, caching);
        let mut parts = BTreeMap::new();
        if let Some(system) = system(request.system, points) {
            parts.insert("system", written(system));
        }
        if let Some(tools) = tools(request.tools, points, model.contains(NOVA)) {
            parts.insert("toolConfig", written(tools));
        }
        Self { of: (request.system.to_owned(), request.tools.to_vec()), parts }
    }

    fn is_of(&self, request: &ModelRequest<'_>) -> bool {
        self.of.0 == request.system && self.of.1 == request.tools
    }
}

fn written(value: Value) -> String {
    String::from_utf8_lossy(&canonical::bytes(value)).into_owned()
}

/// Where a family may cache. Models outside of the list refuse requests with cache points.
/// Source: docs.aws.amazon.com/bedrock/latest/userguide/prompt-caching.html (Claude: tools, system, messages; Nova:
/// system, messages).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct CachePoints {
    tools: bool,
    system: bool,
}

impl CachePoints {
    fn of(model: &str, caching: Caching) -> Self {
        let both = |is_on| Self { tools: is_on, system: is_on };
        match caching {
            Caching::On => both(true),
            Caching::Off => both(false),
            Caching::Auto if model.contains(NOVA) => Self { tools: false, system: true },
            Caching::Auto => both(caches_by_itself(model)),
        }
    }
}

// Claude 3 and the first 3.5 have no prompt caching.
fn caches_by_itself(model: &str) -> bool {
    let without =
        ["claude-3-opus", "claude-3-sonnet", "claude-3-haiku", "claude-3-5-sonnet-20240620"];
    model.contains(CLAUDE)
        && !["anthropic.claude-v2", "anthropic.claude-instant"]
            .iter()
            .any(|one| model.contains(one))
        && !without.iter().any(|one| model.contains(one))
}

fn point() -> Value {
    json!({"cachePoint": {"type": "default"}})
}

/// Source of the shape: Bedrock `Converse.system`, a list of `SystemContentBlock`.
fn system(text: &str, points: CachePoints) -> Option<Value> {
    if text.trim().is_empty() {
        return None;
    }
    let text = json!({ "text": text });
    Some(if points.system { json!([text, point()]) } else { json!([text]) })
}

/// Source of the shape: Bedrock `Converse.toolConfig`, a `ToolConfiguration`.
fn tools(specs: &[ToolSpec], points: CachePoints, is_nova: bool) -> Option<Value> {
    if specs.is_empty() {
        return None;
    }
    let tool = |spec: &ToolSpec| {
        let schema = if is_nova {
            schema::written_out(&spec.input_schema)
        } else {
            spec.input_schema.clone()
        };
        let mut tool = json!({"name": names::on_wire(&spec.name), "inputSchema": {"json": schema}});
        // An empty description is refused.
        if !spec.description.trim().is_empty()
            && let Some(tool) = tool.as_object_mut()
        {
            tool.insert("description".to_owned(), spec.description.as_str().into());
        }
        json!({"toolSpec": tool})
    };
    let tools: Vec<Value> = specs.iter().map(tool).chain(points.tools.then(point)).collect();
    Some(json!({ "tools": tools }))
}
