//! What has to hold for any content whatever.

use std::sync::LazyLock;

use book::{Block, Book, render, render_text, resolve_inside};
use proptest::prelude::*;

use crate::fixture::Fixture;

static FIXTURE: LazyLock<(Fixture, Book)> = LazyLock::new(|| {
    let fixture = Fixture::new().file("library/a.md", "# A\n\n## X\n");
    let book = fixture.load().book;
    (fixture, book)
});

/// Pieces that make trouble when they meet.
fn markdown() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => prop::sample::select(vec![
            "<script>", "</script>", "<img src=x onerror=alert(1)>", "<a href=\"javascript:x\">", "</a>", "[a](", ")",
            "javascript:alert(1)", "![", "](x.png)", "> ", "[!NOTE]", "> [!x] t\n", "\n\n", "\n", "```", "```verify\n",
            "~~~", "# ", "## Frequently asked questions\n\n### q\n", "- ", "- [ ] ", "1. ", "|a|b|\n|-|-|\n", "[^1]",
            "[^1]: ", "<details>", "</details>", "<!--", "-->", "<svg/onload=x>", "<math><mtext>", "<table><td>",
            "<style>", "<title>", "<textarea>", "<noscript>", "<template>", "&lt;script&gt;", "&#106;avascript:", "`",
            "**", "_", "$ ", "\t", "    ", "\\", "\0", "\u{feff}", "<a href='", "\"", "'", ">", "<", "/>", "=", "{#x}",
            "https://a.b/", "www.a", "<b onclick=x", "style=x:expression(1)", "<input autofocus onfocus=x>", "data:text/html,",
            "<iframe srcdoc='<script>'>", "<source srcset=javascript:x>", "<base href=//x>", "[x]: javascript:y\n", "[x]",
        ]).prop_map(str::to_owned),
        1 => "\\PC{0,12}",
    ];
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

/// Goes through the tags of HTML by a reading as simple as it can be: the sanitiser quotes every value and escapes
/// every `<` of text and every quote of a value.
fn assert_safe(html: &str) {
    const FORBIDDEN: [&str; 11] = [
        "script", "style", "iframe", "svg", "math", "base", "form", "object", "embed", "template", "title",
    ];
    const ADDRESSES: [&str; 5] = ["#/", "https://", "http://", "mailto:", "content://localhost/"];
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        rest = rest[start + 1..].trim_start_matches('/');
        let name_end = rest.find([' ', '>']).unwrap();
        assert!(!FORBIDDEN.contains(&&rest[..name_end]), "{html}");
        rest = &rest[name_end..];
        while let Some(attribute) = rest.strip_prefix(' ') {
            let (name, value) = attribute.split_once("=\"").unwrap();
            let (value, after) = value.split_once('"').unwrap();
            assert!(
                !name.starts_with("on") && name != "style" && name != "srcdoc",
                "{name} in {html}"
            );
            if matches!(name, "href" | "src" | "srcset") {
                assert!(
                    ADDRESSES.iter().any(|start| value.starts_with(start)),
                    "{value} in {html}"
                );
            }
            rest = after;
        }
        assert!(rest.starts_with('>'), "{html}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn rendering_never_fails_and_is_always_safe(markdown in markdown()) {
        let book = &FIXTURE.1;
        let mut page = book.page("library/a").unwrap().clone();
        page.body.clone_from(&markdown);
        for block in render(book, &page, "content://localhost/").blocks {
            let Block::Html(html) = block else { panic!("a task outside a step") };
            assert_safe(&html);
            prop_assert!(!html.to_lowercase().contains("<script"));
        }
        assert_safe(&render_text(book, "library/a.md", &markdown));
        let _ = book::passages(book, &page);
        let _ = book::plain(&markdown);
    }

    #[test]
    fn any_page_loads(text in markdown(), bytes in prop::collection::vec(any::<u8>(), 0..64)) {
        let fixture = Fixture::new()
            .file("library/a.md", format!("---\n{text}\n---\n{text}"))
            .file("library/b.md", bytes)
            .step(&format!("```quiz\n{text}\n```\n\n```verify\n{text}\n```\n"));
        let book = fixture.load().book;
        let _ = book::check(&book);
        prop_assert!(book.page("library/a").is_some());
    }

    #[test]
    fn paths_never_leave_the_root(parts in prop::collection::vec(prop_oneof![
        4 => prop::sample::select(vec!["..", ".", "", "a", "b", "/", "\\", "C:", ".git", "~", "out", "%2e%2e", "library", "\0"])
            .prop_map(str::to_owned),
        1 => "\\PC{0,6}",
    ], 0..8)) {
        let root = FIXTURE.0.root();
        if let Ok(path) = resolve_inside(root, &parts.join("/")) {
            prop_assert!(path.starts_with(root));
            let below = path.strip_prefix(root).unwrap();
            prop_assert!(below.components().all(|component| matches!(component, std::path::Component::Normal(_))));
            prop_assert!(!below.to_string_lossy().to_lowercase().split('/').any(|name| name == ".git"));
        }
    }
}
