//! The files of version managers that speak of every tool.

use crate::{carried, found};

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
    let text = "min_version = \"2024.1\"\n[env]\nA = \"{{ exec(command='rm') }}\"\n[tools]\nnode = \"20\"\npython = [\"3.12\", \"3.11\"]\nterraform = { version = \"1.9.1\", install_env = { A = \"b\" } }\n\"npm:typescript\" = \"5.6\"\n\"aqua:hashicorp/vault\" = \"latest\"\n";
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
fn what_mise_installs_on_other_systems_is_not_asked_for_here() {
    let here = std::env::consts::OS;
    let text = format!(
        "[tools]\nnode = {{ version = \"20\", os = [\"plan9\"] }}\ngo = {{ version = \"1.22\", os = [\"plan9\", \"{here}\"] }}\npython = [{{ version = \"3.12\", os = [\"{here}/z80\"] }}, \"3.11\"]\nruby = [{{ version = \"3.3\", os = [\"plan9/x64\"] }}]\n"
    );
    assert_eq!(
        found(&[("mise.toml", &text)]),
        ["go 1.22 pin mise.toml:3", "python3 3.11 pin mise.toml:4"]
    );
}

#[test]
fn a_local_file_of_mise_overrides_the_shared_one() {
    let files = [
        ("mise.toml", "[tools]\nnode = \"20\"\ngo = \"1.22\"\n"),
        ("mise.local.toml", "[tools]\nnode = \"22\"\n"),
        (
            ".config/mise/conf.d/10-more.toml",
            "[tools]\ngo = \"1.20\"\njq = \"1.7\"\n",
        ),
        (".mise/config.toml", "[tools]\nnode = \"18\"\n"),
    ];

    assert_eq!(
        found(&files),
        [
            "node 22 pin mise.local.toml:2",
            "go 1.22 pin mise.toml:3",
            "jq 1.7 pin .config/mise/conf.d/10-more.toml:3",
        ]
    );
    assert_eq!(carried(&files).conflicts, []);
}

#[test]
fn each_member_of_a_workspace_has_files_of_mise_of_its_own() {
    let files = [
        ("package.json", "{ \"workspaces\": [\"web\"] }"),
        ("mise.toml", "[tools]\nnode = \"20\"\n"),
        ("web/mise.toml", "[tools]\nnode = \"22\"\n"),
        ("web/mise/config.toml", "[tools]\nnode = \"18\"\n"),
    ];
    assert_eq!(
        found(&files),
        ["node 20 pin mise.toml:2", "node 22 pin web/mise.toml:2"]
    );
}

#[test]
fn the_version_of_a_launcher_is_not_that_of_the_tool() {
    assert_eq!(
        found(&[(".tool-versions", "bazelisk 1.20.0\ngithub-cli 2.45.0\n")]),
        ["bazel any pin .tool-versions:1", "gh 2.45.0 pin .tool-versions:2"]
    );
}
