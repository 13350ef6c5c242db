//! Links, pictures, bare URLs and raw HTML.

use std::fmt::Write;

use pulldown_cmark::{Event, LinkType, Tag, TagEnd};

use super::blocks::{DEEPEST, Writer};
use crate::{
    escape::{html, push_html},
    links::Target,
    pictures::{self, Source},
    raw_html::{self, Piece, attribute},
    sanitise,
};

impl Writer<'_, '_, '_, '_> {
    /// Text, with bare URLs linked.
    pub(super) fn text(&mut self, text: &str) {
        if !self.links.is_empty() {
            return push_html(&mut self.out, text);
        }
        let mut rest = text;
        while let Some((before, url, after)) = bare_url(rest) {
            push_html(&mut self.out, before);
            let href = if url.starts_with("www.") {
                format!("https://{url}")
            } else {
                url.to_owned()
            };
            match self.opening(&href, "", "") {
                Some(opening) => {
                    self.out.push_str(&opening);
                    push_html(&mut self.out, url);
                    self.out.push_str("</a>");
                }
                None => push_html(&mut self.out, url),
            }
            rest = after;
        }
        push_html(&mut self.out, rest);
    }

    pub(super) fn start_link(&mut self, kind: LinkType, destination: &str, title: &str) {
        let opening = match kind {
            LinkType::Email => self.opening(&format!("mailto:{destination}"), title, ""),
            _ => self.opening(destination, title, ""),
        };
        self.links.push(if opening.is_some() { "</a>" } else { "" });
        self.out.push_str(&opening.unwrap_or_default());
    }

    /// The opening tag of a link; `None` where only its text may be shown.
    fn opening(&self, destination: &str, title: &str, id: &str) -> Option<String> {
        let links = self.context.links;
        let target = links.resolve(self.context.file, destination);
        let mut attributes = String::new();
        let mut title = title.to_owned();
        match &target {
            Target::Page(..) | Target::Starter(_) => {
                let _ = write!(attributes, " href=\"{}\"", html(&links.href(&target)?));
            }
            Target::External(url) => {
                let _ = write!(
                    attributes,
                    " href=\"{}\" data-external=\"true\" rel=\"noopener noreferrer\"",
                    html(url)
                );
            }
            Target::Missing(_) | Target::Outside => {
                attributes.push_str(" class=\"broken\"");
                title = format!("This link leads nowhere: {destination}");
            }
            Target::File(_) | Target::Refused => return None,
        }
        if !title.is_empty() {
            let _ = write!(attributes, " title=\"{}\"", html(&title));
        }
        if !id.is_empty() {
            let _ = write!(attributes, " id=\"{}\"", html(id));
        }
        Some(format!("<a{attributes}>"))
    }

    pub(super) fn image(&mut self, at: usize, destination: &str, title: &str) -> usize {
        let end = self.document.end_of(at);
        let alt = self.words(at + 1, end);
        let picture = self.picture(destination, &alt, title, "");
        self.out.push_str(&picture);
        end + 1
    }

    /// A picture alone in its paragraph, with its title below it; the index after the paragraph.
    pub(super) fn figure(&mut self, at: usize) -> Option<usize> {
        let Some(Event::Start(Tag::Image { dest_url, title, .. })) = self.event_at(at + 1) else {
            return None;
        };
        let end = self.document.end_of(at + 1);
        let Some(Event::End(TagEnd::Paragraph)) = self.event_at(end + 1) else {
            return None;
        };
        let Source::Local(_) = pictures::source(self.context.file, dest_url) else {
            return None;
        };
        if !self.context.pictures {
            return None;
        }
        let alt = self.words(at + 2, end);
        let picture = self.picture(dest_url, &alt, "", "");
        let caption = if title.is_empty() {
            String::new()
        } else {
            format!("<figcaption>{}</figcaption>", html(title))
        };
        let _ = writeln!(self.out, "<figure>{picture}{caption}</figure>");
        Some(end + 2)
    }

    /// A picture of the book, a link to one elsewhere, or the words that stand for it.
    fn picture(&self, destination: &str, alt: &str, title: &str, size: &str) -> String {
        match pictures::source(self.context.file, destination) {
            Source::Local(path) if self.context.pictures => {
                let title = if title.is_empty() {
                    String::new()
                } else {
                    format!(" title=\"{}\"", html(title))
                };
                let src = pictures::src(&path);
                let own = match pictures::size(&self.context.links.book.root, &path) {
                    Some((width, height)) if size.is_empty() => format!(" width=\"{width}\" height=\"{height}\""),
                    _ => String::new(),
                };
                format!(
                    "<img loading=\"lazy\" alt=\"{}\" src=\"{src}\"{title}{size}{own}>",
                    html(alt)
                )
            }
            // Nothing is loaded from elsewhere; inside a link, the words lead where the link does.
            Source::Remote(url) if self.links.is_empty() => {
                let words = if alt.is_empty() { &url } else { alt };
                self.opening(&url, title, "")
                    .map_or_else(|| html(words), |open| format!("{open}{}</a>", html(words)))
            }
            _ => html(alt),
        }
    }

    /// Raw HTML, its links and pictures resolved as those of Markdown are.
    pub(super) fn raw(&mut self, source: &str) {
        for piece in raw_html::pieces(source) {
            match piece {
                Piece::Text(text) => self.out.push_str(text),
                Piece::Other(_) => {}
                Piece::Open {
                    name,
                    attributes,
                    source,
                } => self.raw_opening(&name, &attributes, source),
                Piece::Close { name, source } => match name.as_str() {
                    "a" => {
                        if let Some(at) = self.links.iter().rposition(|closing| *closing == RAW_CLOSING) {
                            self.links.remove(at);
                            self.out.push_str(RAW_CLOSING);
                        }
                    }
                    "h1" => self.out.push_str("</h2>"),
                    name => self.raw_other(name, source),
                },
            }
        }
    }

    fn raw_opening(&mut self, name: &str, attributes: &[(String, String)], source: &str) {
        let value = |name: &str| attribute(attributes, name).unwrap_or_default();
        match name {
            "a" => {
                let id = if value("id").is_empty() {
                    value("name")
                } else {
                    value("id")
                };
                let opening = attribute(attributes, "href").and_then(|href| self.opening(href, value("title"), id));
                let opening = opening.unwrap_or_else(|| match id {
                    "" => "<a>".to_owned(),
                    id => format!("<a id=\"{}\">", html(id)),
                });
                self.out.push_str(&opening);
                self.links.push(RAW_CLOSING);
            }
            "img" => {
                let mut size = String::new();
                for name in ["width", "height"] {
                    if let Some(value) = attribute(attributes, name) {
                        let _ = write!(size, " {name}=\"{}\"", html(value));
                    }
                }
                let picture = self.picture(value("src"), value("alt"), value("title"), &size);
                self.out.push_str(&picture);
            }
            "source" => {
                // One picture a source: the first, without its width.
                let first = value("srcset")
                    .split([',', ' '])
                    .find(|part| !part.is_empty())
                    .unwrap_or_default();
                if let Source::Local(path) = pictures::source(self.context.file, first) {
                    let (src, media) = (pictures::src(&path), html(value("media")));
                    let _ = write!(self.out, "<source srcset=\"{src}\" media=\"{media}\">");
                }
            }
            "input" => self.checkbox(attribute(attributes, "checked").is_some()),
            "h1" => self.out.push_str("<h2>"),
            name => self.raw_other(name, source),
        }
    }

    /// A dead checkbox: what a page ticks is not the reader's doing.
    pub(super) fn checkbox(&mut self, done: bool) {
        self.out.push_str(if done {
            "<input type=\"checkbox\" disabled checked aria-label=\"Done\"> "
        } else {
            "<input type=\"checkbox\" disabled aria-label=\"Not done\"> "
        });
    }

    /// Tags that are allowed pass to the sanitiser; what is no HTML was meant as text, such as `<your-name>`.
    fn raw_other(&mut self, name: &str, source: &str) {
        if sanitise::allows(name) {
            let closing = source.starts_with("</");
            if closing {
                self.raw_depth = self.raw_depth.saturating_sub(1);
            }
            if closing || self.raw_depth < DEEPEST {
                self.out.push_str(source);
            }
            if !closing && !ENDS_BY_ITSELF.contains(&name) {
                self.raw_depth += 1;
            }
        } else if !sanitise::drops(name) && !is_component(source) {
            push_html(&mut self.out, source);
        }
    }
}

/// Elements that need no closing tag.
const ENDS_BY_ITSELF: [&str; 15] = [
    "br", "col", "dd", "dt", "hr", "li", "p", "rp", "rt", "tbody", "td", "tfoot", "th", "tr", "wbr",
];

/// How links of raw HTML close; a spelling of its own, so that they are told from those of Markdown.
const RAW_CLOSING: &str = "</a >";

/// Components of other systems (`<Tabs>`), whose tags mean nothing here while their text does.
fn is_component(source: &str) -> bool {
    source
        .trim_start_matches(['<', '/'])
        .starts_with(|letter: char| letter.is_ascii_uppercase())
}

/// The first bare URL of a text, with what is before and after it.
/// The rules are those of GitHub: <https://github.github.com/gfm/#autolinks-extension->.
fn bare_url(text: &str) -> Option<(&str, &str, &str)> {
    let starts = text
        .bytes()
        .enumerate()
        .filter(|(_, byte)| matches!(byte, b'h' | b'w'))
        .map(|(at, _)| at);
    for start in starts {
        let rest = &text[start..];
        let Some(host) = ["https://", "http://", "www."]
            .iter()
            .find_map(|start| rest.strip_prefix(start))
        else {
            continue;
        };
        let before = text[..start].chars().next_back();
        let apart = before.is_none_or(|letter| letter.is_whitespace() || matches!(letter, '*' | '_' | '~' | '('));
        if apart && host.starts_with(char::is_alphanumeric) {
            let end = rest.find(|letter: char| letter.is_whitespace() || matches!(letter, '<' | '>'));
            let url = without_trail(&rest[..end.unwrap_or(rest.len())]);
            return Some((&text[..start], url, &rest[url.len()..]));
        }
    }
    None
}

/// Punctuation at the end belongs to the sentence, and so does a closing bracket that was not opened.
fn without_trail(url: &str) -> &str {
    let mut url = url;
    loop {
        let trimmed = url.trim_end_matches(['?', '!', '.', ',', ':', '*', '_', '~', '\'', '"', ';']);
        let unbalanced = trimmed.ends_with(')') && trimmed.matches(')').count() > trimmed.matches('(').count();
        let next = if unbalanced {
            &trimmed[..trimmed.len() - 1]
        } else {
            trimmed
        };
        if next == url {
            return url;
        }
        url = next;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bare_urls_end_before_the_sentence_does() {
        assert_eq!(
            bare_url("see https://a.b/c_d(e)."),
            Some(("see ", "https://a.b/c_d(e)", "."))
        );
        assert_eq!(bare_url("(www.a.b), x"), Some(("(", "www.a.b", "), x")));
    }

    #[test]
    fn what_only_looks_like_a_url_is_left_alone() {
        assert_eq!(bare_url("xhttps://a.b http:// www."), None);
    }
}
