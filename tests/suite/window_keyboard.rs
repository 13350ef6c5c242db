//! Without a mouse.

use serde_json::json;
use tests::{Behaviour, Name};

use crate::desk::Desk;

#[test]
fn a_step_is_done_by_keyboard_alone() {
    let desk = Desk::new();
    let app = desk.open();
    app.see_role("radio", Name::has("Backend engineer"));
    app.tab_to("radio", "Backend engineer 1 path");
    app.press("Space");
    app.tab_to("button", "Show my paths");
    app.press("Enter");
    app.see_role("link", "Start: Check your tools");

    app.tab_to("link", "Start: Check your tools");
    app.press("Enter");
    app.see_title("Check your tools");
    app.see_focus("heading", "Check your tools");
    app.tab_to("button", "Check tools");
    app.press("Enter");
    app.see("This step is done.");
    app.see_focus("button", "Check again");
    app.tab_to("link", "Next: Create the project");
    app.press("Enter");
    app.see_title("Create the project");

    app.open_route("#/page/first-service/quiz");
    app.see_title("Who runs it");
    app.tab_to("radio", "The team that builds it");
    app.press("Space");
    app.tab_to("button", "Check answer");
    app.press("Enter");
    app.see("That is right.");
    app.see_focus("button", "Answer again");
}

#[test]
fn a_project_is_made_and_checked_by_keyboard_alone() {
    let desk = desk_with_projects();
    let app = desk.open_as_backend_engineer();
    app.open_route("#/page/first-service/create");
    app.see_title("Create the project");
    desk.server.behave(Behaviour::HoldAfter(100));
    app.tab_to("textbox", "Name of the project's folder");
    app.press("Ctrl+A");
    app.type_text("sample");
    app.tab_to("button", "Create project");
    app.press("Enter");
    desk.server.wait_until_held();
    app.see_focus("button", "Cancel");
    app.press("Enter");
    app.see("Nothing was left behind");
    app.see_focus("button", "Create project");

    desk.server.release();
    desk.server.behave(Behaviour::Serve);
    app.press("Enter");
    app.see("is ready in");
    app.see_focus("button", "Open in");
    assert!(desk.home.path("home/projects/sample/app/main.txt").is_file());
    app.tab_to("link", "Next: Verify the project");
    app.press("Enter");
    app.see_title("Verify the project");
    app.see_focus("heading", "Verify the project");

    app.tab_to("button", "Check it");
    app.press("Enter");
    app.see_role("dialog", "Run this command?");
    app.tab_to("button", "Run the command");
    app.press("Enter");
    app.see("This step is done.");
    app.see_no_role("dialog", Name::Any);
    app.see_focus("button", "Check again");
}

#[test]
fn a_step_is_confirmed_marked_as_done_and_reset_by_keyboard_alone() {
    let desk = Desk::new();
    let app = desk.open_as_backend_engineer();
    app.open_route("#/page/first-service/confirm");
    app.see_title("Meet your buddy");
    app.tab_to("checkbox", "I have met my buddy and know where to ask for help.");
    app.press("Space");
    app.see("This step is done.");
    app.see_focus("checkbox", "I have met my buddy");

    app.tab_to("button", "Reset this step…");
    app.press("Enter");
    app.see_role("dialog", Name::has("Reset"));
    app.tab_to("button", "Reset the step");
    app.press("Enter");
    app.see_no_role("dialog", Name::Any);
    app.see_no("This step is done.");
    app.see_focus("link", "Previous: Who runs it");

    app.open_route("#/page/first-service/read");
    app.see_title("Look back");
    app.tab_to("button", "Mark as done");
    app.press("Enter");
    app.see("You marked this step as done.");
    app.see_focus("button", "Mark as not done");
}

#[test]
fn a_form_is_filled_in_by_keyboard_alone() {
    let desk = desk_with_projects();
    let app = desk.open_as_backend_engineer();
    app.open_route("#/starter/hello-note");
    app.see_title("Hello note");
    app.tab_to("button", "Create project");
    app.press("Enter");
    app.see_focus("textbox", "Name");
    app.type_text("my-note");
    app.press("Enter");
    app.see("is ready in");
    app.see_focus("button", "Open in");
    assert!(desk.home.path("home/projects/my-note/README.md").is_file());
}

#[test]
fn the_shortcuts_go_where_the_list_of_shortcuts_says() {
    let desk = Desk::new();
    let app = desk.open_as_backend_engineer();
    for (keys, title) in [
        ("Ctrl+2", "Paths"),
        ("Ctrl+3", "Library"),
        ("Ctrl+4", "Tools"),
        ("Ctrl+5", "Starters"),
    ] {
        app.press(keys);
        app.see_title(title);
    }
    app.press("Ctrl+,");
    app.see_title("Settings");
    app.press("Alt+Left");
    app.see_title("Starters");
    app.press("Alt+Right");
    app.see_title("Settings");
    app.press("?");
    app.see_role("dialog", Name::Any);
    app.press("Escape");
    app.see_no_role("dialog", Name::Any);
}

#[test]
fn a_shortcut_takes_the_palette_along_and_waits_for_a_dialog_that_asks() {
    let desk = Desk::new();
    let app = desk.open_as_backend_engineer();
    app.press("Ctrl+K");
    app.see_focus("combobox", "Search");
    app.press("Ctrl+2");
    app.see_title("Paths");
    app.see_no_role("dialog", Name::Any);
    app.see_focus("heading", "Paths");

    app.open_route("#/page/first-service/tools");
    app.see_title("Check your tools");
    app.click_button("Check tools");
    app.click_button("Reset this step…");
    app.see_role("dialog", Name::has("Reset"));
    for keys in ["Ctrl+K", "Ctrl+2", "Alt+Left"] {
        app.press(keys);
    }
    assert_eq!(
        app.count("combobox", Name::Any),
        0,
        "the palette stands over the question"
    );
    app.see_role("dialog", Name::has("Reset"));
    app.press("Escape");
    app.see_no_role("dialog", Name::Any);
    app.see_focus("button", "Reset this step");
    app.see_route("#/page/first-service/tools");
}

#[test]
fn a_dialog_keeps_the_focus_and_gives_it_back() {
    let desk = Desk::new();
    let app = desk.open_as_backend_engineer();
    app.tab_to("button", "Search");
    app.press("Enter");
    app.see_role("combobox", Name::has("Search"));
    for _ in 0..5 {
        app.press("Tab");
        assert_eq!(
            app.script(INSIDE, &json!([])),
            true,
            "Tab left the dialog: {}",
            app.focused()
        );
    }
    app.press("Escape");
    app.see_no_role("combobox", Name::has("Search"));
    app.see_focus("button", "Search");
}

/// A desk with the folder that a form offers for new projects.
fn desk_with_projects() -> Desk {
    let desk = Desk::new();
    desk.home.write("home/projects/notes.txt", "Mine.\n");
    desk
}

/// Whether the focus is in the dialog.
const INSIDE: &str = "return !!document.activeElement?.closest('[role=dialog]')";
