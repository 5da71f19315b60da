//! Investigations in the `SQLite` file: what was asked, which steps are done, and what came out.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension as _, Row, params};
use wherefore_contract::question::Question;

use super::{State, StateError};
use crate::investigations::{Entrance, Investigation, Stage, Step, StepKind};

/// An investigation that is asked for.
pub(crate) struct Asked<'a> {
    pub(crate) id: &'a str,
    pub(crate) principal: &'a str,
    pub(crate) entrance: &'a Entrance,
    pub(crate) question: &'a Question,
    pub(crate) snapshot: &'a str,
    pub(crate) now: Timestamp,
}

/// Keeps what is asked for, or finds what the same delivery began before; says which.
pub(crate) fn begin(state: &State, asked: &Asked<'_>) -> Result<(Investigation, bool), StateError> {
    let question = state.written(asked.question)?;
    let Entrance { source, delivery } = asked.entrance;
    let (id, is_new) = state.run(|connection| {
        let change = connection.transaction()?;
        let added = change.execute(
            "insert or ignore into investigation
                 (id, principal, source, delivery, question, snapshot, stage, created_at, updated_at, claimed_until)
             values (?1, ?2, ?3, ?4, ?5, ?6, 'waiting', ?7, ?7, 0)",
            params![
                asked.id,
                asked.principal,
                source,
                delivery,
                question,
                asked.snapshot,
                asked.now.as_millisecond()
            ],
        )?;
        let id: String = change.query_row(
            "select id from investigation where principal = ?1 and source = ?2 and delivery = ?3",
            params![asked.principal, source, delivery],
            |row| row.get(0),
        )?;
        change.commit()?;
        Ok((id, added > 0))
    })?;
    let kept = find(state, &id, asked.principal)?;
    // It was written in the transaction above.
    kept.map(|kept| (kept, is_new)).ok_or(StateError::Gone { id })
}

const COLUMNS: &str =
    "id, source, delivery, question, snapshot, stage, created_at, updated_at, answer, problem";

struct Kept {
    id: String,
    entrance: Entrance,
    question: String,
    snapshot: String,
    stage: String,
    created_at: i64,
    updated_at: i64,
    answer: Option<String>,
    problem: Option<String>,
}

fn kept(row: &Row<'_>) -> rusqlite::Result<Kept> {
    Ok(Kept {
        id: row.get(0)?,
        entrance: Entrance { source: row.get(1)?, delivery: row.get(2)? },
        question: row.get(3)?,
        snapshot: row.get(4)?,
        stage: row.get(5)?,
        created_at: row.get(6)?,
        updated_at: row.get(7)?,
        answer: row.get(8)?,
        problem: row.get(9)?,
    })
}

impl Kept {
    fn read(self, state: &State) -> Result<Investigation, StateError> {
        let moment = |at| Timestamp::from_millisecond(at).unwrap_or(Timestamp::UNIX_EPOCH);
        Ok(Investigation {
            question: state.parsed(&self.question)?,
            answer: self.answer.map(|text| state.parsed(&text)).transpose()?,
            id: self.id,
            entrance: self.entrance,
            snapshot: self.snapshot,
            stage: Stage::named(&self.stage),
            created_at: moment(self.created_at),
            updated_at: moment(self.updated_at),
            problem: self.problem,
        })
    }
}

pub(crate) fn find(
    state: &State,
    id: &str,
    principal: &str,
) -> Result<Option<Investigation>, StateError> {
    let found = state.run(|connection| {
        connection
            .query_row(
                &format!("select {COLUMNS} from investigation where id = ?1 and principal = ?2"),
                params![id, principal],
                kept,
            )
            .optional()
    })?;
    found.map(|kept| kept.read(state)).transpose()
}

/// The newest, newest first.
pub(crate) fn list(
    state: &State,
    principal: &str,
    limit: u32,
) -> Result<Vec<Investigation>, StateError> {
    let found = state.run(|connection| {
        let mut statement = connection.prepare(&format!(
            "select {COLUMNS} from investigation where principal = ?1
             order by created_at desc, id desc limit ?2"
        ))?;
        statement.query_map(params![principal, limit], kept)?.collect::<Result<Vec<_>, _>>()
    })?;
    found.into_iter().map(|kept| kept.read(state)).collect()
}

/// Takes the oldest that waits, or whose worker has not been heard of since its time ran out.
pub(crate) fn claim(
    state: &State,
    worker: &str,
    now: Timestamp,
    until: Timestamp,
) -> Result<Option<(Investigation, String)>, StateError> {
    let found = state.run(|connection| {
        connection
            .query_row(
                &format!(
                    "update investigation set stage = 'running', claimed_by = ?1, claimed_until = ?2
                     where id = (select id from investigation
                                 where stage in ('waiting', 'running') and claimed_until <= ?3
                                 order by created_at, id limit 1)
                     returning {COLUMNS}, principal"
                ),
                params![worker, until.as_millisecond(), now.as_millisecond()],
                |row| Ok((kept(row)?, row.get::<_, String>(10)?)),
            )
            .optional()
    })?;
    found.map(|(kept, principal)| Ok((kept.read(state)?, principal))).transpose()
}

/// Says that the worker is still at it; false when another one took it.
pub(crate) fn renew(
    state: &State,
    id: &str,
    worker: &str,
    until: Timestamp,
) -> Result<bool, StateError> {
    state.run(|connection| {
        let changed = connection.execute(
            "update investigation set claimed_until = ?3
             where id = ?1 and claimed_by = ?2 and stage = 'running'",
            params![id, worker, until.as_millisecond()],
        )?;
        Ok(changed > 0)
    })
}

/// Ends it with its answer, or with why there is none. Only its worker can, and only once.
pub(crate) fn end(
    state: &State,
    id: &str,
    worker: &str,
    outcome: Result<&serde_json::Value, &str>,
    now: Timestamp,
) -> Result<bool, StateError> {
    let answer = outcome.ok().map(ToString::to_string);
    let reached = if answer.is_some() { Stage::Done } else { Stage::Failed };
    state.run(|connection| {
        let changed = connection.execute(
            "update investigation set stage = ?3, answer = ?4, problem = ?5, updated_at = ?6
             where id = ?1 and claimed_by = ?2 and stage = 'running'",
            params![id, worker, reached.name(), answer, outcome.err(), now.as_millisecond()],
        )?;
        Ok(changed > 0)
    })
}

/// Steps that are done, in their order.
pub(crate) fn steps(state: &State, id: &str) -> Result<Vec<Step>, StateError> {
    state.run(|connection| {
        let mut statement = connection.prepare(
            "select position, kind, key, name, result, done_at from investigation_step
             where investigation = ?1 order by position",
        )?;
        let step = |row: &Row<'_>| {
            let kind: String = row.get(1)?;
            let done_at: i64 = row.get(5)?;
            Ok(Step {
                position: row.get(0)?,
                kind: StepKind::named(&kind),
                key: row.get(2)?,
                name: row.get(3)?,
                result: row.get(4)?,
                done_at: Timestamp::from_millisecond(done_at).unwrap_or(Timestamp::UNIX_EPOCH),
            })
        };
        statement.query_map([id], step)?.collect()
    })
}

/// Keeps a finished step, on disk before this returns.
pub(crate) fn keep_step(state: &State, id: &str, step: &Step) -> Result<(), StateError> {
    state.run(|connection| insert(connection, id, step))
}

fn insert(connection: &Connection, id: &str, step: &Step) -> rusqlite::Result<()> {
    connection.execute(
        "insert into investigation_step (investigation, position, kind, key, name, result, done_at)
         values (?1, (select coalesce(max(position), -1) + 1 from investigation_step where investigation = ?1),
                 ?2, ?3, ?4, ?5, ?6)",
        params![
            id,
            step.kind.name(),
            step.key,
            step.name,
            step.result,
            step.done_at.as_millisecond()
        ],
    )?;
    Ok(())
}
