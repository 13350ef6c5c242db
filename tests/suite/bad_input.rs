//! What is broken, missing or in the way gets a plain sentence, and nothing is lost or left half made.

use std::fs;
use std::path::Path;

use tests::{Behaviour, Fixture, Home, Run, STANDARD_STARTER};

use crate::desk::{Desk, rows, text};

#[test]
fn a_roadbook_of_a_later_format_is_a_sentence_and_no_parse_error() {
    let book = Fixture::minimal().replace("roadbook.toml", "format = 1", "format = 7");
    let refused = refused(&Home::new(), &book.argument(), &["paths"]);
    refused
        .stderr_has("newer version of Roadbook")
        .stderr_has("format 7")
        .says_nothing_of("TOML");
}

#[test]
fn a_folder_that_is_no_roadbook_is_named_with_what_it_lacks() {
    let folder = Fixture::new().file("notes.txt", "Hello\n");
    refused(&Home::new(), &folder.argument(), &["paths"])
        .stderr_has("is not a roadbook")
        .stderr_has("roadbook.toml");
}

#[test]
fn a_folder_that_is_not_there_is_named() {
    let home = Home::new();
    let missing = home.path("nowhere").display().to_string();
    refused(&home, &missing, &["paths"]).stderr_has("There is no folder [HOME]/nowhere");
}

#[test]
fn a_manifest_that_cannot_be_read_is_told_with_its_line() {
    let book = Fixture::new().file("roadbook.toml", "format = 1\nid = \"broken\ntitle = \"x\"\n");
    refused(&Home::new(), &book.argument(), &["paths"]).stderr_has("roadbook.toml, line 2");
}

#[test]
fn a_broken_page_is_a_diagnostic_and_the_rest_is_read() {
    let desk = Desk::new();
    desk.book
        .write("library/how-to/broken.md", "---\ntitle: [unclosed\n---\n\nText.\n");
    desk.book.write(
        "library/how-to/lost.md",
        "---\ntitle: Lost\n---\n\nSee [nothing](nowhere.md).\n",
    );
    desk.book.write(
        "paths/first-service/70-odd.md",
        "---\ntitle: Odd\n---\n\n```quiz\nquestion: Which?\n```\n",
    );

    let found = desk
        .home
        .roadbook(["--json", "check"])
        .with([desk.book.folder()])
        .expect_code(1);
    let rows = rows(&found.stdout_json());
    for (file, line) in [
        ("library/how-to/broken.md", 2),
        ("library/how-to/lost.md", 5),
        ("paths/first-service/70-odd.md", 5),
    ] {
        let row = rows
            .iter()
            .find(|row| row["file"] == file && row["severity"] != "info")
            .unwrap_or_else(|| panic!("{file} is not in {rows:?}"));
        // A task's finding may stand at its fence or at the line inside it.
        let told = row["line"].as_u64().expect("a line is a number");
        assert!((line..=line + 1).contains(&told), "{file}: line {told} in {row}");
        assert!(row["column"].is_number());
        for name in ["code", "severity", "message", "help"] {
            assert!(!text(row, name).is_empty(), "{name} is empty in {row}");
        }
    }
    let people = desk.home.roadbook(["check"]).with([desk.book.folder()]).expect_code(1);
    assert!(
        people.shown().contains("library/how-to/lost.md:5"),
        "{}",
        people.shown()
    );
    desk.run(&["show", "library/concepts/paved-path"])
        .expect_code(0)
        .stdout_has("Nobody has to take it.");
    assert_eq!(desk.rows(&["paths"]).len(), 2);
}

#[test]
fn a_target_folder_that_holds_files_is_left_as_it_is() {
    let desk = Desk::new();
    let mine = desk.home.write("projects/taken/mine.txt", "precious\n");
    for answers in [
        &[STANDARD_STARTER, "taken"][..],
        &["hello-note", "taken", "--set", "name=taken"],
    ] {
        let refused = desk.run(&["start"]).with(answers.iter().copied()).expect_code(2);
        refused.stdout_is_empty().stderr_has("taken");
    }
    assert_eq!(fs::read_to_string(&mine).expect("it is still there"), "precious\n");
    assert_eq!(entries(&desk.home.projects().join("taken")), ["mine.txt"]);
    assert_eq!(entries(&desk.home.projects()), ["taken"]);
}

#[test]
fn a_file_in_the_way_of_the_new_folder_is_named() {
    let desk = Desk::new();
    let _ = desk.home.write("projects/file", "not a folder\n");
    for target in ["file", "file/below"] {
        let refused = desk
            .run(&["start", "hello-note", target, "--set", "name=my-note"])
            .expect_code(2);
        refused.stdout_is_empty().stderr_has("file");
    }
    assert_eq!(entries(&desk.home.projects()), ["file"]);
}

#[test]
fn every_way_a_git_server_fails_has_its_own_words_and_leaves_nothing() {
    let desk = Desk::new();
    let mut told = Vec::new();
    for (behaviour, word) in [
        (Behaviour::NotFound, "sample-app"),
        (Behaviour::Html, "web page"),
        (Behaviour::SignIn("ada".into(), "swordfish".into()), "git clone"),
        (Behaviour::CutAfter(100), "broke"),
    ] {
        desk.server.behave(behaviour.clone());
        let failed = desk
            .run(&["start", STANDARD_STARTER, "sample"])
            .expect_code(2)
            .stdout_is_empty();
        assert!(
            failed.stderr.contains(word),
            "{behaviour:?}: no {word:?}. {}",
            failed.shown()
        );
        assert!(
            !told.contains(&failed.stderr),
            "{behaviour:?} has the words of another failure. {}",
            failed.shown()
        );
        told.push(failed.stderr);
        assert_eq!(
            entries(&desk.home.projects()),
            [""; 0],
            "{behaviour:?} left something behind"
        );
    }
}

#[test]
fn a_git_server_that_is_not_there_is_named() {
    let desk = Desk::new();
    // A port that was open a moment ago and is not any more.
    let address = {
        let port = std::net::TcpListener::bind("127.0.0.1:0").expect("a port is free");
        port.local_addr().expect("it has an address")
    };
    let url = format!("http://{address}/gone.git");
    let failed = desk.run(&["start", &url, "gone"]).expect_code(2).stdout_is_empty();
    failed.stderr_has("127.0.0.1");
    assert_eq!(entries(&desk.home.projects()), [""; 0]);
}

#[test]
fn a_person_without_a_git_identity_is_told_how_to_set_one() {
    let desk = Desk::new();
    let desk = Desk {
        home: Home::without_git_identity(),
        ..desk
    };
    let started = desk
        .run(&["start", "hello-note", "my-note", "--set", "name=my-note"])
        .run();
    // Either the project is made without a commit, or not at all; both say what to do.
    assert!(started.stderr.contains("user.name"), "{}", started.shown());
    let made = desk.home.projects().join("my-note").is_dir();
    assert_eq!(made, started.code() == Some(0), "{}", started.shown());
}

#[test]
fn a_roadbook_does_not_reach_outside_its_folder() {
    let desk = Desk::new();
    let secret = desk.home.write("secret.txt", "do not read\n");
    desk.book.write(
        "library/how-to/out.md",
        &format!("---\ntitle: Out\n---\n\nA picture: ![x]({})\n", secret.display()),
    );
    std::os::unix::fs::symlink(&secret, desk.book.folder().join("library/how-to/linked.md"))
        .expect("a link can be made");
    desk.run(&["show", "library/how-to/out", "--html"])
        .expect_code(0)
        .stdout_has("A picture:")
        .says_nothing_of("do not read");
    desk.run(&["show", "library/how-to/linked"])
        .expect_code(2)
        .says_nothing_of("do not read");
}

fn refused(home: &Home, book: &str, arguments: &[&str]) -> tests::Outcome {
    let run: Run = home.roadbook(["--book", book]).with(arguments.iter().copied());
    let outcome = run.expect_code(2).stdout_is_empty();
    assert!(
        outcome.stderr.lines().filter(|line| !line.trim().is_empty()).count() >= 2,
        "no hint. {}",
        outcome.shown()
    );
    outcome.says_nothing_of("panicked")
}

fn entries(folder: &Path) -> Vec<String> {
    let read = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut names: Vec<String> = read
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}
