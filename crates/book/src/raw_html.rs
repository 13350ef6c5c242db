//! Raw HTML in pages, cut into tags and text.
//!
//! The cut only serves to resolve links and pictures and to find words and anchors; safety is the sanitiser's.

use std::ops::Range;

use pulldown_cmark::Event;

use crate::escape::unescape;

/// A piece of raw HTML.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Piece<'h> {
    /// Between tags.
    Text(&'h str),
    /// An opening tag, in lower case, attributes decoded.
    Open {
        name: String,
        attributes: Vec<(String, String)>,
        source: &'h str,
    },
    /// A closing tag's name.
    Close { name: String, source: &'h str },
    /// A comment, a declaration.
    Other(&'h str),
}

/// The value of an attribute.
pub(crate) fn attribute<'a>(attributes: &'a [(String, String)], name: &str) -> Option<&'a str> {
    attributes
        .iter()
        .find(|(key, _)| key == name)
        .map(|(_, value)| value.as_str())
}

/// Cuts HTML into tags and text. What is no complete tag is text.
pub(crate) fn pieces(html: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut text = 0;
    let mut at = 0;
    while let Some(found) = html[at..].find('<') {
        let start = at + found;
        let (end, piece) = match tag(html, start) {
            Cut::Piece(end, piece) => (end, piece),
            Cut::Text => {
                at = start + 1;
                continue;
            }
            // A tag that never ends takes everything after it, as it does in browsers.
            Cut::Unclosed => break,
        };
        if text < start {
            pieces.push(Piece::Text(&html[text..start]));
        }
        pieces.push(piece);
        text = end;
        at = end;
    }
    if text < html.len() {
        pieces.push(Piece::Text(&html[text..]));
    }
    pieces
}

/// The anchors that raw HTML sets with `id` and `name`.
pub(crate) fn marks(events: &[(Event<'_>, Range<usize>)]) -> Vec<String> {
    let mut marks = Vec::new();
    for (event, _) in events {
        let (Event::Html(html) | Event::InlineHtml(html)) = event else {
            continue;
        };
        for piece in pieces(html) {
            let Piece::Open { name, attributes, .. } = piece else {
                continue;
            };
            marks.extend(attribute(&attributes, "id").map(str::to_owned));
            if name == "a" {
                marks.extend(attribute(&attributes, "name").map(str::to_owned));
            }
        }
    }
    marks
}

/// The words of HTML, its scripts and styles left out.
pub(crate) fn words(html: &str) -> String {
    let mut words = String::new();
    let mut hidden = false;
    for piece in pieces(html) {
        match piece {
            Piece::Text(text) if !hidden => words.push_str(&unescape(text)),
            Piece::Open { name, .. } if matches!(name.as_str(), "script" | "style") => hidden = true,
            Piece::Close { name, .. } if matches!(name.as_str(), "script" | "style") => hidden = false,
            Piece::Open { name, attributes, .. } if name == "img" => {
                words.push_str(attribute(&attributes, "alt").unwrap_or_default());
            }
            _ => {}
        }
    }
    words
}

enum Cut<'h> {
    Piece(usize, Piece<'h>),
    /// A `<` that starts no tag.
    Text,
    Unclosed,
}

fn tag(html: &str, start: usize) -> Cut<'_> {
    let rest = &html[start + 1..];
    if let Some(comment) = rest.strip_prefix("!--") {
        let end = comment.find("-->").map_or(html.len(), |at| start + 4 + at + 3);
        return Cut::Piece(end, Piece::Other(&html[start..end]));
    }
    if rest.starts_with(['!', '?']) {
        return rest.find('>').map_or(Cut::Unclosed, |at| {
            let end = start + 1 + at + 1;
            Cut::Piece(end, Piece::Other(&html[start..end]))
        });
    }
    let closing = rest.starts_with('/');
    let name_start = start + 1 + usize::from(closing);
    let named = &html[name_start..];
    if !named.starts_with(|letter: char| letter.is_ascii_alphabetic()) {
        return Cut::Text;
    }
    let name_end = named.find(|letter: char| letter.is_ascii_whitespace() || matches!(letter, '/' | '>'));
    let cut = name_end.and_then(|length| attributes(html, name_start + length).map(|found| (length, found)));
    let Some((length, (end, attributes))) = cut else {
        return Cut::Unclosed;
    };
    let name = named[..length].to_ascii_lowercase();
    let source = &html[start..end];
    Cut::Piece(
        end,
        if closing {
            Piece::Close { name, source }
        } else {
            Piece::Open {
                name,
                attributes,
                source,
            }
        },
    )
}

/// The attributes from `at` to the tag's `>`, and where it ends.
fn attributes(html: &str, mut at: usize) -> Option<(usize, Vec<(String, String)>)> {
    let mut attributes = Vec::new();
    loop {
        at += html[at..].find(|letter: char| !letter.is_ascii_whitespace() && letter != '/')?;
        if html[at..].starts_with('>') {
            return Some((at + 1, attributes));
        }
        let ends = |letter: char| letter.is_ascii_whitespace() || matches!(letter, '=' | '>' | '/');
        // A name may start with `=`; whatever it is, the cut goes on.
        let first = html[at..].chars().next()?.len_utf8();
        let length = first + html[at + first..].find(ends)?;
        let name = html[at..at + length].to_ascii_lowercase();
        at += length;
        let space = html[at..].find(|letter: char| !letter.is_ascii_whitespace())?;
        if !html[at + space..].starts_with('=') {
            attributes.push((name, String::new()));
            continue;
        }
        at += space + 1;
        at += html[at..].find(|letter: char| !letter.is_ascii_whitespace())?;
        let quote = html[at..].chars().next()?;
        let (from, to) = if matches!(quote, '"' | '\'') {
            (at + 1, at + 1 + html[at + 1..].find(quote)?)
        } else {
            (
                at,
                at + html[at..].find(|letter: char| letter.is_ascii_whitespace() || letter == '>')?,
            )
        };
        attributes.push((name, unescape(&html[from..to])));
        at = if from > at { to + 1 } else { to };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_and_text_are_told_apart() {
        let open = |name: &str, attributes: &[(&str, &str)], source| Piece::Open {
            name: name.to_owned(),
            attributes: attributes
                .iter()
                .map(|(key, value)| ((*key).to_owned(), (*value).to_owned()))
                .collect(),
            source,
        };
        assert_eq!(
            pieces(r#"a < b <IMG SRC='x y' alt="&lt;" hidden/>c<!-- <a> --></p>"#),
            [
                Piece::Text("a < b "),
                open(
                    "img",
                    &[("src", "x y"), ("alt", "<"), ("hidden", "")],
                    r#"<IMG SRC='x y' alt="&lt;" hidden/>"#
                ),
                Piece::Text("c"),
                Piece::Other("<!-- <a> -->"),
                Piece::Close {
                    name: "p".to_owned(),
                    source: "</p>"
                },
            ]
        );
    }

    #[test]
    fn what_is_not_closed_is_text() {
        assert_eq!(pieces("<a href=\"x"), [Piece::Text("<a href=\"x")]);
    }

    #[test]
    fn words_leave_scripts_out() {
        assert_eq!(
            words("<b>one</b><script>two</script> three<img alt=four>"),
            "one threefour"
        );
    }
}
