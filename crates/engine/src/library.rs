//! The library's tree.

use ::book::{Page, Section};

use crate::Engine;
use crate::page::link_to;
use crate::wire::{LibrarySection, LinkCard};

impl Engine {
    /// The library: its sections with their pages.
    pub fn library(&self) -> Vec<LibrarySection> {
        self.book()
            .sections()
            .iter()
            .map(|section| self.section(section))
            .collect()
    }

    /// The pages and sections directly below a section's page.
    pub(crate) fn children(&self, page: &Page) -> Vec<LinkCard> {
        let sections = self.book().sections();
        let Some(section) = find(&sections, &page.id) else {
            return Vec::new();
        };
        let below = section.sections.iter().filter_map(|section| self.link(&section.id));
        self.links(&section.pages).into_iter().chain(below).collect()
    }

    pub(crate) fn section_title(&self, id: &str) -> String {
        let sections = self.book().sections();
        find(&sections, id).map_or_else(|| id.to_owned(), |section| section.title.clone())
    }

    fn section(&self, section: &Section) -> LibrarySection {
        LibrarySection {
            id: section.id.clone(),
            title: section.title.clone(),
            summary: section.summary.clone(),
            has_page: self.book().page(&section.id).is_some(),
            pages: section
                .pages
                .iter()
                .filter_map(|id| self.book().page(id))
                .map(link_to)
                .collect(),
            sections: section.sections.iter().map(|section| self.section(section)).collect(),
        }
    }
}

fn find<'a>(sections: &'a [Section], id: &str) -> Option<&'a Section> {
    sections.iter().find_map(|section| {
        if section.id == id {
            Some(section)
        } else {
            find(&section.sections, id)
        }
    })
}
