//! The paths: in a list, and one with its route.

use ::book::PavedPath;

use crate::Engine;
use crate::page::ASSETS;
use crate::standing::Standing;
use crate::wire::{Failure, PathCard, PathView};

impl Engine {
    /// Every path, those for the person's role first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn paths(&self) -> Result<Vec<PathCard>, Failure> {
        let standing = self.standing()?;
        let mut cards: Vec<_> = self
            .book()
            .paths
            .iter()
            .map(|path| standing.path_card(self.book(), path))
            .collect();
        cards.sort_by_key(|card| !card.for_role);
        Ok(cards)
    }

    /// A path with its introduction and its route.
    ///
    /// # Errors
    /// For an unknown path, and when the store cannot be read.
    pub fn path(&self, id: &str) -> Result<PathView, Failure> {
        let path = self.known_path(id)?;
        let standing = self.standing()?;
        let rendered = ::book::render(self.book(), &path.page, ASSETS);
        Ok(PathView {
            card: standing.path_card(self.book(), path),
            blocks: self.blocks(&standing, None, rendered.blocks)?,
            steps: standing.step_cards(self.book(), path),
            requires: self.cards(&standing, &path.requires),
            next: self.cards(&standing, &path.next),
            about: self.about(&path.page),
            project: self.project_of(id)?,
        })
    }

    pub(crate) fn known_path(&self, id: &str) -> Result<&PavedPath, Failure> {
        self.book().path(id).ok_or_else(|| Failure::not_found("path", id))
    }

    /// The cards of those paths that exist.
    pub(crate) fn cards(&self, standing: &Standing, ids: &[String]) -> Vec<PathCard> {
        ids.iter()
            .filter_map(|id| self.book().path(id))
            .map(|path| standing.path_card(self.book(), path))
            .collect()
    }
}
