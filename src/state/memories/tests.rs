//! The port's promises, held by the `SQLite` file.

use rand::{Rng as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;
use serde_json::json;
use wherefore_contract::memory::{Meaning, MemoryText};

use super::*;

const NOW: i64 = 1_760_000_000;

fn store(days: u32) -> SqliteMemories {
    let state = Arc::new(State::in_memory().unwrap());
    SqliteMemories::new(state, None, NonZeroU32::new(days).unwrap())
}

fn person(name: &str) -> Scope {
    Scope { principal: name.to_owned(), rows: Vec::new() }
}

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(second).unwrap()
}

fn memory(id: &str, kind: MemoryKind, second: i64, text: &str) -> Memory {
    Memory {
        id: id.to_owned(),
        kind,
        asked_at: at(second),
        text: MemoryText::parse(text).unwrap(),
        reading: None,
        means: None,
        conversation: None,
    }
}

fn query(text: &str) -> MemoryQuery<'_> {
    MemoryQuery { text, reading: None, without: None, now: at(NOW), limit: 3 }
}

async fn recalled(store: &SqliteMemories, scope: &Scope, text: &str) -> Vec<String> {
    let found = store.recall(&query(text), scope).await.unwrap();
    found.into_iter().map(|memory| memory.id).collect()
}

#[tokio::test]
async fn what_one_person_said_never_reaches_another() {
    let mut random = ChaCha8Rng::seed_from_u64(7);
    let words =
        ["graviton", "promotion", "checkout", "migration", "snapshot", "결제", "프로모션", "재고"];
    let mut some = |count: usize| -> String {
        let mut pick = |_| words[usize::try_from(random.next_u64() % 8).unwrap()];
        let picked: Vec<&str> = (0..count).map(&mut pick).collect();
        picked.join(" ")
    };
    let (store, people) = (store(365), [person("mina"), person("jun")]);
    for (at, scope) in (0..200).map(|at| (at, &people[at % 2])) {
        let id = format!("m_{}_{at:03}", scope.principal);
        let kind = MemoryKind::ALL[at % 4];
        let kept =
            memory(&id, kind, NOW - i64::try_from(at).unwrap(), &format!("{} {at}", some(4)));
        store.keep(&kept, scope).await.unwrap();
    }
    let (mut found, mut leaks) = (0, 0);
    for at in 0..1000 {
        let (own, other) = (&people[at % 2], &people[(at + 1) % 2]);
        let ids = recalled(&store, own, &some(3)).await;
        found += ids.len();
        let prefix = format!("m_{}_", own.principal);
        leaks += ids.iter().filter(|id| !id.starts_with(&prefix)).count();
        let theirs = format!("m_{}_{:03}", other.principal, (at + 1) % 2);
        assert_eq!(store.memory(&theirs, own).await.unwrap(), None);
        assert_eq!(store.forget(Forget::One(&theirs), own).await.unwrap(), 0);
        let change = MemoryChange { text: MemoryText::parse("mine").ok(), means: None };
        assert_eq!(store.correct(&theirs, &change, own).await.unwrap(), None);
    }
    assert_eq!(leaks, 0);
    assert!(found > 2000, "recall found {found} memories: it looked at nothing");
    assert_eq!(store.forget(Forget::All, &people[0]).await.unwrap(), 100);
    assert_eq!(store.list(500, &people[1]).await.unwrap().len(), 100);
}

#[tokio::test]
async fn memories_rank_by_points_then_newest_then_id() {
    let (store, mina) = (store(365), person("mina"));
    for kept in [
        memory("m_b", MemoryKind::Question, NOW - 50, "graviton migration in Seoul"),
        memory("m_a", MemoryKind::Question, NOW - 50, "graviton migration for Seoul"),
        memory("m_c", MemoryKind::Question, NOW - 10, "graviton migration near Seoul"),
        memory("m_d", MemoryKind::Cause, NOW - 90, "graviton migration during Seoul"),
        memory("m_e", MemoryKind::Note, NOW - 5, "lunch with the platform people"),
    ] {
        store.keep(&kept, &mina).await.unwrap();
    }
    for _ in 0..2 {
        let found = store
            .recall(&MemoryQuery { limit: 9, ..query("graviton migration Seoul") }, &mina)
            .await
            .unwrap();
        let ids: Vec<&str> = found.iter().map(|memory| memory.id.as_str()).collect();
        assert_eq!(ids, ["m_d", "m_c", "m_a", "m_b"]);
    }
    // What is kept or forgotten beside a memory moves it nowhere.
    store.forget(Forget::One("m_c"), &mina).await.unwrap();
    assert_eq!(recalled(&store, &mina, "graviton migration Seoul").await, ["m_d", "m_a", "m_b"]);
    assert_eq!(
        recalled(&store, &mina, "what did we spend last month?").await,
        Vec::<String>::new()
    );
}

#[tokio::test]
async fn the_same_said_again_is_one_memory_with_the_newer_time() {
    let (store, mina) = (store(365), person("mina"));
    let first = memory("m_1", MemoryKind::Question, NOW - 900, "Graviton savings?");
    let again = Memory {
        conversation: Some("c_2".to_owned()),
        ..memory("m_2", MemoryKind::Question, NOW - 100, "graviton savings?")
    };
    store.keep(&first, &mina).await.unwrap();
    let kept = store.keep(&again, &mina).await.unwrap();
    assert_eq!((kept.id.as_str(), kept.asked_at), ("m_1", at(NOW - 100)));
    assert_eq!(store.list(9, &mina).await.unwrap(), [kept]);
    // A conversation is not reminded of itself.
    let within = MemoryQuery { without: Some("c_2"), ..query("graviton") };
    assert_eq!(store.recall(&within, &mina).await.unwrap(), []);
    assert_eq!(recalled(&store, &mina, "graviton").await, ["m_1"]);
    // It goes with its conversation; a note stays, without the link.
    let note = Memory {
        conversation: Some("c_2".to_owned()),
        ..memory("m_3", MemoryKind::Note, NOW, "graviton is planned")
    };
    store.keep(&note, &mina).await.unwrap();
    assert_eq!(store.forget(Forget::From("c_2"), &mina).await.unwrap(), 1);
    let left = store.list(9, &mina).await.unwrap();
    assert_eq!(left, [Memory { conversation: None, ..note }]);
}

#[tokio::test]
async fn names_of_a_reading_bring_a_memory_back_in_another_language() {
    let (store, mina) = (store(365), person("mina"));
    let filter = json!({ "dimension": "cloud_service", "op": "in", "values": ["Amazon EC2"] });
    let reading = json!({ "conditions": [{ "filter": filter }] });
    let reading = reading.as_object().unwrap();
    let cause = Memory {
        reading: Some(reading.clone()),
        ..memory("m_1", MemoryKind::Cause, NOW - 100, "부하 시험 때문이었습니다")
    };
    store.keep(&cause, &mina).await.unwrap();
    let asked = MemoryQuery { reading: Some(reading), ..query("why did it rise?") };
    assert_eq!(store.recall(&asked, &mina).await.unwrap(), [cause]);
}

#[tokio::test]
async fn what_is_old_or_forgotten_is_gone_and_what_is_corrected_is_found_by_its_new_words() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("state.db");
    let state = Arc::new(State::open(&path).unwrap());
    let days = NonZeroU32::new(30).unwrap();
    let (store, mina) = (SqliteMemories::new(state, None, days), person("mina"));
    let day = 24 * 60 * 60;
    for kept in [
        memory("m_old", MemoryKind::Note, NOW - 40 * day, "graviton oldoldold"),
        memory("m_1", MemoryKind::Note, NOW - day, "graviton secretsecret"),
        memory("m_2", MemoryKind::Note, NOW, "graviton wrongwrong"),
    ] {
        store.keep(&kept, &mina).await.unwrap();
    }
    assert_eq!(recalled(&store, &mina, "graviton").await, ["m_2", "m_1"]);
    let means = Meaning {
        said: "g".to_owned(),
        dimension: "workload".parse().unwrap(),
        value: "x".to_owned(),
    };
    let change = MemoryChange {
        text: MemoryText::parse("spot rightright").ok(),
        means: Some(means.clone()),
    };
    let changed = store.correct("m_2", &change, &mina).await.unwrap().unwrap();
    assert_eq!((changed.text.as_str(), changed.means), ("spot rightright", Some(means)));
    assert_eq!(recalled(&store, &mina, "rightright").await, ["m_2"]);
    assert_eq!(recalled(&store, &mina, "graviton").await, ["m_1"]);
    // Another program forgets: this one notices, and the bytes are gone from the disk.
    let elsewhere = SqliteMemories::new(Arc::new(State::open(&path).unwrap()), None, days);
    assert_eq!(elsewhere.forget(Forget::One("m_1"), &mina).await.unwrap(), 1);
    assert_eq!(recalled(&store, &mina, "graviton").await, Vec::<String>::new());
    let mut bytes = std::fs::read(&path).unwrap();
    bytes.extend(std::fs::read(folder.path().join("state.db-wal")).unwrap_or_default());
    let holds = |text: &str| bytes.windows(text.len()).any(|part| part == text.as_bytes());
    assert!(holds("rightright"), "the file holds what is kept");
    for gone in ["secretsecret", "oldoldold", "wrongwrong"] {
        assert!(!holds(gone), "{gone} is still in the file");
    }
}

fn named(values: &[(&str, &str)]) -> BTreeSet<NamedValue> {
    let name = |(dimension, value): &(&str, &str)| NamedValue {
        dimension: (*dimension).to_owned(),
        value: (*value).to_owned(),
    };
    values.iter().map(name).collect()
}

type Names<'n> = &'n [(&'n str, &'n str)];

fn found(kept: &[(&str, Names)], text: &str, asked: Names) -> Vec<usize> {
    let kept: Vec<_> = kept.iter().map(|(text, names)| (*text, named(names))).collect();
    let memories = kept.iter().map(|(text, names)| MemoryWords { text, names });
    let index = MemoryIndex::build(memories).unwrap();
    let names = named(asked);
    let mut found = index.search(MemoryWords { text, names: &names }).unwrap();
    found.sort_by_key(|found| (std::cmp::Reverse(found.points), found.at));
    found.into_iter().map(|found| found.at).collect()
}

#[test]
fn words_and_names_bring_a_memory_back() {
    let checkout: Names = &[("workload", "checkout")];
    let kept: &[(&str, Names)] = &[
        ("the spring promotion doubled the orders", checkout),
        ("결제 프로모션 때문에 주문이 늘었습니다", checkout),
        ("the migration to Graviton ended", &[]),
    ];
    assert_eq!(found(kept, "why did checkout rise?", checkout), [0, 1]);
    assert_eq!(found(kept, "checkout은 왜 변했어?", checkout), [0, 1]);
    assert_eq!(found(kept, "프로모션이 언제였지?", &[]), [1]);
    assert_eq!(found(kept, "what did the Graviton migration save?", &[]), [2]);
    assert_eq!(found(kept, "what did we spend last month?", &[]), Vec::<usize>::new());
}
