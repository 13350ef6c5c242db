use crate::fixture::Fixture;

#[test]
fn a_sound_book_has_no_findings() {
    let fixture = Fixture::new()
        .step("# S\n\n[a](../../library/a.md#x) ![A picture](../../assets/p.png) https://a.b\n\n```confirm\nSee [a](../../library/a.md).\n```\n")
        .file("library/a.md", "# A\n\n## X\n\n> [!NOTE]\n> [s](../paths/p/10-s.md) <a href=\"#x\">x</a> <me@a.b>\n\n```\n!!! note\n```\n")
        .file("assets/p.png", "");

    assert_eq!((fixture.findings(), fixture.checks()), (String::new(), String::new()));
}

#[test]
fn links_are_followed() {
    let fixture = Fixture::new()
        .file(
            "library/a.md",
            "---\ntitle: A\n---\n\n## Here\n\nSome [a](none.md) and [b](b.md#gone).\n\n[c](#nowhere) [d](../../x) \
             [e](javascript:x) [f](../assets/f.pdf)\n\n<a href=\"lost.md\">g</a>\n",
        )
        .file("library/b.md", "# B\n")
        .file("assets/f.pdf", "");

    insta::assert_snapshot!(fixture.checks());
}

#[test]
fn pictures_are_looked_for() {
    let fixture = Fixture::new()
        .file(
            "library/a.md",
            "![Alt](none.png)\n\n![](p.png)\n\n![Alt](https://x.y/z.png)\n\n![Alt](data:x)\n\n![Alt](../../up.png)\n\n\
             <img src=\"p.png\">\n",
        )
        .file("library/p.png", "");

    insta::assert_snapshot!(fixture.checks());
}

#[test]
fn the_texts_of_tasks_are_checked_too() {
    let fixture = Fixture::new().step(
        "# S\n\n```quiz\nquestion: See [x](none.md)\nchoices: [{ text: a, correct: true, why: \"[y](#z)\" }, { text: b, \
         why: w }]\n```\n\n```verify\n- file: a\nfailed: '[v](gone.md)'\n```\n",
    );

    insta::assert_snapshot!(fixture.checks());
}

#[test]
fn what_means_nothing_here_is_told() {
    let fixture = Fixture::new().file(
        "library/a.md",
        "# A\n\n```confirm\nx\n```\n\n> [!odd]\n> x\n\n## B {#x}\n\n## C {#x}\n\n!!! note\n    x\n\n:::tip\n:::\n\n=== \
         \"Linux\"\n\n{{#include x.rs}}\n\n{{< note >}}\n\n```\n:::tip\n```\n",
    );

    insta::assert_snapshot!(fixture.checks());
}

#[test]
fn the_dialect_of_the_book_is_not_foreign() {
    let fixture = Fixture::empty()
        .file(
            "roadbook.toml",
            "format = 1\nid = \"a\"\ntitle = \"A\"\ndialect = \"mkdocs\"\n",
        )
        .file("library/a.md", "!!! note\n    [x](none.md)\n");

    insta::assert_snapshot!(fixture.checks());
}
