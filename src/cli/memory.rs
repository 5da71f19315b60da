//! `wherefore memory`: what is remembered, to see, add to, correct and forget.

use serde_json::json;
use wherefore_contract::{
    memory::{Forget, Meaning, Memory, MemoryChange, MemoryKind, MemoryText},
    question::Language,
    scope::Scope,
};

use super::{
    Context, Exit,
    arguments::memory::{Memory as Arguments, MemoryAction, Said as SaidArguments},
    failure::Failure,
    output::Output,
    remembered::line,
};
use crate::{
    state::{
        ConversationStore,
        remember::{self, Remembrance, Said},
    },
    wiring::{self, WiringError},
};

struct Kept {
    memory: Remembrance,
    conversations: std::sync::Arc<dyn ConversationStore>,
    scope: Scope,
    output: Output,
    is_json: bool,
}

pub(super) async fn run(arguments: Arguments, context: Context) -> Result<Exit, Failure> {
    let config = context.config.with(arguments.warehouse.warehouse, None);
    let (memory, conversations) = wiring::kept(&config)?;
    let (scope, output) = (Scope::local(), context.output);
    let kept = Kept { memory, conversations, scope, output, is_json: arguments.json };
    let now = context.clock.now();
    match arguments.action {
        MemoryAction::List { limit } => kept.list(limit).await,
        MemoryAction::Show { id } => kept.show(&id).await,
        MemoryAction::Confirm(said) => {
            kept.say(kept.said(MemoryKind::Cause, said).await?, now).await
        }
        MemoryAction::Note(said) => kept.say(kept.said(MemoryKind::Note, said).await?, now).await,
        MemoryAction::Mean { said, value } => kept.say(meant(&said, &value)?, now).await,
        MemoryAction::Correct { id, text } => kept.correct(&id, &text).await,
        MemoryAction::Forget { id, with_conversations, .. } => {
            let what = id.as_deref().map_or(Forget::All, Forget::One);
            kept.forget(what, with_conversations).await
        }
    }
}

impl Kept {
    async fn list(&self, limit: usize) -> Result<Exit, Failure> {
        let memories = self.memory.store.list(limit, &self.scope).await?;
        let settings = self.memory.settings;
        if self.is_json {
            let document =
                json!({ "on": settings.is_on, "days": settings.days, "memories": memories });
            self.output.json(&document)?;
            return Ok(Exit::Done);
        }
        if !settings.is_on {
            self.output.note("memory is off: nothing new is kept, nothing is brought back");
        }
        if memories.is_empty() {
            self.output.note("nothing is remembered");
            return Ok(Exit::Done);
        }
        let lines = memories
            .iter()
            .map(|memory| format!("{}  {}", memory.id, line(memory, Language::En)))
            .collect::<Vec<_>>();
        self.output.print(&lines.join("\n"))?;
        Ok(Exit::Done)
    }

    async fn show(&self, id: &str) -> Result<Exit, Failure> {
        let found = self.memory.store.memory(id, &self.scope).await?;
        self.print(&found.ok_or_else(|| unknown(id))?)
    }

    async fn correct(&self, id: &str, text: &str) -> Result<Exit, Failure> {
        let change = MemoryChange { text: Some(MemoryText::parse(text)?), means: None };
        let changed = self.memory.store.correct(id, &change, &self.scope).await?;
        self.print(&changed.ok_or_else(|| unknown(id))?)
    }

    async fn forget(&self, what: Forget<'_>, with_conversations: bool) -> Result<Exit, Failure> {
        let (memories, conversations) = (&*self.memory.store, &*self.conversations);
        let gone = remember::forget(memories, conversations, what, with_conversations, &self.scope)
            .await
            .map_err(WiringError::from)?;
        if let Forget::One(id) = what
            && gone.memories == 0
        {
            return Err(unknown(id));
        }
        if self.is_json {
            self.output.json(&gone)?;
        } else {
            self.output.note(&format!(
                "forgotten: {} memories, {} conversations",
                gone.memories, gone.conversations
            ));
        }
        Ok(Exit::Done)
    }

    async fn said(&self, kind: MemoryKind, said: SaidArguments) -> Result<Said, Failure> {
        let text = MemoryText::parse(&said.text)?;
        let reading = match &said.conversation {
            None => None,
            Some(id) => {
                let earlier = self.conversations.earlier(id, 1, &self.scope).await;
                let Some(turns) = earlier.map_err(WiringError::from)? else {
                    return Err(Failure::UnknownConversation { id: id.clone() });
                };
                turns.into_iter().next_back().and_then(|turn| turn.request)
            }
        };
        Ok(Said { kind, text, reading, means: None, conversation: said.conversation })
    }

    async fn say(&self, said: Said, now: jiff::Timestamp) -> Result<Exit, Failure> {
        let kept = self.memory.say(said, now, &self.scope).await?;
        self.print(&kept.ok_or(Failure::MemoryOff)?)
    }

    fn print(&self, memory: &Memory) -> Result<Exit, Failure> {
        if self.is_json {
            self.output.json(memory)?;
        } else {
            self.output.print(&format!("{}  {}", memory.id, line(memory, Language::En)))?;
        }
        Ok(Exit::Done)
    }
}

fn unknown(id: &str) -> Failure {
    Failure::UnknownMemory { id: id.to_owned() }
}

fn meant(said: &str, value: &str) -> Result<Said, Failure> {
    let shape = || Failure::NoMeaning { text: value.to_owned() };
    let (dimension, value) = value.split_once('=').ok_or_else(shape)?;
    let dimension = dimension.trim().parse().map_err(|_| shape())?;
    let means = Meaning { said: said.to_owned(), dimension, value: value.to_owned() }.checked()?;
    let text = MemoryText::parse(said)?;
    Ok(Said {
        kind: MemoryKind::Correction,
        text,
        reading: None,
        means: Some(means),
        conversation: None,
    })
}
