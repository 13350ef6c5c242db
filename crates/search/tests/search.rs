//! What somebody who types finds.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

use search::{Entry, Index};

fn entry(page: &str, anchor: &str, title: &str, kind: &str, text: &str) -> Entry {
    Entry {
        page: page.into(),
        anchor: anchor.into(),
        title: title.into(),
        trail: vec!["Library".into(), "How-to".into()],
        kind: kind.into(),
        text: text.into(),
    }
}

fn index() -> Index {
    Index::build(vec![
        entry(
            "library/how-to/roll-back",
            "",
            "Roll back",
            "how-to",
            "Return to the last release that worked.",
        ),
        entry(
            "library/how-to/rotate-a-secret",
            "",
            "Rotate a secret",
            "how-to",
            "Make a new secret, then revoke the old one.",
        ),
        entry(
            "library/how-to/rotate-a-secret",
            "when",
            "When to rotate",
            "how-to",
            "After a leak, and when somebody leaves. Kubernetes reads it again.",
        ),
        entry(
            "library/concepts/escalation",
            "who",
            "Who do I ask about a secret?",
            "question",
            "The security team.",
        ),
        entry("rust-service", "", "Rust service", "starter", "An HTTP service."),
    ])
    .unwrap()
}

fn pages(typed: &str) -> Vec<String> {
    let answer = index().search(typed, 10).unwrap();
    answer
        .hits
        .into_iter()
        .map(|hit| format!("{}#{}", hit.entry.page, hit.entry.anchor))
        .collect()
}

#[test]
fn titles_come_before_text() {
    assert_eq!(pages("secret")[0], "library/how-to/rotate-a-secret#");
}

#[test]
fn the_last_word_may_be_unfinished() {
    assert_eq!(pages("rotate a sec")[0], "library/how-to/rotate-a-secret#");
    assert_eq!(pages("rus"), ["rust-service#"]);
}

#[test]
fn typing_errors_are_forgiven_in_long_words() {
    assert_eq!(pages("kubernets"), ["library/how-to/rotate-a-secret#when"]);
}

#[test]
fn all_words_are_asked_for_and_any_where_that_finds_nothing() {
    assert_eq!(pages("leak kubernetes"), ["library/how-to/rotate-a-secret#when"]);
    assert!(!pages("leak release").is_empty());
}

#[test]
fn a_word_that_nobody_knows_does_not_hide_the_others() {
    assert_eq!(pages("rollback roll zzzz")[0], "library/how-to/roll-back#");
    assert!(pages("zzzz").is_empty());
    assert!(pages("  --  ").is_empty());
}

#[test]
fn a_hit_shows_where_it_matched() {
    let answer = index().search("revoke secret", 1).unwrap();

    let hit = &answer.hits[0];
    assert_eq!(hit.entry.title, "Rotate a secret");
    assert_eq!(hit.marks, [(9, 15)]);
    assert_eq!(hit.snippet, "Make a new secret, then revoke the old one.");
    assert_eq!(hit.snippet_marks, [(11, 17), (24, 30)]);
}

#[test]
fn the_total_counts_more_than_is_shown() {
    let answer = index().search("secret", 1).unwrap();

    assert_eq!(answer.hits.len(), 1);
    assert_eq!(answer.total, 2);
}

#[test]
fn an_empty_index_finds_nothing() {
    assert!(
        Index::build(Vec::new())
            .unwrap()
            .search("secret", 5)
            .unwrap()
            .hits
            .is_empty()
    );
}
