//! Paths that stay inside their folder.
//!
//! Every path that a template names, or that comes out of rendering, passes here component by component. A path is
//! refused when it could mean something else on another system too, since templates are shared.

use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

/// Links on the way of one path, as Linux has it; more go round in a circle.
const LINKS: usize = 40;
/// Bytes of a file that is read to be understood or shown.
const MAX_TEXT: u64 = 4 * 1024 * 1024;

/// Reads a path that a template names, as a relative path whose components are all plain names.
///
/// # Errors
/// Half a sentence about what is wrong with it.
pub(crate) fn relative(path: &str) -> Result<PathBuf, String> {
    if path.starts_with(['/', '\\']) {
        return Err(format!("`{path}` is an absolute path"));
    }
    let mut relative = PathBuf::new();
    for name in path.split('/') {
        match name {
            "" | "." => {}
            ".." => return Err(format!("`{path}` leads out of its folder")),
            name => {
                check_name(name).map_err(|why| format!("`{path}` {why}"))?;
                relative.push(name);
            }
        }
    }
    Ok(relative)
}

/// The place of a relative path below a folder, if no symbolic link is on the way or at its end.
///
/// # Errors
/// Half a sentence about what is wrong with it.
pub(crate) fn inside(root: &Path, relative: &Path) -> Result<PathBuf, String> {
    let mut place = root.to_owned();
    for component in relative.components() {
        let Component::Normal(name) = component else {
            return Err(format!("`{}` leads out of its folder", relative.display()));
        };
        place.push(name);
        if fs::symlink_metadata(&place).is_ok_and(|meta| meta.is_symlink()) {
            return Err(format!("`{}` goes through a symbolic link", relative.display()));
        }
    }
    Ok(place)
}

/// The folder or file that a template reads: `url` from the template's folder `base`, inside `root`. `..` may be
/// used, for templates share skeletons; nothing leads out of `root`, symbolic links neither.
///
/// # Errors
/// Half a sentence about what is wrong with it.
pub(crate) fn source(root: &Path, base: &Path, url: &str) -> Result<PathBuf, String> {
    if url.contains("://") {
        return Err(format!(
            "`{url}` is on a server, and a template takes files from its own roadbook only; put them next to it, and \
             name them by a path such as ./skeleton"
        ));
    }
    if url.starts_with(['/', '\\']) {
        return Err(format!("`{url}` is an absolute path"));
    }
    let outside = || format!("`{url}` leads out of the roadbook");
    let mut below: Vec<&std::ffi::OsStr> = base.strip_prefix(root).map_err(|_| outside())?.iter().collect();
    for name in url.split('/') {
        match name {
            "" | "." => {}
            ".." => {
                below.pop().ok_or_else(outside)?;
            }
            name => {
                check_name(name).map_err(|why| format!("`{url}` {why}"))?;
                below.push(name.as_ref());
            }
        }
    }
    let place = root.join(below.iter().collect::<PathBuf>());
    let missing = |_| format!("`{url}` is not there");
    let (real, real_root) = (
        place.canonicalize().map_err(missing)?,
        root.canonicalize().map_err(missing)?,
    );
    // Git's own folder may hold addresses with tokens, and a copy of it would be pushed.
    let in_git = |below: &Path| below.iter().any(|name| check_name(&name.to_string_lossy()).is_err());
    match real.strip_prefix(&real_root) {
        Ok(below) if !in_git(below) => Ok(place),
        _ => Err(outside()),
    }
}

/// Where a symbolic link at `link` (relative) would point, if that is inside the folder.
///
/// # Errors
/// Half a sentence about what is wrong with it.
pub(crate) fn link_target(link: &Path, target: &Path) -> Result<PathBuf, String> {
    let outside = || format!("the symbolic link `{}` leads out of its folder", link.display());
    let mut below: Vec<&std::ffi::OsStr> = link.parent().map(|folder| folder.iter().collect()).unwrap_or_default();
    for component in target.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir => {
                below.pop().ok_or_else(outside)?;
            }
            Component::Normal(name) => {
                check_name(&name.to_string_lossy()).map_err(|_| outside())?;
                below.push(name);
            }
            Component::Prefix(_) | Component::RootDir => return Err(outside()),
        }
    }
    Ok(below.iter().collect())
}

/// Follows a path below a folder as the system would, links and all, and says where it ends. A link counts from the
/// place that it really has, so that `..` behind a link is seen for what it is.
///
/// # Errors
/// Half a sentence, where it leads out of the folder or into Git's own, or goes round in a circle.
pub(crate) fn destination(root: &Path, path: &Path) -> Result<PathBuf, String> {
    let outside = || format!("the symbolic link `{}` leads out of its folder", path.display());
    let mut rest: Vec<PathBuf> = path
        .components()
        .rev()
        .map(|part| PathBuf::from(part.as_os_str()))
        .collect();
    let mut place = PathBuf::new();
    let mut links = 0;
    while let Some(part) = rest.pop() {
        match part.components().next() {
            None | Some(Component::CurDir) => {}
            Some(Component::ParentDir) => {
                if !place.pop() {
                    return Err(outside());
                }
            }
            Some(Component::Normal(name)) => {
                check_name(&name.to_string_lossy()).map_err(|_| outside())?;
                let next = place.join(name);
                match fs::read_link(root.join(&next)) {
                    Ok(target) => {
                        links += 1;
                        if links > LINKS {
                            return Err(format!("the symbolic link `{}` goes round in a circle", path.display()));
                        }
                        rest.extend(target.components().rev().map(|part| PathBuf::from(part.as_os_str())));
                    }
                    Err(_) => place = next,
                }
            }
            Some(Component::Prefix(_) | Component::RootDir) => return Err(outside()),
        }
    }
    Ok(place)
}

/// Reads a file that content names, wherever in `root` it really is: a plain file of at most [`MAX_TEXT`] bytes.
///
/// # Errors
/// Of the kind `InvalidData` for anything else than such a file, and what the disk says.
pub(crate) fn read(root: &Path, place: &Path) -> io::Result<Vec<u8>> {
    let refused = |why: &str| io::Error::new(io::ErrorKind::InvalidData, why.to_owned());
    let (real, root) = (place.canonicalize()?, root.canonicalize()?);
    // Git's own folder may hold addresses with tokens.
    let in_git = |below: &Path| below.iter().any(|name| check_name(&name.to_string_lossy()).is_err());
    match real.strip_prefix(&root) {
        Ok(below) if !in_git(below) => {}
        _ => return Err(refused("it is a link that leads out of the roadbook, or into .git")),
    }
    let meta = fs::metadata(&real)?;
    if !meta.is_file() {
        return Err(refused("it is no file"));
    }
    if meta.len() > MAX_TEXT {
        return Err(refused("it is too large"));
    }
    fs::read(real)
}

fn check_name(name: &str) -> Result<(), String> {
    if name.chars().any(char::is_control) {
        return Err("holds a control character".to_owned());
    }
    if let Some(c) = name
        .chars()
        .find(|c| matches!(c, '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|'))
    {
        return Err(format!("holds `{c}`, which no file name may hold on every system"));
    }
    if name.ends_with(['.', ' ']) {
        return Err("has a name that ends in a dot or a space".to_owned());
    }
    // Some file systems leave these out when they compare names.
    let folded: String = name
        .chars()
        .filter(
            |c| !matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{206a}'..='\u{206f}' | '\u{feff}'),
        )
        .collect();
    let folded = folded.to_lowercase();
    if folded == ".git" || folded == "git~1" {
        return Err("is inside Git's own folder".to_owned());
    }
    let stem = folded.split('.').next().unwrap_or_default().trim_end();
    let numbered = |prefix: &str| {
        stem.strip_prefix(prefix).is_some_and(|n| {
            n.chars().count() == 1 && n.contains(['1', '2', '3', '4', '5', '6', '7', '8', '9', '¹', '²', '³'])
        })
    };
    if matches!(stem, "con" | "prn" | "aux" | "nul") || numbered("com") || numbered("lpt") {
        return Err("has a name that Windows keeps for itself".to_owned());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn plain_paths_are_taken() {
        for (path, expected) in [
            ("a", "a"),
            ("./a/b", "a/b"),
            ("", ""),
            (".", ""),
            (".github/x.yml", ".github/x.yml"),
            ("console", "console"),
            ("a..b/c", "a..b/c"),
        ] {
            assert_eq!(relative(path), Ok(PathBuf::from(expected)), "{path}");
        }
    }

    #[test]
    fn paths_that_lead_out_or_mean_something_else_are_refused() {
        for path in [
            "..",
            "../a",
            "a/../../b",
            "/etc/passwd",
            "\\\\server\\x",
            "\\a",
            "C:\\a",
            "C:/a",
            "a:stream",
            "a\0b",
            "a\nb",
            "nul",
            "NUL.txt",
            "com1",
            "Lpt9.log",
            "con .txt",
            "a.",
            "a ",
            ".git/config",
            ".GIT/config",
            "x/.git",
            "git~1/x",
            ".g\u{200c}it/config",
            "a\\b",
        ] {
            assert!(relative(path).is_err(), "{path:?}");
        }
    }

    proptest::proptest! {
        #[test]
        fn whatever_is_taken_stays_below(path in r"[a-z./\\:~ \x00]{0,12}") {
            if let Ok(taken) = relative(&path) {
                assert!(taken.components().all(|part| matches!(part, Component::Normal(_))), "{path:?}");
                assert!(!taken.to_string_lossy().contains(['\\', ':', '\0']), "{path:?}");
            }
        }
    }

    #[test]
    fn a_template_reads_inside_its_roadbook_only() {
        let home = tempfile::tempdir().unwrap();
        let root = home.path().join("book");
        let base = root.join("starters/go/api");
        fs::create_dir_all(&base).unwrap();
        fs::create_dir_all(root.join("skeletons/x")).unwrap();
        fs::create_dir_all(home.path().join("book-secret")).unwrap();
        assert!(source(&root, &base, "./").is_ok());
        assert!(source(&root, &base, "../../../skeletons/x").is_ok());
        for url in [
            "../../../../book-secret",
            "/etc",
            "https://git.example/a",
            "missing",
            "../../../../../../etc",
        ] {
            assert!(source(&root, &base, url).is_err(), "{url}");
        }
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink(home.path().join("book-secret"), base.join("out")).unwrap();
            std::os::unix::fs::symlink("out", base.join("chain")).unwrap();
            assert!(source(&root, &base, "out").is_err());
            assert!(source(&root, &base, "chain").is_err());
        }
    }

    #[test]
    fn links_point_inside_or_are_refused() {
        assert_eq!(link_target(Path::new("a/b"), Path::new("../c")), Ok(PathBuf::from("c")));
        for target in ["/etc/passwd", "../../x", "../.git/config"] {
            assert!(link_target(Path::new("a/b"), Path::new(target)).is_err(), "{target}");
        }
    }
}
