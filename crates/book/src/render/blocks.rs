//! Block elements: the walk over a page's events.

use std::fmt::Write;

use pulldown_cmark::{Alignment, CodeBlockKind, Event, Tag, TagEnd};

use super::{Context, footnotes::Notes};
use crate::{
    callout::Callout,
    code,
    document::{Document, push_text, task_fence},
    escape::{html, push_html},
    links::page_href,
};

/// Elements nested deeper are left out, their text stays: the sanitiser's parser slows down with the square of the
/// depth, and no reader could make sense of them.
pub(super) const DEEPEST: usize = 100;

/// A piece of a page, not yet sanitised.
pub(super) enum Piece {
    Html(String),
    Task(usize),
}

/// Writes a document as HTML, cut at its tasks.
pub(super) fn write(context: &Context<'_, '_>, document: &Document<'_>) -> Vec<Piece> {
    let mut writer = Writer {
        context,
        document,
        pieces: Vec::new(),
        out: String::new(),
        depth: 0,
        waiting: Vec::new(),
        heading: None,
        question: None,
        quotes: Vec::new(),
        links: Vec::new(),
        table: Table::default(),
        notes: Notes::of(&document.events),
        outer: Vec::new(),
        raw_depth: 0,
    };
    let mut at = 0;
    while at < document.events.len() {
        at = writer.event(at);
    }
    writer.end_question();
    let notes = std::mem::take(&mut writer.notes);
    writer.out.push_str(&notes.section(context.page));
    writer.cut();
    writer.pieces
}

/// The state of the walk.
pub(super) struct Writer<'w, 'a, 'b, 'd> {
    pub(super) context: &'w Context<'a, 'b>,
    pub(super) document: &'w Document<'d>,
    pieces: Vec<Piece>,
    pub(super) out: String,
    /// Elements that are open.
    pub(super) depth: usize,
    /// Tasks that follow once the element they stand in is closed.
    waiting: Vec<usize>,
    /// The event that started the open heading.
    heading: Option<usize>,
    /// The level of the question whose answer is being written.
    question: Option<u8>,
    /// How the open quotes are closed.
    pub(super) quotes: Vec<&'static str>,
    /// How the open links are closed.
    pub(super) links: Vec<&'static str>,
    table: Table,
    notes: Notes,
    /// What was being written when a footnote's text began, with the footnote's label.
    outer: Vec<(String, String)>,
    /// Elements of raw HTML that are open, as far as can be told.
    pub(super) raw_depth: usize,
}

#[derive(Default)]
struct Table {
    /// From 1 on the page.
    number: usize,
    alignments: Vec<Alignment>,
    head: bool,
    cell: usize,
}

impl<'d> Writer<'_, '_, '_, 'd> {
    /// Writes the event at an index; the answer is the index to go on from.
    fn event(&mut self, at: usize) -> usize {
        let document = self.document;
        match &document.events[at].0 {
            Event::Start(tag) => return self.start(at, tag),
            Event::End(tag) => {
                if self.depth <= DEEPEST {
                    self.end(*tag);
                }
                self.depth = self.depth.saturating_sub(1);
                self.release();
            }
            Event::Text(text) => self.text(text),
            Event::Code(text) => {
                self.out.push_str("<code>");
                push_html(&mut self.out, text);
                self.out.push_str("</code>");
            }
            Event::InlineMath(text) | Event::DisplayMath(text) => push_html(&mut self.out, text),
            Event::Html(text) | Event::InlineHtml(text) => self.raw(text),
            Event::FootnoteReference(label) => {
                let reference = self.notes.reference(label, self.context.page);
                self.out.push_str(&reference);
            }
            Event::SoftBreak => self.out.push('\n'),
            Event::HardBreak => self.out.push_str("<br>\n"),
            Event::Rule => self.out.push_str("<hr>\n"),
            Event::TaskListMarker(done) => self.checkbox(*done),
        }
        at + 1
    }

    fn start(&mut self, at: usize, tag: &Tag<'d>) -> usize {
        if self.depth >= DEEPEST {
            self.depth += 1;
            return at + 1;
        }
        match tag {
            Tag::CodeBlock(kind) => return self.code_block(at, kind),
            Tag::HtmlBlock => return self.html_block(at),
            Tag::Image { dest_url, title, .. } => return self.image(at, dest_url, title),
            Tag::MetadataBlock(_) => return self.document.end_of(at) + 1,
            Tag::BlockQuote(kind) => return self.quote(at, *kind),
            Tag::Heading { .. } => return self.start_heading(at),
            Tag::Paragraph => {
                if let Some(next) = self.figure(at) {
                    return next;
                }
                self.out.push_str("<p>");
            }
            Tag::List(Some(1)) => self.out.push_str("<ol>\n"),
            Tag::List(Some(first)) => {
                let _ = writeln!(self.out, "<ol start=\"{first}\">");
            }
            Tag::List(None) => self.out.push_str("<ul>\n"),
            Tag::Item => {
                let first = match self.event_at(at + 1) {
                    Some(Event::Start(Tag::Paragraph)) => self.event_at(at + 2),
                    other => other,
                };
                let task = matches!(first, Some(Event::TaskListMarker(_)));
                self.out.push_str(if task { "<li class=\"task\">" } else { "<li>" });
            }
            Tag::FootnoteDefinition(label) => {
                self.outer.push((label.to_string(), std::mem::take(&mut self.out)));
            }
            Tag::Table(alignments) => {
                let number = self.table.number + 1;
                self.table = Table {
                    number,
                    alignments: alignments.clone(),
                    head: false,
                    cell: 0,
                };
                // Regions of one page need names of their own.
                let name = if number == 1 {
                    "Table".to_owned()
                } else {
                    format!("Table {number}")
                };
                let _ = writeln!(
                    self.out,
                    "<div class=\"table\" tabindex=\"0\" role=\"region\" aria-label=\"{name}\"><table>"
                );
            }
            Tag::TableHead => {
                self.table.head = true;
                self.table.cell = 0;
                self.out.push_str("<thead><tr>");
            }
            Tag::TableRow => {
                self.table.cell = 0;
                self.out.push_str("<tr>");
            }
            Tag::TableCell => self.start_cell(),
            Tag::Emphasis => self.out.push_str("<em>"),
            Tag::Strong => self.out.push_str("<strong>"),
            Tag::Strikethrough => self.out.push_str("<del>"),
            Tag::Link {
                link_type,
                dest_url,
                title,
                ..
            } => self.start_link(*link_type, dest_url, title),
            Tag::Superscript
            | Tag::Subscript
            | Tag::DefinitionList
            | Tag::DefinitionListTitle
            | Tag::DefinitionListDefinition => {}
        }
        self.depth += 1;
        at + 1
    }

    fn end(&mut self, tag: TagEnd) {
        let closing = match tag {
            TagEnd::Paragraph => "</p>\n",
            TagEnd::Heading(_) => return self.end_heading(),
            TagEnd::BlockQuote(_) => self.quotes.pop().unwrap_or_default(),
            TagEnd::List(true) => "</ol>\n",
            TagEnd::List(false) => "</ul>\n",
            TagEnd::Item => "</li>\n",
            TagEnd::FootnoteDefinition => {
                if let Some((label, outer)) = self.outer.pop() {
                    let text = std::mem::replace(&mut self.out, outer);
                    self.notes.define(&label, text);
                }
                ""
            }
            TagEnd::Table => "</tbody></table></div>\n",
            TagEnd::TableHead => {
                self.table.head = false;
                "</tr></thead>\n<tbody>\n"
            }
            TagEnd::TableRow => "</tr>\n",
            TagEnd::TableCell if self.table.head => "</th>",
            TagEnd::TableCell => "</td>",
            TagEnd::Emphasis => "</em>",
            TagEnd::Strong => "</strong>",
            TagEnd::Strikethrough => "</del>",
            TagEnd::Link => self.links.pop().unwrap_or_default(),
            _ => "",
        };
        self.out.push_str(closing);
    }

    pub(super) fn event_at(&self, at: usize) -> Option<&'_ Event<'d>> {
        self.document.events.get(at).map(|(event, _)| event)
    }

    /// The words of some events.
    pub(super) fn words(&self, from: usize, to: usize) -> String {
        let mut words = String::new();
        for (event, _) in self.document.events.get(from..to).unwrap_or_default() {
            push_text(&mut words, event);
        }
        words.trim().to_owned()
    }

    fn start_heading(&mut self, at: usize) -> usize {
        let document = self.document;
        let Some(heading) = document.heading_at(at) else {
            return at + 1;
        };
        if heading.dropped {
            return document.end_of(at) + 1;
        }
        if heading.top && self.question.is_some_and(|level| heading.level <= level) {
            self.end_question();
        }
        let id = html(&heading.anchor);
        let _ = if heading.question {
            self.question = Some(heading.level);
            write!(self.out, "<details class=\"faq\" id=\"{id}\"><summary>")
        } else {
            write!(self.out, "<h{} id=\"{id}\">", heading.level)
        };
        self.heading = Some(at);
        self.depth += 1;
        at + 1
    }

    fn end_heading(&mut self) {
        let document = self.document;
        let Some(heading) = self.heading.take().and_then(|at| document.heading_at(at)) else {
            return;
        };
        if heading.question {
            self.out.push_str("</summary>\n");
            return;
        }
        if let Some(page) = self.context.page {
            let href = html(&page_href(page, &heading.anchor));
            let _ = write!(
                self.out,
                "<a class=\"anchor\" href=\"{href}\" aria-label=\"Link to this section\"></a>"
            );
        }
        let _ = writeln!(self.out, "</h{}>", heading.level);
    }

    fn end_question(&mut self) {
        if self.question.take().is_some() {
            self.out.push_str("</details>\n");
            self.release();
        }
    }

    fn code_block(&mut self, at: usize, kind: &CodeBlockKind<'_>) -> usize {
        let document = self.document;
        let end = document.end_of(at);
        let info = match kind {
            CodeBlockKind::Fenced(info) => info.as_ref(),
            CodeBlockKind::Indented => "",
        };
        if let (Some(tasks), Some(_), Some(page)) = (self.context.tasks, task_fence(kind), self.context.page) {
            let line = page.body_line + document.place(document.events[at].1.start).line;
            if let Ok(index) = tasks.binary_search_by_key(&line, |task| task.line) {
                self.waiting.push(index);
                self.release();
                return end + 1;
            }
            let callout = Callout::new("warning", "This task could not be read");
            self.out.push_str(&callout.opening());
            self.out
                .push_str("<p>The team that owns this page can see why with <code>roadbook check</code>.</p>\n");
            self.out.push_str(Callout::CLOSING);
        }
        self.out.push_str(&code::block(info, &document.code(at)));
        end + 1
    }

    fn html_block(&mut self, at: usize) -> usize {
        let document = self.document;
        let end = document.end_of(at);
        // A tag may go over several lines, and every line is an event.
        let mut block = String::new();
        for (event, _) in &document.events[at..end] {
            if let Event::Html(text) | Event::Text(text) = event {
                block.push_str(text);
            }
        }
        self.raw(&block);
        end + 1
    }

    fn start_cell(&mut self) {
        let alignment = self
            .table
            .alignments
            .get(self.table.cell)
            .copied()
            .unwrap_or(Alignment::None);
        self.table.cell += 1;
        self.out
            .push_str(if self.table.head { "<th scope=\"col\"" } else { "<td" });
        self.out.push_str(match alignment {
            Alignment::Center => " class=\"align-center\">",
            Alignment::Right => " class=\"align-right\">",
            Alignment::None | Alignment::Left => ">",
        });
    }

    /// Puts the tasks that are waiting, once nothing is open.
    fn release(&mut self) {
        if self.depth == 0 && self.question.is_none() {
            for index in std::mem::take(&mut self.waiting) {
                self.cut();
                self.pieces.push(Piece::Task(index));
            }
        }
    }

    fn cut(&mut self) {
        let html = std::mem::take(&mut self.out);
        if !html.trim().is_empty() {
            self.pieces.push(Piece::Html(html));
        }
    }
}
