//! A page's Markdown to safe HTML.

mod blocks;
mod footnotes;
mod inline;
mod quotes;

use crate::{
    dialect,
    document::Document,
    links::Links,
    model::{Book, Kind, Page},
    sanitise,
};

/// A rendered page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rendered {
    /// The page in order, its title left out.
    pub blocks: Vec<Block>,
    /// Every heading that stands in no quote or list.
    pub contents: Vec<Heading>,
}

/// A piece of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// Safe HTML. Links inside the book are `#/page/ID?at=ANCHOR`, `#/path/ID` and `#/starter/ID`, percent-encoded;
    /// those to the outside carry `data-external`.
    Html(String),
    /// A task: its index in [`crate::Step::tasks`]. One inside a list or quote follows after it.
    Task(usize),
}

/// A heading of the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// 2 to 6.
    pub level: u8,
    /// The anchor, which is the element's id.
    pub id: String,
    /// Plain text.
    pub title: String,
}

/// Renders a page. `assets` is put before the path of each picture (`content://localhost/`). Never fails: what is
/// broken is shown as such.
pub fn render(book: &Book, page: &Page, assets: &str) -> Rendered {
    let links = Links::new(book);
    let tasks = match page.kind {
        Kind::Step => book.step(&page.id).map(|(_, step)| step.tasks.as_slice()),
        _ => None,
    };
    let text = dialect::to_github(&page.body, book.manifest.dialect);
    let document = Document::parse(&text, &page.title);
    let context = Context {
        links: &links,
        file: &page.file,
        page: Some(page),
        tasks,
        pictures: true,
    };
    let pieces = blocks::write(&context, &document);
    let blocks = pieces
        .into_iter()
        .filter_map(|piece| match piece {
            blocks::Piece::Task(index) => Some(Block::Task(index)),
            blocks::Piece::Html(html) => {
                let html = sanitise::clean(&html, assets);
                let html = html.trim();
                (!html.is_empty()).then(|| Block::Html(html.to_owned()))
            }
        })
        .collect();
    let contents = document
        .headings
        .iter()
        .filter(|heading| heading.top && !heading.dropped)
        .map(|heading| Heading {
            level: heading.level,
            id: heading.anchor.clone(),
            title: heading.title.clone(),
        })
        .collect();
    Rendered { blocks, contents }
}

/// Renders a small piece of Markdown that belongs to a file of the book (a question, a hint, a starter's `after`).
/// A single paragraph comes without its `<p>`, so that it fits into a label; pictures are shown as their words.
pub fn render_text(book: &Book, page_file: &str, markdown: &str) -> String {
    let links = Links::new(book);
    let text = dialect::to_github(markdown, book.manifest.dialect);
    let document = Document::parse(&text, "");
    let page = links.page_of(page_file);
    let context = Context {
        links: &links,
        file: page_file,
        page,
        tasks: None,
        pictures: false,
    };
    let html: String = blocks::write(&context, &document)
        .into_iter()
        .map(|piece| match piece {
            blocks::Piece::Html(html) => html,
            blocks::Piece::Task(_) => String::new(),
        })
        .collect();
    let html = sanitise::clean(&html, "");
    let html = html.trim();
    let single = html.strip_prefix("<p>").and_then(|rest| rest.strip_suffix("</p>"));
    single
        .filter(|inner| !inner.contains("<p>") && !inner.contains("</p>"))
        .unwrap_or(html)
        .to_owned()
}

/// What rendering has to know besides the Markdown.
struct Context<'a, 'b> {
    links: &'a Links<'b>,
    /// Where relative links start.
    file: &'a str,
    /// Where anchors lead; `None` for text of a file that is no page.
    page: Option<&'a Page>,
    /// The tasks of a step; elsewhere their fences are code.
    tasks: Option<&'a [crate::model::Task]>,
    /// Whether pictures are shown.
    pictures: bool,
}
