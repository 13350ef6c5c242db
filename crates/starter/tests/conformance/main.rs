//! What the tools themselves make of a template, and what Roadbook makes of it: the same files, bytes and modes.
//!
//! The tools are asked where a Python has them: `ROADBOOK_PYTHON` names one, else it is `python3`. `./dev test` fetches
//! them, the package nunjitsu, and templates in use to `target/conformance`. Without, the tests say so and pass.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout)]
#![allow(unreachable_pub, reason = "modules of one test binary")]
#![cfg(unix)] // executable bits are part of what is compared

#[path = "../support/book.rs"]
mod book;
#[path = "../../../git/tests/support/git_server.rs"]
mod git_server;

mod cookiecutter;
mod copier;
mod lane;
mod nunjitsu;
mod python;
