//! `wherefore chat`: a conversation in the terminal, kept beside those of the page.

use rustyline::{DefaultEditor, error::ReadlineError};
use wherefore_contract::question::Language;
use wherefore_verify::VerifiedAnswer;

use super::{
    Context, Exit, arguments::Chat, ask::parse, failure::Failure, markdown::visible,
    progress::QuestionProgress, show::show,
};
use crate::wiring;

const HELP: &str = "Ask in English or Korean. :evidence shows the statements of the last answer, :en and :ko fix the language of answers, :quit ends.";

pub(super) async fn run(mut arguments: Chat, context: Context) -> Result<Exit, Failure> {
    let config = context.config.clone().with(arguments.warehouse.warehouse.take(), None);
    let app = wiring::app(&config, context.clock.clone(), wiring::Keep::InFile).await?;
    let conversation = (app.new_id)();
    let mut language: Option<Language> = None;
    let mut last: Option<VerifiedAnswer> = None;
    context.output.note(HELP);
    let mut editor = DefaultEditor::new().map_err(Failure::Terminal)?;
    loop {
        // Reading a line blocks its thread: the editor travels to a blocking one and back.
        let (line, returned) = tokio::task::spawn_blocking(move || {
            let line = editor.readline("> ");
            (line, editor)
        })
        .await
        .map_err(|_| Failure::Worker)?;
        editor = returned;
        let line = match line {
            Ok(line) => line,
            Err(ReadlineError::Eof | ReadlineError::Interrupted) => return Ok(Exit::Done),
            Err(other) => return Err(Failure::Terminal(other)),
        };
        let text = line.trim();
        match text {
            "" => {}
            ":quit" | ":q" => return Ok(Exit::Done),
            ":en" => language = Some(Language::En),
            ":ko" => language = Some(Language::Ko),
            ":evidence" => context.output.print(&statements(last.as_ref()))?,
            _ if text.starts_with(':') => context.output.note(HELP),
            _ => {
                let _ = editor.add_history_entry(text);
                let mut question = match parse(text, &arguments.reading, app.today()) {
                    Ok(question) => question,
                    Err(problem) => {
                        context.output.complain(&problem);
                        continue;
                    }
                };
                if let Some(language) = language {
                    question = wherefore_contract::question::Question::parse(
                        question.text(),
                        Some(language),
                        question.as_of,
                    )?;
                }
                question.conversation = Some(conversation.clone());
                let answer = {
                    let progress = QuestionProgress::begin(context.output);
                    app.answer(&question, &progress).await
                };
                app.state
                    .keep(&conversation, &answer, app.clock.now())
                    .map_err(wiring::WiringError::from)?;
                let shown = show(&answer, context.output.style(), context.output.width());
                context.output.print(&format!("{shown}\n"))?;
                last = Some(answer);
            }
        }
    }
}

fn statements(last: Option<&VerifiedAnswer>) -> String {
    let Some(answer) = last else { return "Nothing was asked yet.".to_owned() };
    let pieces = answer.answer().evidence.iter().map(|piece| {
        let statement = piece.statement.as_deref().unwrap_or("computed by code");
        let bound = if piece.parameters.is_empty() {
            String::new()
        } else {
            format!("\n-- bound: {}", piece.parameters.join(", "))
        };
        format!(
            "-- {} {}/{} (snapshot {})\n{statement}{bound}",
            piece.id, piece.tool, piece.table, piece.snapshot
        )
    });
    let text = pieces.collect::<Vec<_>>().join("\n\n");
    text.lines().map(visible).collect::<Vec<_>>().join("\n")
}
