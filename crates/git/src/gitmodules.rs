//! What a repository says about its submodules, and what is believed of it.
//!
//! `.gitmodules` is content that somebody else wrote, and the classic way to make a clone write or run what it
//! should not (CVE-2018-11235, CVE-2018-17456, CVE-2019-1387, CVE-2024-32002, CVE-2025-48384).

use std::path::Path;

use git2::{ObjectType, Oid, Repository, TreeWalkMode, TreeWalkResult};

use crate::{Address, Error};

/// A submodule that passed the rules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Submodule {
    pub(crate) name: String,
    /// Below the working copy, with `/`.
    pub(crate) path: String,
    pub(crate) address: Address,
    pub(crate) commit: Oid,
}

/// A section of `.gitmodules`.
#[derive(Debug, Default, PartialEq, Eq)]
struct Section {
    name: String,
    path: Option<String>,
    url: Option<String>,
}

/// The mode of an entry that stands for a commit of another repository.
const GITLINK: i32 = 0o160_000;
/// The mode bits of a symbolic link.
const LINK: i32 = 0o120_000;

/// The submodules of a commit; those without an entry in `.gitmodules` stay empty folders, as git leaves them.
pub(crate) fn submodules(repository: &Repository, commit: Oid, address: &Address) -> Result<Vec<Submodule>, Failed> {
    let tree = repository.find_commit(commit)?.tree()?;
    let Ok(entry) = tree.get_path(Path::new(".gitmodules")) else {
        return Ok(Vec::new());
    };
    if entry.filemode() == LINK || entry.kind() != Some(ObjectType::Blob) {
        return Err(refused(".gitmodules", "it is not a plain file"));
    }
    let blob = repository.find_blob(entry.id())?;
    let sections = parse(&String::from_utf8_lossy(blob.content()));
    let mut links = Vec::new();
    tree.walk(TreeWalkMode::PreOrder, |folder, entry| {
        if entry.filemode() == GITLINK {
            let name = String::from_utf8_lossy(entry.name_bytes());
            links.push((format!("{folder}{name}"), entry.id()));
        }
        TreeWalkResult::Ok
    })?;
    let mut found: Vec<Submodule> = Vec::new();
    for (path, commit) in links {
        let Some(section) = sections.iter().rfind(|section| section.path.as_deref() == Some(&*path)) else {
            continue;
        };
        check_path(&path).map_err(|why| refused(&path, &why))?;
        check_name(&section.name).map_err(|why| refused(&path, &why))?;
        if let Some(other) = found.iter().find(|other| inside(&section.name, &other.name)) {
            return Err(refused(&path, &format!("its name leads into that of {}", other.path)));
        }
        let url = section
            .url
            .as_deref()
            .ok_or_else(|| refused(&path, "it has no address"))?;
        let address = address.submodule(url).map_err(|e| refused(&path, &sentence(&e)))?;
        found.push(Submodule {
            name: section.name.clone(),
            path,
            address,
            commit,
        });
    }
    Ok(found)
}

/// Why the submodules cannot be told.
#[derive(Debug)]
pub(crate) enum Failed {
    Git(git2::Error),
    Ours(Error),
}

impl From<git2::Error> for Failed {
    fn from(error: git2::Error) -> Self {
        Self::Git(error)
    }
}

fn refused(path: &str, why: &str) -> Failed {
    Failed::Ours(Error::Submodule {
        path: path.to_owned(),
        why: why.to_owned(),
    })
}

fn sentence(error: &Error) -> String {
    error.to_string().trim_end_matches('.').to_owned()
}

/// Whether one of two names, which become folders, is the other or lies in it.
fn inside(a: &str, b: &str) -> bool {
    let (a, b) = (a.to_lowercase(), b.to_lowercase());
    let starts = |long: &str, short: &str| {
        long.strip_prefix(short)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    starts(&a, &b) || starts(&b, &a)
}

/// The folder that a submodule's files go to.
fn check_path(path: &str) -> Result<(), String> {
    check_parts("path", path)
}

/// The folder below `.git/modules` that its repository goes to.
fn check_name(name: &str) -> Result<(), String> {
    check_parts("name", name)
}

fn check_parts(what: &str, text: &str) -> Result<(), String> {
    if text.starts_with('-') {
        return Err(format!("its {what} starts with a dash"));
    }
    if text.chars().any(char::is_control) {
        return Err(format!("its {what} holds control characters"));
    }
    if text.contains(['\\', ':']) {
        return Err(format!("its {what} holds `\\` or `:`"));
    }
    for part in text.split('/') {
        // Windows and macOS see these as the same as what they look like.
        let plain: String = part.chars().filter(|c| !ignored_by_macos(*c)).collect();
        let plain = plain.trim_end_matches(['.', ' ']).to_lowercase();
        if plain.is_empty() {
            return Err(format!("its {what} is empty, or leads out of the folder"));
        }
        if plain == ".git" || plain.starts_with("git~") {
            return Err(format!("its {what} leads into `.git`"));
        }
    }
    Ok(())
}

/// Characters that macOS leaves out when it compares file names.
fn ignored_by_macos(c: char) -> bool {
    matches!(c, '\u{200c}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{206a}'..='\u{206f}' | '\u{feff}')
}

/// Reads the sections; lines that are not understood are left out, which at worst leaves a submodule empty.
fn parse(text: &str) -> Vec<Section> {
    let mut sections: Vec<Section> = Vec::new();
    let mut ours = false;
    for line in text.lines().map(str::trim) {
        if let Some(header) = line.strip_prefix('[') {
            let name = header
                .strip_suffix(']')
                .and_then(|header| header.strip_prefix("submodule"))
                .and_then(|name| name.trim().strip_prefix('"')?.strip_suffix('"'));
            ours = name.is_some();
            if let Some(name) = name {
                sections.push(Section {
                    name: unescape(name),
                    ..Section::default()
                });
            }
        } else if let (true, Some((key, value)), Some(section)) = (ours, line.split_once('='), sections.last_mut()) {
            let value = Some(unquote(value.trim()));
            match key.trim().to_ascii_lowercase().as_str() {
                "path" => section.path = value,
                "url" => section.url = value,
                _ => {}
            }
        }
    }
    sections
}

/// A value without its quotes and without the comment behind it.
fn unquote(value: &str) -> String {
    let (mut text, mut quoted, mut end) = (String::new(), false, 0);
    let mut characters = value.chars();
    while let Some(c) = characters.next() {
        match c {
            '"' => quoted = !quoted,
            '\\' => text.push(escaped(characters.next())),
            '#' | ';' if !quoted => break,
            c => text.push(c),
        }
        if quoted || !c.is_whitespace() {
            end = text.len();
        }
    }
    text.truncate(end);
    text
}

fn unescape(name: &str) -> String {
    let mut text = String::new();
    let mut characters = name.chars();
    while let Some(c) = characters.next() {
        text.push(if c == '\\' {
            characters.next().unwrap_or('\\')
        } else {
            c
        });
    }
    text
}

fn escaped(c: Option<char>) -> char {
    match c {
        Some('n') => '\n',
        Some('t') => '\t',
        Some('b') => '\u{8}',
        Some(c) => c,
        None => '\\',
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use super::*;

    #[test]
    fn sections_are_read_as_git_writes_them() {
        let text = "# ours\n[core]\n\tpath = no\n[submodule \"libs/a\\\"b\"]\n\tpath = libs/a # here\n\turl = \"../a;b.git\" ; x\n\
                    \tbranch = main\n[submodule \"b\"]\r\n\tURL=https://git.example/b\r\n";
        let expected = [
            Section {
                name: "libs/a\"b".into(),
                path: Some("libs/a".into()),
                url: Some("../a;b.git".into()),
            },
            Section {
                name: "b".into(),
                path: None,
                url: Some("https://git.example/b".into()),
            },
        ];
        assert_eq!(parse(text), expected);
    }

    #[test]
    fn names_and_paths_stay_inside() {
        for good in ["lib", "vendor/lib.rs", "a b", ".github/x", "..a", "gitlib"] {
            assert_eq!(check_path(good), Ok(()), "{good}");
        }
        for bad in [
            "",
            "/abs",
            "../x",
            "a/../../b",
            "a//b",
            ".",
            "-u",
            ".git",
            ".git/hooks",
            "a/.GIT/b",
            ".git ",
            ".git.",
            "git~1",
            "GIT~2/x",
            "a\\b",
            "C:x",
            ".git::$INDEX_ALLOCATION",
            "a\r",
            "a\nb",
            ".g\u{200c}it",
        ] {
            assert!(check_path(bad).is_err(), "{bad:?}");
            assert!(check_name(bad).is_err(), "{bad:?}");
        }
    }

    #[test]
    fn a_name_inside_another_is_noticed() {
        assert!(inside("a", "a/hooks") && inside("A/x", "a") && inside("a", "a"));
        assert!(!inside("ab", "a") && !inside("a/b", "a/c"));
    }
}
