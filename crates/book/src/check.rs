//! Everything about a book that takes following its links to find out.

mod syntax;

use pulldown_cmark::{Event, LinkType, Tag};

use crate::{
    callout,
    diagnostic::Diagnostic,
    dialect,
    document::{Document, task_fence},
    findings::{Findings, Place},
    inside::resolve_inside,
    links::{Links, Target},
    model::{Book, Kind, Page, Task, TaskKind},
    pictures::{self, Source},
    raw_html::{self, Piece, attribute},
};

/// Follows every link and looks for every picture of a book. [`crate::load`] has already told the rest.
///
/// A link or picture that names nothing is an error, because readers miss what the author meant them to have; what only
/// looks different from what was meant is a warning.
pub fn check(book: &Book) -> Vec<Diagnostic> {
    let links = Links::new(book);
    let mut diagnostics = Vec::new();
    for page in book.pages() {
        let text = dialect::to_github(&page.body, book.manifest.dialect);
        let document = Document::parse(&text, &page.title);
        let mut findings = Findings::new(&page.file, &mut diagnostics);
        syntax::check(page, book.manifest.dialect, &mut findings.within(page.body_line, 0));
        let mut checker = Checker {
            book,
            links: &links,
            page,
            document: &document,
            findings: findings.within(page.body_line, 0),
            // A line of another dialect was rewritten, so that only its number is still true.
            columns: matches!(text, std::borrow::Cow::Borrowed(_)),
        };
        checker.page();
        if let Some((_, step)) = book.step(&page.id).filter(|_| page.kind == Kind::Step) {
            for task in &step.tasks {
                task_texts(book, &links, page, task, &mut diagnostics);
            }
        }
    }
    diagnostics.sort_by(|a, b| (&a.file, a.line, a.column).cmp(&(&b.file, b.line, b.column)));
    diagnostics
}

/// The Markdown inside a task; findings name the task's line.
fn task_texts(book: &Book, links: &Links<'_>, page: &Page, task: &Task, diagnostics: &mut Vec<Diagnostic>) {
    let texts: Vec<&str> = match &task.kind {
        TaskKind::Confirm(text) => vec![text],
        TaskKind::Quiz(quiz) => std::iter::once(quiz.question.as_str())
            .chain(
                quiz.choices
                    .iter()
                    .flat_map(|choice| [choice.text.as_str(), choice.why.as_str()]),
            )
            .collect(),
        TaskKind::Verify(verify) => verify.failed.iter().chain(&verify.hints).map(String::as_str).collect(),
        TaskKind::Tools(tools) => tools.iter().filter_map(|tool| tool.why.as_deref()).collect(),
        TaskKind::Starter(_) => Vec::new(),
    };
    for text in texts {
        let document = Document::parse(text, "");
        let mut found = Vec::new();
        let findings = Findings::new(&page.file, &mut found);
        Checker {
            book,
            links,
            page,
            document: &document,
            findings,
            columns: false,
        }
        .links();
        diagnostics.extend(found.into_iter().map(|diagnostic| Diagnostic {
            line: task.line,
            ..diagnostic
        }));
    }
}

struct Checker<'c, 'b> {
    book: &'b Book,
    links: &'c Links<'b>,
    page: &'c Page,
    document: &'c Document<'c>,
    findings: Findings<'c>,
    columns: bool,
}

impl Checker<'_, '_> {
    fn page(&mut self) {
        let document = self.document;
        for heading in &document.headings {
            if let Some(anchor) = &heading.taken {
                let place = self.place(heading.event);
                self.findings.warning(
                    "duplicate-anchor",
                    place,
                    format!("Another heading of this page already has the anchor `{anchor}`."),
                    format!("Give this one another `{{#…}}`; until then it is `{}`.", heading.anchor),
                );
            }
        }
        for (at, (event, _)) in document.events.iter().enumerate() {
            match event {
                Event::Start(Tag::CodeBlock(kind)) if self.page.kind != Kind::Step => {
                    if let Some(fence) = task_fence(kind) {
                        let place = self.place(at);
                        self.findings.warning(
                            "task-outside-step",
                            place,
                            format!("A `{fence}` block is a task only in a step; here it is shown as code."),
                            "Move it to a step of a path.",
                        );
                    }
                }
                Event::Start(Tag::BlockQuote(None)) => self.quote(at),
                _ => {}
            }
        }
        self.links();
    }

    fn links(&mut self) {
        let document = self.document;
        for (at, (event, _)) in document.events.iter().enumerate() {
            match event {
                Event::Start(Tag::Link {
                    link_type: LinkType::Email,
                    ..
                }) => {}
                Event::Start(Tag::Link { dest_url, .. }) => self.link(at, dest_url),
                Event::Start(Tag::Image { dest_url, .. }) => {
                    let mut alt = String::new();
                    for (event, _) in &document.events[at..document.end_of(at)] {
                        crate::document::push_text(&mut alt, event);
                    }
                    self.picture(at, dest_url, Some(&alt));
                }
                Event::Html(html) | Event::InlineHtml(html) => self.raw(at, html),
                _ => {}
            }
        }
    }

    fn place(&self, event: usize) -> Place {
        let place = self
            .document
            .events
            .get(event)
            .map_or(Place::FILE, |(_, range)| self.document.place(range.start));
        if self.columns {
            place
        } else {
            Place {
                line: place.line,
                column: 0,
            }
        }
    }

    fn quote(&mut self, at: usize) {
        let Some((Event::Text(text), _)) = self.document.events.get(at + 2) else {
            return;
        };
        let Some((word, _)) = callout::marker(text) else {
            return;
        };
        if callout::kind(word).is_none() {
            let place = self.place(at);
            self.findings.info(
                "unknown-callout",
                place,
                format!("`[!{word}]` is not a callout that is known, and is shown as a note."),
                "Use NOTE, TIP, IMPORTANT, WARNING or CAUTION; a title may follow on the same line.",
            );
        }
    }

    fn raw(&mut self, at: usize, html: &str) {
        for piece in raw_html::pieces(html) {
            let Piece::Open { name, attributes, .. } = piece else {
                continue;
            };
            match name.as_str() {
                "a" => {
                    if let Some(href) = attribute(&attributes, "href") {
                        self.link(at, href);
                    }
                }
                "img" => {
                    let source = attribute(&attributes, "src").unwrap_or_default().to_owned();
                    self.picture(at, &source, attribute(&attributes, "alt"));
                }
                _ => {}
            }
        }
    }

    fn link(&mut self, at: usize, destination: &str) {
        let place = self.place(at);
        match self.links.resolve(&self.page.file, destination) {
            Target::Page(page, Some(anchor)) => {
                if self.links.anchor(page, &anchor).is_none() {
                    self.findings.error(
                        "broken-anchor",
                        place,
                        format!("{} has no heading `#{anchor}`.", page.file),
                        anchors_of(self.book, page),
                    );
                }
            }
            Target::Page(_, None) | Target::Starter(_) | Target::External(_) => {}
            Target::File(path) => self.findings.warning(
                "link-to-file",
                place,
                format!("The link leads to {path}, which is no page; only its text is shown."),
                "Show pictures with `![…](…)`, and put other files where people can reach them by https.",
            ),
            Target::Refused => self.findings.warning(
                "refused-link",
                place,
                format!("`{destination}` is not followed; only its text is shown."),
                "Links lead to pages of the roadbook, or start with https, http or mailto.",
            ),
            Target::Outside => self.findings.error(
                "broken-link",
                place,
                format!("`{destination}` leads out of the roadbook."),
                "Link to a page of the roadbook, or to an https address.",
            ),
            Target::Missing(path) => self.findings.error(
                "broken-link",
                place,
                format!("The link leads nowhere: there is no {path}."),
                "Correct the path; it counts from the folder of this file.",
            ),
        }
    }

    fn picture(&mut self, at: usize, destination: &str, alt: Option<&str>) {
        let place = self.place(at);
        if alt.is_none_or(|alt| alt.trim().is_empty()) {
            self.findings.warning(
                "picture-without-alt",
                place,
                format!("The picture `{destination}` has no words for those who cannot see it."),
                "Write them between the brackets: `![The pipeline's three stages](…)`.",
            );
        }
        match pictures::source(&self.page.file, destination) {
            Source::Local(path) => match resolve_inside(&self.book.root, &path) {
                Ok(file) if file.is_file() => {}
                Ok(_) => self.findings.error(
                    "missing-picture",
                    place,
                    format!("There is no picture {path}."),
                    "Correct the path; it counts from the folder of this file.",
                ),
                Err(error) => self
                    .findings
                    .error("missing-picture", place, error.to_string(), error.hint()),
            },
            Source::Remote(url) => self.findings.warning(
                "remote-picture",
                place,
                format!("The picture {url} is not loaded; a link to it is shown instead."),
                "Put the picture into the roadbook, for instance into assets/.",
            ),
            Source::Refused => self.findings.error(
                "missing-picture",
                place,
                format!("`{destination}` names no picture of the roadbook."),
                "Name a file of the roadbook, counted from the folder of this file.",
            ),
        }
    }
}

fn anchors_of(book: &Book, page: &Page) -> String {
    let text = dialect::to_github(&page.body, book.manifest.dialect);
    let document = Document::parse(&text, &page.title);
    let anchors: Vec<&str> = document
        .headings
        .iter()
        .take(12)
        .map(|heading| heading.anchor.as_str())
        .collect();
    match anchors[..] {
        [] => "Leave the part after `#` out; the page has no headings.".to_owned(),
        _ => format!("Its headings are {}.", anchors.join(", ")),
    }
}
