//! The desktop shell: one window, its commands, and the pictures of the roadbook. No logic lives here.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

// First, because macros are known only below their definition.
#[macro_use]
mod handlers;

mod app;
mod arguments;
mod commands;
mod jobs;
mod memory;
mod opened;
mod protocol;
mod webview;
mod window;

use std::process::ExitCode;

fn main() -> ExitCode {
    let filter = tracing_subscriber::EnvFilter::try_from_default_env()
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("warn"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .init();
    let arguments = match arguments::parse(std::env::args_os().skip(1)) {
        Ok(arguments) => arguments,
        Err(message) => {
            tracing::error!("{message}");
            return ExitCode::from(2);
        }
    };
    webview::prepare();
    match app::run(arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            tracing::error!(%error, "the window could not be opened");
            ExitCode::from(2)
        }
    }
}
