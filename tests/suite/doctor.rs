//! The `roadbook doctor` command with tools of the test's own.

use crate::desk::{Desk, rows, text};

#[test]
fn doctor_tells_version_path_and_state_of_each_tool() {
    let desk = Desk::new();
    let found = desk.rows(&["doctor", "--path", "first-service"]);
    let node = found
        .iter()
        .find(|row| row["tool"] == "node")
        .expect("node is asked for");
    assert_eq!(text(node, "state"), "passed");
    assert_eq!(text(node, "version"), "22.4.0");
    assert_eq!(text(node, "severity"), "recommended");
    assert_eq!(text(node, "required"), ">=20");
    assert_eq!(text(node, "path"), "[HOME]/bin/node");
    assert!(node["ms"].is_number() && !text(node, "source").is_empty());
    let git = found.iter().find(|row| row["tool"] == "git").expect("git is asked for");
    assert_eq!(
        (text(git, "state"), text(git, "severity")),
        ("passed".into(), "required".into())
    );
}

#[test]
fn doctor_ends_with_1_only_when_a_required_tool_is_not_there() {
    let desk = Desk::new();
    desk.home.install_tool("node", "echo v18.0.0");
    let recommended = desk
        .run(&["--json", "doctor", "--path", "first-service"])
        .expect_code(0)
        .stdout_json();
    let node = rows(&recommended)
        .into_iter()
        .find(|row| row["tool"] == "node")
        .expect("node is asked for");
    assert_eq!(text(&node, "state"), "failed");
    desk.home.install_tool("git", "echo 'git version 1.9.0'");
    let required = desk
        .run(&["--json", "doctor", "--path", "first-service"])
        .expect_code(1)
        .stdout_json();
    let git = rows(&required)
        .into_iter()
        .find(|row| row["tool"] == "git")
        .expect("git is asked for");
    assert_eq!(
        (text(&git, "state"), text(&git, "version")),
        ("failed".into(), "1.9.0".into())
    );
    desk.run(&["doctor", "--path", "first-service"])
        .expect_code(1)
        .stdout_has("1.9.0")
        .stdout_has("2.20");
}

#[test]
fn a_tool_that_is_missing_altogether_is_a_finding() {
    let desk = Desk::new();
    desk.book.write(
        "tools.toml",
        "[acme-deploy]\ntitle = \"Acme deploy\"\nprogram = \"acme-deploy\"\nargument = \"--version\"\n",
    );
    let found = desk.run(&["--json", "doctor", "acme-deploy"]).expect_code(1);
    let missing = &rows(&found.stdout_json())[0];
    assert_eq!(text(missing, "state"), "failed");
    assert!(missing["version"].is_null() && missing["path"].is_null(), "{missing}");
}

#[test]
fn a_tool_that_is_named_twice_is_told_by_the_check_of_the_roadbook() {
    let desk = Desk::new();
    desk.book.write(
        "tools.toml",
        "[acme]\nprogram = \"acme\"\n[acme]\nprogram = \"acme2\"\n[python]\nprogram = \"acme3\"\n",
    );
    let found = rows(&desk.run(&["check", "--json"]).expect_code(1).stdout_json());
    let twice: Vec<_> = found.iter().filter(|row| row["code"] == "duplicate-tool").collect();
    let lines: Vec<_> = twice.iter().filter_map(|row| row["line"].as_u64()).collect();
    assert_eq!(lines, [3, 5], "{found:?}");
    assert!(twice.iter().all(|row| row["file"] == "tools.toml"));
}
