//! The store of a person's progress: nothing in it is ever lost.

use std::fs;

use crate::desk::Desk;

/// No database begins like this.
const DAMAGED: &[u8] = b"This was a journey once.\0\x01\x02\x03 and then the disk had a bad day. ";

#[test]
fn a_damaged_store_is_set_aside_with_its_date_and_the_person_is_told() {
    let desk = Desk::new();
    desk.run(&["progress"]).expect_code(0);
    let stores = desk.home.kept_files("journey.db");
    let store = stores
        .iter()
        .find(|file| file.ends_with("journey.db"))
        .expect("the store is made")
        .clone();
    for companion in stores.iter().filter(|file| !file.ends_with("journey.db")) {
        fs::remove_file(companion).expect("it can be removed");
    }
    let damaged = DAMAGED.repeat(100);
    fs::write(&store, &damaged).expect("it can be written");

    let told = desk.run(&["paths"]).expect_code(0).stdout_has("Ship the sample");

    let aside: Vec<_> = desk
        .home
        .kept_files("journey.db.")
        .into_iter()
        .filter(|file| fs::read(file).is_ok_and(|bytes| bytes == damaged))
        .collect();
    assert_eq!(
        aside.len(),
        1,
        "the damaged bytes are not kept: {:?}",
        desk.home.kept_files("journey")
    );
    let name = aside[0]
        .file_name()
        .expect("a file has a name")
        .to_string_lossy()
        .into_owned();
    assert!(name.contains("20"), "{name} has no date");
    told.stderr_has("damaged").stderr_has(&name);
    desk.run(&["progress"]).expect_code(0);
    assert_eq!(
        fs::read(&aside[0]).expect("it is still there"),
        damaged,
        "the file set aside was changed"
    );
}

#[test]
fn a_second_damaged_store_does_not_overwrite_the_first() {
    let desk = Desk::new();
    for round in 0..2 {
        desk.run(&["progress"]).expect_code(0);
        let stores = desk.home.kept_files("journey.db");
        let store = stores
            .iter()
            .find(|file| file.ends_with("journey.db"))
            .expect("the store is made");
        for companion in ["journey.db-wal", "journey.db-shm"] {
            drop(fs::remove_file(store.with_file_name(companion)));
        }
        fs::write(store, DAMAGED.repeat(100 + round)).expect("it can be written");
        desk.run(&["progress"]).expect_code(0);
    }
    let aside = desk.home.kept_files("journey.db.").into_iter();
    let kept = aside
        .filter(|file| fs::read(file).is_ok_and(|bytes| bytes.starts_with(DAMAGED)))
        .count();
    assert_eq!(
        kept,
        2,
        "one of the damaged stores is gone: {:?}",
        desk.home.kept_files("journey")
    );
}

#[test]
fn a_store_that_cannot_be_made_is_told_and_the_roadbook_can_be_read() {
    let desk = Desk::new();
    let in_the_way = desk.home.write("blocked", "a file where the folder would be\n");
    let read = desk
        .run(&["paths"])
        .with_variable("ROADBOOK_HOME", &in_the_way)
        .expect_code(0);
    read.stdout_has("Ship the sample").stderr_has("not being saved");
    assert_eq!(
        fs::read_to_string(in_the_way).expect("it is still there"),
        "a file where the folder would be\n"
    );
}

#[test]
fn the_log_that_a_new_project_leaves_is_taken_in_by_the_next_command() {
    let desk = Desk::new();
    let log = |desk: &Desk| desk.home.kept_files("journey.db-wal").len();

    let project = desk.create();
    assert_eq!(log(&desk), 1);
    desk.verify(&project).expect_code(0);

    assert_eq!(log(&desk), 0);
    assert_eq!(desk.state_of("first-service/verify"), "done");
}

#[test]
fn two_commands_at_once_lose_nothing() {
    let desk = Desk::new();
    let project = desk.create();
    let running: Vec<_> = (0..4).map(|_| desk.verify(&project).spawn()).collect();
    for verify in running {
        verify.wait().expect_code(0);
    }
    assert_eq!(desk.state_of("first-service/verify"), "done");
}
