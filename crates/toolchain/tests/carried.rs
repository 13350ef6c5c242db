//! What a repository's files ask for: the values, their lines, and what is wrong with them.
#![allow(clippy::unwrap_used)]

use std::fs;

use proptest::prelude::*;
use tempfile::TempDir;
use toolchain::{Carried, CarriedKind, Severity, requirements_in};

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
fn an_empty_folder_and_one_that_is_not_there_ask_for_nothing() {
    assert_eq!(carried(&[]), Carried::default());
    assert_eq!(
        requirements_in(std::path::Path::new("/no/such/folder")),
        Carried::default()
    );
}

#[test]
fn tool_versions_has_a_tool_and_its_versions_on_each_line() {
    let text =
        "# ours\nnodejs 20.11.1 # lts\n\ngolang: 1.22.3\npython 3.12.1 3.11.7\njava temurin-17.0.9+9\nruby system\n";
    assert_eq!(
        found(&[(".tool-versions", text)]),
        [
            "node 20.11.1 pin .tool-versions:2",
            "go 1.22.3 pin .tool-versions:4",
            "python3 3.12.1 || 3.11.7 pin .tool-versions:5",
            "java 17.0.9 pin .tool-versions:6",
            "ruby any pin .tool-versions:7",
        ]
    );
}

#[test]
fn mise_takes_text_lists_and_tables_and_names_behind_a_backend() {
    let text = "min_version = \"2024.1\"\n[env]\nA = \"{{ exec(command='rm') }}\"\n[tools]\nnode = \"20\"\npython = [\"3.12\", \"3.11\"]\nterraform = { version = \"1.9.1\", os = [\"linux\"] }\n\"npm:typescript\" = \"5.6\"\n\"aqua:hashicorp/vault\" = \"latest\"\n";
    assert_eq!(
        found(&[("mise.toml", text)]),
        [
            "node 20 pin mise.toml:5",
            "python3 3.12 || 3.11 pin mise.toml:6",
            "terraform 1.9.1 pin mise.toml:7",
            "tsc 5.6 pin mise.toml:8",
            "vault any pin mise.toml:9",
        ]
    );
}

#[test]
fn rust_has_a_toolchain_and_an_oldest_version() {
    assert_eq!(
        found(&[("rust-toolchain.toml", "[toolchain]\nchannel = \"1.80\"\n")]),
        ["rustc 1.80 pin rust-toolchain.toml:2"]
    );
    assert_eq!(
        found(&[("rust-toolchain", "1.80.1\n")]),
        ["rustc 1.80.1 pin rust-toolchain:1"]
    );
    assert_eq!(
        found(&[("rust-toolchain", "[toolchain]\nchannel = \"stable\"\n")]),
        ["rustc any pin rust-toolchain:2"]
    );
    assert_eq!(
        found(&[("Cargo.toml", "[package]\nname = \"a\"\nrust-version = \"1.74\"\n")]),
        ["rustc >=1.74 minimum Cargo.toml:3"]
    );
    let inherited = "[package]\nrust-version.workspace = true\n[workspace.package]\nrust-version = \"1.85\"\n";
    assert_eq!(
        found(&[("Cargo.toml", inherited)]),
        ["rustc >=1.85 minimum Cargo.toml:4"]
    );
    assert_eq!(
        found(&[("Cargo.toml", "[workspace]\nmembers = []\n")]),
        <[String; 0]>::default()
    );
    let elsewhere = carried(&[("Cargo.toml", "[package]\nname = \"a\"\nrust-version.workspace = true\n")]);
    assert_eq!((elsewhere.problems[0].line, elsewhere.requirements.len()), (3, 0));
}

#[test]
fn node_has_a_pin_in_a_file_of_its_own() {
    let cases = [
        (".nvmrc", "v20\n", "node 20 pin .nvmrc:1"),
        (".nvmrc", "# for the build\r\n20.11.1\r\n", "node 20.11.1 pin .nvmrc:2"),
        (".nvmrc", "\u{feff}18", "node 18 pin .nvmrc:1"),
        (".nvmrc", "a=b\n20\n", "node 20 pin .nvmrc:2"),
        (".nvmrc", "lts/*\n", "node any pin .nvmrc:1"),
        (".node-version", "20.11.1", "node 20.11.1 pin .node-version:1"),
    ];
    for (file, text, expected) in cases {
        assert_eq!(found(&[(file, text)]), [expected], "{text:?}");
    }
}

#[test]
fn package_json_speaks_in_four_fields() {
    let text = r#"{
  "engines": { "node": ">=18.12 <21 || >=22", "npm": ">= 9", "vscode": "^1.80" },
  "packageManager": "pnpm@9.1.0+sha512.0123abcd",
  "devEngines": {
    "runtime": { "name": "node", "version": "^20.0.0", "onFail": "error" },
    "packageManager": [{ "name": "pnpm", "version": "9.x" }, { "name": "yarn", "version": "4.x" }]
  },
  "volta": { "node": "20.11.1", "yarn": "1.22.22" }
}"#;
    assert_eq!(
        found(&[("package.json", text)]),
        [
            "node 20.11.1 pin package.json:8",
            "yarn 1.22.22 pin package.json:8",
            "node ^20.0.0 range package.json:5",
            "pnpm 9.x hint package.json:6",
            "yarn 4.x hint package.json:6",
            "pnpm 9.1.0 pin package.json:3",
            "node >=18.12 <21 || >=22 range package.json:2",
            "npm >= 9 minimum package.json:2",
        ]
    );
    let other = r#"{ "engines": ["node >= 0.8"], "devEngines": { "runtime": [{ "name": "node", "version": "20" }, { "name": "node", "version": "22" }] } }"#;
    assert_eq!(
        found(&[("package.json", other)]),
        ["node 20 || 22 range package.json:1"]
    );
}

#[test]
fn python_has_a_pin_and_a_range_of_pep_440() {
    assert_eq!(
        found(&[(".python-version", "3.12.1\n3.11\n")]),
        ["python3 3.12.1 pin .python-version:1"]
    );
    let project = |range: &str| format!("[project]\nname = \"a\"\nrequires-python = \"{range}\"\n");
    let cases = [
        (">=3.10,<3.13", ">=3.10, <3.13 range"),
        ("~=3.10", "~=3.10 range"),
        ("==3.11.*", "==3.11.* range"),
        (">=3.9", ">=3.9 minimum"),
        ("==3.11.4", "==3.11.4 pin"),
    ];
    for (range, expected) in cases {
        assert_eq!(
            found(&[("pyproject.toml", &project(range))]),
            [format!("python3 {expected} pyproject.toml:3")]
        );
    }
    let poetry = "[tool.poetry.dependencies]\npython = \"^3.10\"\n[tool.uv]\nrequired-version = \">=0.5\"\n";
    assert_eq!(
        found(&[("pyproject.toml", poetry)]),
        [
            "python3 ^3.10 range pyproject.toml:2",
            "uv >=0.5 minimum pyproject.toml:4"
        ]
    );
}

#[test]
fn go_names_its_oldest_version_and_only_the_workspace_counts() {
    let module = "module example.com/a\n\ngo 1.22 // the oldest\n\ntoolchain go1.23.4\n\nrequire (\n)\n";
    assert_eq!(
        found(&[("go.mod", module)]),
        ["go >=1.22 minimum go.mod:3", "go >=1.23.4 hint go.mod:5"]
    );
    assert_eq!(
        found(&[("go.mod", module), ("go.work", "go 1.23.0\ntoolchain default\n")]),
        ["go >=1.23.0 minimum go.work:1"]
    );
}

#[test]
fn jvm_files_name_a_vendor_that_is_left_out() {
    assert_eq!(
        found(&[(".java-version", "temurin-17.0.9\n")]),
        ["java 17.0.9 pin .java-version:1"]
    );
    assert_eq!(
        found(&[(".sdkmanrc", "# enable auto-env\njava=17.0.9-tem\ngradle = 8.5\n")]),
        ["java 17.0.9 pin .sdkmanrc:2", "gradle 8.5 pin .sdkmanrc:3"]
    );
}

#[test]
fn a_gemfile_is_read_only_where_it_is_literal() {
    assert_eq!(
        found(&[(".ruby-version", "ruby-3.3.0\n")]),
        ["ruby 3.3.0 pin .ruby-version:1"]
    );
    let gemfile = |line: &str| format!("source \"https://rubygems.org\"\n{line}\ngem \"rails\"\n");
    let cases: [(&str, &[&str]); 7] = [
        ("ruby \"3.3.0\"", &["ruby 3.3.0 pin Gemfile:2"]),
        ("ruby '~> 3.3' # soon 3.4", &["ruby ~>3.3 range Gemfile:2"]),
        ("ruby(\">= 3.1\", \"< 3.4\")", &["ruby >=3.1, <3.4 range Gemfile:2"]),
        (
            "ruby \"3.1.4\", engine: \"jruby\", engine_version: \"9.4\"",
            &["ruby any range Gemfile:2"],
        ),
        ("ruby file: \".ruby-version\"", &[]),
        ("ruby ENV[\"RUBY\"]", &[]),
        ("ruby \"#{version}\"", &[]),
    ];
    for (line, expected) in cases {
        assert_eq!(found(&[("Gemfile", &gemfile(line))]), expected, "{line}");
    }
}

#[test]
fn dotnet_rolls_forward_as_far_as_it_may() {
    let cases = [
        ("", ">=8.0.104 <8.0.200 range"),
        (", \"rollForward\": \"latestFeature\"", ">=8.0.104 <8.1 range"),
        (", \"rollForward\": \"minor\"", ">=8.0.104 <9 range"),
        (", \"rollForward\": \"latestMajor\"", ">=8.0.104 minimum"),
        (", \"rollForward\": \"disable\"", "8.0.104 pin"),
    ];
    for (roll, expected) in cases {
        let text = format!("// the SDK\n{{ \"sdk\": {{ /* ours */ \"version\": \"8.0.104\"{roll}, }} }}\n");
        assert_eq!(
            found(&[("global.json", &text)]),
            [format!("dotnet {expected} global.json:2")]
        );
    }
}

#[test]
fn every_terraform_condition_is_a_requirement() {
    let main = "terraform {\n  # required_version = \"0.12\"\n  required_version = \"~> 1.5\"\n}\n";
    let other = "/*\n required_version = \"9\"\n*/\nterraform { required_version = \">= 1.6, < 2\" }\n// required_version = \"9\"\nmodule \"a\" { version = \"9\" }\n";
    assert_eq!(
        found(&[("main.tf", main), ("other.tf", other), (".terraform-version", "1.9.1")]),
        [
            "terraform 1.9.1 pin .terraform-version:1",
            "terraform ~>1.5 range main.tf:3",
            "terraform >=1.6, <2 range other.tf:4",
        ]
    );
}

#[test]
fn containers_only_hint() {
    let dockerfile = "ARG NODE_VERSION=20.11\nARG OTHER\nFROM --platform=linux/amd64 node:${NODE_VERSION}-slim AS build\nFROM python:$OTHER\nFROM docker.io/library/golang:1.22@sha256:00 AS b\nFROM build\nFROM registry.example:5000/base\nFROM ruby:${R:-3.3}\nFROM scratch\n";
    assert_eq!(
        found(&[("Dockerfile", dockerfile)]),
        [
            "node 20.11 hint Dockerfile:3",
            "go 1.22 hint Dockerfile:5",
            "ruby 3.3 hint Dockerfile:8"
        ]
    );
    let container = "{\n  // ours\n  \"image\": \"mcr.microsoft.com/devcontainers/python:1-3.12-bookworm\",\n  \"features\": {\n    \"ghcr.io/devcontainers/features/node:1\": { \"version\": \"20\" },\n    \"ghcr.io/devcontainers/features/go:1\": { \"version\": \"latest\" },\n    \"ghcr.io/devcontainers/features/common-utils:2\": {},\n  },\n}\n";
    let files = [(".devcontainer/devcontainer.json", container)];
    assert_eq!(
        found(&files),
        [
            "python3 3.12 hint .devcontainer/devcontainer.json:3",
            "node 20 hint .devcontainer/devcontainer.json:5",
        ]
    );
    let hint = carried(&files).requirements[0].requirement();
    assert_eq!(
        (hint.severity, hint.source.as_str()),
        (Severity::Info, ".devcontainer/devcontainer.json:3")
    );
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

#[test]
fn what_cannot_be_understood_is_a_problem_with_its_line() {
    let cases = [
        ("package.json", "{\n  \"engines\": {\n", 2),
        ("mise.toml", "[tools]\nnode = \n", 2),
        ("mise.toml", "[tools]\nnode = 20\n", 2),
        (".tool-versions", "nodejs\n", 1),
        (".tool-versions", "\nno-such-tool 1.0\n", 2),
        (".nvmrc", "# nothing\n", 1),
        (".sdkmanrc", "java 17\n", 1),
        ("package.json", "{ \"packageManager\": \"9.1.0\" }", 1),
    ];
    for (file, text, line) in cases {
        let carried = carried(&[(file, text)]);
        assert_eq!(carried.problems.len(), 1, "{text}: {carried:?}");
        let problem = &carried.problems[0];
        assert_eq!(
            (problem.file.as_str(), problem.line),
            (file, line),
            "{text}: {problem:?}"
        );
        assert!(problem.message.starts_with(file) && problem.message.ends_with('.') && !problem.help.is_empty());
    }
}

#[test]
fn a_file_that_is_too_large_or_no_text_is_a_problem() {
    let folder = folder(&[(".nvmrc", "20")]);
    fs::write(folder.path().join(".tool-versions"), vec![b'#'; 1024 * 1024 + 1]).unwrap();
    fs::write(folder.path().join(".ruby-version"), [0xff, 0xfe, 0x33, 0x00]).unwrap();
    fs::create_dir(folder.path().join(".go-version")).unwrap();

    let carried = requirements_in(folder.path());

    let messages: Vec<_> = carried
        .problems
        .iter()
        .map(|problem| problem.message.as_str())
        .collect();
    assert_eq!(
        messages,
        [
            ".tool-versions is larger than 1 MiB, so it was not read.",
            ".ruby-version is not UTF-8 text, so it was not read.",
        ]
    );
    assert_eq!(carried.requirements.len(), 1);
}

#[cfg(unix)]
#[test]
fn a_link_out_of_the_folder_is_not_followed() {
    let outside = folder(&[("secret", "20")]);
    let inside = folder(&[("versions/node", "22")]);
    std::os::unix::fs::symlink(outside.path().join("secret"), inside.path().join(".nvmrc")).unwrap();
    std::os::unix::fs::symlink("versions/node", inside.path().join(".node-version")).unwrap();
    std::os::unix::fs::symlink("nowhere", inside.path().join(".go-version")).unwrap();

    let carried = requirements_in(inside.path());

    let asked: Vec<_> = carried.requirements.iter().map(|one| one.range.as_str()).collect();
    assert_eq!(asked, ["22"]);
    assert_eq!(carried.problems.len(), 2);
    assert!(
        carried.problems[0].message.contains("leads out of the folder"),
        "{:?}",
        carried.problems
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn no_text_in_any_file_breaks_the_reading(
        words in prop::collection::vec("[ -~]{0,6}|\\[tools\\]\n|\"|=|:|\\{|\\}|\\$\\{|\n|\t|\u{e9}|go |FROM |ruby \"|node|@|-|1\\.2|,", 0..40),
    ) {
        let text = words.concat();
        let names = [
            "mise.toml", ".tool-versions", ".nvmrc", ".java-version", "rust-toolchain", ".sdkmanrc", "global.json",
            "package.json", "Cargo.toml", "pyproject.toml", "go.mod", "Gemfile", "main.tf", ".devcontainer.json", "Dockerfile",
        ];
        let files: Vec<_> = names.iter().map(|name| (*name, text.as_str())).collect();

        let carried = carried(&files);

        for one in &carried.requirements {
            prop_assert!(toolchain::Range::parse(&one.range).is_ok(), "{one:?}");
            prop_assert!(one.line >= 1 && one.line <= text.lines().count().max(1), "{one:?}");
        }
    }
}
