//! Waiting for something to become true, with a deadline.

use std::thread;
use std::time::{Duration, Instant};

/// How long anything may take before a test fails. Long, because a busy machine is no defect.
pub const DEADLINE: Duration = Duration::from_secs(20);

/// Time between two looks.
const PAUSE: Duration = Duration::from_millis(25);

/// Looks until `look` answers `Ok`, and gives its last error when `deadline` has passed.
///
/// # Errors
/// The error of the last look.
pub fn until<T, E>(deadline: Duration, mut look: impl FnMut() -> Result<T, E>) -> Result<T, E> {
    let end = Instant::now() + deadline;
    loop {
        match look() {
            Ok(value) => return Ok(value),
            Err(error) if Instant::now() >= end => return Err(error),
            Err(_) => thread::sleep(PAUSE),
        }
    }
}
