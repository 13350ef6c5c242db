//! A file a command.

pub(crate) mod check;
pub(crate) mod doctor;
pub(crate) mod fetch;
pub(crate) mod open;
pub(crate) mod outdated;
pub(crate) mod paths;
pub(crate) mod progress;
pub(crate) mod search;
pub(crate) mod show;
pub(crate) mod start;
pub(crate) mod starters;
pub(crate) mod upgrade;
pub(crate) mod verify;
