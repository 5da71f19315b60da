//! Files of every shape there was.

use rusqlite::Connection;
use wherefore_contract::question::Turn;

use super::*;

const BEFORE_READINGS: &str = "
    create table conversation (id text primary key, title text not null, updated_at text not null);
    create table message (
        conversation text not null references conversation (id) on delete cascade,
        position integer not null, asked_at text not null, question text not null,
        answer text not null, primary key (conversation, position));
    insert into conversation values ('c_1', 'cost by month', '2024-10-15T09:00:00Z');
    insert into message values ('c_1', 0, '2024-10-15T09:00:00Z', 'cost by month', '{\"id\":\"a_1\"}');";

#[test]
fn a_file_of_an_older_shape_keeps_its_conversations() {
    let with_readings = format!(
        "{BEFORE_READINGS} alter table message add column reading text; pragma user_version = 1;"
    );
    for older in [BEFORE_READINGS, &with_readings] {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("state.sqlite");
        Connection::open(&path).unwrap().execute_batch(older).unwrap();
        for _ in 0..2 {
            let state = State::open(&path).unwrap();
            let kept = state.conversation("c_1", "local").unwrap().unwrap();
            assert_eq!(kept.messages.len(), 1);
            assert_eq!(kept.messages[0].answer, serde_json::json!({ "id": "a_1" }));
            assert_eq!(kept.messages[0].reading, None);
            let turn = Turn { question: "cost by month".to_owned(), request: None };
            assert_eq!(state.earlier("c_1", 5, "local").unwrap(), Some(vec![turn]));
        }
    }
}

#[test]
fn a_file_of_a_newer_shape_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("state.sqlite");
    let connection = Connection::open(&path).unwrap();
    connection.execute_batch("pragma user_version = 99;").unwrap();
    drop(connection);
    let Err(StateError::Newer { found, .. }) = State::open(&path) else { panic!("it was opened") };
    assert_eq!(found, 99);
}

#[test]
fn the_last_turns_come_oldest_first_and_only_to_whose_they_are() {
    let state = State::in_memory().unwrap();
    state
        .run(|connection| {
            connection.execute_batch(
                "insert into conversation values ('c_1', 'one', 'now', 'mina');
                 insert into message (conversation, position, asked_at, question, reading, answer) values
                     ('c_1', 0, 'now', 'one', '{\"ask\":\"total\"}', '{}'),
                     ('c_1', 1, 'now', 'two', null, '{}'),
                     ('c_1', 2, 'now', 'three', '{\"ask\":\"trend\"}', '{}');",
            )
        })
        .unwrap();
    let questions = |count| -> Vec<(String, bool)> {
        let turns = state.earlier("c_1", count, "mina").unwrap().unwrap();
        turns.into_iter().map(|turn| (turn.question, turn.request.is_some())).collect()
    };
    assert_eq!(questions(2), [("two".to_owned(), false), ("three".to_owned(), true)]);
    assert_eq!(questions(9).len(), 3);
    assert_eq!(state.earlier("c_none", 5, "mina").unwrap(), None);
    assert_eq!(state.earlier("c_1", 5, "jun").unwrap(), None);
    assert_eq!(state.conversation("c_1", "jun").unwrap(), None);
    assert_eq!(state.conversations("jun").unwrap(), []);
}
