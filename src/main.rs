//! Starts the program.

use std::process::ExitCode;

fn main() -> ExitCode {
    wherefore::cli::main(std::env::args_os(), &setting)
}

#[expect(
    clippy::disallowed_methods,
    reason = "the lookup that src/config.rs reads settings through"
)]
fn setting(name: &str) -> Option<String> {
    std::env::var(name).ok()
}
