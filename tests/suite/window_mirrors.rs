//! A starter's repository kept for work without a network, in the real window.

use tests::{Behaviour, GitServer, Name, STANDARD_STARTER};

use crate::desk::Desk;

#[test]
fn a_copy_is_kept_used_without_a_network_and_removed() {
    let mut desk = Desk::new();
    let app = desk.open_as_backend_engineer();
    app.open_route(&format!("#/starter/{STANDARD_STARTER}"));
    app.see_role("heading", "Offline copy");
    app.see("No copy yet");
    app.check_accessibility("a starter without an offline copy");

    app.click_button("Keep a copy");
    app.see_role("button", "Remove the copy");
    app.see("Fetched ");
    app.see_focus("button", "Fetch again");
    app.check_accessibility("a starter with an offline copy");

    // The server ends; the roadbook still names it.
    desk.server = GitServer::start();
    app.fill("Folder", &desk.home.projects().display().to_string());
    app.fill("Name of the project's folder", "sample");
    app.click_button("Create project");
    app.see("is ready in");
    assert!(desk.home.projects().join("sample/app/main.txt").is_file());

    app.click_button("Fetch again");
    app.see_role("alert", Name::Any);
    app.see("Fetched ");
    app.click_button("Remove the copy");
    app.see("No copy yet");
    app.see_focus("button", "Keep a copy");
    desk.run(&["fetch", "--list"]).expect_code(0).stdout_has("no copy yet");
}

#[test]
fn a_fetch_is_stopped_in_the_middle_and_leaves_nothing() {
    let desk = Desk::new();
    desk.server.behave(Behaviour::HoldAfter(100));
    let app = desk.open_as_backend_engineer();
    app.open_route(&format!("#/starter/{STANDARD_STARTER}"));
    app.click_button("Keep a copy");
    app.see_role("progressbar", Name::Any);
    desk.server.wait_until_held();
    app.check_accessibility("a copy being fetched");
    app.see_focus("button", "Cancel");
    app.click_button("Cancel");
    app.see("Stopped. Nothing was left behind.");
    app.see_focus("button", "Keep a copy");
    desk.server.release();
    desk.run(&["fetch", "--list"]).expect_code(0).stdout_has("no copy yet");
}
