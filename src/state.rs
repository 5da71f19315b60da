//! What is kept in one `SQLite` file: conversations, and what is remembered of each person.

pub mod conversations;
pub(crate) mod investigations;
pub mod memories;
pub mod remember;
pub(crate) mod runs;
mod shape;

use std::{
    fs,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use futures::future::BoxFuture;
use rusqlite::Connection;
use serde::de::DeserializeOwned;

pub use self::conversations::{
    Conversation, ConversationLine, ConversationStore, KeptMessage, SqliteConversations,
};
use self::shape::SHAPE;

/// What is kept could not be read, or nothing could be kept.
#[derive(Debug, thiserror::Error)]
pub enum StateError {
    #[error("the folder of `{}` could not be made", .path.display())]
    Folder {
        path: PathBuf,
        #[source]
        source: std::io::Error,
    },

    #[error("what is kept in `{path}` could not be read or added to")]
    Database {
        path: String,
        #[source]
        source: rusqlite::Error,
    },

    #[error(
        "`{path}` was written by a newer version of this program (shape {found}; this one knows up to {SHAPE}); update the program, or name another file in WHEREFORE_STATE"
    )]
    Newer { path: String, found: u32 },

    #[error("a document kept in `{path}` is damaged")]
    Damaged {
        path: String,
        #[source]
        source: serde_json::Error,
    },

    #[error("the investigation `{id}` was deleted while it was begun")]
    Gone { id: String },

    #[error(transparent)]
    Memory(#[from] wherefore_contract::error::StoreError),

    #[error("a blocking task ended early")]
    Task(#[from] tokio::task::JoinError),
}

/// The file. Calls block for a moment: async code calls it through `State::away`.
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

    /// A file that ends with the program.
    ///
    /// # Errors
    /// When `SQLite` cannot start.
    pub fn in_memory() -> Result<Self, StateError> {
        Self::prepare(Connection::open_in_memory(), ":memory:".to_owned())
    }

    fn prepare(opened: rusqlite::Result<Connection>, path: String) -> Result<Self, StateError> {
        let prepared = opened.and_then(|mut connection| {
            // WAL lets a second program read while this one writes; five seconds outlast any write here. What is
            // deleted is overwritten, so that it cannot be read from the file any more.
            connection.execute_batch(
                "pragma journal_mode = wal; pragma synchronous = normal; pragma foreign_keys = on;
                 pragma busy_timeout = 5000; pragma secure_delete = on;",
            )?;
            let found = shape::bring_up(&mut connection)?;
            Ok((connection, found))
        });
        match prepared {
            Ok((_, found)) if found > SHAPE => Err(StateError::Newer { path, found }),
            Ok((connection, _)) => Ok(Self { connection: Mutex::new(connection), path }),
            Err(source) => Err(StateError::Database { path, source }),
        }
    }

    /// Does work on a thread that may block.
    pub(crate) fn away<'a, T: Send + 'static>(
        self: &Arc<Self>,
        work: impl FnOnce(&Self) -> Result<T, StateError> + Send + 'static,
    ) -> BoxFuture<'a, Result<T, StateError>> {
        let state = Arc::clone(self);
        Box::pin(async move { tokio::task::spawn_blocking(move || work(&state)).await? })
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

    fn parsed<T: DeserializeOwned>(&self, text: &str) -> Result<T, StateError> {
        serde_json::from_str(text)
            .map_err(|source| StateError::Damaged { path: self.path.clone(), source })
    }

    fn written(&self, value: &impl serde::Serialize) -> Result<String, StateError> {
        serde_json::to_string(value)
            .map_err(|source| StateError::Damaged { path: self.path.clone(), source })
    }

    // Takes what was deleted out of the log that stands beside the file as well.
    fn wipe(&self) -> Result<(), StateError> {
        self.run(|connection| {
            // Another program that reads just now keeps the log; the next wipe takes it.
            connection.query_row("pragma wal_checkpoint(truncate)", [], |_| Ok(()))
        })
    }
}

#[cfg(test)]
mod tests;
