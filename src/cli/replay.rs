//! `wherefore replay`: runs an answer again from its record, without the model.

use std::{
    fs,
    io::{self, Read as _},
    path::Path,
};

use super::{Context, Exit, arguments::Replay, failure::Failure, markdown::visible};
use crate::{
    runs::{KeptRun, replay},
    wiring,
};

pub(super) async fn run(arguments: Replay, context: Context) -> Result<Exit, Failure> {
    let run = match (&arguments.run, &arguments.answer) {
        (Some(path), _) => read(path)?,
        (None, Some(id)) => {
            let config = context.config.with(arguments.warehouse.warehouse, None);
            let (runs, scope) = wiring::runs(&config)?;
            let found = runs.find(id, &scope).await.map_err(wiring::WiringError::from)?;
            found.ok_or_else(|| Failure::UnknownRun { id: id.clone() })?
        }
        (None, None) => return Err(Failure::NothingToReplay),
    };
    let outcome = replay::replay(&run).await?;
    if arguments.json {
        context.output.json(&outcome)?;
    } else {
        context.output.print(&draw(&outcome))?;
    }
    Ok(if outcome.same { Exit::Done } else { Exit::Failed })
}

fn read(path: &Path) -> Result<KeptRun, Failure> {
    let unreadable = |source| Failure::Unreadable { path: path.to_path_buf(), source };
    let text = if path == Path::new("-") {
        let mut text = String::new();
        io::stdin().lock().read_to_string(&mut text).map_err(unreadable)?;
        text
    } else {
        fs::read_to_string(path).map_err(unreadable)?
    };
    serde_json::from_str(&text)
        .map_err(|source| Failure::NoRun { path: path.to_path_buf(), source })
}

fn draw(outcome: &replay::Replay) -> String {
    let head = format!(
        "{}: {} model calls and {} tool calls from the record; ",
        visible(&outcome.answer),
        outcome.chats,
        outcome.tools
    );
    if outcome.same {
        return format!("{head}the same answer, byte for byte");
    }
    let lines: Vec<_> =
        outcome.differences.iter().map(|line| format!("  {}", visible(line))).collect();
    format!("{head}ANOTHER answer\n{}", lines.join("\n"))
}
