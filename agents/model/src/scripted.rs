//! A model that replies from a script: for tests and hostile suites, never for people.

use std::{collections::HashMap, sync::Mutex};

use futures::future::{BoxFuture, FutureExt as _};

use crate::chat::{ChatModel, ModelError, ModelRequest, Reply};

/// Replies in the order of a script, one list for each role.
#[derive(Debug, Default)]
pub struct ScriptedModel {
    replies: Mutex<HashMap<String, std::collections::VecDeque<Reply>>>,
}

impl ScriptedModel {
    /// A model that gives `replies` to `role`, in order.
    #[must_use]
    pub fn with(self, role: &str, replies: impl IntoIterator<Item = Reply>) -> Self {
        if let Ok(mut scripts) = self.replies.lock() {
            scripts.entry(role.to_owned()).or_default().extend(replies);
        }
        self
    }
}

impl ChatModel for ScriptedModel {
    fn name(&self) -> &'static str {
        "scripted"
    }

    fn reply<'a>(&'a self, request: ModelRequest<'a>) -> BoxFuture<'a, Result<Reply, ModelError>> {
        let next = self
            .replies
            .lock()
            .ok()
            .and_then(|mut scripts| scripts.get_mut(request.role)?.pop_front())
            .ok_or_else(|| ModelError::Malformed {
                model: "scripted".to_owned(),
                reason: format!("the script of `{}` has ended", request.role),
            });
        async move { next }.boxed()
    }
}
