//! The search palette in the real window.

use tests::{App, Name};

use crate::desk::Desk;

#[test]
fn the_palette_finds_a_section_and_leads_to_it_by_keyboard() {
    let desk = Desk::new();
    let app = desk.open_as_backend_engineer();
    open_palette(&app);
    app.type_text("secret");
    app.see_role("option", Name::has("Make the new one"));
    let chosen = app.script(CHOSEN, &serde_json::json!([]));
    app.press("Down");
    app.wait("the choice to move down", |window| {
        if window.script(CHOSEN, &serde_json::json!([]))? == chosen {
            window.find("[role=option].none").map(drop)
        } else {
            Ok(())
        }
    });
    app.press("Up");
    app.wait("the choice to move back up", |window| {
        if window.script(CHOSEN, &serde_json::json!([]))? == chosen {
            Ok(())
        } else {
            window.find("[role=option].none").map(drop)
        }
    });
    // A section of its own: its words are nowhere else.
    app.press("Ctrl+A");
    app.type_text("second secret before the first one ends");
    app.wait("the section to be chosen", |window| {
        let chosen = window.script(CHOSEN, &serde_json::json!([]))?;
        if chosen.as_str().unwrap_or_default().contains("Make the new one") {
            Ok(())
        } else {
            window.find("[role=option].none").map(drop)
        }
    });
    app.press("Enter");
    app.see_route("#/page/library/how-to/rotate-a-secret?at=make-the-new-one");
    app.see_title("Rotate a secret");
    app.see_no_role("combobox", Name::has("Search"));
}

#[test]
fn a_search_for_nothing_says_so_and_shows_no_older_answer() {
    let desk = Desk::new();
    let app = desk.open_as_backend_engineer();
    open_palette(&app);
    app.type_text("secret");
    app.see_role("option", Name::has("Rotate a secret"));
    app.press("Ctrl+A");
    app.type_text("zyzzyva");
    app.see("Nothing found for “zyzzyva”");
    assert_eq!(
        app.count("option", Name::Any),
        0,
        "answers to the older question are shown"
    );
    app.press("Ctrl+A");
    app.type_text("who maintains it");
    app.see_role("option", Name::has("Who maintains it?"));
    app.see_no("Nothing found");
    app.press("Escape");
    app.see_no_role("combobox", Name::has("Search"));
    app.see_role("link", "Start: Check your tools");
}

fn open_palette(app: &App) {
    app.press("Ctrl+K");
    app.see_focus("combobox", "Search");
}

/// The text of the option that Enter would open.
const CHOSEN: &str = "return document.querySelector('[role=option][aria-selected=true]')?.textContent ?? ''";
