//! Opening a repository's files with care: it is somebody else's folder.

use std::{
    fs::{self, File},
    io::Read,
    path::Path,
};

/// Bytes; a requirement that needs more is no requirement.
const LIMIT: u64 = 1024 * 1024;
/// Files that one pattern may stand for.
const MOST: usize = 200;

/// The file's text without a byte order mark; `None` where there is no such file.
///
/// # Errors
/// Why the file was not read, to follow its name in a sentence.
pub(crate) fn read(root: &Path, name: &str) -> Result<Option<String>, String> {
    let path = root.join(name);
    if path.symlink_metadata().is_err() {
        return Ok(None);
    }
    let Ok(real) = path.canonicalize() else {
        return Err("leads to a file that is not there".to_owned());
    };
    if !real.starts_with(root) {
        return Err("is a symbolic link that leads out of the folder".to_owned());
    }
    // Opening a pipe would wait for somebody to write to it.
    if !real.is_file() {
        return Ok(None);
    }
    let mut bytes = Vec::new();
    File::open(&real)
        .and_then(|file| file.take(LIMIT + 1).read_to_end(&mut bytes))
        .map_err(|error| format!("could not be read ({error})"))?;
    if u64::try_from(bytes.len()).unwrap_or(u64::MAX) > LIMIT {
        return Err("is larger than 1 MiB".to_owned());
    }
    let text = String::from_utf8(bytes).map_err(|_| "is not UTF-8 text".to_owned())?;
    Ok(Some(match text.strip_prefix('\u{feff}') {
        Some(rest) => rest.to_owned(),
        None => text,
    }))
}

/// A name relative to the folder of another file, both relative to the root; `None` where it leads out of the root.
pub(super) fn beside(file: &str, name: &str) -> Option<String> {
    let mut parts: Vec<&str> = file.split('/').collect();
    parts.pop();
    for part in name.split(['/', '\\']) {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    let absolute = name.starts_with(['/', '\\']) || name.contains(':');
    (!absolute && !parts.is_empty()).then(|| parts.join("/"))
}

/// The names in a folder that a pattern with at most one `*` stands for, in order; a name without one stands for itself.
pub(super) fn expand(root: &Path, member: &str, pattern: &str) -> Vec<String> {
    let within = |name: &str| {
        if member.is_empty() {
            name.to_owned()
        } else {
            format!("{member}/{name}")
        }
    };
    let Some((before, after)) = pattern.split_once('*') else {
        return vec![within(pattern)];
    };
    let before = within(before);
    let entries = fs::read_dir(root.join(&before)).into_iter().flatten().flatten();
    let names = entries.filter_map(|entry| entry.file_name().into_string().ok());
    let mut names: Vec<String> = if after.starts_with('/') {
        names.map(|name| format!("{before}{name}{after}")).collect()
    } else {
        let fits = |name: &String| name.ends_with(after) && name.len() > after.len();
        names.filter(fits).map(|name| format!("{before}{name}")).collect()
    };
    names.sort();
    names.truncate(MOST);
    names
}
