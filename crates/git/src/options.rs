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

/// Starts libgit2 without the system's certificates, which OpenSSL would read now: that takes 50 ms, and is in vain
/// where nothing is encrypted. They are read before the first connection that may need them. Where this is not called,
/// libgit2 starts at its first use, with them. Windows and macOS check certificates themselves.
///
/// # Safety
/// There must be no other thread: OpenSSL is told by the process's environment, which is changed for a moment.
#[allow(
    unsafe_code,
    reason = "OpenSSL reads the process's environment and has no other way in"
)]
pub unsafe fn start_without_certificates() {
    #[cfg(all(unix, not(target_os = "macos")))]
    {
        // The name that OpenSSL gives it (SSL_CTX_load_verify_locations(3)).
        const CERTIFICATES: &str = "SSL_CERT_FILE";
        let own = std::env::var_os(CERTIFICATES);
        // SAFETY: the caller promises that there is no other thread.
        unsafe { std::env::set_var(CERTIFICATES, "") };
        // Any call of libgit2 starts it.
        git2::opts::enable_caching(true);
        // SAFETY: libgit2 has made no thread.
        unsafe {
            match own {
                Some(own) => std::env::set_var(CERTIFICATES, own),
                None => std::env::remove_var(CERTIFICATES),
            }
        }
    }
}

/// Reads the certificates of the system, or those that the person's `SSL_CERT_FILE` names, unless it was done; answers
/// whether it did. By itself OpenSSL looks only where the system keeps them that it was built on.
#[cfg(all(unix, not(target_os = "macos")))]
#[expect(unsafe_code, reason = "libgit2 keeps its certificates in a global option")]
pub(crate) fn trust_system_certificates() -> bool {
    static SET: Once = Once::new();
    let mut read = false;
    SET.call_once(|| {
        read = true;
        let found = openssl_probe::probe();
        // SAFETY: OpenSSL locks the certificates while it adds to them, and the `Once` lets one thread do it.
        let set = unsafe {
            match (found.cert_file, found.cert_dir.into_iter().next()) {
                (Some(file), _) => git2::opts::set_ssl_cert_file(file),
                (None, Some(folder)) => git2::opts::set_ssl_cert_dir(folder),
                (None, None) => Ok(()),
            }
        };
        if let Err(error) = set {
            tracing::warn!(%error, "the system's certificates were not read");
        }
    });
    read
}

/// Certificates are checked by the system.
#[cfg(not(all(unix, not(target_os = "macos"))))]
pub(crate) fn trust_system_certificates() -> bool {
    false
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
