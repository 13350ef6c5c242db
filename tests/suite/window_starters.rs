//! A starter's form in the real window: defaults that follow, pages, the preview, and what is never run.

use std::fs;

use serde_json::json;
use tests::{App, Behaviour, Name, STANDARD_STARTER, SshServer};

use crate::desk::Desk;

const PAGES: &str = r"apiVersion: scaffolder.backstage.io/v1beta3
kind: Template
metadata:
  name: two-pages
  title: Two pages
spec:
  owner: platform-team
  type: note
  parameters:
    - title: The note
      required: [name]
      properties:
        name:
          title: Name
          type: string
          pattern: '^[a-z]+$'
          ui:help: Lower-case letters only.
    - title: How it reads
      description: Proposed values fit most notes.
      properties:
        lines:
          title: Lines
          type: integer
          minimum: 1
          maximum: 9
          default: 3
  steps:
    - id: fetch
      name: Write the files
      action: fetch:template
      input:
        url: ./skeleton
        values:
          name: ${{ parameters.name }}
          lines: ${{ parameters.lines }}
    - id: publish
      name: Publish the note
      action: publish:github
      input:
        repoUrl: git.example
";

/// With a cookiecutter template whose slug follows its name, and that would run a program.
fn desk_with_foreign_templates() -> Desk {
    let mut desk = Desk::new();
    desk.book = desk
        .book
        .file(
            "starters/cookie/cookiecutter.json",
            "{\n  \"project_name\": \"My Note\",\n  \"project_slug\": \"{{ cookiecutter.project_name|lower|replace(' ', '-') }}\",\n  \
             \"__prompts__\": { \"project_name\": \"Title\", \"project_slug\": \"Slug\" }\n}\n",
        )
        .file(
            "starters/cookie/{{cookiecutter.project_slug}}/src/note.py",
            "def note():\n    return \"{{ cookiecutter.project_name }}\"\n",
        )
        .file(
            "starters/cookie/{{cookiecutter.project_slug}}/README.md",
            "# {{ cookiecutter.project_name }}\n",
        )
        .file("starters/cookie/hooks/post_gen_project.sh", "#!/bin/sh\ntouch ran\n")
        .file("starters/two-pages/template.yaml", PAGES)
        .file(
            "starters/two-pages/skeleton/note.txt",
            "${{ values.name }} in ${{ values.lines }}\n",
        );
    desk
}

#[test]
fn defaults_follow_earlier_answers_and_never_what_was_typed() {
    let desk = desk_with_foreign_templates();
    let app = desk.open_as_backend_engineer();
    app.open_route("#/starter/cookie");
    app.see_role("textbox", "Title");
    app.check_accessibility("a form of one page");
    app.fill("Title", "Shop Orders");
    see_value(&app, "Slug", "shop-orders");
    see_value(&app, "Name of the project's folder", "shop-orders");
    app.fill("Slug", "mine");
    app.fill("Title", "Other");
    see_value(&app, "Name of the project's folder", "mine");
    see_value(&app, "Title", "Other");

    app.fill("Folder", &desk.home.projects().display().to_string());
    app.click_button("Create project");
    app.see("is ready in");
    let project = desk.home.projects().join("mine");
    assert_eq!(
        fs::read_to_string(project.join("README.md")).expect("it was made"),
        "# Other\n"
    );
    assert!(!project.join("ran").exists(), "the hook was run");
}

#[test]
fn the_files_are_shown_before_anything_is_written_and_programs_are_never_run() {
    let desk = desk_with_foreign_templates();
    let app = desk.open_as_backend_engineer();
    app.open_route("#/starter/cookie");
    app.fill("Title", "Shop Orders");
    see_value(&app, "Slug", "shop-orders");
    app.click_button(Name::has("Shown, never run"));
    app.see("hooks/post_gen_project.sh");
    app.click_button(Name::has("Show it"));
    app.see("touch ran");
    app.check_accessibility("what is never run");

    app.click_button("Preview the files");
    app.see_role("dialog", "What will be made");
    app.see("2 files");
    app.see("# Shop Orders");
    app.see_role("treeitem", "src");
    app.check_accessibility("the preview");
    app.click("treeitem", "note.py");
    app.see("return \"Shop Orders\"");
    app.wait("colours", |window| window.find("[role=dialog] .hl-keyword"));
    app.check_accessibility("a file of the preview");
    app.resize(480, 800);
    app.check_accessibility("the preview, narrow");
    app.press("Escape");
    app.see_no_role("dialog", Name::Any);
    app.see_focus("button", "Preview the files");
    assert_eq!(fs::read_dir(desk.home.projects()).expect("it is there").count(), 0);
}

#[test]
fn the_preview_is_walked_with_the_arrow_keys() {
    let desk = desk_with_foreign_templates();
    let app = desk.open_as_backend_engineer();
    app.open_route("#/starter/cookie");
    app.click_button("Preview the files");
    app.see("# My Note");
    app.tab_to("treeitem", "README.md");
    app.press("Up");
    app.see_focus("treeitem", "note.py");
    app.see("return \"My Note\"");
    app.press("Left");
    app.see_focus("treeitem", "src");
    app.press("Left");
    app.see_no_role("treeitem", "note.py");
    app.press("Right");
    app.see_role("treeitem", "note.py");
}

#[test]
fn a_form_of_several_pages_is_filled_in_one_after_the_other() {
    let desk = desk_with_foreign_templates();
    let app = desk.open_as_backend_engineer();
    app.open_route("#/starter/two-pages");
    app.fill("Name", "Not This");
    app.see("Lower-case letters only.");
    app.click_button("Next");
    app.see_focus("textbox", "Name");
    app.check_accessibility("a page with something wrong");
    app.fill("Name", "orders");
    app.press("Enter");
    app.see_focus("heading", "How it reads");
    app.see("Proposed values fit most notes.");
    app.fill(Name::has("Lines"), "12");
    app.see("The most is 9.");
    app.fill(Name::has("Lines"), "5");
    app.check_accessibility("the second page");
    app.click_button("Next");
    app.see_focus("heading", "Where it goes");
    app.click_button(Name::has("The note"));
    see_value(&app, "Name", "orders");
    app.click_button("Next");
    app.click_button("Next");
    app.fill("Folder", &desk.home.projects().display().to_string());
    app.see("Shown, never run: 1 part of this template");
    app.check_accessibility("the last page");
    app.click_button("Create project");
    app.see("is ready in");
    let note = fs::read_to_string(desk.home.projects().join("orders/note.txt")).expect("it was made");
    assert_eq!(note, "orders in 5\n");
}

#[test]
fn the_answers_from_last_time_are_offered_and_filled_in_on_request() {
    let desk = desk_with_foreign_templates();
    let app = desk.open_as_backend_engineer();
    app.open_route("#/starter/two-pages");
    app.see_no("You have filled in this form before.");
    app.fill("Name", "first");
    app.click_button("Next");
    app.fill(Name::has("Lines"), "7");
    app.click_button("Next");
    app.fill("Folder", &desk.home.projects().display().to_string());
    app.click_button("Create project");
    app.see("is ready in");
    app.kill();

    let app = desk.open();
    app.open_route("#/starter/two-pages");
    see_value(&app, "Name", "");
    app.check_accessibility("answers that are offered");
    app.click_button("Use the answers from last time");
    see_value(&app, "Name", "first");
    app.see_no("You have filled in this form before.");
    app.click_button("Next");
    see_value(&app, Name::has("Lines"), "7");
}

#[test]
fn an_unknown_ssh_server_is_trusted_only_by_the_person() {
    let Some(server) = SshServer::start() else {
        eprintln!("skipped: there is no sshd on this machine (package openssh-server)");
        return;
    };
    let server = server.with_repository("shop", &[("README.md", "# Shop\n")]);
    let mut desk = Desk::new();
    desk.home = desk.home.with_variable("SSH_AUTH_SOCK", server.agent());
    desk.book = desk.book.repository_starter("shop", &server.url("shop"));
    let app = desk.open_as_backend_engineer();
    app.open_route("#/starter/shop");
    app.fill("Folder", &desk.home.projects().display().to_string());
    app.fill("Name of the project's folder", "shop");
    app.click_button("Create project");
    app.see_role("alert", Name::has("Is this really 127.0.0.1"));
    app.see(&server.fingerprint());
    app.check_accessibility("a server that is not known");
    app.click_button("Do not trust it");
    app.see_no_role("alert", Name::Any);
    let known = desk.home.path("home/.ssh/known_hosts");
    assert!(!known.exists(), "a server that nobody trusted is remembered");
    assert_eq!(fs::read_dir(desk.home.projects()).expect("it is there").count(), 0);

    app.click_button("Create project");
    app.click_button("It is the same: trust it and create");
    app.see("is ready in");
    assert!(desk.home.projects().join("shop/README.md").is_file());
    assert!(known.exists(), "the server is asked about again next time");
}

#[test]
fn a_repository_is_cloned_from_the_address_that_was_typed() {
    let desk = Desk::new();
    let app = desk.open_as_backend_engineer();
    app.open_route("#/starters");
    app.fill("Address of the repository", "/srv/shop");
    app.see("Write an address such as");
    app.check_accessibility("something that is no address");
    app.fill("Address of the repository", &desk.server.url(STANDARD_STARTER));
    see_value(&app, "Name of the project's folder", STANDARD_STARTER);
    app.fill("Folder", &desk.home.projects().display().to_string());
    app.fill("Name of the project's folder", "typed");
    app.check_accessibility("an address, and where its clone goes");

    desk.server.behave(Behaviour::HoldAfter(100));
    app.click_button("Clone repository");
    desk.server.wait_until_held();
    app.click_link("Library");
    app.see_title("Library");
    app.click_link("Starters");
    app.see_role("progressbar", Name::Any);
    app.click_button("Cancel");
    app.see("Nothing was left behind");
    let left = fs::read_dir(desk.home.projects()).expect("it is there").count();
    assert_eq!(left, 0, "the cancelled clone left something behind");

    desk.server.release();
    desk.server.behave(Behaviour::Serve);
    app.click_button("Clone repository");
    app.see("is ready in");
    app.check_accessibility("a cloned repository");
    let clone = desk.home.projects().join("typed");
    assert!(clone.join("app/main.txt").is_file());
    // With its history: the commit is the server's own, not a first one of ours.
    let commit = |folder: &std::path::Path| {
        desk.home
            .git(["rev-parse", "main"])
            .in_folder(folder)
            .expect_code(0)
            .stdout
    };
    assert_eq!(commit(&clone), commit(&desk.server.folder(STANDARD_STARTER)));
}

/// Waits until the field holds this.
fn see_value(app: &App, label: impl Into<Name>, value: &str) {
    let label = label.into();
    app.wait(&format!("the field {label} to hold {value:?}"), |window| {
        let found = window.by_role("textbox", &label)?;
        let held = match found.first() {
            Some(field) => window.script("return arguments[0].value", &json!([field.argument()]))?,
            None => serde_json::Value::Null,
        };
        if held == value {
            return Ok(());
        }
        Err(tests::WindowError {
            kind: "not yet".into(),
            message: format!("it holds {held}"),
        })
    });
}
