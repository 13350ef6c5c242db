//! What links in pages lead to.

use std::{cell::RefCell, collections::HashMap};

use crate::{
    dialect,
    document::{Document, Targets},
    escape::{percent, unpercent},
    inside::components,
    model::{Book, Dialect, Kind, Page},
};

/// What a link leads to.
#[derive(Debug, Clone)]
pub(crate) enum Target<'b> {
    /// A page of the book; the anchor is as written.
    Page(&'b Page, Option<String>),
    /// A starter's id.
    Starter(&'b str),
    /// A URL for the system's browser or mail program.
    External(String),
    /// A file of the book that is no page, below the root.
    File(String),
    /// A scheme that is not followed.
    Refused,
    /// Out of the book's folder.
    Outside,
    /// Nothing; what was looked for, below the root.
    Missing(String),
}

/// The book's files, to look links up in.
#[derive(Debug)]
pub(crate) struct Links<'b> {
    pub(crate) book: &'b Book,
    by_file: HashMap<&'b str, &'b Page>,
    /// By file, as far as they were asked for.
    targets: RefCell<HashMap<String, Targets>>,
}

impl<'b> Links<'b> {
    pub(crate) fn new(book: &'b Book) -> Self {
        let by_file = book.pages().map(|page| (page.file.as_str(), page)).collect();
        Self {
            book,
            by_file,
            targets: RefCell::default(),
        }
    }

    /// The page of a file.
    pub(crate) fn page_of(&self, file: &str) -> Option<&'b Page> {
        self.by_file.get(file).copied()
    }

    /// Where a link in `file` leads.
    pub(crate) fn resolve(&self, file: &str, destination: &str) -> Target<'b> {
        // Browsers drop these before they look for a scheme.
        let destination: String = destination.chars().filter(|letter| !letter.is_control()).collect();
        let destination = destination.trim();
        if let Some(scheme) = scheme(destination) {
            return external(scheme, destination);
        }
        if destination.starts_with("//") {
            return Target::Refused;
        }
        let (path, anchor) = destination.split_once('#').unwrap_or((destination, ""));
        let path = path.split('?').next().unwrap_or_default();
        let anchor = Some(unpercent(anchor)).filter(|anchor| !anchor.is_empty());
        if path.is_empty() {
            return match self.page_of(file) {
                Some(page) => Target::Page(page, anchor),
                None => Target::Missing(destination.to_owned()),
            };
        }
        let Some(path) = below_root(file, path) else {
            return Target::Outside;
        };
        self.file(path, anchor)
    }

    fn file(&self, path: String, anchor: Option<String>) -> Target<'b> {
        if let Some(page) = self.page_at(&path) {
            return Target::Page(page, anchor);
        }
        let starter = path.strip_prefix("starters/").and_then(|rest| {
            let inside = |id: &str| {
                rest.strip_prefix(id)
                    .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
            };
            self.book.starters.iter().find(|starter| inside(&starter.id))
        });
        match starter {
            Some(starter) => Target::Starter(&starter.id),
            None if self.book.root.join(&path).is_file() => Target::File(path),
            None => Target::Missing(path),
        }
    }

    /// The page that a path means: the file, the folder's index, or the file without its extension.
    fn page_at(&self, path: &str) -> Option<&'b Page> {
        let source = match (self.book.manifest.dialect, path.strip_suffix(".html")) {
            (Dialect::Mdbook, Some(stem)) => format!("{stem}.md"),
            _ => path.to_owned(),
        };
        let index = if path.is_empty() {
            "index.md".to_owned()
        } else {
            format!("{path}/index.md")
        };
        [source, index, format!("{path}.md")]
            .iter()
            .find_map(|file| self.page_of(file))
    }

    /// The anchor that a link to a page means; `None` where the page has no such place.
    pub(crate) fn anchor(&self, page: &Page, wanted: &str) -> Option<String> {
        let mut targets = self.targets.borrow_mut();
        let targets = targets.entry(page.file.clone()).or_insert_with(|| {
            let text = dialect::to_github(&page.body, self.book.manifest.dialect);
            Targets::of(&Document::parse(&text, &page.title))
        });
        targets.anchor(wanted).map(str::to_owned)
    }

    /// The `href` of a target inside the book.
    pub(crate) fn href(&self, target: &Target<'_>) -> Option<String> {
        match target {
            Target::Page(page, anchor) => {
                let wanted = anchor.as_deref();
                let anchor = wanted.map(|wanted| self.anchor(page, wanted).unwrap_or_else(|| wanted.to_owned()));
                Some(page_href(page, anchor.as_deref().unwrap_or_default()))
            }
            Target::Starter(id) => Some(format!("#/starter/{}", percent(id))),
            _ => None,
        }
    }
}

/// The link to a place on a page; an empty anchor is its top.
pub(crate) fn page_href(page: &Page, anchor: &str) -> String {
    let view = if page.kind == Kind::Path { "path" } else { "page" };
    let mut href = format!("#/{view}/{}", percent(&page.id));
    if !anchor.is_empty() {
        href.push_str("?at=");
        href.push_str(&percent(anchor));
    }
    href
}

/// `path`, as written in `file`, from the book's root; `None` where it leads out. A leading `/` is the book's root.
pub(crate) fn below_root(file: &str, path: &str) -> Option<String> {
    let path = unpercent(path);
    let joined = match (path.strip_prefix('/'), file.rsplit_once('/')) {
        (Some(rest), _) => rest.to_owned(),
        (None, Some((folder, _))) => format!("{folder}/{path}"),
        (None, None) => path,
    };
    components(&joined).ok().map(|components| components.join("/"))
}

/// The scheme of an absolute URL, as written.
pub(crate) fn scheme(destination: &str) -> Option<&str> {
    let (scheme, _) = destination.split_once(':')?;
    let plain = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '+' | '-' | '.');
    (scheme.starts_with(|letter: char| letter.is_ascii_alphabetic()) && scheme.chars().all(plain)).then_some(scheme)
}

fn external<'b>(scheme: &str, destination: &str) -> Target<'b> {
    let rest = &destination[scheme.len() + 1..];
    let scheme = scheme.to_ascii_lowercase();
    let fits = match scheme.as_str() {
        "https" | "http" => rest
            .strip_prefix("//")
            .is_some_and(|rest| !rest.is_empty() && !rest.starts_with('/')),
        "mailto" => !rest.is_empty(),
        _ => false,
    };
    if fits {
        Target::External(format!("{scheme}:{rest}"))
    } else {
        Target::Refused
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_taken_from_the_page_or_the_root() {
        let from = |path| below_root("library/concepts/a.md", path);
        assert_eq!(from("b.md").as_deref(), Some("library/concepts/b.md"));
        assert_eq!(from("../x/").as_deref(), Some("library/x"));
        assert_eq!(from("/paths/p").as_deref(), Some("paths/p"));
        assert_eq!(from("my%20page.md").as_deref(), Some("library/concepts/my page.md"));
        assert_eq!(from("../../.."), None);
        assert_eq!(from("%2e%2e/%2e%2e/%2e%2e/etc/passwd"), None);
    }

    #[test]
    fn only_three_schemes_lead_out() {
        let kept = |url: &str| scheme(url).is_some_and(|scheme| matches!(external(scheme, url), Target::External(_)));
        assert!(["https://a.b/c", "HTTP://a", "mailto:a@b.c"].into_iter().all(kept));
        assert!(
            ![
                "javascript:alert(1)",
                "data:x",
                "file:///x",
                "https:a",
                "https:///x",
                "C:/x"
            ]
            .into_iter()
            .any(kept)
        );
    }
}
