//! Rows of the table of memories.

use std::collections::BTreeSet;

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension as _, params, types::Type};
use serde::Serialize;
use wherefore_contract::memory::{Memory, MemoryKind, MemoryText, NamedValue};

use crate::state::{State, StateError};

// So many memories are kept of one person: past it the oldest questions go first, then whatever is oldest.
const MOST: u32 = 2000;

// The record of a run holds the memories that its models read: it goes with them, and with the words that were corrected.
const RUNS_OF_ONE: &str = "delete from run where instr(run, ?2) > 0
     and conversation in (select id from conversation where principal = ?1)
     and exists (select 1 from memory where principal = ?1 and id = ?2)";
const RUNS_OF_CONVERSATION: &str = "delete from run where exists (
     select 1 from memory where memory.principal = ?1 and memory.conversation = ?2
         and memory.kind in ('question', 'correction') and instr(run.run, memory.id) > 0)";
const RUNS_OF_ALL: &str = "delete from run where instr(run, '\"remembered\":[{') > 0
     and conversation in (select id from conversation where principal = ?1)";

const COLUMNS: &str = "id, kind, asked_at, text, reading, means, conversation, names";

/// A memory with what it is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Row {
    pub(super) memory: Memory,
    pub(super) names: BTreeSet<NamedValue>,
}

/// What is forgotten, owned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Gone {
    One(String),
    From(String),
    All,
}

impl Row {
    // Two memories that say the same have the same text here: case aside, and with the same reading and meaning.
    fn same(&self) -> String {
        let memory = &self.memory;
        let said = memory.text.as_str().to_lowercase();
        json(&(memory.kind, said, &memory.reading, &memory.means))
    }
}

fn json(value: &impl Serialize) -> String {
    // Maps with text keys and plain values always become JSON.
    serde_json::to_string(value).unwrap_or_default()
}

impl State {
    /// Changes with every change of the file that another connection made, and with every change of memories by this one.
    pub(super) fn version(&self) -> Result<i64, StateError> {
        self.run(|connection| {
            let theirs: i64 = connection.query_row("pragma data_version", [], |row| row.get(0))?;
            let ours: i64 = connection.query_row("select total_changes()", [], |row| row.get(0))?;
            Ok(theirs.wrapping_mul(1 << 32).wrapping_add(ours))
        })
    }

    pub(super) fn keep_memory(
        &self,
        row: &Row,
        principal: &str,
        oldest: i64,
    ) -> Result<Memory, StateError> {
        let memory = &row.memory;
        self.run(|connection| {
            let change = connection.transaction()?;
            change.execute(
                "insert into memory (id, principal, kind, asked_at, text, reading, means, conversation, names, same)
                 values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
                 on conflict (principal, same) do update
                     set asked_at = ?4, text = ?5, conversation = ?8, names = ?9",
                params![
                    memory.id,
                    principal,
                    memory.kind.as_str(),
                    memory.asked_at.as_second(),
                    memory.text.as_str(),
                    memory.reading.as_ref().map(json),
                    memory.means.as_ref().map(json),
                    memory.conversation,
                    json(&row.names),
                    row.same(),
                ],
            )?;
            change.execute("delete from memory where asked_at < ?1", [oldest])?;
            change.execute(
                "delete from memory where principal = ?1 and id in (
                     select id from memory where principal = ?1
                     order by kind <> 'question' desc, asked_at desc, id desc limit -1 offset ?2)",
                params![principal, MOST],
            )?;
            let kept = change.query_row(
                &format!("select {COLUMNS} from memory where principal = ?1 and same = ?2"),
                [principal, &row.same()],
                read,
            )?;
            change.commit()?;
            Ok(kept.memory)
        })
    }

    pub(super) fn change_memory(
        &self,
        row: &Row,
        principal: &str,
    ) -> Result<Option<Memory>, StateError> {
        let memory = &row.memory;
        let changed = self.run(|connection| {
            let change = connection.transaction()?;
            // One that says the same already gives way to the one that was changed.
            change.execute(
                "delete from memory where principal = ?1 and same = ?2 and id <> ?3",
                [principal, &row.same(), &memory.id],
            )?;
            change.execute(RUNS_OF_ONE, [principal, &memory.id])?;
            let changed = change.execute(
                "update memory set text = ?3, means = ?4, names = ?5, same = ?6 where id = ?1 and principal = ?2",
                params![
                    memory.id,
                    principal,
                    memory.text.as_str(),
                    memory.means.as_ref().map(json),
                    json(&row.names),
                    row.same(),
                ],
            )?;
            change.commit()?;
            Ok(changed)
        })?;
        self.wipe()?;
        if changed == 0 { Ok(None) } else { self.memory(&memory.id, principal) }
    }

    pub(super) fn forget_memories(
        &self,
        what: &Gone,
        principal: &str,
    ) -> Result<usize, StateError> {
        let gone = self.run(|connection| match what {
            Gone::One(id) => {
                let change = connection.transaction()?;
                change.execute(RUNS_OF_ONE, [principal, id])?;
                let gone = change
                    .execute("delete from memory where principal = ?1 and id = ?2", [principal, id])?;
                change.commit()?;
                Ok(gone)
            }
            Gone::From(conversation) => {
                let change = connection.transaction()?;
                change.execute(RUNS_OF_CONVERSATION, [principal, conversation])?;
                let gone = change.execute(
                    "delete from memory where principal = ?1 and conversation = ?2
                     and kind in ('question', 'correction')",
                    [principal, conversation],
                )?;
                change.execute(
                    "update memory set conversation = null where principal = ?1 and conversation = ?2",
                    [principal, conversation],
                )?;
                change.commit()?;
                Ok(gone)
            }
            Gone::All => {
                let change = connection.transaction()?;
                change.execute(RUNS_OF_ALL, [principal])?;
                let gone = change.execute("delete from memory where principal = ?1", [principal])?;
                change.commit()?;
                Ok(gone)
            }
        })?;
        self.wipe()?;
        Ok(gone)
    }

    pub(super) fn forget_older(&self, oldest: i64) -> Result<(), StateError> {
        let gone = self.run(|connection| {
            connection.execute("delete from memory where asked_at < ?1", [oldest])
        })?;
        if gone > 0 { self.wipe() } else { Ok(()) }
    }

    /// All of one person, newest first.
    pub(super) fn memories_of(&self, principal: &str) -> Result<Vec<Row>, StateError> {
        self.run(|connection| {
            let mut statement = connection.prepare(&format!(
                "select {COLUMNS} from memory where principal = ?1 order by asked_at desc, id desc"
            ))?;
            statement.query_map([principal], read)?.collect()
        })
    }

    pub(super) fn memory(&self, id: &str, principal: &str) -> Result<Option<Memory>, StateError> {
        self.run(|connection: &mut Connection| {
            connection
                .query_row(
                    &format!("select {COLUMNS} from memory where id = ?1 and principal = ?2"),
                    [id, principal],
                    read,
                )
                .optional()
                .map(|row| row.map(|row| row.memory))
        })
    }
}

fn read(row: &rusqlite::Row<'_>) -> rusqlite::Result<Row> {
    let kind: String = row.get(1)?;
    let seconds: i64 = row.get(2)?;
    let text: String = row.get(3)?;
    let memory = Memory {
        id: row.get(0)?,
        kind: MemoryKind::of_word(&kind)
            .ok_or_else(|| damaged(1, format!("`{kind}` is no kind")))?,
        asked_at: Timestamp::from_second(seconds).map_err(|error| damaged(2, error))?,
        text: MemoryText::parse(&text).map_err(|error| damaged(3, error))?,
        reading: parsed(row, 4)?,
        means: parsed(row, 5)?,
        conversation: row.get(6)?,
    };
    Ok(Row { memory, names: parsed(row, 7)?.unwrap_or_default() })
}

fn parsed<T: serde::de::DeserializeOwned>(
    row: &rusqlite::Row<'_>,
    at: usize,
) -> rusqlite::Result<Option<T>> {
    let text: Option<String> = row.get(at)?;
    text.map(|text| serde_json::from_str(&text)).transpose().map_err(|error| damaged(at, error))
}

fn damaged(
    at: usize,
    error: impl Into<Box<dyn std::error::Error + Send + Sync>>,
) -> rusqlite::Error {
    rusqlite::Error::FromSqlConversionFailure(at, Type::Text, error.into())
}
