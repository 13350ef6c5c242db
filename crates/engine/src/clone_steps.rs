//! How far a clone is, in words.

use ::git::{Phase, Progress};

/// The phase, and what is beside it ("1.2 MB at 3.0 MB/s"; may be empty).
pub(crate) fn progress_of(progress: Progress) -> (String, String) {
    let (title, detail) = match progress.phase {
        Phase::Connecting => ("Connecting", String::new()),
        Phase::Receiving { bytes, rate, .. } => {
            #[expect(clippy::cast_precision_loss, reason = "a number to read")]
            let megabytes = bytes as f64 / 1e6;
            (
                "Receiving objects",
                format!("{megabytes:.1} MB at {:.1} MB/s", rate / 1e6),
            )
        }
        Phase::Resolving { .. } => ("Resolving changes", String::new()),
        Phase::CheckingOut { .. } => ("Writing files", String::new()),
    };
    let title = match progress.submodule {
        0 => title.to_owned(),
        number => format!("Submodule {number}: {}", title.to_lowercase()),
    };
    (title, detail)
}
