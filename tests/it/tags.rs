//! Tags that were written in more than one way: found in a made-up company, and pairs that only look alike left alone.

use jiff::civil::date;
use wherefore::{clock::Clock, config::Config, http, wiring};
use wherefore_demo::{DemoOptions, generate, sources};
use wherefore_load::{LoadOptions, Quiet, load};

use crate::support::{request, send};

#[tokio::test]
async fn planted_spellings_are_found_and_pairs_that_are_meant_apart_are_not() {
    let folder = tempfile::tempdir().unwrap();
    let options = DemoOptions { seed: 11, rows: Some(1), ..DemoOptions::default() };
    let truth = generate(folder.path(), &options, &mut |_| {}).unwrap().tags.unwrap();
    let warehouse = folder.path().join("warehouse");
    let now = "2026-11-05T00:00:00Z".parse().unwrap();
    load(&sources(folder.path()), &LoadOptions::new(&warehouse, now), &Quiet).unwrap();
    let config = Config::read(|name| {
        (name == "WHEREFORE_WAREHOUSE").then(|| warehouse.display().to_string())
    });
    let clock = Clock::standing_at(now);
    let app = wiring::app(&config.unwrap(), clock, wiring::Keep::Nothing).await.unwrap();
    let router = http::router(app, tokio_util::sync::CancellationToken::new());
    let month = "in October 2026";
    let body = serde_json::json!({
        "question": format!("Which tag values look alike {month}?"),
        "as_of": date(2026, 11, 5).to_string(),
    });
    let reply = send(&router, request("POST", "/v1/ask", Some(body))).await;
    let answer = reply.json();
    let tables = answer["evidence"].as_array().unwrap();
    let rows = |name: &str| -> Vec<Vec<String>> {
        let held = tables.iter().find(|held| held["table"] == name).unwrap();
        let columns = held["columns"].as_array().unwrap();
        let wanted = ["tagging_key", "tagging_value", "like_value", "like_key", "tagged_cost"];
        let kept: Vec<usize> = wanted
            .iter()
            .filter_map(|name| columns.iter().position(|column| column["name"] == *name))
            .collect();
        let cells = |row: &serde_json::Value| {
            kept.iter().map(|at| row[*at].as_str().unwrap_or_default().to_owned()).collect()
        };
        held["rows"].as_array().unwrap().iter().map(cells).collect()
    };
    let (values, keys) = (rows("near_values"), rows("tag_keys"));
    for near in &truth.near {
        let cost = near.billed_cost.normalize().to_string();
        let (found, wanted) = if near.key.is_empty() {
            (&keys, vec![near.spelling.clone(), near.like.clone(), cost])
        } else {
            (&values, vec![near.key.clone(), near.spelling.clone(), near.like.clone(), cost])
        };
        assert!(found.contains(&wanted), "{wanted:?} is not in {found:?}");
    }
    let planted = truth.near.iter().filter(|near| !near.key.is_empty()).count();
    let own = values.iter().filter(|row| row[0] == "product");
    assert_eq!(own.count(), planted, "{values:?}");
    for [one, other] in &truth.apart {
        assert!(values.iter().all(|row| row[1] != *one && row[1] != *other), "{values:?}");
    }
}
