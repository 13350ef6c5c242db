//! `roadbook check`: what is refused, what is only told, and in which forms.

use serde_json::Value;
use tests::{Fixture, Home, Outcome};

use crate::desk::{Desk, rows, text};

#[test]
fn a_sound_roadbook_gives_no_row_and_ends_with_0() {
    let desk = Desk::new();

    let found = check(&desk.home, &desk.book, &["--json"]).expect_code(0);

    assert_eq!(rows(&found.stdout_json()), Vec::<Value>::new());
}

#[test]
fn a_broken_link_alone_ends_with_1() {
    let book = Fixture::minimal().file(
        "library/lost.md",
        "---\ntitle: Lost\n---\n\nSee [nothing](nowhere.md).\n",
    );

    check(&Home::new(), &book, &[])
        .expect_code(1)
        .stdout_has("error[broken-link]")
        .stdout_has("library/lost.md:5:5")
        .stderr_has("1 error, 0 warnings.");
}

#[test]
fn whatever_leads_nowhere_is_an_error() {
    let book = Fixture::minimal()
        .file(
            "library/a.md",
            "---\ntitle: A\nrelated: [gone]\nreplaced_by: gone\npaths: [gone]\n---\n\n[x](#gone) ![A plan](gone.png)\n",
        )
        .file(
            "paths/p/index.md",
            "---\ntitle: P\nrequires: [gone]\nnext: [gone]\n---\n",
        )
        .file("paths/p/10-s.md", "---\ntitle: S\n---\n");

    let found = check(&Home::new(), &book, &["--json"]).expect_code(1);

    let told = words(&found);
    assert_eq!(
        told,
        [
            "library/a.md error unknown-related",
            "library/a.md error unknown-page",
            "library/a.md error unknown-path",
            "library/a.md error broken-anchor",
            "library/a.md error missing-picture",
            "paths/p/index.md error unknown-path",
            "paths/p/index.md error unknown-path",
        ]
    );
}

#[test]
fn warnings_alone_end_with_0() {
    let book = Fixture::minimal()
        .file("library/a.md", "---\ntitle: A\nauthor: me\n---\n\n![](p.png)\n")
        .file("library/p.png", "");

    let found = check(&Home::new(), &book, &["--json"])
        .expect_code(0)
        .stderr_has("0 errors, 2 warnings.");

    let told = words(&found);
    assert_eq!(
        told,
        [
            "library/a.md warning unknown-key",
            "library/a.md warning picture-without-alt"
        ]
    );
}

#[test]
fn a_sarif_log_holds_a_rule_a_code_and_a_place_a_finding() {
    let home = Home::new();
    home.write(
        "projects/docs/road book/roadbook.toml",
        "format = 1\nid = \"a\"\ntitle = \"A\"\n",
    );
    home.write(
        "projects/docs/road book/library/a.md",
        "---\ntitle: A\nauthor: me\n---\n\nSee [x](gone.md) and [y](#gone).\n",
    );

    let log = home
        .roadbook(["check", "docs/road book", "--format", "sarif"])
        .expect_code(1)
        .stdout_json();

    assert_eq!(log["version"], "2.1.0");
    assert!(text(&log, "$schema").ends_with("sarif-2.1.0.json"));
    let run = &log["runs"][0];
    assert_eq!(run["tool"]["driver"]["name"], "roadbook");
    let rules = rows(&run["tool"]["driver"]["rules"]);
    let results = rows(&run["results"]);
    let told: Vec<String> = results
        .iter()
        .map(|result| {
            let rule = &rules[usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap()];
            assert_eq!(rule["id"], result["ruleId"]);
            assert!(!text(&result["message"], "text").is_empty());
            let place = &result["locations"][0]["physicalLocation"];
            let (uri, region) = (&place["artifactLocation"]["uri"], &place["region"]);
            format!(
                "{}:{}:{} {} {}",
                uri.as_str().unwrap(),
                region["startLine"],
                region["startColumn"],
                text(result, "level"),
                text(result, "ruleId")
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            "docs/road%20book/library/a.md:3:1 warning unknown-key",
            "docs/road%20book/library/a.md:6:5 error broken-link",
            "docs/road%20book/library/a.md:6:22 error broken-anchor",
        ]
    );
}

#[test]
fn annotations_name_files_as_the_repository_does() {
    let home = Home::new();
    home.write("projects/book/roadbook.toml", "format = 1\nid = \"a\"\ntitle = \"A\"\n");
    home.write("projects/book/library/a.md", "---\ntitle: A\n---\n\n[x](gone.md)\n");

    home.roadbook(["check", "./book", "--format", "github"])
        .expect_code(1)
        .stdout_has("::error file=book/library/a.md,line=5,col=1,title=broken-link::");
}

fn check(home: &Home, book: &Fixture, options: &[&str]) -> Outcome {
    home.roadbook(["check", &book.argument()])
        .with(options.iter().copied())
        .run()
}

/// File, severity and code of each row.
fn words(found: &Outcome) -> Vec<String> {
    rows(&found.stdout_json())
        .iter()
        .map(|row| ["file", "severity", "code"].map(|name| text(row, name)).join(" "))
        .collect()
}
