//! What a repository's files ask for: the values, their lines, and what is wrong with them.
#![allow(clippy::unwrap_used)]

mod build_tools;
mod conflicts;
mod infrastructure;
mod languages;
mod managers;
mod trouble;
mod workspaces;

use std::fs;

use tempfile::TempDir;
use toolchain::{Carried, CarriedKind, requirements_in};

fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let file = folder.path().join(name);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    }
    folder
}

fn carried(files: &[(&str, &str)]) -> Carried {
    requirements_in(folder(files).path())
}

/// `tool range kind source`, one a requirement.
fn found(files: &[(&str, &str)]) -> Vec<String> {
    let carried = carried(files);
    assert_eq!(carried.problems, [], "{files:?}");
    carried
        .requirements
        .iter()
        .map(|one| format!("{} {} {} {}", one.tool, one.range, one.kind.name(), one.source()).replace("  ", " any "))
        .collect()
}

#[test]
fn a_carried_requirement_can_be_checked_and_names_its_source() {
    let carried = carried(&[(".nvmrc", "lts/iron")]);

    let one = &carried.requirements[0];
    let requirement = one.requirement();

    assert_eq!((one.kind, one.written.as_str()), (CarriedKind::Pin, "lts/iron"));
    assert_eq!(
        (
            requirement.tool.as_str(),
            requirement.range.as_str(),
            requirement.source.as_str()
        ),
        ("node", "", ".nvmrc:1")
    );
    assert!(
        requirement
            .why
            .unwrap()
            .contains("`lts/iron` names no version that can be compared")
    );
}
