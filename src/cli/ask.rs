//! `wherefore ask`: one question, one answer.

use std::{fs, path::Path};

use wherefore_contract::question::{Question, TURNS_READ};
use wherefore_team::RunRecord;
use wherefore_verify::VerifiedAnswer;

use super::{
    Context, Exit,
    arguments::{Ask, Reading},
    failure::Failure,
    progress::QuestionProgress,
    show::show,
};
use crate::{app::App, runs::KeptRun, wiring};

pub(super) async fn run(arguments: Ask, context: Context) -> Result<Exit, Failure> {
    let config = context.config.with(arguments.warehouse.warehouse, None);
    let mut question = parse(&arguments.question, &arguments.reading, context.clock.today())?;
    let keep = if arguments.conversation.is_some() || arguments.memory {
        wiring::Keep::InFile
    } else {
        wiring::Keep::Nothing
    };
    let app = wiring::app(&config, context.clock, keep).await?;
    let scope = app.scope();
    match arguments.conversation {
        Some(id) if id == "new" => question.conversation = Some((app.new_id)()),
        Some(id) => {
            let earlier = app.conversations.earlier(&id, TURNS_READ, &scope).await;
            let Some(earlier) = earlier.map_err(wiring::WiringError::from)? else {
                return Err(Failure::UnknownConversation { id });
            };
            question = question.after(earlier, arguments.reading.language.map(Into::into));
            question.conversation = Some(id);
        }
        None => {}
    }
    if keep == wiring::Keep::InFile {
        question = app.remind(question).await;
    }
    let (mut answer, record) = {
        let progress = QuestionProgress::begin(context.output);
        app.answer_with_record(&question, &progress).await
    };
    if keep == wiring::Keep::InFile {
        answer = app.beside(answer, &question).await;
    }
    if let Some(path) = &arguments.record {
        write_run(path, &answer, &record)?;
    }
    let now = app.clock.now();
    if let Some(id) = &question.conversation {
        let kept = app.conversations.keep(id, &answer, now, &scope).await;
        kept.map_err(wiring::WiringError::from)?;
        app.runs.keep(id, &answer, &record).await;
        context.output.note(&format!("conversation {id}"));
    }
    if keep == wiring::Keep::InFile {
        app.memory.keep(&question, None, &answer, now, &scope).await;
    }
    if arguments.json {
        context.output.json(&answer.to_json())?;
    } else {
        context.output.print(&show(&answer, context.output.style(), context.output.width()))?;
    }
    Ok(answer.answer().status.into())
}

fn write_run(path: &Path, answer: &VerifiedAnswer, record: &RunRecord) -> Result<(), Failure> {
    let unwritable = |source| Failure::Unwritable { path: path.to_path_buf(), source };
    let run = KeptRun::of(answer, record).and_then(|run| serde_json::to_string(&run));
    let run = run.map_err(|error| unwritable(error.into()))?;
    fs::write(path, run).map_err(unwritable)
}

/// A question as the command line gives it.
pub(super) fn parse(
    text: &str,
    reading: &Reading,
    today: jiff::civil::Date,
) -> Result<Question, Failure> {
    let language = reading.language.map(Into::into);
    Ok(Question::parse(text, language, reading.as_of.unwrap_or(today))?)
}

/// Asks one question and prints the answer, as `demo` does for its examples.
pub(super) async fn ask_and_print(
    app: &App,
    question: &Question,
    context: &Context,
) -> Result<Exit, Failure> {
    let answer = {
        let progress = QuestionProgress::begin(context.output);
        app.answer(question, &progress).await
    };
    let (style, width) = (context.output.style(), context.output.width());
    context.output.print(&format!(
        "{}\n\n{}\n",
        style.dim(&format!("> {}", question.text())),
        show(&answer, style, width)
    ))?;
    Ok(answer.answer().status.into())
}
