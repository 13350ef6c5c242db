//! Memory that the start took and nobody needs any more.

/// Gives it back to the system. The C library keeps it otherwise, because threads that built the search index might ask
/// for as much again.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
#[expect(unsafe_code, reason = "the C library offers it as a function of its own only")]
pub(crate) fn give_back() {
    // SAFETY: malloc_trim(3) may be called at any time, from any thread, and frees nothing that is in use.
    unsafe {
        libc::malloc_trim(0);
    }
}

/// Other systems' allocators do so by themselves.
#[cfg(not(all(target_os = "linux", target_env = "gnu")))]
pub(crate) fn give_back() {}
