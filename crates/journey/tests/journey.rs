//! The store as the engine uses it.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

use std::path::Path;

use journey::{Journey, Kind, NewProject, Outcome, State};
use time::macros::datetime;

const NOW: time::OffsetDateTime = datetime!(2026-11-23 09:30:00 UTC);

fn outcome(page: &str, task: &str, state: State, at: i64) -> Outcome {
    Outcome {
        book: "acme".into(),
        page: page.into(),
        task: task.into(),
        state,
        json: serde_json::json!({ "picked": [1] }),
        print: "a1".into(),
        at,
    }
}

#[test]
fn an_outcome_survives_a_reopen_and_replaces_the_earlier_one() {
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("data/journey.db");
    {
        let store = Journey::open(&file, NOW).unwrap().journey;
        store
            .record(&outcome("first-day/tools", "tools-1", State::Failed, 1))
            .unwrap();
        store
            .record(&outcome("first-day/tools", "tools-1", State::Passed, 2))
            .unwrap();
    }

    let outcomes = Journey::open(&file, NOW).unwrap().journey.outcomes("acme").unwrap();

    assert_eq!(outcomes, [outcome("first-day/tools", "tools-1", State::Passed, 2)]);
}

#[test]
fn a_damaged_store_is_set_aside_with_its_date_and_its_bytes() {
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("journey.db");
    std::fs::write(&file, b"this is no database, but somebody's progress").unwrap();

    let opened = Journey::open(&file, NOW).unwrap();

    let aside = opened.set_aside.unwrap();
    assert_eq!(aside.file_name().unwrap(), "journey.db.damaged-2026-11-23-093000");
    assert_eq!(
        std::fs::read(&aside).unwrap(),
        b"this is no database, but somebody's progress"
    );
    assert!(opened.journey.outcomes("acme").unwrap().is_empty());
}

#[test]
fn a_second_damaged_store_of_the_same_second_overwrites_nothing() {
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("journey.db");
    std::fs::write(&file, b"first").unwrap();
    let first = Journey::open(&file, NOW).unwrap().set_aside.unwrap();
    std::fs::write(&file, b"second").unwrap();
    for companion in ["journey.db-wal", "journey.db-shm"] {
        std::fs::remove_file(home.path().join(companion)).ok();
    }

    let second = Journey::open(&file, NOW).unwrap().set_aside.unwrap();

    assert_eq!(std::fs::read(first).unwrap(), b"first");
    assert_eq!(std::fs::read(second).unwrap(), b"second");
}

#[test]
fn a_store_of_a_later_version_is_refused_and_left_as_it_is() {
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("journey.db");
    let connection = rusqlite::Connection::open(&file).unwrap();
    connection.pragma_update(None, "user_version", 99).unwrap();
    drop(connection);

    let error = Journey::open(&file, NOW).unwrap_err();

    assert_eq!(error.kind, Kind::Newer);
    assert!(error.to_string().contains("later version"));
    assert!(!error.hint().is_empty());
    assert_eq!(
        std::fs::read_dir(home.path())
            .unwrap()
            .filter(|entry| {
                entry
                    .as_ref()
                    .unwrap()
                    .file_name()
                    .to_string_lossy()
                    .contains("damaged")
            })
            .count(),
        0
    );
}

#[test]
fn a_file_in_the_way_of_the_folder_is_told() {
    let home = tempfile::tempdir().unwrap();
    std::fs::write(home.path().join("data"), b"").unwrap();

    let error = Journey::open(&home.path().join("data/journey.db"), NOW).unwrap_err();

    assert!(error.to_string().contains("data"), "{error}");
}

#[test]
fn reset_forgets_a_step_or_a_path_and_nothing_beside_it() {
    let store = Journey::in_memory().unwrap();
    for page in ["first/a", "first/b", "first-day/a", "first%/a"] {
        store.record(&outcome(page, "", State::Passed, 1)).unwrap();
    }

    assert_eq!(store.reset("acme", "first/a").unwrap(), 1);
    assert_eq!(store.reset("acme", "first").unwrap(), 1);

    let left: Vec<_> = store
        .outcomes("acme")
        .unwrap()
        .into_iter()
        .map(|row| row.page)
        .collect();
    assert_eq!(left, ["first%/a", "first-day/a"]);
}

#[test]
fn values_are_kept_and_one_that_no_longer_fits_counts_as_missing() {
    let store = Journey::in_memory().unwrap();
    store.set_value("theme", &"dark").unwrap();

    assert_eq!(store.value::<String>("theme").unwrap().as_deref(), Some("dark"));
    assert_eq!(store.value::<u32>("theme").unwrap(), None);
    assert_eq!(store.value::<String>("nothing").unwrap(), None);
}

#[test]
fn projects_come_newest_first_and_a_folder_is_there_once() {
    let store = Journey::in_memory().unwrap();
    let mut project = NewProject {
        book: "acme",
        starter: "rust-service",
        path: Some("first-service"),
        folder: Path::new("/home/ada/hello"),
        after: "Run it.",
        at: 1,
    };
    store.add_project(&project).unwrap();
    project.folder = Path::new("/home/ada/other");
    project.at = 2;
    store.add_project(&project).unwrap();
    project.folder = Path::new("/home/ada/hello");
    project.at = 3;
    let id = store.add_project(&project).unwrap();

    let projects = store.projects("acme").unwrap();

    assert_eq!(projects.iter().map(|row| row.at).collect::<Vec<_>>(), [3, 2]);
    assert_eq!(store.project(id).unwrap().unwrap().folder, Path::new("/home/ada/hello"));
}

#[test]
fn an_export_comes_back_on_another_machine_and_the_later_outcome_stays() {
    let here = Journey::in_memory().unwrap();
    here.record(&outcome("first-day/a", "", State::Passed, 10)).unwrap();
    here.record(&outcome("first-day/b", "", State::Failed, 10)).unwrap();
    let text = serde_json::to_string(&here.export("acme").unwrap()).unwrap();
    let there = Journey::in_memory().unwrap();
    there.record(&outcome("first-day/b", "", State::Passed, 20)).unwrap();

    assert_eq!(there.import("acme", &text).unwrap(), 1);

    let outcomes = there.outcomes("acme").unwrap();
    assert_eq!(outcomes[0], outcome("first-day/a", "", State::Passed, 10));
    assert_eq!(outcomes[1].state, State::Passed);
}

#[test]
fn an_import_of_something_else_says_so_and_changes_nothing() {
    let store = Journey::in_memory().unwrap();
    let other = r#"{"roadbook_progress":1,"book":"other","outcomes":[]}"#;
    let later = r#"{"roadbook_progress":9,"book":"acme","outcomes":[]}"#;

    for text in ["not json", "{}", other, later] {
        let error = store.import("acme", text).unwrap_err();
        assert_eq!(error.kind, Kind::Import, "{text}");
    }
    assert!(store.outcomes("acme").unwrap().is_empty());
}

#[test]
fn a_copy_in_memory_shows_what_was_done_before() {
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("jour ney?.db");
    let done = outcome("first-day/a", "", State::Passed, 1);
    Journey::open(&file, NOW).unwrap().journey.record(&done).unwrap();

    let copy = Journey::in_memory_copy(&file).unwrap();

    assert_eq!(copy.outcomes("acme").unwrap(), [done]);
    let nothing = Journey::in_memory_copy(&home.path().join("missing.db")).unwrap();
    assert!(nothing.outcomes("acme").unwrap().is_empty());
}

#[test]
fn two_that_begin_at_once_share_one_store() {
    for _ in 0..20 {
        let home = tempfile::tempdir().unwrap();
        let file = home.path().join("journey.db");
        let barrier = std::sync::Barrier::new(2);
        std::thread::scope(|scope| {
            for page in ["a", "b"] {
                let (file, barrier) = (&file, &barrier);
                scope.spawn(move || {
                    barrier.wait();
                    let store = Journey::open(file, NOW).unwrap().journey;
                    store.record(&outcome(page, "", State::Passed, 1)).unwrap();
                });
            }
        });
        assert_eq!(
            Journey::open(&file, NOW)
                .unwrap()
                .journey
                .outcomes("acme")
                .unwrap()
                .len(),
            2
        );
    }
}
