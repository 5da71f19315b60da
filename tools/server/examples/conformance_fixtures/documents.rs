//! Resources and prompts.

use rmcp::{
    ErrorData,
    model::{
        ContentBlock, GetPromptRequestParams, GetPromptResponse, GetPromptResult, ImageContent,
        Prompt, PromptArgument, PromptMessage, ReadResourceResponse, ReadResourceResult, Resource,
        ResourceContents, ResourceTemplate, Role,
    },
};
use serde_json::json;

use crate::input;

// One red pixel.
pub(crate) const PIXEL_PNG: &str = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8/5+hHgAHggJ/PchI7wAAAABJRU5ErkJggg==";
const TEXT_URI: &str = "test://static-text";
const BINARY_URI: &str = "test://static-binary";

pub(crate) fn resources() -> Vec<Resource> {
    vec![
        Resource::new(TEXT_URI, "Text").with_description("A text.").with_mime_type("text/plain"),
        Resource::new(BINARY_URI, "Image").with_description("A pixel.").with_mime_type("image/png"),
    ]
}

pub(crate) fn templates() -> Vec<ResourceTemplate> {
    vec![
        ResourceTemplate::new("test://template/{id}/data", "By id")
            .with_description("A document by id.")
            .with_mime_type("application/json"),
    ]
}

pub(crate) fn read(uri: &str) -> Result<ReadResourceResponse, ErrorData> {
    let text = |kind: &str, text: String| ResourceContents::TextResourceContents {
        uri: uri.into(),
        mime_type: Some(kind.into()),
        text,
        meta: None,
    };
    let id = uri.strip_prefix("test://template/").and_then(|rest| rest.strip_suffix("/data"));
    let contents = match (uri, id) {
        (TEXT_URI, _) => {
            text("text/plain", "This is the content of the static text resource.".into())
        }
        (BINARY_URI, _) => ResourceContents::BlobResourceContents {
            uri: uri.into(),
            mime_type: Some("image/png".into()),
            blob: PIXEL_PNG.into(),
            meta: None,
        },
        (_, Some(id)) => {
            let body =
                json!({"id": id, "templateTest": true, "data": format!("Data for ID: {id}")});
            text("application/json", body.to_string())
        }
        (_, None) => {
            let about = Some(json!({"uri": uri}));
            return Err(ErrorData::resource_not_found(format!("no resource `{uri}`"), about));
        }
    };
    Ok(ReadResourceResult::new(vec![contents]).into())
}

pub(crate) fn prompts() -> Vec<Prompt> {
    let arguments = vec![
        PromptArgument::new("arg1").with_description("First.").with_required(true),
        PromptArgument::new("arg2").with_description("Second.").with_required(false),
    ];
    vec![
        Prompt::new("test_simple_prompt", Some("A fixture."), None),
        Prompt::new("test_prompt_with_arguments", Some("A fixture."), Some(arguments)),
        Prompt::new("test_prompt_with_embedded_resource", Some("A fixture."), None),
        Prompt::new("test_prompt_with_image", Some("A fixture."), None),
        Prompt::new(input::PROMPT, Some("A fixture."), None),
    ]
}

pub(crate) fn prompt(request: &GetPromptRequestParams) -> Result<GetPromptResponse, ErrorData> {
    let said = |text: String| PromptMessage::new_text(Role::User, text);
    let messages = match request.name.as_str() {
        input::PROMPT => return Ok(input::prompt(request)),
        "test_simple_prompt" => vec![said("This is a simple test prompt.".into())],
        "test_prompt_with_arguments" => {
            let of = |name: &str| {
                let given = request.arguments.as_ref().and_then(|given| given.get(name)?.as_str());
                given.unwrap_or_default().to_owned()
            };
            let (first, second) = (of("arg1"), of("arg2"));
            vec![said(format!("Prompt with arguments: arg1='{first}', arg2='{second}'"))]
        }
        "test_prompt_with_embedded_resource" => {
            let arguments = request.arguments.as_ref();
            let uri = arguments.and_then(|given| given.get("resourceUri")?.as_str());
            vec![PromptMessage::new_resource(
                Role::User,
                uri.unwrap_or(TEXT_URI).into(),
                Some("text/plain".into()),
                Some("Embedded resource content for testing.".into()),
                None,
                None,
                None,
            )]
        }
        "test_prompt_with_image" => {
            let image = ContentBlock::Image(ImageContent::new(PIXEL_PNG, "image/png"));
            vec![PromptMessage::new(Role::User, image), said("Please analyze the image.".into())]
        }
        other => return Err(ErrorData::invalid_params(format!("no prompt `{other}`"), None)),
    };
    Ok(GetPromptResult::new(messages).into())
}
