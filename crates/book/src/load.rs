//! A folder to a book.

use std::{
    collections::{HashMap, HashSet},
    path::{Path, absolute},
};

use crate::{
    LoadError,
    diagnostic::Diagnostic,
    document,
    findings::Place,
    front_matter::{self, FrontMatter, Sort},
    lookup::humanise,
    manifest,
    model::{Book, Dialect, Kind, Page, PavedPath, Step},
    references, starters, tasks,
    walk::{Entry, Tree},
};

/// A book and what was found on the way.
#[derive(Debug, Clone)]
pub struct Loaded {
    /// What could be read.
    pub book: Book,
    /// What could not, and what is doubtful, by file and line. [`crate::check`] finds more.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads a roadbook folder. Nothing is rendered or highlighted yet.
///
/// # Errors
/// Only where there is no roadbook to speak of: no folder, no `roadbook.toml`, or one that cannot be read or is made
/// for another version. Everything else is a diagnostic.
pub fn load(root: &Path) -> Result<Loaded, LoadError> {
    let root = absolute(root).unwrap_or_else(|_| root.to_path_buf());
    match root.metadata() {
        Ok(metadata) if metadata.is_dir() => {}
        Ok(_) => return Err(LoadError::NotARoadbook(root)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Err(LoadError::Missing(root)),
        Err(source) => return Err(LoadError::Unreadable { file: root, source }),
    }
    let mut diagnostics = Vec::new();
    let manifest = manifest::read(&root, &mut diagnostics)?;
    let mut loader = Loader {
        tree: Tree::new(&root, diagnostics),
        dialect: manifest.dialect,
        owner: manifest.owner.as_ref().map(|owner| owner.name.clone()),
        fronts: HashMap::new(),
        ids: HashSet::new(),
    };
    let paths = loader.paths();
    let library = loader.library("library");
    let starters = starters::find(&mut loader.tree);
    let Loader { tree, fronts, .. } = loader;
    let mut diagnostics = tree.diagnostics;
    let mut book = Book {
        root,
        manifest,
        paths,
        library,
        starters,
    };
    references::resolve(&mut book, &fronts, &mut diagnostics);
    diagnostics.sort_by(|a, b| (&a.file, a.line, a.column).cmp(&(&b.file, b.line, b.column)));
    Ok(Loaded { book, diagnostics })
}

/// Ids of paths that would hide something else.
const RESERVED: [&str; 5] = ["library", "starters", "paths", "tools", "assets"];

struct Loader<'a> {
    tree: Tree<'a>,
    dialect: Dialect,
    owner: Option<String>,
    /// By file, for the references that are resolved at the end.
    fronts: HashMap<String, FrontMatter>,
    ids: HashSet<String>,
}

impl Loader<'_> {
    fn paths(&mut self) -> Vec<PavedPath> {
        let mut paths = Vec::new();
        for entry in self.tree.entries("paths") {
            if entry.folder {
                paths.extend(self.path(&entry));
            } else if is_page(&entry) {
                self.stray(
                    &entry.file,
                    "A path is a folder with an index.md and a file for each step.",
                );
            }
        }
        // A stable sort: paths without an order follow those with one, by folder name.
        paths.sort_by_key(|(order, _)| order.unwrap_or(i64::MAX));
        paths.into_iter().map(|(_, path)| path).collect()
    }

    fn path(&mut self, folder: &Entry) -> Option<(Option<i64>, PavedPath)> {
        let index = format!("{}/index.md", folder.file);
        let entries = self.tree.entries(&folder.file);
        let text = if entries.iter().any(|entry| !entry.folder && entry.name == "index.md") {
            self.tree.text(&index)
        } else {
            self.tree.findings(&index).warning(
                "missing-path-index",
                Place::FILE,
                format!("The path {} has no index.md.", folder.name),
                "Add one with a title, a summary and an introduction.",
            );
            None
        };
        let (page, front) = self.page(&index, text.as_deref().unwrap_or_default(), Sort::Path, |front| {
            let name = without_number(&folder.name).1;
            (front.unwrap_or(name).to_owned(), humanise(name), Kind::Path)
        })?;
        if RESERVED.contains(&page.id.as_str()) {
            let place = front.id.as_ref().map_or(Place::FILE, |id| id.place);
            self.tree.findings(&index).error(
                "reserved-id",
                place,
                format!("A path cannot have the id `{}`, and this one is left out.", page.id),
                "Rename the folder, or give the path another `id:`.",
            );
            return None;
        }
        let order = front.order;
        let steps = self.steps(&page.id, entries);
        if steps.is_empty() {
            self.tree.findings(&index).warning(
                "empty-path",
                Place::FILE,
                format!("The path `{}` has no steps.", page.id),
                "Add a file such as 10-first-step.md next to index.md.",
            );
        }
        self.fronts.insert(index, front);
        let path = PavedPath {
            page,
            roles: Vec::new(),
            requires: Vec::new(),
            next: Vec::new(),
            steps,
        };
        Some((order, path))
    }

    fn steps(&mut self, path: &str, entries: Vec<Entry>) -> Vec<Step> {
        let mut files = Vec::new();
        for entry in entries {
            if entry.folder {
                for inner in self.tree.entries(&entry.file) {
                    if is_page(&inner) {
                        self.stray(&inner.file, "Steps lie directly in the path's folder.");
                    }
                }
            } else if is_page(&entry) && entry.name != "index.md" {
                files.push(entry);
            }
        }
        files.sort_by_cached_key(|entry| (without_number(&entry.name).0.unwrap_or(u64::MAX), entry.name.clone()));
        files.into_iter().filter_map(|entry| self.step(path, &entry)).collect()
    }

    fn step(&mut self, path: &str, entry: &Entry) -> Option<Step> {
        let text = self.tree.text(&entry.file)?;
        let (page, mut front) = self.page(&entry.file, &text, Sort::Step, |id| {
            let name = without_number(stem(&entry.name)).1;
            (format!("{path}/{}", id.unwrap_or(name)), humanise(name), Kind::Step)
        })?;
        let mut findings = self.tree.findings(&entry.file);
        let tasks = tasks::read(&page.body, page.body_line, self.dialect, &mut findings);
        let step = Step {
            page,
            minutes: front.minutes,
            when: std::mem::take(&mut front.when),
            optional: front.optional,
            tasks,
        };
        self.fronts.insert(entry.file.clone(), front);
        Some(step)
    }

    /// The pages of a folder and of those in it: its own, then its pages by title, then its folders by title.
    fn library(&mut self, folder: &str) -> Vec<Page> {
        let entries = self.tree.entries(folder);
        let mut index = None;
        let mut pages = Vec::new();
        let mut folders = Vec::new();
        for entry in &entries {
            if entry.folder {
                let below = self.library(&entry.file);
                let own = below
                    .first()
                    .filter(|page| page.file == format!("{}/index.md", entry.file));
                let title = own.map_or_else(|| humanise(&entry.name), |page| page.title.clone());
                folders.push((title.to_lowercase(), below));
            } else if is_page(entry) {
                let page = self.library_page(folder, entry);
                if entry.name == "index.md" {
                    index = page;
                } else {
                    pages.extend(page);
                }
            }
        }
        pages.sort_by_cached_key(|page| page.title.to_lowercase());
        folders.sort_by(|a, b| a.0.cmp(&b.0));
        index
            .into_iter()
            .chain(pages)
            .chain(folders.into_iter().flat_map(|(_, pages)| pages))
            .collect()
    }

    fn library_page(&mut self, folder: &str, entry: &Entry) -> Option<Page> {
        let text = self.tree.text(&entry.file)?;
        let (page, front) = self.page(&entry.file, &text, Sort::Library, |id| {
            if entry.name == "index.md" {
                let (above, name) = folder.rsplit_once('/').unwrap_or(("", folder));
                let own = id.filter(|_| !above.is_empty()).map(|id| format!("{above}/{id}"));
                (own.unwrap_or_else(|| folder.to_owned()), humanise(name), Kind::Section)
            } else {
                let name = stem(&entry.name);
                (
                    format!("{folder}/{}", id.unwrap_or(name)),
                    humanise(name),
                    kind_of(folder),
                )
            }
        })?;
        self.fronts.insert(entry.file.clone(), front);
        Some(page)
    }

    /// A page from its text. `naming` gives id, fallback title and kind, from the front matter's id.
    fn page(
        &mut self,
        file: &str,
        text: &str,
        sort: Sort,
        naming: impl FnOnce(Option<&str>) -> (String, String, Kind),
    ) -> Option<(Page, FrontMatter)> {
        let split = front_matter::split(text);
        let mut findings = self.tree.findings(file);
        let before = findings.count();
        if split.unclosed {
            findings.warning(
                "unclosed-front-matter",
                Place::line(1),
                "The front matter is opened by `---` and never closed.",
                "Add a line `---` after its last key.",
            );
        }
        let mut front = match split.yaml {
            Some(yaml) => front_matter::read(yaml, sort, &mut findings.within(1, 0)),
            None => FrontMatter::default(),
        };
        // A title that is missing because the front matter is broken needs no finding of its own.
        let whole = findings.count() == before;
        front.id = front.id.take().filter(|id| {
            let plain = |letter: char| letter.is_alphanumeric() || matches!(letter, '-' | '_' | '.');
            let fits = id.text.chars().all(plain) && !id.text.starts_with('.');
            if !fits {
                findings.warning(
                    "bad-id",
                    id.place,
                    format!("`{}` cannot be an id, and the file's name is used.", id.text),
                    "An id has letters, digits, `-`, `_` and `.`.",
                );
            }
            fits
        });
        let (id, fallback, kind) = naming(front.id.as_ref().map(|id| id.text.as_str()));
        if !self.ids.insert(id.clone()) {
            let place = front.id.as_ref().map_or(Place::FILE, |id| id.place);
            findings.error(
                "duplicate-id",
                place,
                format!("Another page already has the id `{id}`, and this one is left out."),
                "Rename the file, or give the page an `id:` of its own.",
            );
            return None;
        }
        let title = front
            .title
            .take()
            .or_else(|| document::first_heading(split.body))
            .unwrap_or_else(|| {
                if whole && !text.is_empty() {
                    findings.info(
                        "no-title",
                        Place::FILE,
                        format!("The page has no title; it is shown as \u{201c}{fallback}\u{201d}."),
                        "Add `title:` to its front matter.",
                    );
                }
                fallback
            });
        let page = Page {
            id,
            file: file.to_owned(),
            title,
            summary: std::mem::take(&mut front.summary),
            kind: front.kind.filter(|_| kind != Kind::Section).unwrap_or(kind),
            owner: front.owner.take().or_else(|| self.owner.clone()),
            reviewed: front.reviewed.take(),
            status: front.status,
            replaced_by: None,
            related: Vec::new(),
            paths: Vec::new(),
            body: split.body.to_owned(),
            body_line: split.body_line,
        };
        Some((page, front))
    }

    fn stray(&mut self, file: &str, help: &str) {
        self.tree.findings(file).warning(
            "stray-page",
            Place::FILE,
            format!("{file} belongs to no path and is left out."),
            help,
        );
    }
}

fn is_page(entry: &Entry) -> bool {
    !entry.folder
        && Path::new(&entry.name)
            .extension()
            .is_some_and(|extension| extension.eq_ignore_ascii_case("md"))
}

fn stem(name: &str) -> &str {
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

/// `20-create` as 20 and `create`.
fn without_number(name: &str) -> (Option<u64>, &str) {
    match name.split_once('-') {
        Some((digits, rest)) if !rest.is_empty() && digits.bytes().all(|digit| digit.is_ascii_digit()) => {
            digits.parse().map_or((None, name), |number| (Some(number), rest))
        }
        _ => (None, name),
    }
}

/// What pages in a folder of that name usually are.
fn kind_of(folder: &str) -> Kind {
    match folder.split('/').nth(1).unwrap_or_default() {
        "concept" | "concepts" => Kind::Concept,
        "how-to" | "how-tos" | "howto" | "guides" => Kind::HowTo,
        "decision" | "decisions" | "adr" => Kind::Decision,
        _ => Kind::Reference,
    }
}
