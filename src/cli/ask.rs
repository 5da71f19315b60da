//! `wherefore ask`: one question, one answer.

use wherefore_contract::question::{Question, TURNS_READ};

use super::{
    Context, Exit,
    arguments::{Ask, Reading},
    failure::Failure,
    progress::QuestionProgress,
    show::show,
};
use crate::{app::App, wiring};

pub(super) async fn run(arguments: Ask, context: Context) -> Result<Exit, Failure> {
    let config = context.config.with(arguments.warehouse.warehouse, None);
    let mut question = parse(&arguments.question, &arguments.reading, context.clock.today())?;
    let keep = match arguments.conversation {
        Some(_) => wiring::Keep::InFile,
        None => wiring::Keep::Nothing,
    };
    let app = wiring::app(&config, context.clock, keep).await?;
    let conversation = match arguments.conversation {
        Some(id) if id == "new" => Some((app.new_id)()),
        Some(id) if app.state.has(&id).map_err(wiring::WiringError::from)? => Some(id),
        Some(id) => return Err(Failure::UnknownConversation { id }),
        None => None,
    };
    if let Some(id) = &conversation {
        let earlier = app.state.earlier(id, TURNS_READ).map_err(wiring::WiringError::from)?;
        question = question.after(earlier, arguments.reading.language.map(Into::into));
        question.conversation = Some(id.clone());
    }
    let answer = {
        let progress = QuestionProgress::begin(context.output);
        app.answer(&question, &progress).await
    };
    if let Some(id) = &conversation {
        app.state.keep(id, &answer, app.clock.now()).map_err(wiring::WiringError::from)?;
        context.output.note(&format!("conversation {id}"));
    }
    if arguments.json {
        context.output.json(&answer.to_json())?;
    } else {
        context.output.print(&show(&answer, context.output.style(), context.output.width()))?;
    }
    Ok(answer.answer().status.into())
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
