//! The `roadbook` command: parse, call the engine, print.
//!
//! Data goes to standard output, messages to standard error. Exit codes: 0 fine; 1 a finding (a required
//! check failed, an error in the content, an outcome that is not there); 2 it could not be done.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "this crate is the one that prints"
)]

mod arguments;
mod command;
mod output;

use std::process::ExitCode;

use clap::Parser;
use engine::wire::Failure;
use engine::{Engine, Options};

use crate::arguments::{Arguments, Command};

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    if arguments.command.needs_git() {
        start_git();
    }
    log();
    match run(&arguments) {
        Ok(Found::Fine) => ExitCode::SUCCESS,
        Ok(Found::Finding) => ExitCode::from(1),
        Err(failure) => {
            output::failure(&failure);
            ExitCode::from(2)
        }
    }
}

#[expect(unsafe_code, reason = "libgit2's libraries read the process's environment")]
fn start_git() {
    // SAFETY: called first thing in `main`, while this is the only thread.
    unsafe { engine::start_without_certificates() };
}

/// How a command ended that could be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Found {
    /// Nothing to complain about.
    Fine,
    /// Something that the caller has to know, by exit code 1.
    Finding,
}

type Outcome = Result<Found, Failure>;

fn run(arguments: &Arguments) -> Outcome {
    // These open a folder of their own.
    match &arguments.command {
        Command::Check(check) => return command::check::run(check, arguments),
        Command::Open(open) => return command::open::run(open, arguments.book.as_deref()),
        _ => {}
    }
    let engine = Engine::open(Options {
        book: arguments.book.clone(),
        folders: None,
    })?;
    for notice in engine.notices()? {
        eprintln!("note: {} {}", notice.message, notice.hint);
        engine.dismiss_notice(&notice.id)?;
    }
    let json = arguments.json;
    match &arguments.command {
        Command::Paths => command::paths::run(&engine, json),
        Command::Show(show) => command::show::run(&engine, show, json),
        Command::Search(search) => command::search::run(&engine, search, json),
        Command::Doctor(doctor) => command::doctor::run(&engine, doctor, json),
        Command::Starters => Ok(command::starters::run(&engine, json)),
        Command::Start(start) => command::start::run(&engine, start, json),
        Command::Outdated(outdated) => command::outdated::run(&engine, outdated, json),
        Command::Upgrade(upgrade) => command::upgrade::run(&engine, upgrade, json),
        Command::Fetch(fetch) => command::fetch::run(&engine, fetch, json),
        Command::Verify(verify) => command::verify::run(&engine, verify, json),
        Command::Progress(progress) => command::progress::run(&engine, progress, json),
        Command::Check(_) | Command::Open(_) => Ok(Found::Fine),
    }
}

/// Logs go to standard error and only when asked for: `RUST_LOG=info roadbook doctor`.
fn log() {
    let filter = tracing_subscriber::EnvFilter::try_from_default_env()
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("error"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .init();
}

/// Waits for a job, on threads of its own. Ctrl+C stops the job, which leaves nothing half-made.
fn block_on<T>(engine: &Engine, job: impl Future<Output = Result<T, Failure>>) -> Result<T, Failure> {
    let threads = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build();
    let runtime = threads.map_err(|error| Failure {
        code: engine::wire::Code::Failed,
        message: format!("No threads could be started: {error}."),
        hint: "Close some programs and try again.".to_owned(),
    })?;
    let result = runtime.block_on(async {
        let mut job = std::pin::pin!(job);
        loop {
            tokio::select! {
                result = &mut job => return result,
                pressed = tokio::signal::ctrl_c() => match pressed {
                    Ok(()) => engine.cancel_all(),
                    // Without the signal the job simply runs to its end.
                    Err(_) => return job.await,
                },
            }
        }
    });
    engine.settle();
    result
}
