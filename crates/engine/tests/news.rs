//! What the first screen says is new.
#![allow(clippy::unwrap_used, clippy::expect_used)]

#[path = "support/home.rs"]
mod home;

use engine::Engine;
use home::Home;

/// Title, path of a new step, whether it came.
fn news(engine: &Engine) -> Vec<(String, Option<String>, bool)> {
    let cards = engine.home().unwrap().news;
    cards
        .into_iter()
        .map(|card| (card.page.title, card.path, card.new))
        .collect()
}

fn reviewed() -> (String, Option<String>, bool) {
    ("Paved path".into(), None, false)
}

#[test]
fn at_first_nothing_came_and_the_reviewed_pages_are_listed() {
    let home = Home::new();
    let engine = home.open();

    assert_eq!(news(&engine), [reviewed()]);
    assert_eq!(engine.home().unwrap().news[0].day, "2 January 2020");
}

#[test]
fn what_comes_later_is_new_in_every_later_start() {
    let home = Home::new();
    news(&home.open());
    home.write("book/paths/third/index.md", "---\ntitle: Third\n---\n");
    home.write("book/paths/third/10-do.md", "---\ntitle: Do it\n---\n");
    home.write("book/paths/second/20-more.md", "---\ntitle: More\n---\n");
    home.write(
        "book/library/concepts/new.md",
        "---\ntitle: New idea\nkind: concept\n---\n",
    );

    let came = [
        ("More".to_owned(), Some("Second".to_owned()), true),
        ("Third".into(), None, true),
        ("New idea".into(), None, true),
        reviewed(),
    ];
    assert_eq!(news(&home.open()), came);
    assert_eq!(news(&home.open()), came);
}

#[test]
fn drafts_and_what_is_for_others_is_no_news() {
    let home = Home::new();
    let engine = home.open();
    let mut settings = engine.settings().unwrap();
    settings.role = Some("backend".into());
    engine.save_settings(&settings).unwrap();
    news(&engine);
    home.write("book/paths/draft/index.md", "---\ntitle: Draft\nstatus: draft\n---\n");
    home.write(
        "book/paths/theirs/index.md",
        "---\ntitle: Theirs\nroles: [frontend]\n---\n",
    );
    home.write(
        "book/paths/first/50-theirs.md",
        "---\ntitle: Theirs\nwhen: { role: [frontend] }\n---\n",
    );
    home.write("book/library/ideas/index.md", "---\ntitle: Ideas\n---\n");

    assert_eq!(news(&home.open()), [reviewed()]);
}

#[test]
fn a_page_that_was_away_for_a_while_is_not_new() {
    let home = Home::new();
    news(&home.open());
    let file = home.path("book/library/concepts/path.md");
    let text = std::fs::read_to_string(&file).unwrap();
    std::fs::remove_file(&file).unwrap();
    assert_eq!(news(&home.open()), []);
    std::fs::write(&file, text).unwrap();

    assert_eq!(news(&home.open()), [reviewed()]);
}
