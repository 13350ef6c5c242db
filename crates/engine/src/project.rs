//! Projects made from starters, and the folder that a path's verify tasks look in.

use std::cell::LazyCell;
use std::path::PathBuf;

use ::journey::Project;

use crate::wire::{Failure, Opener, ProjectCard};
use crate::{Engine, clock, openers};

impl Engine {
    /// The projects made from this roadbook's starters, newest first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn projects(&self) -> Result<Vec<ProjectCard>, Failure> {
        self.project_cards(|project| !project.starter.is_empty())
    }

    /// What to do next in a project, as Markdown; may be empty.
    ///
    /// # Errors
    /// For an unknown project, and when the store cannot be read.
    pub fn next_in_project(&self, id: i64) -> Result<String, Failure> {
        let project = self.journey().project(id)?;
        let project = project.ok_or_else(|| Failure::not_found("project", &id.to_string()))?;
        Ok(project.after)
    }

    /// Opens a project's folder in an editor, a terminal or the file manager.
    ///
    /// # Errors
    /// For an unknown project, a folder that is gone, and a program that does not start.
    pub fn open_project(&self, id: i64, opener: &str) -> Result<(), Failure> {
        let project = self.journey().project(id)?;
        let project = project.ok_or_else(|| Failure::not_found("project", &id.to_string()))?;
        openers::open(&project.folder, opener, &self.environment_now())
    }

    /// Opens a web or mail address outside the app.
    ///
    /// # Errors
    /// For other addresses, and where no browser starts.
    pub fn open_external(&self, url: &str) -> Result<(), Failure> {
        openers::open_address(url)
    }

    /// The project that was made last on a path.
    pub(crate) fn project_of(&self, path: &str) -> Result<Option<ProjectCard>, Failure> {
        let projects = self.journey().projects(self.book_id())?;
        let made = projects
            .iter()
            .find(|project| !project.starter.is_empty() && project.path.as_deref() == Some(path));
        Ok(made.map(|project| self.card(project)))
    }

    /// The project that was made last from a starter on a step's path.
    pub(crate) fn project_from(&self, step: &str, starter: &str) -> Result<Option<ProjectCard>, Failure> {
        let path = path_of(step);
        let projects = self.journey().projects(self.book_id())?;
        let made = projects
            .iter()
            .find(|project| project.starter == starter && project.path.as_deref() == Some(path));
        Ok(made.map(|project| self.card(project)))
    }

    pub(crate) fn projects_from(&self, starter: &str) -> Result<Vec<ProjectCard>, Failure> {
        self.project_cards(|project| project.starter == starter)
    }

    /// The folder that the verify tasks of the step's path look in: made or chosen last, if it is still there.
    pub(crate) fn folder_of(&self, step: &str) -> Result<Option<PathBuf>, Failure> {
        let path = path_of(step);
        let projects = self.journey().projects(self.book_id())?;
        let last = projects
            .into_iter()
            .find(|project| project.path.as_deref() == Some(path));
        Ok(last.map(|project| project.folder).filter(|folder| folder.is_dir()))
    }

    fn project_cards(&self, wanted: impl Fn(&Project) -> bool) -> Result<Vec<ProjectCard>, Failure> {
        let projects = self.journey().projects(self.book_id())?;
        // The same for all of them, and looking for the programs takes longer than all the rest.
        let openers = LazyCell::new(|| openers::openers(&self.environment_now()));
        let card = |project| self.card_with(project, || openers.clone());
        Ok(projects.iter().filter(|project| wanted(project)).map(card).collect())
    }

    pub(crate) fn card(&self, project: &Project) -> ProjectCard {
        self.card_with(project, || openers::openers(&self.environment_now()))
    }

    fn card_with(&self, project: &Project, openers: impl Fn() -> Vec<Opener>) -> ProjectCard {
        let name = project.folder.file_name().unwrap_or(project.folder.as_os_str());
        let exists = project.folder.is_dir();
        ProjectCard {
            id: project.id,
            name: name.to_string_lossy().into_owned(),
            folder: project.folder.display().to_string(),
            shown: self.inner.folders.shorten(&project.folder),
            from: self.starter_title(&project.starter),
            starter: project.starter.clone(),
            made: clock::ago(project.at, clock::now()),
            exists,
            openers: if exists { openers() } else { Vec::new() },
            after: ::book::render_text(self.book(), "", &project.after),
        }
    }
}

fn path_of(step: &str) -> &str {
    step.split_once('/').map_or(step, |(path, _)| path)
}
