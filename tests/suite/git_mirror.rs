//! `roadbook fetch`, and starting without a network.

use std::fs;

use tests::{Fixture, GitServer, Home, STANDARD_STARTER};

use crate::desk::{Desk, text};

#[test]
fn what_was_fetched_is_there_without_a_network() {
    let mut desk = Desk::new();
    let fetched = desk.rows(&["fetch"]);
    assert_eq!(fetched.len(), 1, "{fetched:?}");
    assert_eq!(text(&fetched[0], "starter"), STANDARD_STARTER);
    assert_eq!(text(&fetched[0], "repository"), desk.server.url(STANDARD_STARTER));
    assert!(
        fetched[0]["bytes"].as_u64().is_some_and(|bytes| bytes > 0),
        "{fetched:?}"
    );
    assert!(
        fetched[0]["age"].is_string() && fetched[0]["fetched"].is_u64(),
        "{fetched:?}"
    );

    // The server ends; the roadbook still names it.
    desk.server = GitServer::start();
    let started = desk.run(&["start", STANDARD_STARTER, "sample"]).expect_code(0);

    started.stderr_has("Taken from the mirror on this machine, which was fetched");
    assert!(desk.home.projects().join("sample/app/main.txt").is_file());
    assert!(
        desk.home
            .kept_files("")
            .iter()
            .any(|file| file.to_string_lossy().contains("/cache/mirrors/"))
    );
}

#[test]
fn what_there_is_is_listed_with_its_age_and_size() {
    let desk = Desk::new();
    desk.run(&["fetch", "--list"]).expect_code(0).stdout_has("no copy yet");

    desk.run(&["fetch", STANDARD_STARTER]).expect_code(0).stdout_has(" MB");

    desk.run(&["fetch", "--list"])
        .expect_code(0)
        .stdout_has(STANDARD_STARTER)
        .stdout_has(" MB");
}

#[test]
fn a_template_and_an_unknown_starter_are_not_fetched() {
    let desk = Desk::new();
    desk.run(&["fetch", "hello-note"])
        .expect_code(2)
        .stderr_has("is a template, which is always here");
    desk.run(&["fetch", "no-such"]).expect_code(2).stderr_has("no-such");
}

#[test]
fn one_that_cannot_be_fetched_does_not_keep_the_others_away() {
    let server = Fixture::standard_server();
    let book = Fixture::standard(&server).repository_starter("another", &server.url("gone"));
    let home = Home::new();
    let argument = book.argument();

    home.roadbook(["--book", &argument, "fetch"])
        .expect_code(2)
        .stderr_has("There is no repository at");

    let listed = home
        .roadbook(["--book", &argument, "--json", "fetch", "--list"])
        .expect_code(0)
        .stdout_json();
    let ages: Vec<bool> = listed
        .as_array()
        .expect("rows")
        .iter()
        .map(|row| row["age"].is_string())
        .collect();
    assert_eq!(ages, [false, true], "another, sample-app: {listed}");
    assert_eq!(fs::read_dir(home.projects()).expect("it is there").count(), 0);
}
