//! Puts the keys of every request body in order before it is signed: the SDK writes them in the order of a hash map, which
//! differs from call to call, and caches and replays need equal bytes.

use aws_sdk_bedrockruntime::config::{
    ConfigBag, Intercept, RuntimeComponents, interceptors::BeforeTransmitInterceptorContextMut,
};
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_types::body::SdkBody;

use crate::canonical;

#[derive(Debug)]
pub(super) struct SortedBody;

impl Intercept for SortedBody {
    fn name(&self) -> &'static str {
        "SortedBody"
    }

    fn modify_before_signing(
        &self,
        context: &mut BeforeTransmitInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let request = context.request_mut();
        let Some(bytes) = request.body().bytes() else { return Ok(()) };
        if bytes.is_empty() {
            return Ok(());
        }
        let sorted = canonical::bytes(serde_json::from_slice(bytes)?);
        request.headers_mut().insert("content-length", sorted.len().to_string());
        *request.body_mut() = SdkBody::from(sorted);
        Ok(())
    }
}
