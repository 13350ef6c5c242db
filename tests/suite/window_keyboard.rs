//! Without a mouse.

use serde_json::json;
use tests::Name;

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

/// Whether the focus is in the dialog.
const INSIDE: &str = "return !!document.activeElement?.closest('[role=dialog]')";
