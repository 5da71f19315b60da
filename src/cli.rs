//! The command line: parses, runs one command, and turns how it ended into an exit status.

pub mod arguments;
mod ask;
mod chat;
mod demo;
mod doctor;
mod eval;
mod failure;
mod load;
pub mod markdown;
mod mcp;
mod memory;
mod output;
mod progress;
mod remembered;
mod replay;
mod report;
mod roles;
mod serve;
pub mod show;
mod verify;

use std::{ffi::OsString, io, process::ExitCode};

use clap::Parser as _;
use wherefore_contract::answer::Status;

use self::{
    arguments::{Arguments, Command},
    failure::Failure,
    output::Output,
};
use crate::{clock::Clock, config::Config, telemetry::Telemetry};

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// Done; a question was answered, also in part.
    Done,
    /// It failed.
    Failed,
    /// It was called wrongly.
    Usage,
    /// A question was declined, or answered by a question.
    Unanswered,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(match exit {
            Exit::Done => 0,
            Exit::Failed => 1,
            Exit::Usage => 2,
            Exit::Unanswered => 3,
        })
    }
}

impl From<Status> for Exit {
    fn from(status: Status) -> Self {
        match status {
            Status::Answered | Status::Partial => Self::Done,
            Status::Declined | Status::NeedsClarification => Self::Unanswered,
        }
    }
}

/// What every command is given.
struct Context {
    config: Config,
    clock: Clock,
    output: Output,
}

/// Runs the program. `lookup` reads one variable of the environment.
pub fn main(
    arguments: impl IntoIterator<Item = OsString>,
    lookup: &dyn Fn(&str) -> Option<String>,
) -> ExitCode {
    // Clap prints usage errors itself and gives them status 2; help and version are no errors.
    let arguments = match Arguments::try_parse_from(arguments) {
        Ok(arguments) => arguments,
        Err(problem) => {
            let is_error = problem.use_stderr();
            let _ = problem.print();
            return if is_error { Exit::Usage } else { Exit::Done }.into();
        }
    };
    let output = Output::standard(lookup("NO_COLOR").is_some());
    let ended = Config::read(lookup).map_err(Failure::from).and_then(|config| {
        // Suites provoke what is worth a warning elsewhere.
        let usual = if matches!(arguments.command, Command::Eval(_)) { "error" } else { "warn" };
        let telemetry = Telemetry::start(&config, usual)?;
        let ended = run(arguments.command, Context { config, clock: Clock::system(), output });
        telemetry.finish();
        ended
    });
    match ended {
        Ok(exit) => exit.into(),
        // Whoever reads our output has seen enough, as `head` does.
        Err(Failure::Output(source)) if source.kind() == io::ErrorKind::BrokenPipe => {
            Exit::Done.into()
        }
        Err(failure) => {
            output.complain(&failure);
            failure.exit().into()
        }
    }
}

fn run(command: Command, context: Context) -> Result<Exit, Failure> {
    let runtime = || tokio::runtime::Runtime::new().map_err(Failure::Runtime);
    match command {
        Command::Load(arguments) => load::run(&arguments, context),
        Command::Openapi => context.output.json(&crate::http::description()).map(|()| Exit::Done),
        Command::Eval(arguments) => eval::run(&arguments, &context),
        Command::Ask(arguments) => runtime()?.block_on(ask::run(arguments, context)),
        Command::Chat(arguments) => runtime()?.block_on(chat::run(arguments, context)),
        Command::Memory(arguments) => runtime()?.block_on(memory::run(arguments, context)),
        Command::Demo(arguments) => demo::run(&arguments, context, &runtime()?),
        Command::Serve(arguments) => runtime()?.block_on(serve::run(arguments, context)),
        Command::Mcp(arguments) => runtime()?.block_on(mcp::run(arguments, context)),
        Command::Doctor(arguments) => runtime()?.block_on(doctor::run(arguments, context)),
        Command::Roles(arguments) => runtime()?.block_on(roles::run(arguments, context)),
        Command::Report(arguments) => runtime()?.block_on(report::run(arguments, context)),
        Command::Replay(arguments) => runtime()?.block_on(replay::run(arguments, context)),
        Command::Verify(arguments) => runtime()?.block_on(verify::run(arguments, context)),
    }
}
