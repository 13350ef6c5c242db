//! Paths that content names, resolved inside its folder and nowhere else.

use std::{
    fs,
    path::{Component, Path, PathBuf},
};

/// Why a path that content names is not followed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PathError {
    /// It starts at the root of the file system.
    #[error("`{0}` is an absolute path.")]
    Absolute(String),
    /// It climbs out with `..`.
    #[error("`{0}` leads out of the folder.")]
    Outside(String),
    /// It holds a character that some system gives a meaning of its own (`\`, `:`, control characters).
    #[error("`{0}` holds a character that file names cannot have on every system.")]
    Character(String),
    /// A component is a device on Windows, or ends in a dot or space, which Windows drops.
    #[error("`{0}` is a name that Windows reserves.")]
    Reserved(String),
    /// It reaches into `.git`.
    #[error("`{0}` lies in a `.git` folder.")]
    Git(String),
    /// A symbolic link on the way leads out, or nowhere.
    #[error("`{0}` passes a symbolic link that leads out of the folder.")]
    Link(String),
    /// The folder itself cannot be read.
    #[error("The folder {0} cannot be read.")]
    Root(String),
}

impl PathError {
    /// What to do next.
    pub fn hint(&self) -> String {
        match self {
            Self::Root(_) => "Check that the folder exists and that you may read it.".to_owned(),
            Self::Link(_) => "Put the file itself into the folder.".to_owned(),
            _ => "Write the path relative to the folder, with `/`, and keep it inside.".to_owned(),
        }
    }
}

/// `relative` below `root`, whether it exists or not.
///
/// The rules are those of the design, section 5: component by component, no absolute path, drive, NUL or reserved
/// name, no `..` that climbs out, no symbolic link that leads out, nothing under `.git`. The answer starts with
/// `root` as given.
///
/// # Errors
/// [`PathError`] says which rule was broken.
pub fn resolve_inside(root: &Path, relative: &str) -> Result<PathBuf, PathError> {
    let components = components(relative)?;
    let canonical = root
        .canonicalize()
        .map_err(|_| PathError::Root(root.display().to_string()))?;
    let mut path = root.to_path_buf();
    for component in components {
        path.push(component);
        match fs::symlink_metadata(&path) {
            Ok(metadata) if metadata.file_type().is_symlink() => {
                let target = path.canonicalize().map_err(|_| PathError::Link(relative.to_owned()))?;
                check_target(&canonical, &target, relative)?;
            }
            // What does not exist cannot lead anywhere; what cannot be looked at cannot be read either.
            Ok(_) | Err(_) => {}
        }
    }
    Ok(path)
}

/// Whether `relative` may name something inside a folder, without looking at any disk.
///
/// # Errors
/// [`PathError`] says which rule was broken.
pub fn check_relative(relative: &str) -> Result<(), PathError> {
    components(relative).map(|_| ())
}

/// The names on the way, `.` and `..` resolved.
pub(crate) fn components(relative: &str) -> Result<Vec<&str>, PathError> {
    if relative.starts_with('/') {
        return Err(PathError::Absolute(relative.to_owned()));
    }
    if let Some(rest) = relative.get(1..)
        && rest.starts_with(':')
        && relative.starts_with(|letter: char| letter.is_ascii_alphabetic())
    {
        return Err(PathError::Absolute(relative.to_owned()));
    }
    if relative
        .chars()
        .any(|letter| matches!(letter, '\\' | ':') || letter.is_control())
    {
        return Err(PathError::Character(relative.escape_debug().to_string()));
    }
    let mut components = Vec::new();
    for component in relative.split('/') {
        match component {
            "" | "." => {}
            ".." => {
                if components.pop().is_none() {
                    return Err(PathError::Outside(relative.to_owned()));
                }
            }
            name => {
                check_name(name, relative)?;
                components.push(name);
            }
        }
    }
    Ok(components)
}

fn check_name(name: &str, relative: &str) -> Result<(), PathError> {
    if is_git(name) {
        return Err(PathError::Git(relative.to_owned()));
    }
    if name.ends_with(['.', ' ']) || is_device(name) {
        return Err(PathError::Reserved(name.to_owned()));
    }
    Ok(())
}

/// `.git`, also in the spellings that Windows and macOS take for it.
fn is_git(name: &str) -> bool {
    let visible: String = name.chars().filter(|letter| !is_ignorable(*letter)).collect();
    let trimmed = visible.trim_end_matches(['.', ' ']);
    trimmed.eq_ignore_ascii_case(".git") || trimmed.eq_ignore_ascii_case("git~1")
}

/// Code points that HFS+ ignores in names.
fn is_ignorable(letter: char) -> bool {
    matches!(letter, '\u{200c}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{206a}'..='\u{206f}' | '\u{feff}')
}

/// Device names of Windows, with any extension.
/// <https://learn.microsoft.com/windows/win32/fileio/naming-a-file>
fn is_device(name: &str) -> bool {
    let stem = name
        .split('.')
        .next()
        .unwrap_or_default()
        .trim_end()
        .to_ascii_uppercase();
    if matches!(stem.as_str(), "CON" | "PRN" | "AUX" | "NUL" | "CONIN$" | "CONOUT$") {
        return true;
    }
    let Some(number) = stem.strip_prefix("COM").or_else(|| stem.strip_prefix("LPT")) else {
        return false;
    };
    let mut letters = number.chars();
    matches!(
        (letters.next(), letters.next()),
        (Some('0'..='9' | '¹' | '²' | '³'), None)
    )
}

/// Whether a path below a root passes a `.git` folder.
pub(crate) fn reaches_into_git(below: &Path) -> bool {
    below.components().any(|component| match component {
        Component::Normal(name) => name.to_str().is_some_and(is_git),
        _ => false,
    })
}

fn check_target(root: &Path, target: &Path, relative: &str) -> Result<(), PathError> {
    let Ok(rest) = target.strip_prefix(root) else {
        return Err(PathError::Link(relative.to_owned()));
    };
    let in_git = reaches_into_git(rest);
    if in_git {
        Err(PathError::Git(relative.to_owned()))
    } else {
        Ok(())
    }
}
