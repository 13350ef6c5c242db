//! Opening a roadbook: stores and folders that are not as they should be, and another roadbook.
#![allow(clippy::unwrap_used, clippy::expect_used)]

#[path = "support/home.rs"]
mod home;

use engine::wire::Progress;
use engine::{Engine, Folders, Options};
use home::Home;

#[test]
fn a_damaged_store_is_told_until_it_is_dismissed() {
    let home = Home::new();
    home.write(
        "data/journey.db",
        "garbage that is long enough to be no database header",
    );

    let engine = home.open();
    let notice = &engine.start().unwrap().notices[0];
    assert_eq!(notice.id, "journey-set-aside");
    assert!(notice.hint.contains("journey.db.damaged-"));

    engine.dismiss_notice("journey-set-aside").unwrap();
    assert!(home.open().start().unwrap().notices.is_empty());
}

#[test]
fn a_store_that_cannot_be_written_is_told_and_the_book_still_opens() {
    let home = Home::new();
    home.write("data", "a file where the folder should be");

    let engine = home.open();

    assert_eq!(engine.start().unwrap().notices[0].id, "journey-not-kept");
    engine.complete_step("first/read", true).unwrap();
    assert_eq!(engine.path("first").unwrap().card.state, Progress::Started);
}

#[test]
fn a_folder_that_is_no_roadbook_is_told() {
    let home = Home::new();
    let folders = Folders {
        data: home.path("d"),
        cache: home.path("c"),
        home: home.path("h"),
    };

    let failure = Engine::open(Options {
        book: Some(home.path("home-of-nothing")),
        folders: Some(folders),
    })
    .err()
    .unwrap();

    assert!(failure.message.contains("home-of-nothing"));
    assert!(!failure.hint.is_empty());
}

#[test]
fn another_roadbook_asks_for_its_own_role_and_keeps_the_theme() {
    let home = Home::new();
    let mut settings = home.open().settings().unwrap();
    settings.role = Some("backend".into());
    settings.welcomed = true;
    settings.theme = engine::wire::Theme::Dark;
    home.open().save_settings(&settings).unwrap();
    home.write("book/roadbook.toml", "format = 1\nid = \"other\"\ntitle = \"Other\"\n");

    let engine = home.open();
    let here = engine.settings().unwrap();

    assert_eq!((here.role.as_deref(), here.welcomed), (None, false));
    assert_eq!(here.theme, engine::wire::Theme::Dark);
    engine.save_settings(&here).unwrap();
}
