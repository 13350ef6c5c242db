//! Pages as passages of plain text, one a heading, for search.

use pulldown_cmark::{Event, Tag, TagEnd};

use crate::{
    dialect,
    document::{Document, task_fence},
    model::{Book, Kind, Page},
    raw_html,
};

/// What stands under one heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    /// The heading's anchor; empty for what stands before the first heading.
    pub anchor: String,
    /// The heading; the page's title for what stands before the first one.
    pub title: String,
    /// The headings above it on the page, outermost first, without the page's title.
    pub trail: Vec<String>,
    /// Plain text, one block a line, code included.
    pub text: String,
    /// Whether it answers a frequently asked question.
    pub question: bool,
}

/// The passages of a page in order. The first is what stands before the first heading, even where that is nothing.
pub fn passages(book: &Book, page: &Page) -> Vec<Passage> {
    let text = dialect::to_github(&page.body, book.manifest.dialect);
    let document = Document::parse(&text, &page.title);
    let mut passages = vec![Passage {
        anchor: String::new(),
        title: page.title.clone(),
        trail: Vec::new(),
        text: String::new(),
        question: false,
    }];
    let mut above: Vec<(u8, &str)> = Vec::new();
    let mut from = 0;
    for heading in document.headings.iter().filter(|heading| heading.top) {
        append(&mut passages, &document, from, heading.event, page.kind);
        from = document.end_of(heading.event) + 1;
        if heading.dropped {
            continue;
        }
        above.retain(|(level, _)| *level < heading.level);
        passages.push(Passage {
            anchor: heading.anchor.clone(),
            title: heading.title.clone(),
            trail: above.iter().map(|(_, title)| (*title).to_owned()).collect(),
            text: String::new(),
            question: heading.question,
        });
        above.push((heading.level, &heading.title));
    }
    append(&mut passages, &document, from, document.events.len(), page.kind);
    passages
}

/// Markdown as plain text, one block a line.
pub fn plain(markdown: &str) -> String {
    let document = Document::parse(markdown, "");
    words(&document, 0, document.events.len(), Kind::Reference)
}

fn append(passages: &mut [Passage], document: &Document<'_>, from: usize, to: usize, kind: Kind) {
    if let Some(passage) = passages.last_mut() {
        passage.text.push_str(&words(document, from, to, kind));
    }
}

/// The text of some events. In a step, the YAML of tasks is left out; what is to be confirmed is prose.
fn words(document: &Document<'_>, from: usize, to: usize, kind: Kind) -> String {
    let mut out = String::new();
    let mut at = from;
    while at < to {
        match &document.events[at].0 {
            Event::Start(Tag::CodeBlock(fence)) if kind == Kind::Step && is_yaml(task_fence(fence)) => {
                at = document.end_of(at);
            }
            Event::Text(text) | Event::Code(text) | Event::InlineMath(text) | Event::DisplayMath(text) => {
                out.push_str(text);
            }
            Event::Html(html) | Event::InlineHtml(html) => out.push_str(&raw_html::words(html)),
            Event::SoftBreak | Event::HardBreak | Event::End(TagEnd::TableCell) => out.push(' '),
            Event::End(
                TagEnd::Paragraph
                | TagEnd::Heading(_)
                | TagEnd::CodeBlock
                | TagEnd::Item
                | TagEnd::TableRow
                | TagEnd::TableHead
                | TagEnd::HtmlBlock,
            )
            | Event::Start(Tag::List(_)) => {
                out.truncate(out.trim_end().len());
                if !out.is_empty() {
                    out.push('\n');
                }
            }
            _ => {}
        }
        at += 1;
    }
    out.trim().to_owned()
}

fn is_yaml(fence: Option<&str>) -> bool {
    fence.is_some_and(|fence| fence != "confirm")
}
