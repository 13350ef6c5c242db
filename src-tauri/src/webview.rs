//! Work-arounds for the system's webview, before any thread starts.

/// Sets what the webview needs on this machine, unless the person set it already.
#[cfg(target_os = "linux")]
pub(crate) fn prepare() {
    // The proprietary NVIDIA driver and WebKitGTK's DMA-BUF renderer end in a blank window on X11 and in a
    // protocol error on Wayland (https://bugs.webkit.org/show_bug.cgi?id=280210).
    if !std::path::Path::new("/proc/driver/nvidia/version").exists() {
        return;
    }
    let wayland = std::env::var_os("WAYLAND_DISPLAY").is_some();
    let name = if wayland {
        "__NV_DISABLE_EXPLICIT_SYNC"
    } else {
        "WEBKIT_DISABLE_DMABUF_RENDERER"
    };
    if std::env::var_os(name).is_none() {
        set(name);
    }
}

#[cfg(not(target_os = "linux"))]
pub(crate) fn prepare() {}

#[cfg(target_os = "linux")]
#[expect(
    unsafe_code,
    reason = "WebKitGTK reads the process's environment and has no other way in"
)]
fn set(name: &str) {
    // SAFETY: called first thing in `main`, while this is the only thread.
    unsafe { std::env::set_var(name, "1") };
}
