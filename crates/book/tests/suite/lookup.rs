use book::Section;

use crate::fixture::Fixture;

#[test]
fn the_library_is_a_tree() {
    let book = Fixture::new()
        .file("library/glossary.md", "# Glossary\n")
        .file("library/how-to/index.md", "---\ntitle: Guides\nsummary: How.\n---\n")
        .file("library/how-to/b.md", "# Beta\n")
        .file("library/how-to/a.md", "# alpha\n")
        .file("library/big_ideas/deep/x.md", "# X\n")
        .load()
        .book;

    let section = |id: &str, title: &str, summary: &str, page, pages: &[&str], sections| Section {
        id: id.to_owned(),
        title: title.to_owned(),
        summary: summary.to_owned(),
        page,
        pages: pages.iter().map(|page| (*page).to_owned()).collect(),
        sections,
    };
    let deep = section(
        "library/big_ideas/deep",
        "Deep",
        "",
        false,
        &["library/big_ideas/deep/x"],
        vec![],
    );
    assert_eq!(
        book.sections(),
        [
            section("library", "Library", "", false, &["library/glossary"], vec![]),
            section("library/big_ideas", "Big ideas", "", false, &[], vec![deep]),
            section(
                "library/how-to",
                "Guides",
                "How.",
                true,
                &["library/how-to/a", "library/how-to/b"],
                vec![]
            ),
        ]
    );
}

#[test]
fn what_is_not_there_is_not_found() {
    let book = Fixture::new().step("# S\n").load().book;

    assert!(book.page("p/s").is_some() && book.page("p").is_some());
    assert!(book.page("p/x").is_none() && book.step("p").is_none() && book.step("x/s").is_none());
    assert!(book.path("p/s").is_none() && book.starter("p").is_none());
}
