//! Finding things in a book.

use std::collections::BTreeMap;

use crate::model::{Book, Page, PavedPath, StarterFolder, Step};

/// A folder of the library.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// `library/concepts`.
    pub id: String,
    /// From its `index.md`, else the folder's name as words.
    pub title: String,
    /// From its `index.md`, may be empty.
    pub summary: String,
    /// Whether it has an `index.md`: then there is a page with the section's id.
    pub page: bool,
    /// The ids of the other pages directly in it, by title.
    pub pages: Vec<String>,
    /// The folders in it, by title.
    pub sections: Vec<Section>,
}

impl Book {
    /// Any page by its id: of the library, of a step, or a path's introduction.
    pub fn page(&self, id: &str) -> Option<&Page> {
        self.pages().find(|page| page.id == id)
    }

    /// Every page: paths with their steps first, then the library.
    pub fn pages(&self) -> impl Iterator<Item = &Page> {
        self.paths
            .iter()
            .flat_map(|path| std::iter::once(&path.page).chain(path.steps.iter().map(|step| &step.page)))
            .chain(&self.library)
    }

    /// A path by its id.
    pub fn path(&self, id: &str) -> Option<&PavedPath> {
        self.paths.iter().find(|path| path.page.id == id)
    }

    /// A step by its id (`first-service/create`), with its path.
    pub fn step(&self, id: &str) -> Option<(&PavedPath, &Step)> {
        let path = self.path(id.split_once('/')?.0)?;
        path.steps
            .iter()
            .find(|step| step.page.id == id)
            .map(|step| (path, step))
    }

    /// A starter by its id.
    pub fn starter(&self, id: &str) -> Option<&StarterFolder> {
        self.starters.iter().find(|starter| starter.id == id)
    }

    /// The library as a tree. Pages that lie in no folder come first, in a section `library` of their own.
    pub fn sections(&self) -> Vec<Section> {
        let mut root = Folder::default();
        for page in &self.library {
            let mut names: Vec<&str> = page.file.split('/').skip(1).collect();
            let name = names.pop().unwrap_or_default();
            let folder = names
                .iter()
                .fold(&mut root, |folder, name| folder.folders.entry(name).or_default());
            if name == "index.md" {
                folder.index = Some(page);
            } else {
                folder.pages.push(page);
            }
        }
        let loose = root.index.is_some() || !root.pages.is_empty();
        let mut top = root.section("library", "library");
        let below = std::mem::take(&mut top.sections);
        if loose {
            std::iter::once(top).chain(below).collect()
        } else {
            below
        }
    }
}

/// A file or folder name as words: `golden-path` becomes `Golden path`.
pub(crate) fn humanise(name: &str) -> String {
    let words = name.replace(['-', '_'], " ");
    let mut letters = words.trim().chars();
    let first: String = letters
        .next()
        .map(|letter| letter.to_uppercase().collect())
        .unwrap_or_default();
    format!("{first}{}", letters.as_str())
}

#[derive(Default)]
struct Folder<'b> {
    index: Option<&'b Page>,
    pages: Vec<&'b Page>,
    folders: BTreeMap<&'b str, Folder<'b>>,
}

impl Folder<'_> {
    fn section(self, id: &str, name: &str) -> Section {
        let mut sections: Vec<Section> = self
            .folders
            .into_iter()
            .map(|(name, folder)| folder.section(&format!("{id}/{name}"), name))
            .collect();
        sections.sort_by_cached_key(|section| section.title.to_lowercase());
        Section {
            // An index page may have chosen an id of its own.
            id: self.index.map_or_else(|| id.to_owned(), |page| page.id.clone()),
            title: self.index.map_or_else(|| humanise(name), |page| page.title.clone()),
            summary: self.index.map(|page| page.summary.clone()).unwrap_or_default(),
            page: self.index.is_some(),
            pages: self.pages.iter().map(|page| page.id.clone()).collect(),
            sections,
        }
    }
}
