//! What is found: the sections of pages, and whatever else a front end adds.

use book::{Book, Page, PavedPath};

/// Something to find.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The page's id; for other things the id by which `kind` knows them.
    pub page: String,
    /// The section's anchor, empty for the page itself.
    pub anchor: String,
    /// The section's title, or the page's.
    pub title: String,
    /// Where it stands, from the top down, without `title`.
    pub trail: Vec<String>,
    /// `concept`, `how-to`, `reference`, `decision`, `section`, `step`, `path`, `question`, `starter`.
    pub kind: String,
    /// Its plain text.
    pub text: String,
}

/// The entries of a book: a section each, the page itself for the text before its first heading.
pub fn entries(book: &Book) -> Vec<Entry> {
    let mut entries = Vec::new();
    for path in &book.paths {
        of_page(book, &path.page, &["Paths".to_owned()], &mut entries);
        for step in &path.steps {
            of_page(book, &step.page, &trail_of(path), &mut entries);
        }
    }
    let sections = book.sections();
    let mut places = Vec::new();
    walk(&sections, &["Library".to_owned()], &mut places);
    for page in &book.library {
        let folder = parent(&page.id);
        let trail = places
            .iter()
            .find(|(id, _)| id == folder)
            .map_or_else(|| vec!["Library".to_owned()], |(_, trail)| trail.clone());
        of_page(book, page, &trail, &mut entries);
    }
    entries
}

fn of_page(book: &Book, page: &Page, trail: &[String], entries: &mut Vec<Entry>) {
    for passage in book::passages(book, page) {
        let itself = passage.anchor.is_empty();
        let mut place = trail.to_vec();
        if !itself {
            place.push(page.title.clone());
            place.extend(passage.trail);
        }
        let kind = if passage.question { "question" } else { page.kind.word() };
        // A page is found by its summary too.
        let text = if itself {
            format!("{}\n{}", page.summary, passage.text)
        } else {
            passage.text
        };
        entries.push(Entry {
            page: page.id.clone(),
            anchor: passage.anchor,
            title: passage.title,
            trail: place,
            kind: kind.to_owned(),
            text,
        });
    }
}

fn trail_of(path: &PavedPath) -> Vec<String> {
    vec!["Paths".to_owned(), path.page.title.clone()]
}

fn walk(sections: &[book::Section], above: &[String], places: &mut Vec<(String, Vec<String>)>) {
    for section in sections {
        let mut trail = above.to_vec();
        trail.push(section.title.clone());
        walk(&section.sections, &trail, places);
        places.push((section.id.clone(), trail));
    }
}

fn parent(id: &str) -> &str {
    id.rsplit_once('/').map_or("", |(parent, _)| parent)
}
