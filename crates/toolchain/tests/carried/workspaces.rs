//! Members of a workspace, and files that take versions from another one.

use crate::{carried, found};

#[test]
fn the_files_of_a_member_count_with_their_own_path() {
    let files = [
        ("package.json", "{ \"workspaces\": [\"apps/*\"] }"),
        (".nvmrc", "20\n"),
        ("apps/web/package.json", "{\n  \"engines\": { \"node\": \">=20\" }\n}"),
        ("apps/web/Dockerfile", "FROM node:16\n"),
        ("apps/api/.python-version", "3.12\n"),
        ("other/.nvmrc", "16\n"),
    ];

    assert_eq!(
        found(&files),
        [
            "node 20 pin .nvmrc:1",
            "python3 3.12 pin apps/api/.python-version:1",
            "node >=20 minimum apps/web/package.json:2",
        ]
    );
    let members: Vec<_> = carried(&files)
        .requirements
        .iter()
        .map(|one| one.requirement().member)
        .collect();
    assert_eq!(members, [None, Some("apps/api".to_owned()), None]);
}

#[test]
fn a_crate_that_inherits_its_oldest_rust_asks_through_the_workspace() {
    let files = [
        (
            "Cargo.toml",
            "[workspace]\nmembers = [\"crates/*\"]\n[workspace.package]\nrust-version = \"1.85\"\n",
        ),
        (
            "crates/a/Cargo.toml",
            "[package]\nname = \"a\"\nrust-version.workspace = true\n",
        ),
        (
            "crates/b/Cargo.toml",
            "[package]\nname = \"b\"\nrust-version = \"1.90\"\n",
        ),
    ];
    assert_eq!(
        found(&files),
        [
            "rustc >=1.85 minimum Cargo.toml:4",
            "rustc >=1.90 minimum crates/b/Cargo.toml:3"
        ]
    );
}

#[test]
fn in_a_go_workspace_the_modules_do_not_count() {
    let files = [
        ("go.work", "go 1.23.0\nuse ./api\n"),
        ("api/go.mod", "module api\n\ngo 1.22\n"),
        ("api/.tool-versions", "terraform 1.9.1\n"),
    ];
    assert_eq!(
        found(&files),
        [
            "go >=1.23.0 minimum go.work:1",
            "terraform 1.9.1 pin api/.tool-versions:1"
        ]
    );
}

#[test]
fn members_disagree_with_what_is_above_them_unless_they_pin_their_own() {
    let with = |member: &[(&'static str, &'static str)]| {
        let mut files = vec![
            ("pnpm-workspace.yaml", "packages:\n  - 'apps/*'\n"),
            (".nvmrc", "18\n"),
            ("apps/web/package.json", "{ \"engines\": { \"node\": \">=20\" } }"),
        ];
        files.extend(member);
        carried(&files).conflicts.len()
    };
    assert_eq!(with(&[]), 1);
    assert_eq!(with(&[("apps/web/.nvmrc", "20\n")]), 0);
    assert_eq!(with(&[("apps/api/.nvmrc", "20\n")]), 1);
}

#[test]
fn volta_takes_what_is_missing_from_the_file_that_is_extended() {
    let files = [
        (
            "package.json",
            "{\n \"volta\": { \"node\": \"20.11.1\", \"extends\": \"./base/volta.json\" } }",
        ),
        (
            "base/volta.json",
            "{ \"volta\": {\n \"node\": \"18.0.0\",\n \"yarn\": \"1.22.22\",\n \"extends\": \"../more.json\" } }",
        ),
        ("more.json", "{ \"volta\": { \"npm\": \"10.2.0\" } }"),
    ];
    assert_eq!(
        found(&files),
        [
            "node 20.11.1 pin package.json:2",
            "yarn 1.22.22 pin base/volta.json:3",
            "npm 10.2.0 pin more.json:1"
        ]
    );
}

#[test]
fn files_that_extend_each_other_in_a_circle_come_to_an_end() {
    let files = [
        (
            "package.json",
            "{ \"volta\": { \"node\": \"20.11.1\", \"extends\": \"./other.json\" } }",
        ),
        (
            "other.json",
            "{ \"volta\": { \"npm\": \"10.2.0\", \"extends\": \"./package.json\" } }",
        ),
    ];
    let carried = carried(&files);
    assert_eq!(
        (carried.requirements.len(), carried.problems.len()),
        (2, 1),
        "{carried:?}"
    );
    assert!(
        carried.problems[0].message.contains("comes back to itself"),
        "{carried:?}"
    );
}

#[test]
fn volta_takes_nothing_from_outside_of_the_folder() {
    for other in ["../package.json", "/etc/package.json", "gone.json"] {
        let text = format!("{{ \"volta\": {{ \"node\": \"20.11.1\",\n \"extends\": \"{other}\" }} }}");
        let carried = carried(&[("package.json", &text)]);
        assert_eq!((carried.requirements.len(), carried.problems.len()), (1, 1), "{other}");
        assert_eq!(carried.problems[0].line, 2);
    }
}
