//! The first screen: what comes next.

use ::book::PavedPath;

use crate::Engine;
use crate::standing::Standing;
use crate::wire::{Failure, Home, PathCard, Progress, Resume};

impl Engine {
    /// What to go on with, and what is new.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn home(&self) -> Result<Home, Failure> {
        let standing = self.standing()?;
        let cards = self.paths()?;
        let offered = |card: &PathCard| card.for_role && card.status == "active";
        Ok(Home {
            resume: self.resume(&standing),
            paths: cards
                .iter()
                .filter(|card| card.state != Progress::Done)
                .filter(|card| offered(card) || card.state == Progress::Started)
                .cloned()
                .collect(),
            finished: cards.into_iter().filter(|card| card.state == Progress::Done).collect(),
            projects: self.projects()?,
            toolchain: self.toolchain_card(&standing)?,
            news: self.news(&standing)?,
        })
    }

    /// The path that was walked last and is not finished; else the first for the role whose prerequisites
    /// are met.
    fn resume(&self, standing: &Standing) -> Option<Resume> {
        let book = self.book();
        let unfinished: Vec<(&PavedPath, PathCard)> = book
            .paths
            .iter()
            .map(|path| (path, standing.path_card(book, path)))
            .filter(|(_, card)| card.state != Progress::Done && card.status == "active")
            .collect();
        let walked = unfinished
            .iter()
            .filter(|(path, _)| standing.touched(path).is_some())
            .max_by_key(|(path, _)| standing.touched(path));
        let met = |path: &PavedPath| {
            path.requires
                .iter()
                .filter_map(|id| book.path(id))
                .all(|required| is_met(&standing.path_card(book, required)))
        };
        let first = || unfinished.iter().find(|(path, card)| card.for_role && met(path));
        // Where no path's prerequisites are met, one that is offered is better than none.
        let any = || unfinished.iter().find(|(_, card)| card.for_role);
        let (path, card) = walked.or_else(first).or_else(any)?;
        let (place, step) = standing.next_step(book, path)?;
        Some(Resume {
            path: card.clone(),
            step: standing.step_card(book, step, place + 1),
        })
    }
}

/// Whether a path that is asked for first is out of the way: done, or with nothing to do for this person.
fn is_met(card: &PathCard) -> bool {
    card.state == Progress::Done || card.total == 0
}
