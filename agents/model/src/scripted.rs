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

#[cfg(test)]
mod tests {
    use futures::executor::block_on;
    use jiff::civil::date;
    use wherefore_contract::question::Question;

    use super::*;

    #[test]
    fn each_role_hears_its_own_script_and_then_an_error_that_names_it() {
        let says = |text: &str| Reply { text: Some(text.to_owned()), ..Reply::default() };
        let model = ScriptedModel::default()
            .with("analyzer", [says("a1")])
            .with("research", [says("r1")])
            .with("analyzer", [says("a2")]);
        let question = Question::parse("why?", None, date(2024, 10, 15)).unwrap();
        let reply = |role| {
            let request = ModelRequest {
                role,
                agent: "0",
                system: "",
                question: &question,
                messages: &[],
                tools: &[],
                view: crate::View::default(),
            };
            block_on(model.reply(request)).map_err(|error| error.to_string())
        };
        assert_eq!(reply("analyzer"), Ok(says("a1")));
        assert_eq!(reply("research"), Ok(says("r1")));
        assert_eq!(reply("analyzer"), Ok(says("a2")));
        let ended =
            "model `scripted` gave a reply that cannot be read: the script of `analyzer` has ended";
        assert_eq!(reply("analyzer"), Err(ended.to_owned()));
    }
}
