//! A project whose starter has moved on, brought up to date in the real window.

use std::fs;

use tests::Name;

use crate::desk::Desk;

const TEMPLATE: &str = "apiVersion: scaffolder.backstage.io/v1beta3
kind: Template
metadata: { name: demo, title: Demo service }
spec:
  type: service
  owner: platform
  parameters: []
  steps:
    - id: fetch
      name: Write the files
      action: fetch:template
      input: { url: ./skeleton }
";

#[test]
fn a_project_is_compared_with_its_starter_and_brought_up_to_date() {
    let mut desk = Desk::new();
    desk.book = desk
        .book
        .file("starters/demo/template.yaml", TEMPLATE)
        .file("starters/demo/skeleton/README.md", "# Shop\n\none\ntwo\n");
    desk.run(&["start", "demo", "shop"]).expect_code(0);
    let project = desk.home.projects().join("shop");
    desk.book
        .write("starters/demo/skeleton/README.md", "# Shop\n\none\nTWO\n");
    desk.book.write("starters/demo/skeleton/new.txt", "new\n");
    // The person changed the same line.
    fs::write(project.join("README.md"), "# Shop\n\none\nmine\n").expect("it is written");

    let app = desk.open_as_backend_engineer();
    app.open_route("#/");
    app.click_button(Name::has("Check for a newer starter"));
    app.see_role("dialog", "shop and its starter");
    app.see("2 files of the starter changed since.");
    app.click_button(Name::has("README.md"));
    app.see("+TWO");
    app.check_accessibility("what differs");

    app.click_button("Bring up to date");
    app.see_role("alert", Name::has("not committed"));
    app.check_accessibility("changes that are not committed");
    for arguments in [["add", "--all", "."], ["commit", "--quiet", "--message=Mine"]] {
        desk.home.git(arguments).in_folder(&project).expect_code(0);
    }
    app.click_button("Try again");
    app.see("1 file needs you");
    app.see("both changed the same lines");
    app.see_focus("button", "Close");
    app.check_accessibility("an upgrade with a conflict");
    let readme = fs::read_to_string(project.join("README.md")).expect("it is there");
    assert!(readme.contains("mine\n") && readme.contains("TWO\n"), "{readme}");
    assert!(project.join("new.txt").is_file());

    app.click_button("Close");
    app.see_focus("button", "Check for a newer starter");
}

#[test]
fn what_a_newer_starter_asks_is_answered_in_the_window() {
    let mut desk = Desk::new();
    desk.book = desk
        .book
        .file("starters/demo/template.yaml", TEMPLATE)
        .file("starters/demo/skeleton/README.md", "# Shop\n");
    desk.run(&["start", "demo", "shop"]).expect_code(0);
    let asking = "  parameters:
    - required: [team]
      properties:
        team: { title: Team, type: string }
        port: { title: Port, type: integer, default: 80 }
";
    let asking = TEMPLATE.replace("  parameters: []\n", asking).replace(
        "url: ./skeleton",
        "url: ./skeleton, values: { team: '${{ parameters.team }}', port: '${{ parameters.port }}' }",
    );
    desk.book.write("starters/demo/template.yaml", &asking);
    desk.book.write(
        "starters/demo/skeleton/README.md",
        "# Shop of ${{ values.team }} on ${{ values.port }}\n",
    );

    let app = desk.open_as_backend_engineer();
    app.open_route("#/");
    app.click_button(Name::has("Check for a newer starter"));
    app.see_role("alert", "Team is needed.");
    app.see_focus("textbox", "Team");
    app.check_accessibility("a starter that asks");
    app.fill("Team", "payments");
    app.click_button("Compare with these answers");
    app.see("1 file of the starter changed since.");
    app.fill("Port", "8080");
    app.click_button("Compare with these answers");
    app.click_button("Bring up to date");
    app.see("replaced, for you had not changed it");

    let readme = fs::read_to_string(desk.home.projects().join("shop/README.md")).expect("it is there");
    assert_eq!(readme, "# Shop of payments on 8080\n");
}
