//! The tools that a book or a repository asks for.
#![allow(clippy::unwrap_used, clippy::expect_used)]

#[path = "support/home.rs"]
mod home;

use engine::wire::{Progress, TaskState, ToolScope};
use home::{Home, task};

const TOOLS: &str = "---\ntitle: Tools\n---\n```tools\n- git\n```\n";

#[tokio::test]
async fn a_tools_task_passes_when_what_is_required_is_there() {
    let home = Home::new();
    home.write(
        "book/paths/second/20-tools.md",
        "---\ntitle: Tools\n---\n```tools\n- git\n- tool: no-such-tool-anywhere\n  required: false\n```\n",
    );
    home.write(
        "book/paths/second/30-more.md",
        "---\ntitle: More\n---\n```tools\n- git >=999\n```\n",
    );
    let engine = home.open();

    let rows = engine.check_tools("job", Some("second"), None, &|_| {}).await.unwrap();

    assert_eq!(rows.len(), 3);
    assert_eq!(task(&engine, "second/tools").state, TaskState::Passed);
    assert_eq!(task(&engine, "second/more").state, TaskState::Failed);
    let card = engine.home().unwrap().toolchain.unwrap();
    assert_eq!(
        card.attention
            .iter()
            .map(|row| row.required.as_str())
            .collect::<Vec<_>>(),
        [">=999"]
    );
    assert!(engine.diagnostics().iter().any(|row| row.code == "unknown-tool"));
}

#[tokio::test]
async fn what_a_repository_asks_for_is_checked_and_disagreements_are_told() {
    let home = Home::new();
    home.write("project/rust-toolchain.toml", "[toolchain]\nchannel = \"1.2.3\"\n");
    home.write("project/.nvmrc", "18\n");
    home.write("project/package.json", "{ \"engines\": { \"node\": \">=20\" } }\n");

    let check = home
        .open()
        .check_repository("job", &home.path("project"), &|_| {})
        .await
        .unwrap();

    let sources: Vec<_> = check.rows.iter().map(|row| row.source.as_str()).collect();
    assert!(
        sources.contains(&"rust-toolchain.toml:2") && sources.contains(&".nvmrc:1"),
        "{sources:?}"
    );
    let disagree = &check.files[0];
    assert_eq!(
        (disagree.tool.as_str(), disagree.state, disagree.source.as_str()),
        ("node", TaskState::Failed, "package.json:1")
    );
    assert!(disagree.detail.contains(".nvmrc:1 asks for 18"), "{}", disagree.detail);

    let scope = ToolScope::Folder {
        folder: home.path("project").display().to_string(),
    };
    let report = home.open().tools_report_on(&scope).unwrap();
    assert!(report.contains("## Node.js in version files: failed"), "{report}");
}

#[tokio::test]
async fn a_report_names_no_home_folder() {
    let home = Home::new();
    home.write(
        "book/paths/second/20-tools.md",
        "---\ntitle: Tools\n---\n```tools\n- git\n```\n",
    );
    let engine = home.open();
    engine.check_tools("job", None, None, &|_| {}).await.unwrap();

    let report = engine.tools_report().unwrap();

    assert!(report.contains("| Git |"), "{report}");
    let own = std::env::var("HOME").unwrap_or_default();
    assert!(own.len() < 2 || !report.contains(&own), "{report}");
}

#[tokio::test]
async fn a_report_tells_where_the_last_check_looked() {
    let home = Home::new();
    home.write("book/paths/second/20-tools.md", TOOLS);
    home.open().check_tools("job", None, None, &|_| {}).await.unwrap();

    let engine = home.open();

    let looked = engine.toolchain(&ToolScope::All).unwrap().environment;
    assert_ne!(looked, "The environment this app was started with");
    let report = engine.tools_report().unwrap();
    assert!(report.contains(&format!("- Environment: {looked}")), "{report}");
}

#[tokio::test]
async fn a_tool_is_told_under_the_name_that_was_asked_for() {
    let home = Home::new();
    home.write(
        "book/paths/second/20-tools.md",
        "---\ntitle: Tools\n---\n```tools\n- rust >=0.1\n```\n",
    );
    let engine = home.open();

    let rows = engine
        .check_tools("job", Some("second/tools"), None, &|_| {})
        .await
        .unwrap();

    assert_eq!(rows[0].tool, "rust");
    assert_ne!(task(&engine, "second/tools").state, TaskState::Todo);
}

#[tokio::test]
async fn a_path_checks_its_own_tools_also_those_that_another_asks_for_first() {
    let home = Home::new();
    home.write(
        "book/paths/first/50-tools.md",
        "---\ntitle: Tools\n---\n```tools\n- git\n```\n",
    );
    home.write(
        "book/paths/second/20-tools.md",
        "---\ntitle: Tools\n---\n```tools\n- git\n- curl\n```\n",
    );
    let engine = home.open();

    let rows = engine.check_tools("job", Some("second"), None, &|_| {}).await.unwrap();

    assert_eq!(
        rows.iter().map(|row| row.tool.as_str()).collect::<Vec<_>>(),
        ["git", "curl"]
    );
}

#[tokio::test]
async fn checking_all_tools_begins_no_path() {
    let home = Home::new();
    home.write("book/paths/second/20-tools.md", TOOLS);
    let engine = home.open();

    engine.check_tools("job", None, None, &|_| {}).await.unwrap();

    assert_eq!(task(&engine, "second/tools").state, TaskState::Passed);
    let screen = engine.home().unwrap();
    assert_eq!(screen.resume.unwrap().path.id, "first");
    assert!(screen.paths.iter().all(|card| card.state == Progress::Todo));
    engine
        .check_tools("job", Some("second/tools"), None, &|_| {})
        .await
        .unwrap();
    assert_eq!(engine.home().unwrap().resume.unwrap().path.id, "second");
}

#[tokio::test]
async fn a_reset_step_is_not_passed_by_a_check_of_other_tools() {
    let home = Home::new();
    home.write("book/paths/second/20-tools.md", TOOLS);
    let engine = home.open();
    engine.check_tools("job", None, None, &|_| {}).await.unwrap();
    engine.reset_progress("second").unwrap();

    engine
        .check_tools("job", None, Some(&["curl".to_owned()]), &|_| {})
        .await
        .unwrap();

    assert_eq!(task(&engine, "second/tools").state, TaskState::Todo);
}

#[test]
fn tools_of_the_organisation_that_cannot_be_read_are_told() {
    let home = Home::new();
    std::fs::create_dir_all(home.path("book/tools.toml")).unwrap();

    let rows = home.open().diagnostics();

    assert!(
        rows.iter()
            .any(|row| row.code == "tools-toml" && row.file == "tools.toml")
    );
}
