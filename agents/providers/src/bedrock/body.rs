//! Finishes the body of a request before it is signed: the role's prefix goes in as it was written once, and the keys stand
//! in order, which the SDK writes in that of a hash map. Caches and replays need equal bytes.

use std::{collections::BTreeMap, sync::Arc};

use aws_sdk_bedrockruntime::config::{
    ConfigBag, Intercept, RuntimeComponents, interceptors::BeforeTransmitInterceptorContextMut,
};
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_types::body::SdkBody;
use serde_json::Value;

use super::prefix::Prefix;
use crate::canonical;

#[derive(Debug)]
pub(super) struct Body(pub(super) Arc<Prefix>);

impl Intercept for Body {
    fn name(&self) -> &'static str {
        "Body"
    }

    fn modify_before_signing(
        &self,
        context: &mut BeforeTransmitInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let request = context.request_mut();
        let Some(bytes) = request.body().bytes() else { return Ok(()) };
        let body = with_prefix(serde_json::from_slice(bytes)?, &self.0);
        request.headers_mut().insert("content-length", body.len().to_string());
        *request.body_mut() = SdkBody::from(body);
        Ok(())
    }
}

fn with_prefix(sent: BTreeMap<String, Value>, prefix: &Prefix) -> Vec<u8> {
    enum Part<'p> {
        Written(&'p str),
        Value(Value),
    }
    let mut parts: BTreeMap<String, Part<'_>> =
        sent.into_iter().map(|(key, value)| (key, Part::Value(value))).collect();
    let written = prefix.parts.iter();
    parts.extend(written.map(|(key, json)| ((*key).to_owned(), Part::Written(json))));
    let mut body = vec![b'{'];
    for (key, part) in parts {
        if body.len() > 1 {
            body.push(b',');
        }
        body.extend(canonical::bytes(Value::String(key)));
        body.push(b':');
        match part {
            Part::Written(json) => body.extend_from_slice(json.as_bytes()),
            Part::Value(value) => body.extend(canonical::bytes(value)),
        }
    }
    body.push(b'}');
    body
}
