//! Where and how a check takes place.

use std::{path::Path, time::Duration};

use crate::{Cache, Catalogue, Environment};

/// What a check goes by.
#[derive(Debug, Clone, Copy)]
pub struct Setting<'a> {
    /// The tools that can be asked for.
    pub catalogue: &'a Catalogue,
    /// Where they are looked for and run.
    pub environment: &'a Environment,
    /// How much it may take.
    pub limits: Limits,
    /// What programs said before: those whose files are the same are not run again, and what is found out is added.
    pub cache: &'a Cache,
    /// A project's folder, for the second question: what each tool is there, where version managers choose by the
    /// folder's files.
    pub project: Option<&'a Path>,
}

/// How much a check may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Probes at the same time, at least one.
    pub at_once: usize,
    /// For each probe; then it is killed with all that it started.
    pub time: Duration,
    /// Bytes kept of each stream of a probe.
    pub output: usize,
}

impl Default for Limits {
    /// Eight at a time, 5 seconds and 64 KiB each.
    fn default() -> Self {
        Self {
            at_once: 8,
            time: Duration::from_secs(5),
            output: 64 * 1024,
        }
    }
}
