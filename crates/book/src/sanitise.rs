//! The allow-list that every piece of HTML passes before it leaves this crate.

use std::{
    borrow::Cow,
    collections::{HashMap, HashSet},
};

use ammonia::{Builder, UrlRelative};

use crate::pictures::SCHEME;

const TAGS: &[&str] = &[
    "a",
    "abbr",
    "aside",
    "b",
    "bdi",
    "blockquote",
    "br",
    "caption",
    "cite",
    "code",
    "col",
    "colgroup",
    "dd",
    "del",
    "details",
    "dfn",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "i",
    "img",
    "input",
    "ins",
    "kbd",
    "li",
    "mark",
    "ol",
    "p",
    "picture",
    "pre",
    "q",
    "rp",
    "rt",
    "ruby",
    "s",
    "samp",
    "section",
    "small",
    "source",
    "span",
    "strong",
    "sub",
    "summary",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "u",
    "ul",
    "var",
    "wbr",
];

const ATTRIBUTES: &[(&str, &[&str])] = &[
    ("a", &["href", "rel", "data-external", "aria-label"]),
    ("aside", &["role"]),
    ("col", &["span"]),
    ("colgroup", &["span"]),
    ("details", &["open"]),
    ("div", &["data-language", "tabindex", "role", "aria-label"]),
    ("img", &["src", "alt", "loading", "width", "height"]),
    ("input", &["type", "disabled", "checked", "aria-label"]),
    ("ol", &["start"]),
    ("pre", &["tabindex"]),
    ("section", &["aria-label"]),
    ("source", &["srcset", "media"]),
    ("td", &["colspan", "rowspan"]),
    ("th", &["colspan", "rowspan", "scope"]),
];

const CLASSES: &[(&str, &[&str])] = &[
    ("a", &["anchor", "broken", "footnote-back"]),
    (
        "aside",
        &[
            "callout",
            "callout-note",
            "callout-tip",
            "callout-important",
            "callout-warning",
            "callout-caution",
        ],
    ),
    ("details", &["faq"]),
    ("div", &["code", "code-head", "table"]),
    ("li", &["task"]),
    ("p", &["callout-title"]),
    ("section", &["footnotes"]),
    (
        "span",
        &[
            "code-title",
            "hl-comment",
            "hl-string",
            "hl-keyword",
            "hl-number",
            "hl-function",
            "hl-type",
            "hl-variable",
            "hl-punctuation",
            "hl-tag",
            "hl-attribute",
            "hl-inserted",
            "hl-deleted",
            "hl-meta",
            "hl-prompt",
        ],
    ),
    ("sup", &["footnote-ref"]),
    ("td", &["align-center", "align-right"]),
    ("th", &["align-center", "align-right"]),
];

/// HTML elements that have no place on a page; their tags go, their text stays.
const DROPPED: &[&str] = &[
    "address", "applet", "area", "article", "audio", "base", "big", "body", "button", "canvas", "center", "data",
    "dialog", "embed", "fieldset", "font", "footer", "form", "frame", "frameset", "head", "header", "hgroup", "html",
    "label", "legend", "link", "main", "map", "marquee", "meta", "nav", "nobr", "object", "optgroup", "option",
    "param", "search", "strike", "svg", "time", "track", "tt", "video",
];

/// Whether a tag may stay.
pub(crate) fn allows(tag: &str) -> bool {
    TAGS.contains(&tag)
}

/// Whether a tag is HTML that goes without a trace. Other tags are shown as text: those that would swallow the rest
/// of the page (`<title>`, `<script>`), and those that nobody knows.
pub(crate) fn drops(tag: &str) -> bool {
    DROPPED.contains(&tag)
}

/// HTML of nothing but the tags, attributes, classes and schemes above. Pictures of the book get the prefix `assets`.
pub(crate) fn clean(html: &str, assets: &str) -> String {
    let assets = assets.to_owned();
    let mut builder = Builder::empty();
    builder
        .tags(set(TAGS))
        .clean_content_tags(set(&["script", "style"]))
        .tag_attributes(map(ATTRIBUTES))
        .allowed_classes(map(CLASSES))
        .generic_attributes(set(&["id", "title", "lang", "dir"]))
        // Every checkbox is dead, whoever wrote it.
        .set_tag_attribute_values(HashMap::from([(
            "input",
            HashMap::from([("type", "checkbox"), ("disabled", "")]),
        )]))
        .url_schemes(set(&["https", "http", "mailto", SCHEME]))
        .url_relative(UrlRelative::PassThrough)
        .link_rel(None)
        .attribute_filter(move |tag, attribute, value| match (tag, attribute) {
            ("a", "href") => is_followed(value).then_some(Cow::Borrowed(value)),
            ("img", "src") | ("source", "srcset") => {
                let path = value.strip_prefix(SCHEME)?.strip_prefix(":/")?;
                let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/%".contains(&byte);
                path.bytes().all(plain).then(|| Cow::Owned(format!("{assets}{path}")))
            }
            ("a", "rel") => (value == "noopener noreferrer").then_some(Cow::Borrowed(value)),
            ("aside" | "div", "role") => matches!(value, "note" | "region").then_some(Cow::Borrowed(value)),
            ("img", "loading") => (value == "lazy").then_some(Cow::Borrowed(value)),
            ("img", "width" | "height") => is_size(value).then_some(Cow::Borrowed(value)),
            (_, "tabindex") => (value == "0").then_some(Cow::Borrowed(value)),
            _ => Some(Cow::Borrowed(value)),
        });
    builder.clean(html).to_string()
}

/// Places in the book, and what the system opens.
fn is_followed(href: &str) -> bool {
    ["#/", "https://", "http://", "mailto:"]
        .into_iter()
        .any(|start| href.starts_with(start))
}

fn is_size(value: &str) -> bool {
    let digits = value.strip_suffix('%').unwrap_or(value);
    !digits.is_empty() && digits.len() <= 5 && digits.bytes().all(|byte| byte.is_ascii_digit())
}

fn set(words: &'static [&'static str]) -> HashSet<&'static str> {
    words.iter().copied().collect()
}

fn map(table: &'static [(&'static str, &'static [&'static str])]) -> HashMap<&'static str, HashSet<&'static str>> {
    table.iter().map(|(tag, words)| (*tag, set(words))).collect()
}

#[cfg(test)]
mod tests {
    use super::clean;

    #[test]
    fn scripts_handlers_styles_and_frames_go() {
        let html = "<script>alert(1)</script><style>p{}</style><iframe src=x></iframe><p onclick=a style=b>t</p>\
                    <svg><a href=x>u</a></svg><form><button>v</button></form>";
        assert_eq!(clean(html, ""), "<p>t</p>v");
    }

    #[test]
    fn only_known_schemes_stay() {
        let html = "<a href=\"javascript:x\">a</a><a href=\"#/page/x\">b</a><a href=\"other.html\">c</a>\
                    <a href=\" javascript:x\">d</a><a href=\"data:text/html,x\">e</a>";
        assert_eq!(
            clean(html, ""),
            "<a>a</a><a href=\"#/page/x\">b</a><a>c</a><a>d</a><a>e</a>"
        );
    }

    #[test]
    fn pictures_come_from_the_book_only() {
        let html = "<img src=\"asset:/a%20b.png\" alt=a><img src=\"https://x/y.png\" alt=b><img src=\"z.png\" alt=c>";
        assert_eq!(
            clean(html, "content://localhost/"),
            "<img src=\"content://localhost/a%20b.png\" alt=\"a\"><img alt=\"b\"><img alt=\"c\">"
        );
    }

    #[test]
    fn every_input_is_a_dead_checkbox() {
        let html = clean("<input type=text name=q autofocus>", "");
        assert!(
            html.contains("type=\"checkbox\"") && html.contains("disabled=\"\""),
            "{html}"
        );
        assert!(!html.contains("autofocus") && !html.contains("name"), "{html}");
    }
}
