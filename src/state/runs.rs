//! Runs in the `SQLite` file: one for each answer of a conversation, and gone with it.

use rusqlite::{OptionalExtension as _, params};

use super::{State, StateError};
use crate::runs::KeptRun;

/// Runs that are kept; the oldest go first.
const RUN_LIMIT: u32 = 500;

pub(crate) fn keep(state: &State, conversation: &str, run: &KeptRun) -> Result<(), StateError> {
    let document = serde_json::to_string(run)
        .map_err(|source| StateError::Damaged { path: state.path.clone(), source })?;
    state.run(|connection| {
        let change = connection.transaction()?;
        change.execute(
            "insert or replace into run (answer, conversation, run) values (?1, ?2, ?3)",
            params![run.id, conversation, document],
        )?;
        change.execute(
            "delete from run where rowid <= (select max(rowid) from run) - ?1",
            params![RUN_LIMIT],
        )?;
        change.commit()
    })
}

pub(crate) fn find(
    state: &State,
    answer: &str,
    principal: &str,
) -> Result<Option<KeptRun>, StateError> {
    let found: Option<String> = state.run(|connection| {
        connection
            .query_row(
                "select run.run from run join conversation on conversation.id = run.conversation
                 where run.answer = ?1 and conversation.principal = ?2 order by run.rowid desc limit 1",
                params![answer, principal],
                |row| row.get(0),
            )
            .optional()
    })?;
    found.map(|text| state.parsed(&text)).transpose()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::runs::Kept;

    fn run(id: &str, text: &str) -> KeptRun {
        let record = json!({ "shape": 1 });
        KeptRun { id: id.to_owned(), text: text.to_owned(), kept: Kept::Full, record }
    }

    #[test]
    fn a_run_belongs_to_whoever_asked_and_goes_with_its_conversation() {
        let state = State::in_memory().unwrap();
        let sql = |text: &str| state.run(|connection| connection.execute_batch(text)).unwrap();
        sql(
            "insert into conversation (id, title, updated_at, principal) values ('c_1', '', '', 'kim'), ('c_2', '', '', 'lee')",
        );
        keep(&state, "c_1", &run("a_1", "first")).unwrap();
        keep(&state, "c_1", &run("a_1", "again")).unwrap();
        keep(&state, "c_2", &run("a_1", "another's")).unwrap();
        assert_eq!(find(&state, "a_1", "kim").unwrap().unwrap().text, "again");
        assert_eq!(find(&state, "a_1", "lee").unwrap().unwrap().text, "another's");
        assert_eq!(find(&state, "a_1", "park").unwrap(), None);
        sql("delete from conversation where id = 'c_1'");
        assert_eq!(find(&state, "a_1", "kim").unwrap(), None);
        for index in 0..=RUN_LIMIT {
            keep(&state, "c_2", &run(&format!("a_{index}"), "")).unwrap();
        }
        let count: u32 = state
            .run(|connection| {
                connection.query_row("select count(*) from run", [], |row| row.get(0))
            })
            .unwrap();
        assert_eq!(count, RUN_LIMIT);
    }
}
