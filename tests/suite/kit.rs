//! The test kit itself: a kit that lies makes every other test worthless.

use std::fs;
use std::time::Duration;

use tests::{Behaviour, Fixture, GitServer, Home, STANDARD_STARTER, incompressible, until};

#[test]
fn a_program_sees_nothing_of_the_environment_of_the_test_run() {
    let home = Home::new();
    let seen = home.program("env", ["-0"]).expect_code(0);
    let names: Vec<&str> = seen
        .stdout
        .split('\0')
        .filter_map(|line| line.split_once('='))
        .map(|(name, _)| name)
        .collect();
    let strange: Vec<&&str> = names
        .iter()
        .filter(|name| !home.variables().contains_key(**name))
        .collect();
    assert!(strange.is_empty(), "variables that the home does not set: {strange:?}");
    assert!(seen.stdout.contains("HOME=[HOME]/home\0"), "{}", seen.shown());
}

#[test]
fn a_tool_of_the_test_is_found_before_the_systems_own() {
    let home = Home::new().with_tool("git", "echo 'git version 1.2.3'");
    home.git(["--version"]).expect_code(0).stdout_has("git version 1.2.3");
    let shell = home.program("sh", ["-lc", "git --version"]);
    shell.expect_code(0).stdout_has("git version 1.2.3");
}

#[test]
fn only_the_named_tools_are_found_when_a_test_says_so() {
    let home = Home::new().with_only_tools(&["git"]);
    home.program("sh", ["-c", "git --version"]).expect_code(0);
    home.program("sh", ["-c", "ls"]).expect_code(127).stdout_is_empty();
}

#[test]
fn a_command_that_hangs_is_ended_with_what_it_started() {
    let home = Home::new();
    let hung = std::panic::catch_unwind(|| {
        home.program("sh", ["-c", "echo begun; sleep 300 & wait"])
            .within(Duration::from_millis(200))
            .run()
    });
    let message = *hung
        .expect_err("it cannot end in time")
        .downcast::<String>()
        .expect("a message");
    assert!(
        message.contains("did not end within 200ms") && message.contains("begun"),
        "{message}"
    );
}

#[test]
fn the_last_error_is_told_when_the_deadline_passes() {
    let mut looks = 0;
    let answer: Result<(), String> = until(Duration::from_millis(60), || {
        looks += 1;
        Err(format!("look {looks}"))
    });
    assert_eq!(answer, Err(format!("look {looks}")));
    assert!(looks > 1, "it looked once only");
}

#[test]
fn the_git_server_is_a_real_one() {
    let server = Fixture::standard_server();
    let home = Home::new();
    home.git(["clone", "--depth", "1", &server.url(STANDARD_STARTER), "copy"])
        .expect_code(0);
    let readme = fs::read_to_string(home.projects().join("copy/README.md")).expect("it was cloned");
    assert_eq!(readme, "# Sample app\n\nOwner: Team Orders\n");
    assert!(
        server
            .asked()
            .iter()
            .any(|asked| asked == "POST /sample-app.git/git-upload-pack"),
        "{:?}",
        server.asked()
    );
}

#[test]
fn a_git_server_that_wants_a_sign_in_refuses_without_one() {
    let server = Fixture::standard_server().with_behaviour(Behaviour::SignIn("ada".into(), "swordfish".into()));
    let home = Home::new();
    let url = server.url(STANDARD_STARTER);
    home.git(["clone", &url, "refused"]).expect_code(128);
    let signed = url.replace("http://", "http://ada:swordfish@");
    home.git(["clone", &signed, "allowed"]).expect_code(0);
}

#[test]
fn a_clone_can_be_held_in_the_middle_and_goes_on() {
    let data = incompressible(300_000);
    let server = GitServer::start()
        .with_binary_repository("large", &[("data.bin", &data)])
        .with_behaviour(Behaviour::HoldAfter(50_000));
    let home = Home::new();
    let clone = home.git(["clone", &server.url("large"), "copy"]).spawn();
    server.wait_until_held();
    assert!(!home.projects().join("copy/data.bin").exists(), "it was not held");
    server.release();
    clone.wait().expect_code(0);
    assert!(
        fs::read(home.projects().join("copy/data.bin")).expect("it was cloned") == data,
        "other bytes than sent"
    );
}

#[test]
fn a_git_server_can_misbehave_in_every_way_a_test_needs() {
    let server = Fixture::standard_server();
    let home = Home::new();
    let url = server.url(STANDARD_STARTER);
    for behaviour in [Behaviour::NotFound, Behaviour::CutAfter(40)] {
        server.behave(behaviour.clone());
        let refused = home.git(["clone", &url, "copy"]).run();
        assert_eq!(refused.code(), Some(128), "{behaviour:?}. {}", refused.shown());
    }
    // Git itself takes a web page for an empty repository.
    server.behave(Behaviour::Html);
    home.git(["clone", &url, "page"]).run();
    assert!(!home.projects().join("page/README.md").exists());
    server.behave(Behaviour::Stall);
    let clone = home.git(["clone", &url, "copy"]).spawn();
    server.wait_until_held();
    assert_eq!(clone.kill().code(), None, "it waited for an answer");
}

#[test]
fn a_fixture_is_changed_file_by_file() {
    let fixture = Fixture::standard(&Fixture::standard_server())
        .without("library/how-to")
        .replace("roadbook.toml", "Fixture roadbook", "Another roadbook")
        .file("library/new.md", "---\ntitle: New\n---\n\nText.\n");
    assert!(!fixture.folder().join("library/how-to").exists());
    assert!(fixture.folder().join("library/new.md").is_file());
    let manifest = fs::read_to_string(fixture.folder().join("roadbook.toml")).expect("it is there");
    assert!(manifest.contains("title = \"Another roadbook\""));
}
