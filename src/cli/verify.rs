//! `wherefore verify`: runs an answer's evidence again and compares every figure.

use std::{
    collections::BTreeMap,
    fs,
    io::{self, Read as _},
    path::Path,
};

use comfy_table::{Table, presets::UTF8_FULL_CONDENSED};
use wherefore_contract::{answer::Answer, error::StoreError, ports::ToolCaller};

use super::{Context, Exit, arguments::Verify, failure::Failure, markdown::visible};
use crate::{
    recheck::{Again, Recheck, RecheckError, recheck, snapshots_of},
    wiring,
};

pub(super) async fn run(arguments: Verify, context: Context) -> Result<Exit, Failure> {
    let answer = read(&arguments.answer)?;
    let config = context.config.with(arguments.warehouse.warehouse, None);
    let mut callers: BTreeMap<String, Box<dyn ToolCaller>> = BTreeMap::new();
    for snapshot in snapshots_of(&answer) {
        match wiring::caller_at(&config, &snapshot).await {
            Ok(caller) => {
                callers.insert(snapshot, caller);
            }
            // Its evidence is reported as gone; the others are still compared.
            Err(RecheckError::Store(StoreError::UnknownSnapshot { .. })) => {}
            Err(other) => return Err(other.into()),
        }
    }
    let outcome = recheck(&answer, &callers).await;
    if arguments.json {
        context.output.json(&outcome)?;
    } else {
        context.output.print(&draw(&outcome))?;
    }
    Ok(if outcome.same { Exit::Done } else { Exit::Failed })
}

fn read(path: &Path) -> Result<Answer, Failure> {
    let unreadable = |source| Failure::Unreadable { path: path.to_path_buf(), source };
    let text = if path == Path::new("-") {
        let mut text = String::new();
        io::stdin().lock().read_to_string(&mut text).map_err(unreadable)?;
        text
    } else {
        fs::read_to_string(path).map_err(unreadable)?
    };
    serde_json::from_str(&text)
        .map_err(|source| Failure::NoAnswer { path: path.to_path_buf(), source })
}

fn draw(outcome: &Recheck) -> String {
    let mut table = Table::new();
    table.load_preset(UTF8_FULL_CONDENSED);
    table.set_header(["shown", "from", "again"]);
    let word = |outcome: Again, why: &str| match outcome {
        Again::Same => "the same".to_owned(),
        Again::Different => format!("DIFFERENT: {}", visible(why)),
        Again::NotAsked => format!("not asked again: {}", visible(why)),
    };
    for figure in &outcome.figures {
        table.add_row([
            visible(&figure.shown),
            visible(&figure.facts.join(", ")),
            word(figure.outcome, &figure.why),
        ]);
    }
    for piece in &outcome.evidence {
        let name = format!("{} {}/{}", piece.id, piece.tool, piece.table);
        table.add_row([
            String::from("(all rows)"),
            visible(&name),
            word(piece.outcome, &piece.why),
        ]);
    }
    let mut lines = vec![table.to_string()];
    lines.extend(
        outcome.violations.iter().map(|violation| format!("fence: {}", visible(violation))),
    );
    let count = |of: Again| outcome.figures.iter().filter(|figure| figure.outcome == of).count();
    let (different, not_asked) = (count(Again::Different), count(Again::NotAsked));
    lines.push(if outcome.same && outcome.not_asked > 0 {
        format!(
            "{}: {} figures and words come out the same, {not_asked} stand as other programs reported them",
            visible(&outcome.answer),
            count(Again::Same)
        )
    } else if outcome.same {
        format!("{}: all {} figures and words come out the same", outcome.answer, outcome.figures.len())
    } else {
        format!(
            "{}: {different} of {} figures and words differ, {} pieces of evidence differ, the fence found {}",
            visible(&outcome.answer),
            outcome.figures.len(),
            outcome.evidence.iter().filter(|piece| piece.outcome == Again::Different).count(),
            outcome.violations.len()
        )
    });
    lines.join("\n")
}
