//! The tools of one question: our own first, then those of other people's servers, in a fixed order.

use std::{collections::BTreeMap, sync::Arc};

use futures::future::{BoxFuture, join_all};
use wherefore_contract::{
    ports::ToolCaller,
    tool::{ToolCall, ToolOutcome, ToolSpec},
};

use crate::{
    server::{Server, ServerState},
    settings::{InvalidServer, Outside, ServerSettings},
};

/// Every server of the settings. Shared by all questions: programs stay warm.
#[derive(Default)]
pub struct Servers {
    servers: Vec<Arc<Server>>,
}

impl Servers {
    /// The servers of the settings, in their order. Nothing is reached yet.
    ///
    /// # Errors
    /// When settings cannot be used or two servers share a name.
    pub fn new(settings: Vec<ServerSettings>, outside: &Outside) -> Result<Self, InvalidServer> {
        let mut servers: Vec<Arc<Server>> = Vec::with_capacity(settings.len());
        for each in settings {
            each.check()?;
            if servers.iter().any(|server| server.name() == each.name) {
                return Err(InvalidServer::Twice { name: each.name });
            }
            servers.push(Arc::new(Server::new(each, outside.clone())));
        }
        Ok(Self { servers })
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.servers.is_empty()
    }

    /// How each server stands; reaches those that were not.
    pub async fn look(&self) -> Vec<ServerState> {
        join_all(self.servers.iter().map(Server::look)).await
    }

    /// The tools of one question. Reaches servers that were not reached yet, all at the same time; one that cannot be
    /// reached stops nothing.
    pub async fn beside<'p>(&self, local: &'p dyn ToolCaller) -> Toolbox<'p> {
        if self.servers.is_empty() {
            return Toolbox { local, tools: None, ways: BTreeMap::new() };
        }
        let mut tools = local.tools().to_vec();
        let mut ways: BTreeMap<String, (Arc<Server>, String)> = BTreeMap::new();
        let offered = join_all(self.servers.iter().map(Server::offered)).await;
        for (server, offered) in self.servers.iter().zip(offered) {
            for (theirs, spec) in offered {
                // Names of ours hold no double underscore and servers' names none at all, so this never happens.
                let is_taken = tools.iter().any(|tool| tool.name == spec.name);
                if !is_taken {
                    ways.insert(spec.name.clone(), (Arc::clone(server), theirs));
                    tools.push(spec);
                }
            }
        }
        Toolbox { local, tools: Some(tools), ways }
    }
}

/// Our own tools and those of other people's servers, as one port.
pub struct Toolbox<'p> {
    local: &'p dyn ToolCaller,
    /// `None` where they are ours alone.
    tools: Option<Vec<ToolSpec>>,
    ways: BTreeMap<String, (Arc<Server>, String)>,
}

impl ToolCaller for Toolbox<'_> {
    fn tools(&self) -> &[ToolSpec] {
        self.tools.as_deref().unwrap_or_else(|| self.local.tools())
    }

    fn call<'a>(&'a self, call: &'a ToolCall) -> BoxFuture<'a, ToolOutcome> {
        match self.ways.get(&call.name) {
            Some((server, theirs)) => Box::pin(server.call(theirs, call)),
            None => self.local.call(call),
        }
    }

    fn call_at<'a>(&'a self, call: &'a ToolCall, snapshot: &'a str) -> BoxFuture<'a, ToolOutcome> {
        match self.ways.get(&call.name) {
            Some((server, theirs)) => Box::pin(server.call(theirs, call)),
            None => self.local.call_at(call, snapshot),
        }
    }
}
