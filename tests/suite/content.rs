//! The roadbook that ships inside the app, through the real command.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use serde_json::Value;
use tests::{Home, repository_root};

use crate::desk::{rows, text};

#[test]
fn the_built_in_roadbook_has_no_finding() {
    let home = Home::new();
    let found = home
        .roadbook(["--json", "check"])
        .with([repository_root().join("content")])
        .run();
    let rows = rows(&found.stdout_json());
    let told: Vec<String> = rows
        .iter()
        .filter(|row| row["severity"] != "info")
        .map(|row| {
            format!(
                "{}:{}: {} {}: {}",
                row["file"], row["line"], row["severity"], row["code"], row["message"]
            )
        })
        .collect();
    assert!(told.is_empty(), "content/ has findings:\n{}", told.join("\n"));
    found.expect_code(0);
}

#[test]
fn every_page_of_the_built_in_roadbook_renders() {
    let home = Home::new();
    let mut pages: BTreeSet<String> = BTreeSet::new();
    for path in rows(&home.roadbook(["--json", "paths"]).expect_code(0).stdout_json()) {
        pages.insert(text(&path, "id"));
        for step in path["steps"].as_array().expect("a path has steps") {
            // A step's id may stand with or without its path's.
            let step = text(step, "id");
            pages.insert(if step.contains('/') {
                step
            } else {
                format!("{}/{step}", text(&path, "id"))
            });
        }
    }
    library(&repository_root().join("content/library"), "library", &mut pages);
    assert!(
        pages.iter().filter(|page| page.starts_with("library/")).count() >= 25,
        "fewer than 25 library pages: {pages:?}"
    );

    for page in &pages {
        let shown = home.roadbook(["show", page, "--html"]).expect_code(0).stderr_is_empty();
        assert!(
            shown.stdout.contains("<p"),
            "{page} renders without a paragraph. {}",
            shown.shown()
        );
        for forbidden in ["<script", "javascript:", "onerror=", "<iframe"] {
            assert!(!shown.stdout.contains(forbidden), "{page} renders with {forbidden}");
        }
        for broken in ["href=\"#/page/\"", "{{", "${{"] {
            let in_code = shown.stdout.contains("<code"); // templates are shown in code
            assert!(
                in_code || !shown.stdout.contains(broken),
                "{page} renders with {broken}"
            );
        }
    }
}

#[test]
fn every_library_page_names_its_owner_a_concept_another_page_and_a_path() {
    let home = Home::new();
    let mut pages = BTreeSet::new();
    library(&repository_root().join("content/library"), "library", &mut pages);

    let mut wanting = Vec::new();
    for id in pages {
        let page = home.roadbook(["--json", "show", &id]).expect_code(0).stdout_json();
        let owner = own_owner(&text(&page["about"], "file"));
        if !owner.is_some_and(|owner| owner.starts_with(char::is_uppercase)) {
            wanting.push(format!("{id}: a team's name as people say it"));
        }
        let (concepts, others): (Vec<Value>, Vec<Value>) = page["related"]
            .as_array()
            .expect("a page has a list of related ones")
            .iter()
            .cloned()
            .partition(|related| related["kind"] == "concept");
        if concepts.is_empty() {
            wanting.push(format!("{id}: a related concept"));
        }
        if others.is_empty() {
            wanting.push(format!("{id}: a related page that is no concept"));
        }
        if page["paths"].as_array().is_none_or(Vec::is_empty) {
            wanting.push(format!("{id}: a recommended path"));
        }
    }

    assert!(wanting.is_empty(), "wanting in content/:\n{}", wanting.join("\n"));
}

#[test]
fn the_built_in_starters_are_listed() {
    let home = Home::new();
    let listed: BTreeSet<String> = rows(&home.roadbook(["--json", "starters"]).expect_code(0).stdout_json())
        .iter()
        .map(|row| text(row, "id"))
        .collect();
    for starter in ["rust-service", "typescript-service", "python-service"] {
        assert!(listed.contains(starter), "{starter} is not among {listed:?}");
    }
    assert!(listed.len() >= 4, "a repository starter is missing: {listed:?}");
}

/// The owner that the page names itself; where it names none, the program shows the roadbook's.
fn own_owner(file: &str) -> Option<String> {
    let page = fs::read_to_string(repository_root().join("content").join(file)).expect("the page can be read");
    let front = page.strip_prefix("---\n")?.split("\n---\n").next()?;
    front
        .lines()
        .find_map(|line| line.strip_prefix("owner: ").map(str::to_owned))
}

fn library(folder: &Path, id: &str, pages: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display())) {
        let path = entry.expect("a folder can be read").path();
        let name = path
            .file_stem()
            .expect("an entry has a name")
            .to_string_lossy()
            .into_owned();
        if path.is_dir() {
            library(&path, &format!("{id}/{name}"), pages);
        } else if path.extension().is_some_and(|ending| ending == "md") {
            pages.insert(if name == "index" {
                id.to_owned()
            } else {
                format!("{id}/{name}")
            });
        }
    }
}
