//! How much one render may use: an endless or a greedy template ends here, before the memory is taken.

use std::cell::Cell;
use std::time::{Duration, Instant};

use super::{Made, fault};

/// Steps of work, with one for each item that is visited.
const WORK: usize = 2_000_000;
/// Bytes of all texts and lists that are made, whether they are still needed or not.
const BYTES: usize = 64 * 1024 * 1024;
/// Nesting of blocks, calls and expressions while rendering.
const DEPTH: usize = 200;

/// What is left.
#[derive(Debug)]
pub(super) struct Budget {
    work: Cell<usize>,
    bytes: Cell<usize>,
    depth: Cell<usize>,
    until: Option<Instant>,
}

impl Budget {
    pub(super) fn new(time: Duration) -> Self {
        Self {
            work: Cell::new(WORK),
            bytes: Cell::new(BYTES),
            depth: Cell::new(0),
            until: Instant::now().checked_add(time),
        }
    }

    /// Accounts for work.
    pub(super) fn work(&self, steps: usize) -> Made<()> {
        let before = self.work.get();
        let Some(left) = before.checked_sub(steps) else {
            return fault("it takes too long; does it loop over too much?");
        };
        self.work.set(left);
        // Looking at the clock costs more than a step.
        if before / 1024 != left / 1024 && self.until.is_some_and(|until| Instant::now() > until) {
            return fault("it takes too long, and the time for it is over");
        }
        Ok(())
    }

    /// Accounts for a text of so many bytes, before it is made.
    pub(super) fn text(&self, bytes: usize) -> Made<()> {
        let Some(left) = self.bytes.get().checked_sub(bytes) else {
            return fault("it makes more than 64 MiB of text; does it repeat something too often?");
        };
        self.bytes.set(left);
        self.work(1 + bytes / 1024)
    }

    /// Accounts for a list of so many items, before it is made.
    pub(super) fn list(&self, items: usize) -> Made<()> {
        self.text(items.saturating_mul(size_of::<super::Value>()))?;
        self.work(items)
    }

    /// One level deeper.
    pub(super) fn nested<T>(&self, run: impl FnOnce() -> Made<T>) -> Made<T> {
        let depth = self.depth.get() + 1;
        if depth > DEPTH {
            return fault("it is nested too deeply; does a macro call itself?");
        }
        self.depth.set(depth);
        let result = run();
        self.depth.set(depth - 1);
        result
    }
}
