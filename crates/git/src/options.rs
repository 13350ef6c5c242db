//! libgit2's global options: set once, before the first use.

use std::path::Path;
use std::sync::Once;
use std::time::Duration;

/// How long a server may take to accept a connection.
pub(crate) const CONNECT: Duration = Duration::from_secs(15);
/// How long a server may be silent.
pub(crate) const SILENCE: Duration = Duration::from_secs(30);

/// The version of libgit2 that is linked.
pub fn libgit2_version() -> (u32, u32, u32) {
    git2::Version::get().libgit2_version()
}

/// Makes a stalled server end a transfer; libgit2 has no time limits of its own.
#[expect(unsafe_code, reason = "libgit2 keeps its time limits in global options")]
pub(crate) fn limit_silence() {
    static SET: Once = Once::new();
    SET.call_once(|| {
        let millis = |limit: Duration| i32::try_from(limit.as_millis()).unwrap_or(i32::MAX);
        // SAFETY: both write one integer that libgit2 reads when it opens a socket. Every clone passes through
        // this `Once` before it opens one, so no thread reads while it is written.
        let set = unsafe {
            git2::opts::set_server_connect_timeout_in_milliseconds(millis(CONNECT))
                .and_then(|()| git2::opts::set_server_timeout_in_milliseconds(millis(SILENCE)))
        };
        if let Err(error) = set {
            tracing::warn!(%error, "libgit2 took no time limits");
        }
    });
}

/// Reads the person's Git settings (`.gitconfig`) from `folder`, and none of the machine's, for the rest of the
/// process. The first call counts. It must come before any other use of this crate; tests call it so that they
/// never depend on whose machine they run on.
#[expect(unsafe_code, reason = "libgit2 keeps its search paths in global options")]
pub fn read_settings_from(folder: &Path) {
    static SET: Once = Once::new();
    SET.call_once(|| {
        let path = folder.to_string_lossy();
        let nowhere = folder.join("none");
        let nowhere = nowhere.to_string_lossy();
        for (level, path) in [
            (git2::ConfigLevel::Global, &path),
            (git2::ConfigLevel::XDG, &nowhere),
            (git2::ConfigLevel::System, &nowhere),
            (git2::ConfigLevel::ProgramData, &nowhere),
        ] {
            // SAFETY: the caller promises that nothing of libgit2 is in use yet, and the `Once` that two callers
            // do not write at the same time.
            if let Err(error) = unsafe { git2::opts::set_search_path(level, path.as_ref()) } {
                tracing::warn!(%error, "libgit2 took no search path");
            }
        }
    });
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    /// What ends a worker that was left behind.
    #[test]
    #[expect(unsafe_code, reason = "libgit2 keeps its time limits in global options")]
    fn libgit2_waits_for_no_server_longer_than_the_limits() {
        limit_silence();
        // SAFETY: no other test of this crate's unit tests writes them after `limit_silence`.
        let (connect, silence) = unsafe {
            (
                git2::opts::get_server_connect_timeout_in_milliseconds().unwrap(),
                git2::opts::get_server_timeout_in_milliseconds().unwrap(),
            )
        };
        assert_eq!((connect, silence), (15_000, 30_000));
    }

    #[test]
    fn libgit2_is_new_enough() {
        assert!(
            libgit2_version() >= (1, 9, 7),
            "{:?} lacks security fixes",
            libgit2_version()
        );
    }
}
