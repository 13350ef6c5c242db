//! Checks against fake tools: whatever a tool does, the answer is right, in time, and nothing is left running.
#![cfg(unix)]
#![allow(clippy::unwrap_used)]

mod answers;
mod beyond_versions;
mod fake;
mod in_project;
mod limits;
