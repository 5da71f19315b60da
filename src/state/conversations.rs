//! Conversations, kept with the verified answers they got: the port, and its `SQLite` file.

mod sqlite;

use futures::future::BoxFuture;
use jiff::Timestamp;
use serde::Serialize;
use serde_json::{Map, Value};
use wherefore_contract::{question::Turn, scope::Scope};
use wherefore_verify::VerifiedAnswer;

use super::StateError;

pub use self::sqlite::SqliteConversations;

/// A conversation without its messages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ConversationLine {
    pub id: String,
    /// Its first question, cut.
    pub title: String,
    pub updated_at: String,
}

/// A conversation.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Conversation {
    pub id: String,
    pub title: String,
    pub messages: Vec<KeptMessage>,
}

/// A question and the answer document it got.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct KeptMessage {
    pub asked_at: String,
    pub question: String,
    /// The typed request that was answered; `None` where there was none.
    pub reading: Option<Map<String, Value>>,
    pub answer: Value,
}

/// The short-term memory: what was asked and answered in a conversation, wherever it is kept.
///
/// A conversation belongs to the principal of the scope that began it; for everyone else there is none of its id.
pub trait ConversationStore: Send + Sync {
    /// Adds a question and its answer to a conversation, which begins with its first message.
    fn keep<'a>(
        &'a self,
        id: &'a str,
        answer: &'a VerifiedAnswer,
        now: Timestamp,
        scope: &'a Scope,
    ) -> BoxFuture<'a, Result<(), StateError>>;

    /// The newest conversations, newest first.
    fn list<'a>(
        &'a self,
        scope: &'a Scope,
    ) -> BoxFuture<'a, Result<Vec<ConversationLine>, StateError>>;

    /// A conversation with its messages in order; `None` when there is none of this id.
    fn conversation<'a>(
        &'a self,
        id: &'a str,
        scope: &'a Scope,
    ) -> BoxFuture<'a, Result<Option<Conversation>, StateError>>;

    /// The last `count` questions of a conversation with their readings, oldest first; `None` when there is none of this
    /// id.
    fn earlier<'a>(
        &'a self,
        id: &'a str,
        count: usize,
        scope: &'a Scope,
    ) -> BoxFuture<'a, Result<Option<Vec<Turn>>, StateError>>;

    /// Deletes a conversation; false when there was none of this id.
    fn delete<'a>(
        &'a self,
        id: &'a str,
        scope: &'a Scope,
    ) -> BoxFuture<'a, Result<bool, StateError>>;

    /// Deletes every conversation of the person; says how many.
    fn delete_all<'a>(&'a self, scope: &'a Scope) -> BoxFuture<'a, Result<usize, StateError>>;
}
