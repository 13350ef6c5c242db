use book::{Passage, passages, plain};

use crate::fixture::Fixture;

#[test]
fn a_page_is_cut_at_its_headings() {
    let book = Fixture::new()
        .file(
            "library/a.md",
            "---\ntitle: A\n---\n# A\n\nBefore *all*.\n\n> ## Quoted\n\n## One\n\n```rust\nlet x = 1;\n```\n\n### Two \
             {#zwei}\n\n- a\n- b\n\n| x | y |\n|---|---|\n| 1 | 2 |\n\n## Frequently asked questions\n\n### Why?\n\nBecause <b>so</b>.\n",
        )
        .load()
        .book;

    let found: Vec<String> = passages(&book, book.page("library/a").unwrap())
        .into_iter()
        .map(
            |Passage {
                 anchor,
                 title,
                 trail,
                 text,
                 question,
             }| { format!("#{anchor} {title} {trail:?} question={question}\n{text}\n") },
        )
        .collect();

    insta::assert_snapshot!(found.join("\n"));
}

#[test]
fn the_yaml_of_tasks_is_not_prose() {
    let book = Fixture::new()
        .step("# S\n\n```tools\n- git\n```\n\n```confirm\nI did.\n```\n")
        .load()
        .book;

    assert_eq!(passages(&book, book.page("p/s").unwrap())[0].text, "I did.");
}

#[test]
fn plain_text_has_no_markup() {
    assert_eq!(
        plain("# A *b*\n\n`c` [d](e) &amp; ![f](g)\n\n<kbd>h</kbd>"),
        "A b\nc d & f\nh"
    );
}
