//! The end-to-end test kit: a hermetic home, the real command, the real window, a real Git server.
//!
//! Nothing here links the product: the tests drive the programs that people run. Everything a test starts ends
//! with the value that stands for it, and everything it writes is below a temporary folder.
//!
//! A test kit fails by panicking with a message for whoever reads the test's output.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::missing_panics_doc)]
// What asserts gives itself back, so that assertions can be chained.
#![allow(clippy::return_self_not_must_use)]

mod actions;
mod app;
#[cfg(target_os = "linux")]
mod authority;
mod axe;
mod books;
mod close;
mod command;
mod display;
mod driver;
mod element;
mod evidence;
mod git_server;
mod home;
mod keys;
mod look;
mod picture;
mod process;
mod programs;
mod repository;
mod ssh_server;
mod wait;
mod webdriver;

pub use app::{App, Launch};
#[cfg(target_os = "linux")]
pub use authority::Authority;
pub use axe::Violation;
pub use books::{Fixture, STANDARD_STARTER};
pub use command::{Outcome, Run, Running};
pub use display::Display;
pub use driver::Driver;
pub use element::{Element, Name};
pub use git_server::{Behaviour, GitServer};
pub use home::Home;
pub use process::{descendants, kill, parent_of};
pub use programs::{built_program, find_program, repository_root, target_folder};
pub use repository::incompressible;
pub use ssh_server::SshServer;
pub use wait::{DEADLINE, until};
pub use webdriver::{Rect, Window, WindowError};
