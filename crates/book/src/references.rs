//! Ids that pages name in their front matter and tasks, resolved once everything is read.

use std::collections::{HashMap, HashSet};

use crate::{
    diagnostic::Diagnostic,
    findings::{Findings, Place},
    front_matter::{FrontMatter, Word},
    model::{Book, Page, PavedPath, Status, Step, TaskKind},
};

/// Fills in what pages say about each other. What names nothing is left out, with a diagnostic.
pub(crate) fn resolve(book: &mut Book, fronts: &HashMap<String, FrontMatter>, diagnostics: &mut Vec<Diagnostic>) {
    let known = Known::of(book);
    for path in &mut book.paths {
        of_page(&mut path.page, fronts, &known, diagnostics);
        of_path(path, fronts, &known, diagnostics);
        for step in &mut path.steps {
            of_page(&mut step.page, fronts, &known, diagnostics);
            of_step(step, fronts, &known, diagnostics);
        }
    }
    for page in &mut book.library {
        of_page(page, fronts, &known, diagnostics);
    }
    break_cycles(&mut book.paths, fronts, diagnostics);
}

struct Known {
    pages: HashSet<String>,
    paths: HashSet<String>,
    roles: Vec<String>,
    starters: Vec<String>,
}

impl Known {
    fn of(book: &Book) -> Self {
        Self {
            pages: book.pages().map(|page| page.id.clone()).collect(),
            paths: book.paths.iter().map(|path| path.page.id.clone()).collect(),
            roles: book.manifest.roles.iter().map(|role| role.id.clone()).collect(),
            starters: book.starters.iter().map(|starter| starter.id.clone()).collect(),
        }
    }

    /// A page as authors name it: from the library's root, with or without `.md`, or beside the page that names it.
    fn page(&self, word: &str, from: &Page) -> Option<String> {
        let word = word.trim_end_matches('/').trim_start_matches("./");
        let word = word
            .strip_suffix("/index.md")
            .or_else(|| word.strip_suffix(".md"))
            .unwrap_or(word);
        let beside = from
            .id
            .rsplit_once('/')
            .map_or(word.to_owned(), |(folder, _)| format!("{folder}/{word}"));
        [format!("library/{word}"), word.to_owned(), beside]
            .into_iter()
            .find(|id| self.pages.contains(id))
    }
}

fn of_page(page: &mut Page, fronts: &HashMap<String, FrontMatter>, known: &Known, diagnostics: &mut Vec<Diagnostic>) {
    let Some(front) = fronts.get(&page.file) else {
        return;
    };
    let mut findings = Findings::new(&page.file, diagnostics);
    let mut related = Vec::new();
    for word in &front.related {
        match known.page(&word.text, page) {
            Some(id) if id != page.id && !related.contains(&id) => related.push(id),
            Some(_) => {}
            None => unknown(
                &mut findings,
                "unknown-related",
                word,
                "page",
                "Name it as in `concepts/golden-path`.",
            ),
        }
    }
    let replaced_by = front.replaced_by.as_ref().and_then(|word| {
        let found = known.page(&word.text, page);
        if found.is_none() {
            unknown(
                &mut findings,
                "unknown-page",
                word,
                "page",
                "Name it as in `concepts/golden-path`.",
            );
        }
        found
    });
    if page.status == Status::Deprecated && front.replaced_by.is_none() {
        findings.info(
            "no-replacement",
            Place::FILE,
            "The page is deprecated and does not say what replaces it.",
            "Add `replaced_by:` with the id of a page.",
        );
    }
    let paths = known_words(&front.paths, &known.paths, &mut findings, "unknown-path", "path");
    page.related = related;
    page.replaced_by = replaced_by;
    page.paths = paths;
}

fn of_path(
    path: &mut PavedPath,
    fronts: &HashMap<String, FrontMatter>,
    known: &Known,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let Some(front) = fronts.get(&path.page.file) else {
        return;
    };
    let mut findings = Findings::new(&path.page.file, diagnostics);
    path.roles = roles(&front.roles, known, &mut findings);
    path.requires = known_words(&front.requires, &known.paths, &mut findings, "unknown-path", "path");
    path.next = known_words(&front.next, &known.paths, &mut findings, "unknown-path", "path");
}

fn of_step(step: &mut Step, fronts: &HashMap<String, FrontMatter>, known: &Known, diagnostics: &mut Vec<Diagnostic>) {
    let mut findings = Findings::new(&step.page.file, diagnostics);
    if let Some(front) = fronts.get(&step.page.file) {
        step.when.role = roles(&front.when_roles, known, &mut findings);
    }
    for task in &step.tasks {
        if let TaskKind::Starter(id) = &task.kind
            && !known.starters.contains(id)
        {
            findings.error(
                "unknown-starter",
                Place::line(task.line),
                format!("There is no starter `{id}`."),
                list("The starters are", &known.starters),
            );
        }
    }
}

/// Unknown roles are left out: a path for nobody would be a path that nobody finds.
fn roles(words: &[Word], known: &Known, findings: &mut Findings<'_>) -> Vec<String> {
    let mut roles = Vec::new();
    for word in words {
        if known.roles.contains(&word.text) {
            roles.push(word.text.clone());
        } else {
            findings.warning(
                "unknown-role",
                word.place,
                format!("`{}` is not a role of this roadbook.", word.text),
                list("Add it under [roles] in roadbook.toml. The roles are", &known.roles),
            );
        }
    }
    roles
}

fn known_words(
    words: &[Word],
    known: &HashSet<String>,
    findings: &mut Findings<'_>,
    code: &'static str,
    sort: &str,
) -> Vec<String> {
    let mut found = Vec::new();
    for word in words {
        if known.contains(&word.text) {
            found.push(word.text.clone());
        } else {
            unknown(
                findings,
                code,
                word,
                sort,
                "Name it by its folder's name, without a number in front.",
            );
        }
    }
    found
}

fn unknown(findings: &mut Findings<'_>, code: &'static str, word: &Word, sort: &str, help: &str) {
    findings.error(code, word.place, format!("There is no {sort} `{}`.", word.text), help);
}

fn list(start: &str, words: &[String]) -> String {
    if words.is_empty() {
        format!("{start} none so far.")
    } else {
        format!("{start} {}.", words.join(", "))
    }
}

/// Takes out every requirement that leads back to its own path: nobody could ever begin.
fn break_cycles(paths: &mut [PavedPath], fronts: &HashMap<String, FrontMatter>, diagnostics: &mut Vec<Diagnostic>) {
    for index in 0..paths.len() {
        let id = paths[index].page.id.clone();
        let closing: Vec<(String, Vec<String>)> = paths[index]
            .requires
            .iter()
            .filter_map(|required| way(paths, required, &id).map(|way| (required.clone(), way)))
            .collect();
        for (required, way) in closing {
            let file = paths[index].page.file.clone();
            let place = fronts
                .get(&file)
                .and_then(|front| front.requires.iter().find(|word| word.text == required))
                .map_or(Place::FILE, |word| word.place);
            Findings::new(&file, diagnostics).error(
                "requires-cycle",
                place,
                format!("The path `{id}` requires itself: {id}, {}.", way.join(", ")),
                "Take one of them out of `requires`; until then this one is not asked for.",
            );
            paths[index].requires.retain(|other| *other != required);
        }
    }
}

/// The paths from `from` to `to` along requirements, both ends included.
fn way(paths: &[PavedPath], from: &str, to: &str) -> Option<Vec<String>> {
    let mut reached: Vec<(usize, String)> = vec![(0, from.to_owned())];
    let mut at = 0;
    while at < reached.len() {
        let id = reached[at].1.clone();
        if id == to {
            let mut way = vec![id];
            while at > 0 {
                at = reached[at].0;
                way.push(reached[at].1.clone());
            }
            way.reverse();
            return Some(way);
        }
        let required = paths
            .iter()
            .find(|path| path.page.id == id)
            .map_or(&[][..], |path| &path.requires[..]);
        for next in required {
            if !reached.iter().any(|(_, seen)| seen == next) {
                reached.push((at, next.clone()));
            }
        }
        at += 1;
    }
    None
}
