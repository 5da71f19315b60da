//! Conversations, kept in one `SQLite` file: questions with the verified answers they got.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::{Mutex, MutexGuard, PoisonError},
};

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, TransactionBehavior, params};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Map, Value};
use wherefore_contract::question::Turn;
use wherefore_verify::VerifiedAnswer;

// How much of a question stands as the title of its conversation, in characters.
const TITLE_LIMIT: usize = 80;
// How many conversations a list shows.
const LIST_LIMIT: u32 = 200;
// The shape of the file, as SQLite's `user_version` says it: 0 before readings were kept, then 1.
const SHAPE: u32 = 1;

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

/// Conversations could not be read or kept.
#[derive(Debug, thiserror::Error)]
pub enum StateError {
    #[error("the folder of `{}` could not be made", .path.display())]
    Folder {
        path: PathBuf,
        #[source]
        source: std::io::Error,
    },

    #[error("conversations in `{path}` could not be read or kept")]
    Database {
        path: String,
        #[source]
        source: rusqlite::Error,
    },

    #[error(
        "`{path}` was written by a newer version of this program (shape {found}; this one knows up to {SHAPE}); update the program, or name another file in WHEREFORE_STATE"
    )]
    Newer { path: String, found: u32 },

    #[error("an answer kept in `{path}` is damaged")]
    Damaged {
        path: String,
        #[source]
        source: serde_json::Error,
    },
}

/// The file of conversations. Calls block for a moment: async code calls it from a blocking thread.
pub struct State {
    connection: Mutex<Connection>,
    path: String,
}

impl State {
    /// Opens the file, and makes it when it does not exist.
    ///
    /// # Errors
    /// When the folder or file cannot be written.
    pub fn open(path: &Path) -> Result<Self, StateError> {
        if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            fs::create_dir_all(folder)
                .map_err(|source| StateError::Folder { path: path.to_path_buf(), source })?;
        }
        Self::prepare(Connection::open(path), path.display().to_string())
    }

    /// Conversations that end with the program.
    ///
    /// # Errors
    /// When `SQLite` cannot start.
    pub fn in_memory() -> Result<Self, StateError> {
        Self::prepare(Connection::open_in_memory(), ":memory:".to_owned())
    }

    fn prepare(opened: rusqlite::Result<Connection>, path: String) -> Result<Self, StateError> {
        let prepared = opened.and_then(|mut connection| {
            // WAL lets a second program read while this one writes; five seconds outlast any write here.
            connection.execute_batch(
                "pragma journal_mode = wal; pragma synchronous = normal; pragma foreign_keys = on;
                 pragma busy_timeout = 5000;",
            )?;
            let found = shape(&mut connection)?;
            Ok((connection, found))
        });
        match prepared {
            Ok((_, found)) if found > SHAPE => Err(StateError::Newer { path, found }),
            Ok((connection, _)) => Ok(Self { connection: Mutex::new(connection), path }),
            Err(source) => Err(StateError::Database { path, source }),
        }
    }

    /// Adds a question and its answer to a conversation, which begins with its first message.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn keep(
        &self,
        conversation: &str,
        answer: &VerifiedAnswer,
        now: Timestamp,
    ) -> Result<(), StateError> {
        let question = &answer.answer().question;
        let title: String = question.chars().take(TITLE_LIMIT).collect();
        let now = now.to_string();
        let reading = answer.answer().reading.clone().map(|map| Value::Object(map).to_string());
        self.run(|connection| {
            let change = connection.transaction()?;
            change.execute(
                "insert into conversation (id, title, updated_at) values (?1, ?2, ?3)
                 on conflict (id) do update set updated_at = ?3",
                params![conversation, title, now],
            )?;
            change.execute(
                "insert into message (conversation, position, asked_at, question, reading, answer)
                 select ?1, coalesce(max(position) + 1, 0), ?2, ?3, ?4, ?5 from message where conversation = ?1",
                params![conversation, now, question, reading, answer.to_json().to_string()],
            )?;
            change.commit()
        })
    }

    /// The newest conversations, newest first.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn list(&self) -> Result<Vec<ConversationLine>, StateError> {
        self.run(|connection| {
            let mut statement = connection.prepare(
                "select id, title, updated_at from conversation order by updated_at desc, id desc limit ?1",
            )?;
            let lines = statement.query_map([LIST_LIMIT], |row| {
                Ok(ConversationLine { id: row.get(0)?, title: row.get(1)?, updated_at: row.get(2)? })
            })?;
            lines.collect()
        })
    }

    /// Whether a conversation of this id is kept.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn has(&self, id: &str) -> Result<bool, StateError> {
        self.run(|connection| title_of(connection, id)).map(|title| title.is_some())
    }

    /// A conversation with its messages in order; `None` when there is none of this id.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn conversation(&self, id: &str) -> Result<Option<Conversation>, StateError> {
        let Some(title) = self.run(|connection| title_of(connection, id))? else {
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

    /// The last `count` questions of a conversation with their readings, oldest first; none when there
    /// is no such conversation.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn earlier(&self, id: &str, count: usize) -> Result<Vec<Turn>, StateError> {
        let rows: Vec<(String, Option<String>)> = self.run(|connection| {
            let mut statement = connection.prepare(
                "select question, reading from message where conversation = ?1 order by position desc limit ?2",
            )?;
            let rows = statement.query_map(params![id, i64::try_from(count).unwrap_or(i64::MAX)], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })?;
            rows.collect()
        })?;
        rows.into_iter()
            .rev()
            .map(|(question, reading)| {
                let request = reading.map(|text| self.parsed(&text)).transpose()?;
                Ok(Turn { question, request })
            })
            .collect()
    }

    fn parsed<T: DeserializeOwned>(&self, text: &str) -> Result<T, StateError> {
        serde_json::from_str(text)
            .map_err(|source| StateError::Damaged { path: self.path.clone(), source })
    }

    /// Deletes a conversation; false when there was none of this id.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn delete(&self, id: &str) -> Result<bool, StateError> {
        self.run(|connection| connection.execute("delete from conversation where id = ?1", [id]))
            .map(|deleted| deleted > 0)
    }

    fn run<T>(
        &self,
        work: impl FnOnce(&mut Connection) -> rusqlite::Result<T>,
    ) -> Result<T, StateError> {
        // A panic in another call leaves SQLite's own state sound: its transaction was rolled back.
        let mut connection: MutexGuard<'_, Connection> =
            self.connection.lock().unwrap_or_else(PoisonError::into_inner);
        work(&mut connection)
            .map_err(|source| StateError::Database { path: self.path.clone(), source })
    }
}

fn title_of(connection: &Connection, id: &str) -> rusqlite::Result<Option<String>> {
    connection
        .query_row("select title from conversation where id = ?1", [id], |row| row.get(0))
        .optional()
}

/// Brings a file to the shape of this version, in one step or not at all; says what it found.
fn shape(connection: &mut Connection) -> rusqlite::Result<u32> {
    let found: u32 = connection.query_row("pragma user_version", [], |row| row.get(0))?;
    if found >= SHAPE {
        return Ok(found);
    }
    let change = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    // Another program may have done it between the look and the lock.
    let now: u32 = change.query_row("pragma user_version", [], |row| row.get(0))?;
    if now < SHAPE {
        change.execute_batch(&format!(
            "create table if not exists conversation (
                 id text primary key, title text not null, updated_at text not null);
             create table if not exists message (
                 conversation text not null references conversation (id) on delete cascade,
                 position integer not null, asked_at text not null, question text not null,
                 answer text not null, primary key (conversation, position));
             alter table message add column reading text;
             pragma user_version = {SHAPE};"
        ))?;
    }
    change.commit()?;
    Ok(found)
}

#[cfg(test)]
mod tests;
