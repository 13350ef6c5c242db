//! What changes when a program is replaced.

use std::{
    fs::{File, Metadata},
    io::Read,
    path::Path,
    time::UNIX_EPOCH,
};

use serde::{Deserialize, Serialize};

/// A program's file, apart from its contents.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Stamp {
    size: u64,
    /// Since 1970, in whole seconds and nanoseconds of the next.
    modified: (u64, u32),
    /// 0 where the system has none.
    inode: u64,
}

/// Programs that stand in for others by the name they are called by, and are no scripts: which one answers, and in which
/// version, is decided by other files.
const LAUNCHERS: [&str; 12] = [
    "bazelisk",
    "tenv",
    "proto-shim",
    "jenv",
    "py",
    "snap",
    "ccache",
    "sccache",
    "distcc",
    "icecc",
    "firejail",
    "aqua-proxy",
];

/// The path with symbolic links followed and the file's stamp; `None` for what other files decide about.
pub(super) fn stamp(program: &Path) -> Option<(String, Stamp)> {
    let path = program.canonicalize().ok()?;
    let name = path.file_stem()?.to_str()?;
    // There, macOS has stand-ins for the chosen developer tools and Java.
    let stand_in = cfg!(target_os = "macos") && path.starts_with("/usr/bin");
    if LAUNCHERS.contains(&name) || stand_in || is_script(&path)? {
        return None;
    }
    let file = path.metadata().ok()?;
    let modified = file.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
    let stamp = Stamp {
        size: file.len(),
        modified: (modified.as_secs(), modified.subsec_nanos()),
        inode: inode(&file),
    };
    Some((path.to_str()?.to_owned(), stamp))
}

fn is_script(path: &Path) -> Option<bool> {
    if cfg!(windows) {
        return Some(
            path.extension()
                .is_none_or(|extension| !extension.eq_ignore_ascii_case("exe")),
        );
    }
    let mut head = [0; 2];
    File::open(path).ok()?.read_exact(&mut head).ok()?;
    Some(head == *b"#!")
}

#[cfg(unix)]
fn inode(file: &Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::ino(file)
}

#[cfg(not(unix))]
fn inode(_: &Metadata) -> u64 {
    0
}
