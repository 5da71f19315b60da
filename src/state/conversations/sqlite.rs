//! Conversations in the `SQLite` file.

use std::sync::Arc;

use futures::future::BoxFuture;
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension as _, params};
use serde_json::Value;
use wherefore_contract::{question::Turn, scope::Scope};
use wherefore_verify::VerifiedAnswer;

use super::{Conversation, ConversationLine, ConversationStore, KeptMessage};
use crate::state::{State, StateError};

// How much of a question stands as the title of its conversation, in characters.
const TITLE_LIMIT: usize = 80;
// How many conversations a list shows.
const LIST_LIMIT: u32 = 200;

/// The conversations of a file.
#[derive(Clone)]
pub struct SqliteConversations {
    state: Arc<State>,
}

impl SqliteConversations {
    #[must_use]
    pub fn new(state: Arc<State>) -> Self {
        Self { state }
    }
}

impl ConversationStore for SqliteConversations {
    fn keep<'a>(
        &'a self,
        id: &'a str,
        answer: &'a VerifiedAnswer,
        now: Timestamp,
        scope: &'a Scope,
    ) -> BoxFuture<'a, Result<(), StateError>> {
        let (id, principal) = (id.to_owned(), scope.principal.clone());
        let question = answer.answer().question.clone();
        let reading = answer.answer().reading.clone().map(|map| Value::Object(map).to_string());
        // What was remembered beside it stays where it can be forgotten.
        let answer = answer.clone().with_remembered(Vec::new());
        let (answer, now) = (answer.to_json().to_string(), now.to_string());
        self.state.away(move |state| {
            let title: String = question.chars().take(TITLE_LIMIT).collect();
            state.run(|connection| {
                let change = connection.transaction()?;
                change.execute(
                    "insert into conversation (id, title, updated_at, principal) values (?1, ?2, ?3, ?4)
                     on conflict (id) do update set updated_at = ?3 where principal = ?4",
                    params![id, title, now, principal],
                )?;
                let kept = change.execute(
                    "insert into message (conversation, position, asked_at, question, reading, answer)
                     select ?1, coalesce((select max(position) + 1 from message where conversation = ?1), 0), ?2, ?3, ?4, ?5
                     from conversation where id = ?1 and principal = ?6",
                    params![id, now, question, reading, answer, principal],
                )?;
                if kept == 0 {
                    // It is another person's: nothing of it changes.
                    return Err(rusqlite::Error::QueryReturnedNoRows);
                }
                change.commit()
            })
        })
    }

    fn list<'a>(
        &'a self,
        scope: &'a Scope,
    ) -> BoxFuture<'a, Result<Vec<ConversationLine>, StateError>> {
        let principal = scope.principal.clone();
        self.state.away(move |state| state.conversations(&principal))
    }

    fn conversation<'a>(
        &'a self,
        id: &'a str,
        scope: &'a Scope,
    ) -> BoxFuture<'a, Result<Option<Conversation>, StateError>> {
        let (id, principal) = (id.to_owned(), scope.principal.clone());
        self.state.away(move |state| state.conversation(&id, &principal))
    }

    fn earlier<'a>(
        &'a self,
        id: &'a str,
        count: usize,
        scope: &'a Scope,
    ) -> BoxFuture<'a, Result<Option<Vec<Turn>>, StateError>> {
        let (id, principal) = (id.to_owned(), scope.principal.clone());
        self.state.away(move |state| state.earlier(&id, count, &principal))
    }

    fn delete<'a>(
        &'a self,
        id: &'a str,
        scope: &'a Scope,
    ) -> BoxFuture<'a, Result<bool, StateError>> {
        let (id, principal) = (id.to_owned(), scope.principal.clone());
        self.state.away(move |state| {
            let deleted = state.run(|connection| {
                connection.execute(
                    "delete from conversation where id = ?1 and principal = ?2",
                    [&id, &principal],
                )
            })?;
            state.wipe()?;
            Ok(deleted > 0)
        })
    }

    fn delete_all<'a>(&'a self, scope: &'a Scope) -> BoxFuture<'a, Result<usize, StateError>> {
        let principal = scope.principal.clone();
        self.state.away(move |state| {
            let deleted = state.run(|connection| {
                connection.execute("delete from conversation where principal = ?1", [&principal])
            })?;
            state.wipe()?;
            Ok(deleted)
        })
    }
}

impl State {
    /// The conversations of the local file's person, for a look at its health.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn conversations(&self, principal: &str) -> Result<Vec<ConversationLine>, StateError> {
        self.run(|connection| {
            let mut statement = connection.prepare(
                "select id, title, updated_at from conversation where principal = ?1
                 order by updated_at desc, id desc limit ?2",
            )?;
            let lines = statement.query_map(params![principal, LIST_LIMIT], |row| {
                Ok(ConversationLine {
                    id: row.get(0)?,
                    title: row.get(1)?,
                    updated_at: row.get(2)?,
                })
            })?;
            lines.collect()
        })
    }

    pub(in crate::state) fn conversation(
        &self,
        id: &str,
        principal: &str,
    ) -> Result<Option<Conversation>, StateError> {
        let Some(title) = self.run(|connection| title_of(connection, id, principal))? else {
            return Ok(None);
        };
        let rows: Vec<(String, String, Option<String>, String)> = self.run(|connection| {
            let mut statement = connection.prepare(
                "select asked_at, question, reading, answer from message where conversation = ?1 order by position",
            )?;
            let rows = statement.query_map([id], |row| {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
            })?;
            rows.collect()
        })?;
        let messages = rows
            .into_iter()
            .map(|(asked_at, question, reading, answer)| {
                let reading = reading.map(|text| self.parsed(&text)).transpose()?;
                Ok(KeptMessage { asked_at, question, reading, answer: self.parsed(&answer)? })
            })
            .collect::<Result<_, StateError>>()?;
        Ok(Some(Conversation { id: id.to_owned(), title, messages }))
    }

    pub(in crate::state) fn earlier(
        &self,
        id: &str,
        count: usize,
        principal: &str,
    ) -> Result<Option<Vec<Turn>>, StateError> {
        if self.run(|connection| title_of(connection, id, principal))?.is_none() {
            return Ok(None);
        }
        let rows: Vec<(String, Option<String>)> = self.run(|connection| {
            let mut statement = connection.prepare(
                "select question, reading from message where conversation = ?1 order by position desc limit ?2",
            )?;
            let count = i64::try_from(count).unwrap_or(i64::MAX);
            let rows =
                statement.query_map(params![id, count], |row| Ok((row.get(0)?, row.get(1)?)))?;
            rows.collect()
        })?;
        rows.into_iter()
            .rev()
            .map(|(question, reading)| {
                let request = reading.map(|text| self.parsed(&text)).transpose()?;
                Ok(Turn { question, request })
            })
            .collect::<Result<_, StateError>>()
            .map(Some)
    }
}

fn title_of(
    connection: &Connection,
    id: &str,
    principal: &str,
) -> rusqlite::Result<Option<String>> {
    connection
        .query_row(
            "select title from conversation where id = ?1 and principal = ?2",
            [id, principal],
            |row| row.get(0),
        )
        .optional()
}
