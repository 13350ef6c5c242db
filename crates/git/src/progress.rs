//! How far a clone is, told at most twenty times a second.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// How far a clone is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Progress {
    /// What is being done.
    pub phase: Phase,
    /// 0 for the repository itself, then the number of the submodule.
    pub submodule: usize,
}

/// What is being done, in order.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Phase {
    /// Asking the server what it has.
    Connecting,
    /// Objects arrive.
    Receiving {
        /// Objects that are here.
        received: usize,
        /// All objects.
        total: usize,
        /// Bytes that are here.
        bytes: usize,
        /// Bytes a second since the first.
        rate: f64,
    },
    /// Differences between objects are put together.
    Resolving {
        /// Differences that are done.
        done: usize,
        /// All of them.
        total: usize,
    },
    /// Files are written.
    CheckingOut {
        /// Files that are written.
        done: usize,
        /// All of them.
        total: usize,
    },
}

impl Phase {
    /// From 0 to 1 within the phase; `None` where nobody knows.
    pub fn fraction(self) -> Option<f64> {
        let (done, total) = match self {
            Self::Connecting => return None,
            Self::Receiving { received, total, .. } => (received, total),
            Self::Resolving { done, total } | Self::CheckingOut { done, total } => (done, total),
        };
        #[expect(clippy::cast_precision_loss, reason = "a fraction to draw")]
        (total > 0).then(|| done as f64 / total as f64)
    }
}

/// What the worker and the one who waits for it both look at.
#[derive(Debug)]
pub(crate) struct Pulse {
    start: Instant,
    last: AtomicU64,
    waiting: AtomicBool,
    stop: AtomicBool,
}

impl Pulse {
    pub(crate) fn new() -> Self {
        Self {
            start: Instant::now(),
            last: AtomicU64::new(0),
            waiting: AtomicBool::new(true),
            stop: AtomicBool::new(false),
        }
    }

    /// Something happened.
    pub(crate) fn beat(&self) {
        let now = u64::try_from(self.start.elapsed().as_millis()).unwrap_or(u64::MAX);
        self.last.store(now, Ordering::Relaxed);
    }

    /// Whether the server is the one to wait for; a sign-in helper or the disk may take their time.
    pub(crate) fn wait_for_server(&self, waiting: bool) {
        self.beat();
        self.waiting.store(waiting, Ordering::Relaxed);
    }

    /// How long the server has been silent.
    pub(crate) fn silence(&self) -> Duration {
        if !self.waiting.load(Ordering::Relaxed) {
            return Duration::ZERO;
        }
        self.start
            .elapsed()
            .saturating_sub(Duration::from_millis(self.last.load(Ordering::Relaxed)))
    }

    pub(crate) fn stop(&self) {
        self.stop.store(true, Ordering::Relaxed);
    }

    pub(crate) fn stopped(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }
}

/// Passes progress on: the first and the last of each phase always, others at most every 50 ms.
pub(crate) struct Throttle<F: FnMut(Progress)> {
    tell: F,
    told: Option<Instant>,
    held: Option<Phase>,
    told_held: bool,
    first_byte: Option<Instant>,
    submodule: usize,
}

const PERIOD: Duration = Duration::from_millis(50);

impl<F: FnMut(Progress)> Throttle<F> {
    pub(crate) fn new(tell: F) -> Self {
        Self {
            tell,
            told: None,
            held: None,
            told_held: true,
            first_byte: None,
            submodule: 0,
        }
    }

    /// Goes on with the next submodule.
    pub(crate) fn next_submodule(&mut self) {
        self.flush();
        self.held = None;
        self.first_byte = None;
        self.submodule += 1;
    }

    pub(crate) fn tell(&mut self, phase: Phase) {
        let changed = self
            .held
            .is_none_or(|held| std::mem::discriminant(&held) != std::mem::discriminant(&phase));
        if changed {
            self.flush();
        }
        if changed || self.told.is_none_or(|told| told.elapsed() >= PERIOD) {
            let progress = self.progress(phase);
            (self.tell)(progress);
            self.told = Some(Instant::now());
            self.held = Some(phase);
            self.told_held = true;
        } else {
            self.held = Some(phase);
            self.told_held = false;
        }
    }

    /// Tells what is held back.
    pub(crate) fn flush(&mut self) {
        if let (Some(phase), false) = (self.held, self.told_held) {
            let progress = self.progress(phase);
            (self.tell)(progress);
            self.told_held = true;
        }
    }

    fn progress(&self, phase: Phase) -> Progress {
        Progress {
            phase,
            submodule: self.submodule,
        }
    }

    /// The phase that libgit2's numbers stand for.
    pub(crate) fn transfer(&mut self, stats: &git2::Progress<'_>) {
        let (received, total) = (stats.received_objects(), stats.total_objects());
        let bytes = stats.received_bytes();
        if received < total || stats.total_deltas() == 0 {
            let since = *self.first_byte.get_or_insert_with(Instant::now);
            #[expect(clippy::cast_precision_loss, reason = "a rate to read")]
            let rate = bytes as f64 / since.elapsed().as_secs_f64().max(0.05);
            self.tell(Phase::Receiving {
                received,
                total,
                bytes,
                rate,
            });
        } else {
            self.tell(Phase::Resolving {
                done: stats.indexed_deltas(),
                total: stats.total_deltas(),
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_and_the_last_of_each_phase_are_told() {
        let mut told = Vec::new();
        let mut throttle = Throttle::new(|progress: Progress| told.push(progress.phase));
        throttle.tell(Phase::Connecting);
        for done in 0..1000 {
            throttle.tell(Phase::Resolving { done, total: 1000 });
        }
        throttle.tell(Phase::CheckingOut { done: 0, total: 7 });
        throttle.tell(Phase::CheckingOut { done: 7, total: 7 });
        throttle.flush();
        assert_eq!(
            told[..2],
            [Phase::Connecting, Phase::Resolving { done: 0, total: 1000 }]
        );
        assert!(told.contains(&Phase::Resolving { done: 999, total: 1000 }));
        assert_eq!(told.last(), Some(&Phase::CheckingOut { done: 7, total: 7 }));
        assert!(told.len() < 100, "{} in a moment", told.len());
    }
}
