//! The chat page and its files, built into the program.

use axum::{
    Router,
    http::header::{CACHE_CONTROL, CONTENT_TYPE},
    response::IntoResponse,
    routing::get,
};

use crate::app::App;

const HTML: &str = "text/html; charset=utf-8";
const SCRIPT: &str = "text/javascript; charset=utf-8";
const STYLE: &str = "text/css; charset=utf-8";
const IMAGE: &str = "image/svg+xml";

// Path, type, content.
const FILES: &[(&str, &str, &str)] = &[
    ("/", HTML, include_str!("page/index.html")),
    ("/assets/app.css", STYLE, include_str!("page/app.css")),
    ("/assets/app.js", SCRIPT, include_str!("page/app.js")),
    ("/assets/answer.js", SCRIPT, include_str!("page/answer.js")),
    ("/assets/dom.js", SCRIPT, include_str!("page/dom.js")),
    ("/assets/evidence.js", SCRIPT, include_str!("page/evidence.js")),
    ("/assets/markdown.js", SCRIPT, include_str!("page/markdown.js")),
    ("/assets/memory/block.js", SCRIPT, include_str!("page/memory/block.js")),
    ("/assets/memory/calls.js", SCRIPT, include_str!("page/memory/calls.js")),
    ("/assets/memory/memory.css", STYLE, include_str!("page/memory/memory.css")),
    ("/assets/memory/panel.js", SCRIPT, include_str!("page/memory/panel.js")),
    ("/assets/memory/words.js", SCRIPT, include_str!("page/memory/words.js")),
    ("/assets/reading.js", SCRIPT, include_str!("page/reading.js")),
    ("/assets/reports.js", SCRIPT, include_str!("page/reports.js")),
    ("/assets/run/run.css", STYLE, include_str!("page/run/run.css")),
    ("/assets/run/detail.js", SCRIPT, include_str!("page/run/detail.js")),
    ("/assets/run/graph.js", SCRIPT, include_str!("page/run/graph.js")),
    ("/assets/run/lay.js", SCRIPT, include_str!("page/run/lay.js")),
    ("/assets/run/open.js", SCRIPT, include_str!("page/run/open.js")),
    ("/assets/run/shapes.js", SCRIPT, include_str!("page/run/shapes.js")),
    ("/assets/run/timeline.js", SCRIPT, include_str!("page/run/timeline.js")),
    ("/assets/run/words.js", SCRIPT, include_str!("page/run/words.js")),
    ("/assets/words.js", SCRIPT, include_str!("page/words.js")),
    ("/assets/mark.svg", IMAGE, include_str!("page/mark.svg")),
];

/// Routes of the page.
pub(super) fn routes() -> Router<App> {
    FILES.iter().fold(Router::new(), |router, (path, kind, content)| {
        // A new version of the program brings new files: browsers ask again each time.
        let reply = move || async move {
            ([(CONTENT_TYPE, *kind), (CACHE_CONTROL, "no-cache")], *content).into_response()
        };
        router.route(path, get(reply))
    })
}
