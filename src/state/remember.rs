//! What a question brings back, and what stays of it: the rules of remembering, over the port.

use std::{collections::BTreeSet, sync::Arc};

use jiff::Timestamp;
use serde::Serialize;
use serde_json::{Map, Value};
use wherefore_contract::{
    answer::Status,
    error::StoreError,
    filter::{Filter, FilterOp},
    memory::{Forget, Meaning, Memory, MemoryKind, MemoryQuery, MemoryText, REMEMBERED_LIMIT},
    ports::MemoryStore,
    question::{Question, Turn},
    scope::Scope,
};
use wherefore_offline::request::{Condition, Reading};
use wherefore_verify::VerifiedAnswer;

use super::{ConversationStore, StateError};
use crate::config::MemorySettings;

/// The long-term memory of the program.
#[derive(Clone)]
pub struct Remembrance {
    pub store: Arc<dyn MemoryStore>,
    pub settings: MemorySettings,
    /// Makes ids of new memories.
    pub new_id: Arc<dyn Fn() -> String + Send + Sync>,
}

/// What a person says to be remembered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    pub kind: MemoryKind,
    pub text: MemoryText,
    pub reading: Option<Map<String, Value>>,
    pub means: Option<Meaning>,
    pub conversation: Option<String>,
}

impl Remembrance {
    /// The question with what it brings back; as it is where memory is off. A memory that cannot be read costs the
    /// reminder, not the answer.
    pub async fn remind(&self, mut question: Question, now: Timestamp, scope: &Scope) -> Question {
        let last = question.earlier.iter().rev().find_map(|turn| turn.request.as_ref());
        let reading = question.request.as_ref().or(last).cloned();
        let remembered = self.recalled(&question, reading.as_ref(), now, scope).await;
        question.remembered = remembered;
        question
    }

    /// The answer with what the question brings back now that its reading says what it is about. What a name was read by
    /// stays.
    pub async fn beside(
        &self,
        answer: VerifiedAnswer,
        question: &Question,
        now: Timestamp,
        scope: &Scope,
    ) -> VerifiedAnswer {
        let mut remembered: Vec<Memory> =
            question.remembered.iter().filter(|memory| memory.means.is_some()).cloned().collect();
        if let Some(reading) = answer.answer().reading.clone() {
            let found = self.recalled(question, Some(&reading), now, scope).await;
            remembered.extend(found);
        } else {
            remembered.extend(question.remembered.iter().cloned());
        }
        let mut seen = BTreeSet::new();
        remembered.retain(|memory| seen.insert(memory.id.clone()));
        answer.with_remembered(remembered)
    }

    async fn recalled(
        &self,
        question: &Question,
        reading: Option<&Map<String, Value>>,
        now: Timestamp,
        scope: &Scope,
    ) -> Vec<Memory> {
        if !self.settings.is_on {
            return Vec::new();
        }
        let query = MemoryQuery {
            text: question.text(),
            reading,
            without: question.conversation.as_deref(),
            now,
            limit: REMEMBERED_LIMIT,
        };
        self.store.recall(&query, scope).await.unwrap_or_else(|error| {
            tracing::error!(error = &error as &dyn std::error::Error, "nothing could be recalled");
            Vec::new()
        })
    }

    /// Keeps an answered question with its reading, or the correction of one where a corrected reading was sent.
    /// `corrects` are the words of the question whose reading it was. Whatever was declined or asked back leaves nothing.
    pub async fn keep(
        &self,
        question: &Question,
        corrects: Option<&str>,
        answer: &VerifiedAnswer,
        now: Timestamp,
        scope: &Scope,
    ) {
        let answered = match answer.answer().status {
            Status::Answered | Status::Partial => true,
            Status::Declined | Status::NeedsClarification => false,
        };
        let Some(reading) = answer.answer().reading.as_ref().filter(|_| answered) else { return };
        let is_correction = question.request.is_some();
        // "And by region?" says nothing without the question before it, which is remembered.
        let inherited = reading.get("inherited").and_then(Value::as_array);
        if !is_correction && inherited.is_some_and(|parts| !parts.is_empty()) {
            return;
        }
        let words = corrects.filter(|_| is_correction).unwrap_or(question.text());
        let Ok(text) = MemoryText::cut(words) else { return };
        let said = Said {
            kind: if is_correction { MemoryKind::Correction } else { MemoryKind::Question },
            text,
            means: corrects.and_then(|words| meaning(words, &question.earlier, reading)),
            reading: Some(reading.clone()),
            conversation: question.conversation.clone(),
        };
        match self.say(said, now, scope).await {
            Ok(_) => {}
            Err(error) => {
                tracing::error!(
                    error = &error as &dyn std::error::Error,
                    "nothing could be remembered"
                );
            }
        }
    }

    /// Keeps what a person says; `None` where memory is off.
    ///
    /// # Errors
    /// When it cannot be kept.
    pub async fn say(
        &self,
        said: Said,
        now: Timestamp,
        scope: &Scope,
    ) -> Result<Option<Memory>, StoreError> {
        if !self.settings.is_on {
            return Ok(None);
        }
        let Said { kind, text, reading, means, conversation } = said;
        // Moments are kept to the second.
        let asked_at = Timestamp::from_second(now.as_second()).unwrap_or(now);
        let memory =
            Memory { id: (self.new_id)(), kind, asked_at, text, reading, means, conversation };
        self.store.keep(&memory, scope).await.map(Some)
    }
}

// The one name that a correction replaced by another, with the words that it was read from: `checkout` was read as one
// value, and the person put another in its place. None where more was changed, since then no word stands for it.
fn meaning(words: &str, earlier: &[Turn], now: &Map<String, Value>) -> Option<Meaning> {
    let turn = earlier.iter().rev().find(|turn| turn.question == words)?;
    let (before, after) = (conditions(turn.request.as_ref()?)?, conditions(now)?);
    let gone: Vec<&Condition> = without(&before, &after);
    let new: Vec<&Condition> = without(&after, &before);
    let ([gone], [new]) = (gone.as_slice(), new.as_slice()) else { return None };
    let (_, [value]) = (kept_to(&gone.filter)?, kept_to(&new.filter)?) else { return None };
    let [(start, end)] = gone.asked.as_slice() else { return None };
    let said = words.get(*start..*end)?.to_owned();
    let dimension = new.filter.dimension.clone();
    Meaning { said, dimension, value: value.clone() }.checked().ok()
}

// With the places of the words, which a correction as such does not keep.
fn conditions(request: &Map<String, Value>) -> Option<Vec<Condition>> {
    let reading: Reading = serde_json::from_value(Value::Object(request.clone())).ok()?;
    Some(reading.conditions)
}

fn without<'c>(these: &'c [Condition], apart: &[Condition]) -> Vec<&'c Condition> {
    let known: BTreeSet<&Filter> = apart.iter().map(|held| &held.filter).collect();
    these.iter().filter(|held| !known.contains(&held.filter)).collect()
}

fn kept_to(filter: &Filter) -> Option<&[String]> {
    match filter.op {
        FilterOp::In => Some(&filter.values),
        FilterOp::NotIn
        | FilterOp::Contains
        | FilterOp::NotContains
        | FilterOp::IsNull
        | FilterOp::NotNull => None,
    }
}

/// What was forgotten.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Gone {
    pub memories: usize,
    pub conversations: usize,
}

/// Deletes a conversation and forgets what was asked and corrected in it; false when there was none of this id.
///
/// # Errors
/// When what is kept cannot be read or written.
pub async fn delete_conversation(
    memories: &dyn MemoryStore,
    conversations: &dyn ConversationStore,
    id: &str,
    scope: &Scope,
) -> Result<bool, StateError> {
    memories.forget(Forget::From(id), scope).await?;
    conversations.delete(id, scope).await
}

/// Forgets for good; `with_conversations` also deletes the conversations that the memories come from, or all of them
/// where everything is forgotten.
///
/// # Errors
/// When what is kept cannot be read or written.
pub async fn forget(
    memories: &dyn MemoryStore,
    conversations: &dyn ConversationStore,
    what: Forget<'_>,
    with_conversations: bool,
    scope: &Scope,
) -> Result<Gone, StateError> {
    let from = match what {
        Forget::One(id) => memories.memory(id, scope).await?.and_then(|memory| memory.conversation),
        Forget::From(_) | Forget::All => None,
    };
    let mut gone = Gone { memories: memories.forget(what, scope).await?, conversations: 0 };
    if with_conversations {
        gone.conversations = match (what, from) {
            (Forget::One(_), Some(id)) => {
                usize::from(delete_conversation(memories, conversations, &id, scope).await?)
            }
            (Forget::From(id), _) => usize::from(conversations.delete(id, scope).await?),
            (Forget::One(_), None) => 0,
            (Forget::All, _) => conversations.delete_all(scope).await?,
        };
    }
    Ok(gone)
}
