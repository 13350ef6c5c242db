//! Work-arounds for the system's webview, before any thread starts.

/// Sets what the webview needs on this machine, unless the person set it already.
#[cfg(target_os = "linux")]
pub(crate) fn prepare() {
    use std::path::Path;

    let nvidia = Path::new("/proc/driver/nvidia/version").exists();
    let wayland = std::env::var_os("WAYLAND_DISPLAY").is_some();
    let software = std::env::var_os("LIBGL_ALWAYS_SOFTWARE").is_some_and(|value| value == "1");
    let gpu = !software && has_gpu(Path::new("/dev/dri"));
    if let Some(name) = wanted(nvidia, wayland, gpu)
        && std::env::var_os(name).is_none()
    {
        set(name);
    }
}

#[cfg(not(target_os = "linux"))]
pub(crate) fn prepare() {}

/// The variable that the webview wants to be 1.
#[cfg(target_os = "linux")]
fn wanted(nvidia: bool, wayland: bool, gpu: bool) -> Option<&'static str> {
    match (nvidia, wayland, gpu) {
        // The proprietary NVIDIA driver and WebKitGTK's DMA-BUF renderer end in a blank window on X11 and in a
        // protocol error on Wayland (https://bugs.webkit.org/show_bug.cgi?id=280210).
        (true, true, _) => Some("__NV_DISABLE_EXPLICIT_SYNC"),
        (true, false, _) => Some("WEBKIT_DISABLE_DMABUF_RENDERER"),
        // Without a GPU, as in virtual machines and remote desktops, layers would be put together by a software OpenGL
        // that has to be compiled first: it takes 80 MiB and a third of the start, and scrolls no faster.
        (false, _, false) => Some("WEBKIT_DISABLE_COMPOSITING_MODE"),
        (false, _, true) => None,
    }
}

/// Whether there is a render node of the kernel's that this user may use.
#[cfg(target_os = "linux")]
fn has_gpu(nodes: &std::path::Path) -> bool {
    let usable = |entry: std::fs::DirEntry| {
        let is_node = entry.file_name().to_string_lossy().starts_with("renderD");
        is_node
            && std::fs::OpenOptions::new()
                .read(true)
                .write(true)
                .open(entry.path())
                .is_ok()
    };
    std::fs::read_dir(nodes).is_ok_and(|nodes| nodes.flatten().any(usable))
}

#[cfg(target_os = "linux")]
#[expect(
    unsafe_code,
    reason = "WebKitGTK reads the process's environment and has no other way in"
)]
fn set(name: &str) {
    // SAFETY: called first thing in `main`, while this is the only thread.
    unsafe { std::env::set_var(name, "1") };
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn layers_are_put_together_by_a_gpu_or_not_at_all() {
        assert_eq!(wanted(false, false, true), None);
        assert_eq!(wanted(false, true, true), None);
        assert_eq!(wanted(false, false, false), Some("WEBKIT_DISABLE_COMPOSITING_MODE"));
        assert_eq!(wanted(true, false, false), Some("WEBKIT_DISABLE_DMABUF_RENDERER"));
        assert_eq!(wanted(true, true, true), Some("__NV_DISABLE_EXPLICIT_SYNC"));
    }

    #[test]
    fn a_render_node_that_can_be_opened_is_a_gpu() {
        let nodes = std::env::temp_dir().join(format!("roadbook-dri-{}", std::process::id()));
        std::fs::create_dir_all(&nodes).unwrap();
        assert!(!has_gpu(&nodes) && !has_gpu(&nodes.join("none")));
        std::fs::write(nodes.join("card0"), "").unwrap();
        assert!(!has_gpu(&nodes));
        std::fs::write(nodes.join("renderD128"), "").unwrap();
        assert!(has_gpu(&nodes));
        std::fs::remove_dir_all(nodes).unwrap();
    }
}
