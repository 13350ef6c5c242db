//! `roadbook doctor --repo`: what a project's own files ask for, and what its tools are there.

use tests::Home;

use crate::desk::{rows, text};

/// A version manager's Node.js: the version in `.node-version`, where that is installed, and 22.4.0 elsewhere.
const BY_FOLDER: &str = "[ -f .node-version ] || { echo v22.4.0; exit; }\n\
    case $(cat .node-version) in\n\
    18.20.4) echo v18.20.4;;\n\
    *) echo \"nodenv: version \\`$(cat .node-version)' is not installed\" >&2; exit 1;;\n\
    esac";

fn home() -> Home {
    Home::new().with_tool("node", BY_FOLDER)
}

#[test]
fn a_tool_is_judged_by_what_the_project_gets() {
    let home = home();
    home.write("projects/shop/.node-version", "18.20.4\n");
    let rows = rows(
        &home
            .roadbook(["--json", "doctor", "--repo", "shop"])
            .expect_code(0)
            .stdout_json(),
    );
    assert_eq!(text(&rows[0], "state"), "passed");
    assert_eq!(text(&rows[0], "source"), ".node-version:1");
    assert!(
        text(&rows[0], "detail").contains("18.20.4 is what this project gets"),
        "{}",
        rows[0]
    );
    let here = &rows[0]["in_project"];
    assert_eq!(
        (text(here, "version"), text(here, "output")),
        ("18.20.4".into(), "v18.20.4".into())
    );
}

#[test]
fn a_version_that_the_project_pins_and_nobody_installed_is_a_finding() {
    let home = home();
    home.write("projects/shop/.node-version", "20.11.1\n");
    home.roadbook(["doctor", "--repo", "shop"])
        .expect_code(1)
        .stdout_has("in the version that this project asks for is not installed. Elsewhere it is 22.4.0.")
        .stdout_has("asked for by .node-version:1");
}

#[test]
fn members_of_a_workspace_are_asked_in_their_own_folder() {
    let home = home();
    home.write("projects/shop/package.json", "{ \"workspaces\": [\"web\"] }");
    home.write("projects/shop/web/.node-version", "18.20.4\n");
    let rows = rows(
        &home
            .roadbook(["--json", "doctor", "--repo", "shop"])
            .expect_code(0)
            .stdout_json(),
    );
    assert_eq!(text(&rows[0], "source"), "web/.node-version:1");
    assert!(text(&rows[0], "detail").contains("18.20.4"), "{}", rows[0]);
}

#[test]
fn files_that_disagree_are_a_finding_in_every_format() {
    let home = home();
    home.write("projects/shop/.node-version", "18.20.4\n");
    home.write(
        "projects/shop/package.json",
        "{ \"engines\": { \"node\": \">=20\" } }\n",
    );
    home.write("projects/shop/rust-toolchain.toml", "[toolchain\n");
    let disagree = "asks for 18.20.4 and package.json:1 asks for >=20: no version of Node.js meets both.";
    let broken = "rust-toolchain.toml";

    let json = home.roadbook(["--json", "doctor", "--repo", "shop"]).expect_code(1);
    let rows = rows(&json.stdout_json());
    let row = rows.iter().find(|row| text(row, "detail").contains(disagree));
    let row = row.unwrap_or_else(|| panic!("no row says that {disagree}: {rows:#?}"));
    assert_eq!(
        ["tool", "state", "severity", "source"].map(|name| text(row, name)),
        ["node", "failed", "required", "package.json:1"]
    );
    assert!(
        rows.iter()
            .any(|row| text(row, "tool") == broken && text(row, "state") == "error"),
        "{rows:#?}"
    );

    home.roadbook(["doctor", "--repo", "shop", "--format", "markdown"])
        .expect_code(1)
        .stdout_has("## Node.js in version files: failed")
        .stdout_has(disagree)
        .stdout_has(&format!("## {broken}: error"));

    home.roadbook(["doctor", "--repo", "shop"])
        .expect_code(1)
        .stdout_has(disagree)
        .stdout_has(broken);
}

#[test]
fn a_row_says_how_binding_its_line_is_and_what_it_makes_of_it() {
    let home = home();
    home.write("projects/shop/.nvmrc", "lts/iron\n");

    let json = home.roadbook(["--json", "doctor", "--repo", "shop"]).expect_code(0);
    let row = rows(&json.stdout_json()).remove(0);
    assert_eq!(
        (text(&row, "kind"), text(&row, "written")),
        ("pin".into(), "lts/iron".into())
    );
    assert!(text(&row, "why").contains("so any version counts"), "{row}");

    home.roadbook(["doctor", "--repo", "shop"])
        .expect_code(0)
        .stdout_has("`lts/iron` names no version that can be compared here")
        .stdout_has("[HOME]/bin/node");
}

#[test]
fn what_a_file_says_is_shared_without_names() {
    let home = home();
    let place = format!("nodejs path:{}/tools/node\n", home.path("home").display());
    home.write("projects/shop/.tool-versions", &place);

    let json = home.roadbook(["--json", "doctor", "--repo", "shop"]).run();

    let row = rows(&json.stdout_json()).remove(0);
    assert_eq!(text(&row, "written"), "path:~/tools/node");
}

#[test]
fn nothing_of_the_project_is_run_to_find_out() {
    let home = home().with_tool("npm", "[ -f package.json ] && touch ran; echo 10.2.0");
    home.write(
        "projects/shop/package.json",
        "{ \"engines\": { \"npm\": \">=9\", \"node\": \">=20\" } }",
    );
    home.write("projects/shop/rust-toolchain.toml", "[toolchain]\npath = \"evil\"\n");
    let evil = home.write(
        "projects/shop/evil/bin/rustc",
        "#!/bin/sh\ntouch ran\necho rustc 1.95.0\n",
    );
    std::fs::set_permissions(evil, std::os::unix::fs::PermissionsExt::from_mode(0o755))
        .expect("permissions can be set");
    home.roadbook(["doctor", "--repo", "shop"]).run();
    assert!(!home.path("projects/shop/ran").exists());
}
