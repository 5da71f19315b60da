//! `wherefore chat`: a conversation in the terminal, kept beside those of the page.

mod command;

use rustyline::{DefaultEditor, error::ReadlineError};
use wherefore_contract::{
    memory::{MemoryKind, MemoryText},
    question::{Language, Question, Turn},
};
use wherefore_offline::{corrected, request::Reading};
use wherefore_verify::VerifiedAnswer;

use self::command::Command;
use super::{
    Context, Exit, arguments::Chat, ask::parse, failure::Failure, markdown::visible,
    progress::QuestionProgress, show::show,
};
use crate::{app::App, correction::Correction, reading, state::remember::Said, wiring};

const HELP: &str = "Ask in English or Korean; the next question may refine the last. :read shows how it was read; \
:measure effective_cost, :period 2026-09, :compare 2026-08, :by region, :filter cloud_service=Amazon EC2, :drop region and :top 3 \
correct it. :confirm and :note keep a cause or a note in your own words. :new begins anew, :evidence shows the statements, :en and :ko fix the language, :quit ends.";

pub(super) async fn run(mut arguments: Chat, context: Context) -> Result<Exit, Failure> {
    let config = context.config.clone().with(arguments.warehouse.warehouse.take(), None);
    let app = wiring::app(&config, context.clock.clone(), wiring::Keep::InFile).await?;
    let mut talk = Talk::new(app, arguments, context);
    talk.context.output.note(HELP);
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
        let _ = editor.add_history_entry(line.trim());
        if !talk.hear(line.trim()).await? {
            return Ok(Exit::Done);
        }
    }
}

/// One conversation as it goes.
struct Talk {
    app: App,
    arguments: Chat,
    context: Context,
    conversation: String,
    language: Option<Language>,
    earlier: Vec<Turn>,
    last: Option<VerifiedAnswer>,
}

impl Talk {
    fn new(app: App, arguments: Chat, context: Context) -> Self {
        let conversation = (app.new_id)();
        let language = arguments.reading.language.map(Into::into);
        Self { app, arguments, context, conversation, language, earlier: Vec::new(), last: None }
    }

    /// Does what a line says; false when it ends the conversation.
    async fn hear(&mut self, line: &str) -> Result<bool, Failure> {
        let output = self.context.output;
        match Command::read(line) {
            Command::Nothing => {}
            Command::Quit => return Ok(false),
            Command::Help => output.note(HELP),
            Command::Speak(language) => self.language = Some(language),
            Command::New => {
                self.conversation = (self.app.new_id)();
                self.earlier.clear();
                self.last = None;
                output.note("A new conversation.");
            }
            Command::Evidence => output.print(&statements(self.last.as_ref()))?,
            Command::Confirm(text) => self.say(MemoryKind::Cause, text).await?,
            Command::Note(text) => self.say(MemoryKind::Note, text).await?,
            Command::Read => output.print(&self.shown_reading())?,
            Command::Ask(text) => self.ask(text).await?,
            Command::Correct { name, text } => match Correction::parse(name, text) {
                Ok(correction) => self.correct(correction).await?,
                Err(problem) => output.note(&problem.to_string()),
            },
        }
        Ok(true)
    }

    async fn ask(&mut self, text: &str) -> Result<(), Failure> {
        match parse(text, &self.arguments.reading, self.app.today()) {
            Ok(question) => self.answer(question).await,
            Err(problem) => {
                self.context.output.complain(&problem);
                Ok(())
            }
        }
    }

    async fn correct(&mut self, correction: Correction) -> Result<(), Failure> {
        let Some(mut read) = self.reading() else {
            self.context.output.note("Nothing was read yet that could be corrected: ask first.");
            return Ok(());
        };
        correction.apply(&mut read);
        let mut question =
            parse(&reading::line(&read, self.spoken()), &self.arguments.reading, self.app.today())?;
        question.request = match serde_json::to_value(&read) {
            Ok(serde_json::Value::Object(map)) => Some(map),
            Ok(_) | Err(_) => None,
        };
        self.answer(question).await
    }

    async fn answer(&mut self, question: Question) -> Result<(), Failure> {
        let mut question = question.after(self.earlier.clone(), self.language);
        question.conversation = Some(self.conversation.clone());
        let question = self.app.remind(question).await;
        let output = self.context.output;
        let answer = {
            let progress = QuestionProgress::begin(output);
            self.app.answer(&question, &progress).await
        };
        let answer = self.app.beside(answer, &question).await;
        let (now, scope) = (self.app.clock.now(), self.app.scope());
        let kept = self.app.conversations.keep(&self.conversation, &answer, now, &scope).await;
        kept.map_err(wiring::WiringError::from)?;
        let corrects = self.earlier.last().map(|turn| turn.question.as_str());
        self.app.memory.keep(&question, corrects, &answer, now, &scope).await;
        output.print(&format!("{}\n", show(&answer, output.style(), output.width())))?;
        let request = answer.answer().reading.clone();
        self.earlier.push(Turn { question: question.text().to_owned(), request });
        self.last = Some(answer);
        Ok(())
    }

    async fn say(&mut self, kind: MemoryKind, text: &str) -> Result<(), Failure> {
        let output = self.context.output;
        let text = match MemoryText::parse(text) {
            Ok(text) => text,
            Err(problem) => {
                output.note(&problem.to_string());
                return Ok(());
            }
        };
        let reading = self.earlier.last().and_then(|turn| turn.request.clone());
        let conversation = self.last.is_some().then(|| self.conversation.clone());
        let said = Said { kind, text, reading, means: None, conversation };
        let (now, scope) = (self.app.clock.now(), self.app.scope());
        match self.app.memory.say(said, now, &scope).await? {
            Some(kept) => output.note(&format!("{} is kept; `wherefore memory` shows it", kept.id)),
            None => output.note("Memory is off: nothing is kept."),
        }
        Ok(())
    }

    /// The last reading that an answer carries.
    fn reading(&self) -> Option<Reading> {
        let request = self.earlier.iter().rev().find_map(|turn| turn.request.as_ref())?;
        corrected(request).ok()
    }

    fn spoken(&self) -> Language {
        self.language.or_else(|| Some(self.last.as_ref()?.answer().language)).unwrap_or_default()
    }

    fn shown_reading(&self) -> String {
        let Some(read) = self.reading() else { return "Nothing was asked yet.".to_owned() };
        let parts = reading::parts(&read, self.spoken());
        let lines = parts.into_iter().map(|(name, words)| format!("{name:8} {}", visible(&words)));
        lines.collect::<Vec<_>>().join("\n")
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
