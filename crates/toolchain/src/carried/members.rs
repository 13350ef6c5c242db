//! The members of a workspace: folders whose version files count too.

use std::{collections::BTreeSet, fs, path::Path};

use jsonc_parser::ast::Value;
use regex::Regex;
use toml::de::{DeTable, DeValue};

use super::{file, reading::at};

/// Members that are read; more are left out.
const MOST: usize = 200;
/// Folders that `**` goes down.
const DEPTH: usize = 4;

/// Relative to the root, with `/`, in order. What cannot be read has no members; that is told where the file is read.
pub(super) fn members(root: &Path) -> Vec<String> {
    let read = |name: &str| file::read(root, name).ok().flatten().unwrap_or_default();
    let mut patterns = cargo(&read("Cargo.toml"));
    patterns.extend(npm(&read("package.json")));
    patterns.extend(pnpm(&read("pnpm-workspace.yaml")));
    patterns.extend(go(&read("go.work")));
    patterns.extend(maven(&read("pom.xml")));
    let (excluded, included): (Vec<_>, Vec<_>) = patterns.into_iter().partition(|pattern| pattern.starts_with('!'));
    let expand = |pattern: &String| {
        let mut found = BTreeSet::new();
        if let Some(plain) = file::beside("", pattern.trim_start_matches('!')) {
            expand(root, "", &plain.split('/').collect::<Vec<_>>(), DEPTH, &mut found);
        }
        found
    };
    let excluded: BTreeSet<_> = excluded.iter().flat_map(expand).collect();
    let mut members: BTreeSet<_> = included.iter().flat_map(expand).collect();
    // `**` stands for the root as well, which is read anyway.
    members.retain(|member| !member.is_empty() && !excluded.contains(member));
    members.into_iter().take(MOST).collect()
}

fn cargo(text: &str) -> Vec<String> {
    let Ok(table) = DeTable::parse(text) else {
        return Vec::new();
    };
    let listed = |keys: &[&str]| match at(table.get_ref(), keys).map(toml::Spanned::get_ref) {
        Some(DeValue::Array(all)) => all
            .iter()
            .filter_map(|one| Some(one.get_ref().as_str()?.to_owned()))
            .collect(),
        _ => Vec::new(),
    };
    let mut patterns: Vec<String> = listed(&["workspace", "members"]);
    let excluded = listed(&["workspace", "exclude"]);
    patterns.extend(excluded.into_iter().map(|pattern| format!("!{pattern}")));
    patterns
}

/// A list, or an object with one (Yarn).
fn npm(text: &str) -> Vec<String> {
    let parsed = jsonc_parser::parse_to_ast(
        text,
        &jsonc_parser::CollectOptions::default(),
        &jsonc_parser::ParseOptions::default(),
    );
    let Ok(Some(Value::Object(package))) = parsed.map(|parsed| parsed.value) else {
        return Vec::new();
    };
    let nested = package
        .get_object("workspaces")
        .and_then(|object| object.get_array("packages"));
    let list = package.get_array("workspaces").or(nested);
    let elements = list.iter().flat_map(|list| &list.elements);
    elements
        .filter_map(|element| match element {
            Value::StringLit(text) => Some(text.value.to_string()),
            _ => None,
        })
        .collect()
}

/// The list under `packages:`, one pattern a line.
fn pnpm(text: &str) -> Vec<String> {
    let lines = text.lines().skip_while(|line| line.trim_end() != "packages:").skip(1);
    let plain = |line: &str| line.split(" #").next().unwrap_or_default().trim().to_owned();
    let listed = lines
        .map(plain)
        .filter(|line| !line.is_empty() && !line.starts_with('#'));
    listed
        .map_while(|line| Some(line.strip_prefix('-')?.trim().trim_matches(['"', '\'']).to_owned()))
        .collect()
}

/// `use ./a`, and `use (` with a folder on each line.
fn go(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut inside = false;
    for line in text.lines() {
        let words: Vec<_> = line.split("//").next().unwrap_or_default().split_whitespace().collect();
        match words.as_slice() {
            ["use", "("] => inside = true,
            [")"] => inside = false,
            ["use", folder] => found.push((*folder).to_owned()),
            [folder] if inside => found.push((*folder).to_owned()),
            _ => {}
        }
    }
    found
}

fn maven(text: &str) -> Vec<String> {
    let Ok(module) = Regex::new(r"<module>\s*([^<\s]+)\s*</module>") else {
        return Vec::new();
    };
    module.captures_iter(text).map(|found| found[1].to_owned()).collect()
}

/// The folders that a pattern stands for, part by part; links, and folders that hold what others made, are left out.
fn expand(root: &Path, folder: &str, parts: &[&str], depth: usize, found: &mut BTreeSet<String>) {
    let Some((part, rest)) = parts.split_first() else {
        found.insert(folder.to_owned());
        return;
    };
    if found.len() > MOST {
        return;
    }
    if *part == "**" {
        expand(root, folder, rest, depth, found);
        if depth == 0 {
            return;
        }
    }
    let entries = fs::read_dir(root.join(folder)).into_iter().flatten().flatten();
    let folders = entries.filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_dir()));
    let mut names: Vec<_> = folders
        .filter_map(|entry| entry.file_name().into_string().ok())
        .collect();
    names.sort();
    let made = |name: &str| name.starts_with('.') || matches!(name, "node_modules" | "target");
    for name in names
        .into_iter()
        .filter(|name| matches(part, name) && (*part == name || !made(name)) && !name.contains('*'))
    {
        let below = if folder.is_empty() {
            name
        } else {
            format!("{folder}/{name}")
        };
        match *part {
            "**" => expand(root, &below, parts, depth - 1, found),
            _ => expand(root, &below, rest, depth, found),
        }
    }
}

/// Whether a name fits a pattern in which `*` stands for anything.
fn matches(pattern: &str, name: &str) -> bool {
    let Some((before, after)) = pattern.split_once('*') else {
        return pattern == name;
    };
    let Some(rest) = name.strip_prefix(before) else {
        return false;
    };
    (0..=rest.len()).any(|at| rest.get(at..).is_some_and(|rest| matches(after, rest)))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    fn members_of(files: &[(&str, &str)], folders: &[&str]) -> Vec<String> {
        let root = tempfile::tempdir().unwrap();
        for folder in folders {
            fs::create_dir_all(root.path().join(folder)).unwrap();
        }
        for (name, text) in files {
            fs::write(root.path().join(name), text).unwrap();
        }
        members(root.path())
    }

    #[test]
    fn each_kind_of_workspace_names_its_members() {
        let folders = ["crates/a", "crates/b", "apps/web", "tools"];
        let cases = [
            (
                "Cargo.toml",
                "[workspace]\nmembers = [\"crates/*\"]\nexclude = [\"crates/b\"]\n",
                vec!["crates/a"],
            ),
            (
                "package.json",
                "{ \"workspaces\": [\"apps/*\", \"./tools\"] }",
                vec!["apps/web", "tools"],
            ),
            (
                "package.json",
                "{ \"workspaces\": { \"packages\": [\"**\", \"!crates/**\"] } }",
                vec!["apps", "apps/web", "tools"],
            ),
            (
                "pnpm-workspace.yaml",
                "packages:\n  # ours\n  - 'apps/*'\n  - \"tools\" # too\ncatalog:\n  - crates/a\n",
                vec!["apps/web", "tools"],
            ),
            (
                "go.work",
                "go 1.23\nuse ./tools // ours\nuse (\n\t./crates/a\n)\n",
                vec!["crates/a", "tools"],
            ),
            (
                "pom.xml",
                "<modules>\n<module>tools</module>\n</modules>",
                vec!["tools"],
            ),
        ];
        for (name, text, expected) in cases {
            assert_eq!(members_of(&[(name, text)], &folders), expected, "{text}");
        }
    }

    #[test]
    fn members_lie_inside_the_folder_and_are_not_made_by_others() {
        let text = "{ \"workspaces\": [\"../other\", \"/etc\", \"*\", \"gone\"] }";
        let found = members_of(&[("package.json", text)], &["node_modules/x", ".git", "web"]);
        assert_eq!(found, ["web"]);
    }

    #[cfg(unix)]
    #[test]
    fn a_link_is_no_member() {
        let root = tempfile::tempdir().unwrap();
        let other = tempfile::tempdir().unwrap();
        std::os::unix::fs::symlink(other.path(), root.path().join("web")).unwrap();
        fs::write(root.path().join("package.json"), "{ \"workspaces\": [\"*\"] }").unwrap();
        assert_eq!(members(root.path()), <[String; 0]>::default());
    }
}
