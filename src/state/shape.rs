//! The shape of the file, as `SQLite`'s `user_version` counts it, and the steps that bring an older file up.

use rusqlite::{Connection, TransactionBehavior};

// One step a shape: the first makes shape 1 of an empty file or of one from before shapes were counted. A step that was
// released is never changed; what comes next is a step of its own.
const STEPS: &[&str] = &[
    "create table if not exists conversation (
         id text primary key, title text not null, updated_at text not null);
     create table if not exists message (
         conversation text not null references conversation (id) on delete cascade,
         position integer not null, asked_at text not null, question text not null,
         answer text not null, primary key (conversation, position));
     alter table message add column reading text;",
    // Conversations belong to whoever asked, and people have memories. `same` tells two memories apart that say
    // different things; `names` are what the catalog made of the text.
    "alter table conversation add column principal text not null default 'local';
     create table memory (
         id text primary key, principal text not null, kind text not null, asked_at integer not null,
         text text not null, reading text, means text, conversation text, names text not null,
         same text not null, unique (principal, same));
     create index memory_newest on memory (principal, asked_at desc, id desc);",
    // How an answer was made. The same answer may be given in two conversations.
    "create table run (
         answer text not null, conversation text not null references conversation (id) on delete cascade,
         run text not null, unique (answer, conversation));
     create index run_of_conversation on run (conversation);",
    // Investigations are kept before they are acknowledged, their steps before the next begins. A worker that is not heard of
    // until `claimed_until` is gone.
    "create table investigation (
         id text primary key, principal text not null, source text not null, delivery text not null,
         question text not null, snapshot text not null, stage text not null, created_at integer not null,
         updated_at integer not null, claimed_by text, claimed_until integer not null, answer text, problem text,
         unique (principal, source, delivery));
     create index investigation_open on investigation (stage, claimed_until, created_at);
     create table investigation_step (
         investigation text not null references investigation (id) on delete cascade, position integer not null,
         kind text not null, key text not null, name text not null, result text not null, done_at integer not null,
         primary key (investigation, position));",
];

/// The shape that this version writes.
#[expect(clippy::cast_possible_truncation, reason = "a handful of steps")]
pub(super) const SHAPE: u32 = STEPS.len() as u32;

/// Brings a file to the shape of this version, in one transaction or not at all; says what it found.
pub(super) fn bring_up(connection: &mut Connection) -> rusqlite::Result<u32> {
    let found = shape_of(connection)?;
    if found >= SHAPE {
        return Ok(found);
    }
    let change = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    // Another program may have done it between the look and the lock.
    let now = usize::try_from(shape_of(&change)?).unwrap_or(usize::MAX);
    for step in STEPS.iter().skip(now) {
        change.execute_batch(step)?;
    }
    change.execute_batch(&format!("pragma user_version = {SHAPE};"))?;
    change.commit()?;
    Ok(found)
}

fn shape_of(connection: &Connection) -> rusqlite::Result<u32> {
    connection.query_row("pragma user_version", [], |row| row.get(0))
}
