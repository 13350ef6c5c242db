//! End to end: one binary, a module a theme.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stderr)]

mod bad_input;
mod command_line;
mod content;
mod desk;
mod doctor;
mod house;
mod kit;
mod progress;
mod projects;
mod repository;
mod sources;
mod starters;
mod store;
mod window_keyboard;
mod window_looks;
mod window_navigation;
mod window_path;
mod window_search;
mod window_start;
mod window_trouble;
