//! Content made to exhaust time, memory or the stack. Each of these would take minutes if anything grew with the
//! square of its length.

use book::{Book, passages, render};

use crate::fixture::Fixture;

const LENGTH: usize = 40_000;

fn repeated(piece: &str) -> String {
    piece.repeat(LENGTH / piece.len())
}

fn read(dialect: &str, text: &str) -> Book {
    let fixture = Fixture::empty()
        .file(
            "roadbook.toml",
            format!("format = 1\nid = \"a\"\ntitle = \"A\"\ndialect = \"{dialect}\"\n"),
        )
        .file("library/a.md", text)
        .step(&format!("# S\n\n{text}"));
    let book = fixture.load().book;
    for page in ["library/a", "p/s"] {
        let page = book.page(page).unwrap();
        let html: usize = render(&book, page, "").blocks.len();
        assert!(html <= text.len(), "more blocks than letters");
        assert!(!passages(&book, page).is_empty());
    }
    book
}

#[test]
fn nesting_costs_no_more_than_length() {
    for piece in ["> ", "- ", "<div>", "<b title=x>", "<details>\n\n", "*a **b ", "[a]("] {
        read("github", &repeated(piece));
    }
}

#[test]
fn repetition_costs_no_more_than_length() {
    for piece in [
        "# a\n",
        "[^1]",
        "[x](#y) ",
        "<a ",
        "<!",
        "<!-- ",
        "(www.",
        "www.",
        "https://",
        "![a](b.png) ",
        "```quiz\n```\n",
        "|a|\n|-|\n\n",
        "> [!x] y\n\n",
        "`",
        "a\n\n",
        "<x-y>",
    ] {
        let text = repeated(piece);
        read("github", &text);
        read("github", &format!("<div>\n{text}"));
    }
}

#[test]
fn other_dialects_do_not_blow_up() {
    read("docusaurus", &repeated(":::note\n"));
    let opening: Vec<String> = (0..200).map(|depth| " ".repeat(depth * 4) + "!!! note\n").collect();
    read("mkdocs", &(opening.concat() + &"\n".repeat(LENGTH)));
}

#[test]
fn deep_yaml_is_refused_and_not_followed() {
    for yaml in [
        repeated("["),
        repeated("- "),
        repeated("{a: "),
        repeated("a: [\n"),
        repeated("b: c: d\n"),
    ] {
        let loaded = Fixture::new()
            .file("library/a.md", format!("---\n{yaml}\n---\n# A\n"))
            .step(&format!("# S\n\n```quiz\n{yaml}\n```\n\n```verify\n{yaml}\n```\n"))
            .load();
        assert!(loaded.diagnostics.len() >= 2, "{}", &yaml[..8]);
        assert!(loaded.book.page("library/a").is_some());
    }
    let laughs: String = std::iter::once("a0: &a0 [x,x,x,x,x,x,x,x,x]\n".to_owned())
        .chain((1..12).map(|at| format!("a{at}: &a{at} [{}]\n", vec![format!("*a{}", at - 1); 9].join(","))))
        .collect();
    let loaded = Fixture::new()
        .file("library/a.md", format!("---\n{laughs}---\n# A\n"))
        .load();
    assert!(loaded.book.page("library/a").is_some());
}
