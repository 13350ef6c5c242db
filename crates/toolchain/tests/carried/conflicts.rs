//! Files that disagree.

use crate::carried;

#[test]
fn files_that_disagree_are_a_conflict_that_names_both() {
    let files = [
        (".nvmrc", "18\n"),
        (".tool-versions", "nodejs 20.11.1\nterraform 1.5.7\n"),
        ("package.json", "{\n  \"engines\": { \"node\": \">=20\" }\n}"),
        ("main.tf", "terraform {\n  required_version = \">= 1.5, < 1.6\"\n}\n"),
        ("Dockerfile", "FROM node:16\n"),
    ];

    let conflicts = carried(&files).conflicts;

    let messages: Vec<_> = conflicts.iter().map(toolchain::Conflict::message).collect();
    assert_eq!(
        messages,
        [
            ".tool-versions:1 asks for 20.11.1 and .nvmrc:1 asks for 18: no version of Node.js meets both.",
            ".nvmrc:1 asks for 18 and package.json:2 asks for >=20: no version of Node.js meets both.",
        ]
    );
    assert!(conflicts[0].hint().contains(".nvmrc"));
}

#[test]
fn files_that_one_version_meets_do_not_conflict() {
    let cases: [&[(&str, &str)]; 5] = [
        &[
            (".nvmrc", "20"),
            ("package.json", r#"{ "engines": { "node": "^20.11 || >=22" } }"#),
        ],
        &[(".nvmrc", "lts/*"), (".node-version", "20.11.1")],
        &[(".java-version", "1.8"), (".sdkmanrc", "java=8.0.392-tem")],
        &[
            (".python-version", "3.11.4"),
            (
                "pyproject.toml",
                "[project]\nrequires-python = \">3.11,!=3.11.3,<=3.12\"",
            ),
        ],
        &[
            ("rust-toolchain.toml", "[toolchain]\nchannel = \"1.85.1\""),
            ("Cargo.toml", "[package]\nrust-version = \"1.85\""),
        ],
    ];
    for files in cases {
        assert_eq!(carried(files).conflicts, [], "{files:?}");
    }
    let apart = [
        ("rust-toolchain.toml", "[toolchain]\nchannel = \"1.80\""),
        ("Cargo.toml", "[package]\nrust-version = \"1.85\""),
    ];
    assert_eq!(carried(&apart).conflicts.len(), 1);
}
