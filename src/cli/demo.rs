//! `wherefore demo`: a made-up company, loaded, asked and served.

use std::fs;

use serde::{Deserialize, Serialize};
use tokio::runtime::Runtime;
use wherefore_contract::question::Question;
use wherefore_demo::{COMPANY, DemoOptions, DemoTruth, Plants};

use super::{
    Context, Exit,
    arguments::Demo,
    ask::ask_and_print,
    failure::Failure,
    load::{Source, clear, load_into},
    progress::counter,
    serve::serve,
};
use crate::{suggestions::suggest, wiring};

/// What stands in a demo folder, so that a second run can use it as it is.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Made {
    version: String,
    seed: u64,
    rows: Option<u64>,
    questions: Vec<String>,
}

pub(super) fn run(arguments: &Demo, context: Context, runtime: &Runtime) -> Result<Exit, Failure> {
    let warehouse = arguments.dir.join("warehouse");
    let config = context.config.clone().with(Some(warehouse), arguments.listen);
    let context = Context { config, ..context };
    let made = match made_before(arguments) {
        Some(made) => {
            context.output.note(&format!("{COMPANY} is in {} already", arguments.dir.display()));
            made
        }
        None => make(arguments, &context)?,
    };
    runtime.block_on(async {
        let app = wiring::app(&context.config, context.clock.clone(), wiring::Keep::InFile).await?;
        let loaded = app.costs.describe(&app.scope()).await?;
        let first = suggest(&loaded).ko.into_iter().next();
        let mut last = Exit::Done;
        for text in first.iter().chain(&made.questions) {
            let question = Question::parse(text, None, app.today())?;
            let ended = ask_and_print(&app, &question, &context).await?;
            last = if last == Exit::Done { ended } else { last };
        }
        if arguments.no_serve {
            return Ok(last);
        }
        serve(app, context.config.listen, &context).await
    })
}

fn made_before(arguments: &Demo) -> Option<Made> {
    let text = fs::read_to_string(arguments.dir.join("made.json")).ok()?;
    let made: Made = serde_json::from_str(&text).ok()?;
    let is_same = made.seed == arguments.seed
        && made.rows == arguments.rows
        && made.version == env!("CARGO_PKG_VERSION");
    (is_same && arguments.dir.join("warehouse").join("CURRENT").exists()).then_some(made)
}

fn make(arguments: &Demo, context: &Context) -> Result<Made, Failure> {
    let dir = &arguments.dir;
    let options = DemoOptions { seed: arguments.seed, rows: arguments.rows, plants: Plants::All };
    let bar = counter(context.output, "making bills");
    let truth = wherefore_demo::generate(dir, &options, &mut |progress| {
        bar.set(progress.rows, progress.expected);
    })?;
    bar.end();
    context.output.note(&format!(
        "{COMPANY}: {} charges of {} workloads, {} stories planted (truth.json)",
        truth.rows,
        truth.workloads,
        truth.stories.len()
    ));
    // Another seed is another company: what was loaded of the former one must not stay beside it.
    clear(&dir.join("warehouse"))?;
    let paths = wherefore_demo::sources(dir);
    load_into(Source { paths: &paths, workload_tag: None }, context)?;
    let made = Made {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        seed: arguments.seed,
        rows: arguments.rows,
        questions: questions(&truth),
    };
    let path = dir.join("made.json");
    let text = serde_json::to_string_pretty(&made).map_err(std::io::Error::from)?;
    fs::write(&path, text).map_err(|source| Failure::Unwritable { path, source })?;
    Ok(made)
}

// One planted story in each language.
fn questions(truth: &DemoTruth) -> Vec<String> {
    let mut stories = truth.stories.iter();
    let english = stories.next().map(|story| story.question_en.clone());
    let korean = stories.next().map(|story| story.question_ko.clone());
    english.into_iter().chain(korean).collect()
}
