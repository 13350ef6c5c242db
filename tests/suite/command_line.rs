//! The `roadbook` command on a small roadbook: data, messages, exit codes.

use serde_json::Value;
use tests::{Fixture, Home};

use crate::desk::{Desk, rows, text};

#[test]
fn paths_are_listed_with_their_steps_and_states() {
    let desk = Desk::new();
    let paths = desk.rows(&["paths"]);
    let ids: Vec<String> = paths.iter().map(|path| text(path, "id")).collect();
    assert_eq!(ids, ["first-service", "second-look"]);
    assert_eq!(text(&paths[0], "title"), "Ship the sample");
    assert_eq!(text(&paths[0], "state"), "todo");
    let steps = paths[0]["steps"].as_array().expect("a path has steps");
    assert_eq!(steps.len(), 6);
    for step in steps {
        assert!(!text(step, "id").is_empty() && !text(step, "title").is_empty());
        assert_eq!(text(step, "state"), "todo");
    }
    desk.run(&["paths"])
        .expect_code(0)
        .stdout_has("Ship the sample")
        .stderr_is_empty();
}

#[test]
fn steps_and_minutes_are_counted_as_people_say_it() {
    let book = Fixture::minimal()
        .file("paths/a/index.md", "---\ntitle: A\n---\n")
        .file("paths/a/10-s.md", "---\ntitle: S\nminutes: 1\n---\n")
        .file("paths/b/index.md", "---\ntitle: B\n---\n")
        .file("paths/b/10-s.md", "---\ntitle: S\n---\n")
        .file("paths/b/20-t.md", "---\ntitle: T\n---\n");

    let told = Home::new()
        .roadbook(["--book", &book.argument(), "paths"])
        .expect_code(0);

    let ends: Vec<&str> = told
        .stdout
        .lines()
        .map(|line| line.rsplit("  ").next().unwrap_or_default().trim())
        .collect();
    assert_eq!(ends, ["1 step, about 1 minute", "2 steps"]);
}

#[test]
fn the_built_in_roadbook_is_there_without_any_option() {
    let home = Home::new();
    let paths = rows(&home.roadbook(["--json", "paths"]).expect_code(0).stdout_json());
    assert!(
        paths.iter().any(|path| text(path, "id") == "first-service"),
        "{paths:?}"
    );
}

#[test]
fn a_page_is_shown_as_text_and_as_safe_html() {
    let desk = Desk::new();
    let shown = desk
        .run(&["show", "library/concepts/paved-path"])
        .expect_code(0)
        .stderr_is_empty();
    shown.stdout_has("Paved path").stdout_has("Nobody has to take it.");
    let html = desk
        .run(&["show", "library/concepts/paved-path", "--html"])
        .expect_code(0)
        .stderr_is_empty();
    html.stdout_has("<p>A paved path is the supported way")
        .says_nothing_of("<script");
    desk.run(&["show", "first-service/tools"])
        .expect_code(0)
        .stdout_has("The project needs these programs.");
    desk.run(&["show", "first-service"])
        .expect_code(0)
        .stdout_has("Walk this path");
}

#[test]
fn a_page_that_is_not_there_is_named() {
    let desk = Desk::new();
    desk.run(&["show", "library/nothing"])
        .expect_code(2)
        .stdout_is_empty()
        .stderr_has("library/nothing");
}

#[test]
fn search_finds_a_section_and_says_where_it_is() {
    let desk = Desk::new();
    let found = desk.rows(&["search", "secret"]);
    assert_eq!(text(&found[0], "page"), "library/how-to/rotate-a-secret");
    for name in ["title", "snippet"] {
        assert!(!text(&found[0], name).is_empty(), "{name} is empty in {}", found[0]);
    }
    assert!(found[0]["score"].is_number() && found[0].get("anchor").is_some() && found[0].get("breadcrumb").is_some());
    let question = desk.rows(&["search", "who maintains it"]);
    assert_eq!(
        text(&question[0], "page"),
        "library/concepts/paved-path",
        "{question:?}"
    );
    assert!(desk.rows(&["search", "path"]).len() > 1);
    assert_eq!(desk.rows(&["search", "path", "--limit", "1"]).len(), 1);
}

#[test]
fn a_search_without_a_result_is_an_empty_list_and_says_so() {
    let desk = Desk::new();
    let json = desk.run(&["--json", "search", "zyzzyva"]).run();
    assert_eq!(rows(&json.stdout_json()), Vec::<Value>::new());
    let people = desk
        .run(&["search", "zyzzyva"])
        .run()
        .stdout_is_empty()
        .stderr_has("zyzzyva");
    assert_eq!(
        json.code(),
        people.code(),
        "the form of the answer changes the exit code"
    );
}

#[test]
fn wrong_use_ends_with_2_and_points_to_the_help() {
    let home = Home::new();
    home.roadbook(["dance"])
        .expect_code(2)
        .stdout_is_empty()
        .stderr_has("dance")
        .stderr_has("--help");
    home.roadbook(["paths", "--sideways"])
        .expect_code(2)
        .stdout_is_empty()
        .stderr_has("--sideways");
}

#[test]
fn the_help_names_every_command() {
    let home = Home::new();
    let mut help = home.roadbook(["--help"]).expect_code(0).stderr_is_empty();
    for command in [
        "open", "paths", "show", "search", "doctor", "starters", "start", "verify", "progress", "check",
    ] {
        help = help.stdout_has(command);
    }
    home.roadbook(["--version"]).expect_code(0).stdout_has("roadbook ");
}
