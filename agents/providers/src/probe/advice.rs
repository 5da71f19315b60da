//! What to do about a model that cannot be used.

use wherefore_model::ModelError;

use crate::{
    causes,
    setting::{ModelChoice, ModelOptions},
};

pub(super) const NO_CREDENTIALS: &str = "no AWS credentials were found; set AWS_PROFILE, sign in \
     with `aws sso login`, or give this machine a role";

pub(super) const NO_CALL: &str = "it answered in words where it was asked to call a tool: agents cannot work with it. Choose a \
     model that calls tools; vLLM needs --enable-auto-tool-choice with --tool-call-parser, llama.cpp needs --jinja";

/// What is wrong, and what to do about it.
pub(super) fn on(choice: &ModelChoice, options: &ModelOptions, error: &ModelError) -> String {
    let step = match error {
        ModelError::Denied { reason, .. } => denied(choice, reason),
        ModelError::Rejected { reason, .. } => rejected(choice, reason),
        ModelError::Unreachable { .. } => match options.url {
            Some(_) => "is WHEREFORE_MODEL_URL right, and does the server run?",
            None => "does this machine reach the internet, and is the region right?",
        },
        ModelError::Throttled { .. } => {
            "the model is there but busy: try again, or ask for more quota"
        }
        ModelError::Timeout { .. } => {
            "raise WHEREFORE_MODEL_TIMEOUT_SECONDS, or choose a faster model"
        }
        ModelError::Malformed { .. } | ModelError::Cut { .. } => match choice {
            ModelChoice::OpenAi(_) => {
                "does the address end in /v1, and does it serve chat completions?"
            }
            ModelChoice::Bedrock(_) | ModelChoice::Offline => {
                "does something between change replies?"
            }
        },
        ModelError::TooLong { .. } => {
            "a few words were too long for it: its server is set to almost no context"
        }
    };
    format!("{}; {step}", causes::in_line(error))
}

fn denied(choice: &ModelChoice, reason: &str) -> &'static str {
    let reason = reason.to_lowercase();
    let says = |words: &str| reason.contains(words);
    match choice {
        ModelChoice::OpenAi(_) if says("quota") || says("billing") => {
            "the account has no credit left"
        }
        ModelChoice::OpenAi(_) | ModelChoice::Offline => "put a valid key into WHEREFORE_MODEL_KEY",
        ModelChoice::Bedrock(_) if says("expired") => "sign in again, e.g. with `aws sso login`",
        ModelChoice::Bedrock(_) if says("quota") => {
            "ask for more quota under Service Quotas, Amazon Bedrock"
        }
        ModelChoice::Bedrock(_) if says("access to the model") || says("model access") => {
            "ask for the model under Bedrock, Model access, in this region"
        }
        ModelChoice::Bedrock(_)
            if says("credential") || says("signature") || says("security token") =>
        {
            "are the AWS credentials right, and the clock of this machine?"
        }
        ModelChoice::Bedrock(_) => {
            "allow bedrock:InvokeModel and bedrock:InvokeModelWithResponseStream on the model, and ask for the model under \
             Bedrock, Model access"
        }
    }
}

fn rejected(choice: &ModelChoice, reason: &str) -> &'static str {
    let reason = reason.to_lowercase();
    let says = |words: &str| reason.contains(words);
    match choice {
        ModelChoice::OpenAi(_) | ModelChoice::Offline if says("max_tokens") => {
            "set WHEREFORE_MODEL_LIMIT_FIELD=max_completion_tokens"
        }
        ModelChoice::OpenAi(_) | ModelChoice::Offline if says("temperature") => {
            "leave WHEREFORE_MODEL_TEMPERATURE unset"
        }
        ModelChoice::OpenAi(_) | ModelChoice::Offline => {
            "is the model's name right (GET /v1/models lists them), and does the address end in /v1?"
        }
        ModelChoice::Bedrock(_) if says("on-demand throughput") => {
            "this model is called by an inference profile: put us., eu., apac. or global. in front of its id"
        }
        ModelChoice::Bedrock(_) if says("cachepoint") || says("cache") => {
            "set WHEREFORE_MODEL_CACHE=off"
        }
        ModelChoice::Bedrock(_) if says("guardrail") => {
            "is WHEREFORE_MODEL_GUARDRAIL right, in this region?"
        }
        ModelChoice::Bedrock(_) if says("temperature") => "leave WHEREFORE_MODEL_TEMPERATURE unset",
        ModelChoice::Bedrock(_) => {
            "is the model's id right, and offered in this region? Newer models are called by an inference profile such as \
             us.<model id>"
        }
    }
}
