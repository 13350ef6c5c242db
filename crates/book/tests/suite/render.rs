use book::{Block, Heading, render_text};

use crate::fixture::{Fixture, html, in_dialect};

#[test]
fn markdown_becomes_plain_html() {
    insta::assert_snapshot!(html(
        "# Page\n\nA *b* **c** ~~d~~ `e<f`\\\nnext\n\n# Other h1\n\n1. one\n2. two\n\n7. x\n\n---\n\n> quote\n\n- [x] \
         done\n- [ ] open\n\n| a | b | c |\n|---|:-:|--:|\n| 1 | 2 | 3 |\n\n    indented <code>\n"
    ));
}

#[test]
fn smart_punctuation_is_left_alone() {
    assert_eq!(
        html("Run `x` --release \"now\"..."),
        "<p>Run <code>x</code> --release \"now\"...</p>"
    );
}

#[test]
fn headings_have_anchors_and_links() {
    insta::assert_snapshot!(html("## What's new?\n\n## What's new?\n\n### Über `x` {#own}\n"));
}

#[test]
fn contents_list_what_is_shown() {
    let book = Fixture::new()
        .file(
            "library/a.md",
            "# A\n\n## One & two\n\n> ## Quoted\n\n### Three {#drei}\n",
        )
        .load()
        .book;

    let contents = book::render(&book, book.page("library/a").unwrap(), "").contents;

    let heading = |level, id: &str, title: &str| Heading {
        level,
        id: id.to_owned(),
        title: title.to_owned(),
    };
    assert_eq!(
        contents,
        [heading(2, "one--two", "One & two"), heading(3, "drei", "Three")]
    );
}

#[test]
fn frequently_asked_questions_fold() {
    insta::assert_snapshot!(html(
        "## Frequently asked questions\n\n### Why *this*?\n\nBecause.\n\n#### Detail\n\nMore.\n\n### How?\n\nSo.\n\n## \
         After\n\nText.\n"
    ));
}

#[test]
fn alerts_become_callouts() {
    insta::assert_snapshot!(html(
        "> [!NOTE]\n> Body.\n\n> [!warning] Mind the **gap**\n> Body\n> goes on.\n>\n> - list\n\n> [!TIP]- Only a \
         title\n\n> [!bug]\n> Nearest kind.\n\n> [!odd]\n> Unknown.\n\n> [not] a callout\n"
    ));
}

#[test]
fn admonitions_of_other_dialects_become_the_same_callouts() {
    let expected = html("> [!NOTE] T\n> Body `x`.\n\nAfter.\n");
    assert_eq!(
        in_dialect("mkdocs", "!!! note \"T\"\n    Body `x`.\n\nAfter.\n"),
        expected
    );
    assert_eq!(
        in_dialect("docusaurus", ":::note[T]\nBody `x`.\n:::\n\nAfter.\n"),
        expected
    );
}

#[test]
fn links_lead_to_pages_paths_steps_and_starters() {
    insta::assert_snapshot!(html(
        "[page](other.md) [anchor](other.md#place) [loose](./other.md#Place) [top](other.md#other) [here](#up) \
         [query](other.md?raw=true) [folder](folder/) [bare](other) [path](../paths/p/index.md) \
         [path anchor](../paths/p/#why) [step](../paths/p/10-s.md \"T\") [root](/library/other.md) \
         [starter](../starters/go/api/) [starter file](../starters/go/api/template.yaml)\n\n## Up\n"
    ));
}

#[test]
fn links_to_the_outside_are_marked() {
    insta::assert_snapshot!(html(
        "[a](https://a.b/?x=1&y=2) <https://c.d> <me@e.f> [g](mailto:h@i.j \"T\") bare https://k.l/m_n. and www.o.p!\n"
    ));
}

#[test]
fn links_that_lead_nowhere_lose_their_target() {
    insta::assert_snapshot!(html(
        "[a](none.md) [b](../../../etc/passwd) [c](javascript:alert(1)) [d](data:text/html,x) [e](file:///x) \
         [f](//host/x) [g](JaVa\tscript:x) [h](../assets/a%20b.png) [i](vbscript:x)\n"
    ));
}

#[test]
fn mdbook_links_to_html_are_links_to_pages() {
    let link = "<p><a href=\"#/page/library/other?at=place\">a</a></p>";
    assert_eq!(in_dialect("mdbook", "[a](other.html#place)"), link);
}

#[test]
fn pictures_come_from_the_book() {
    insta::assert_snapshot!(html(
        "![Alt *x*](../assets/a%20b.png \"A title\")\n\nInline ![b](../assets/b.svg?raw=true \"T\") text\n\n![remote]\
         (https://x.y/z.png)\n\n[![in link](https://x.y/z.png)](https://q.r)\n\n![out](../../x.png) \
         ![data](data:image/png;base64,x)\n"
    ));
}

#[test]
fn raw_html_passes_an_allow_list() {
    insta::assert_snapshot!(html(
        "<kbd>Ctrl</kbd> H<sub>2</sub>O <br/> <mark>m</mark> <abbr title=\"T\">a</abbr> <b onclick=\"x()\">b</b>\n\n\
         <details open>\n<summary>S</summary>\n\nInner **md**\n\n</details>\n\n<a href=\"other.md\">page</a> <a \
         href=\"javascript:x\">js</a> <a name=\"mark\"></a>\n\n<picture>\n<source media=\"(prefers-color-scheme: dark)\" \
         srcset=\"../assets/d.png 2x\">\n<img src=\"../assets/l.png\" alt=\"L\" width=\"50%\" height=\"x\"\n \
         onerror=\"y\">\n</picture>\n\n<h1>One</h1>\n\n<div class=\"evil table\" style=\"position:fixed\">d</div>\n"
    ));
}

#[test]
fn dangerous_html_never_passes() {
    insta::assert_snapshot!(html(
        "Set the <title> and <your-name>.\n\n<script>alert(1)</script>\n\nafter <iframe src=\"https://x\"></iframe> \
         <svg><a xlink:href=\"javascript:x\">s</a></svg> <Tabs groupId=\"os\">t</Tabs>\n\n<style>p{}</style>\n\n<img \
         src=x onerror=alert(1)//>\n\n<form action=x><input type=text><button>go</button></form>\n\n<!-- comment -->\n"
    ));
}

#[test]
fn code_is_highlighted_in_few_classes() {
    insta::assert_snapshot!(html(
        "```rust title=\"src/main.rs\" {1,3}\n// Say it.\nfn main() {\n    println!(\"a < {}\", 1_000);\n}\n```\n\n\
         ```console\n$ git status # now\nOn branch main\n```\n\n```diff\n-old\n+new\n```\n\n```nope,x\n<b>\n```\n\n\
         ```yaml\nkey: [1, \"two\"]\n```\n"
    ));
}

#[test]
fn footnotes_are_gathered_with_ways_back() {
    insta::assert_snapshot!(html(
        "One[^b], two[^a], again[^b], none[^c].\n\n[^a]: Note *a*.\n[^b]: Note b.\n\n    - list\n[^d]: Never used.\n"
    ));
}

#[test]
fn a_step_is_cut_at_its_tasks() {
    let step = "# S\n\nBefore.\n\n```confirm\nOne\n```\n\nBetween.\n\n1. Item\n\n   ```confirm\n   Two\n   ```\n2. \
                Last\n\n```quiz\nbroken\n```\n\n## Frequently asked questions\n\n### Q?\n\n```confirm\nThree\n```\n\nA.\n";
    insta::assert_snapshot!(Fixture::new().step(step).html("p/s"));
}

#[test]
fn tasks_outside_steps_are_code() {
    let html = html("```confirm\nDone\n```\n");
    assert!(html.contains("<code>Done\n</code>"), "{html}");
}

#[test]
fn a_page_without_text_has_no_blocks() {
    let book = Fixture::new().file("library/a.md", "# A\n").load().book;
    assert_eq!(book::render(&book, book.page("library/a").unwrap(), "").blocks, []);
}

#[test]
fn small_texts_are_inline_where_they_are_one_paragraph() {
    let book = Fixture::new()
        .step("# S\n")
        .file("library/a.md", "# A\n\n## X\n")
        .load()
        .book;
    let text = |markdown| render_text(&book, "paths/p/10-s.md", markdown);

    assert_eq!(
        text("Run `x` [now](../../library/a.md#x)"),
        "Run <code>x</code> <a href=\"#/page/library/a?at=x\">now</a>"
    );
    assert_eq!(text("a\n\nb"), "<p>a</p>\n<p>b</p>");
    assert_eq!(
        text("![Alt](x.png) <script>x</script>"),
        "Alt &lt;script&gt;x&lt;/script&gt;"
    );
    assert_eq!(text(""), "");
    assert_eq!(
        render_text(&book, "starters/x/starter.toml", "[up](#x) y[^1]\n\n[^1]: N"),
        {
            "<p><a class=\"broken\" title=\"This link leads nowhere: #x\">up</a> y<sup class=\"footnote-ref\" \
         id=\"fnref-1\">1</sup></p>\n<section class=\"footnotes\" aria-label=\"Footnotes\"><ol>\n<li \
         id=\"fn-1\"><p>N</p></li>\n</ol></section>"
        }
    );
}

#[test]
fn ids_and_anchors_are_percent_encoded() {
    let html = Fixture::new()
        .file("library/my page.md", "# M\n\n## Größe\n")
        .file("library/a.md", "[m](my%20page.md#größe)")
        .html("library/a");
    assert_eq!(
        html,
        "<p><a href=\"#/page/library/my%20page?at=gr%C3%B6%C3%9Fe\">m</a></p>"
    );
}

#[test]
fn pictures_say_how_large_they_are() {
    // The signature and the first chunk: 3 by 2 pixels.
    let png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x03\0\0\0\x02\x08\x06\0\0\0";
    let fixture = Fixture::new()
        .file(
            "library/a.md",
            "![x](i.png) ![y](j.svg) ![z](k.png)\n\n<img src=\"i.png\" width=\"9\">\n",
        )
        .file("library/i.png", png)
        .file(
            "library/j.svg",
            "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 40 30'></svg>",
        )
        .file("library/k.png", "no picture");
    let book = fixture.load().book;
    let html = format!("{:?}", book::render(&book, book.page("library/a").unwrap(), "").blocks);
    for tag in [
        r#"alt=\"x\" src=\"library/i.png\" width=\"3\" height=\"2\">"#,
        r#"alt=\"y\" src=\"library/j.svg\" width=\"40\" height=\"30\">"#,
        r#"alt=\"z\" src=\"library/k.png\">"#,
        r#"src=\"library/i.png\" width=\"9\">"#,
    ] {
        assert!(html.contains(tag), "{tag} in {html}");
    }
}

#[test]
fn pictures_take_the_prefix_of_the_caller() {
    let book = Fixture::new().file("library/a.md", "![x](i.png)").load().book;
    let blocks = book::render(&book, book.page("library/a").unwrap(), "http://content.localhost/").blocks;
    let figure = "<figure><img loading=\"lazy\" alt=\"x\" src=\"http://content.localhost/library/i.png\"></figure>";
    assert_eq!(blocks, [Block::Html(figure.to_owned())]);
}
