//! What goes wrong is told in the window, and nothing is lost.

use std::fs;

use serde_json::json;
use tests::{App, Fixture, Home, Name};

use crate::desk::Desk;

#[test]
fn a_roadbook_that_cannot_be_opened_is_told_with_what_to_do() {
    let home = Home::new();
    let later = Fixture::minimal().replace("roadbook.toml", "format = 1", "format = 7");
    let app = App::start(&home, Some(later.folder()));
    app.see("newer version of Roadbook");
    app.see_role("alert", Name::Any);
    app.check_accessibility("a roadbook that cannot be opened");
    drop(app);

    let nothing = Fixture::new().file("notes.txt", "Hello\n");
    let app = App::start(&home, Some(nothing.folder()));
    app.see("is not a roadbook");
    app.see("roadbook.toml");
}

#[test]
fn a_broken_page_is_among_the_findings_and_the_rest_can_be_read() {
    let desk = Desk::new();
    desk.book.write(
        "library/how-to/broken.md",
        "---\ntitle: [unclosed\n---\n\nStill here.\n",
    );
    let app = desk.open_as_backend_engineer();
    app.open_route("#/problems");
    app.see_title("Findings in this roadbook");
    app.see("library/how-to/broken.md");
    app.see("line 2");
    app.open_route("#/page/library/how-to/broken");
    app.see("Still here.");
    app.open_route("#/page/library/how-to/nowhere");
    app.see_role("heading", Name::has("not"));
    app.click_link("Library");
    app.see_title("Library");
}

#[test]
fn a_damaged_store_is_told_once_and_the_notice_can_be_dismissed() {
    let desk = Desk::new();
    desk.run(&["progress"]).expect_code(0);
    let store = desk.home.kept_files("journey.db").remove(0);
    for companion in ["journey.db-wal", "journey.db-shm"] {
        drop(fs::remove_file(store.with_file_name(companion)));
    }
    fs::write(&store, "No database begins like this. ".repeat(100)).expect("it can be written");
    let app = desk.open();
    app.click_button("Skip for now");
    app.see_role("alert", Name::has("damaged"));
    app.check_accessibility("a notice");
    app.click_button(Name::has("Dismiss"));
    app.see_no_role("alert", Name::Any);
    app.kill();
    let app = desk.open();
    app.see_role("link", "Ship the sample");
    assert_eq!(app.count("alert", Name::Any), 0, "it is told again");
}

#[test]
fn a_folder_that_is_taken_is_told_at_its_field_and_the_form_keeps_its_answers() {
    let desk = Desk::new();
    let mine = desk.home.write("projects/taken/mine.txt", "precious\n");
    let app = desk.open_as_backend_engineer();
    app.open_route("#/starter/hello-note");
    app.see_title("Hello note");
    let projects = desk.home.projects().display().to_string();
    app.fill("Name", "my-note");
    app.fill("Owner", "team-lab");
    app.fill("Folder", &projects);
    app.fill("Name of the project's folder", "taken");
    app.click_button("Create project");
    app.see_role("alert", Name::has("taken"));
    assert_eq!(fs::read_to_string(&mine).expect("it is still there"), "precious\n");
    for (label, held) in [
        ("Name", "my-note"),
        ("Owner", "team-lab"),
        ("Folder", projects.as_str()),
    ] {
        assert_eq!(value_of(&app, label), held, "{label}");
    }
    app.check_accessibility("a folder that is taken");
    app.fill("Name of the project's folder", "free");
    app.click_button("Create project");
    app.see("is ready in");
    let readme = fs::read_to_string(desk.home.projects().join("free/README.md")).expect("it was made");
    assert_eq!(readme, "# my-note\n\nOwner: team-lab\n");
}

#[test]
fn an_answer_that_is_wrong_is_told_at_its_field_before_anything_is_made() {
    let desk = Desk::new();
    let app = desk.open_as_backend_engineer();
    app.open_route("#/starter/hello-note");
    app.see_title("Hello note");
    app.fill("Name", "Not A Name");
    app.click_button("Create project");
    app.see_focus("textbox", "Name");
    app.wait("the field to be marked", |window| {
        window.find("input[aria-invalid=true]")
    });
    assert_eq!(fs::read_dir(desk.home.projects()).expect("it is there").count(), 0);
}

fn value_of(app: &App, label: &str) -> String {
    let field = app.wait(&format!("the field {label}"), |window| {
        let found = window.by_role("textbox", &Name::from(label))?;
        found
            .into_iter()
            .next()
            .map_or_else(|| window.find("#no-such-field"), Ok)
    });
    let value = app.script("return arguments[0].value", &json!([field.argument()]));
    value.as_str().unwrap_or_default().to_owned()
}
