//! End to end: one binary, a module a theme.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stderr)]

mod bad_input;
mod check;
mod command_line;
mod content;
mod desk;
mod disk;
mod docs;
mod doctor;
mod doctor_machine;
mod doctor_project;
mod doctor_report;
mod git_helpers;
mod git_kill;
mod git_limits;
mod git_mirror;
mod git_ssh;
mod git_system;
mod git_tls;
mod house;
mod kit;
mod open;
mod progress;
mod projects;
mod repository;
mod sources;
mod starters;
mod store;
mod upgrade;
mod window_keyboard;
mod window_looks;
mod window_mirrors;
mod window_navigation;
mod window_path;
mod window_search;
mod window_start;
mod window_starters;
mod window_tools;
mod window_trouble;
mod window_upgrade;
