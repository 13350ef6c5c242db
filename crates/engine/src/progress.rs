//! Progress as a whole: taking it along, forgetting it, and pointing a path at a folder.

use std::path::Path;

use ::journey::NewProject;

use crate::start::invalid;
use crate::wire::{Code, Failure, PageView};
use crate::{Engine, clock};

/// A step, and the folder that its path looks in.
pub type StepFolder<'a> = (&'a str, &'a str);

impl Engine {
    /// The progress in the open roadbook, as JSON to keep or take along.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn export_progress(&self) -> Result<String, Failure> {
        let transfer = self.journey().export(self.book_id())?;
        serde_json::to_string_pretty(&transfer)
            .map_err(|error| Failure::new(Code::Failed, format!("The progress could not be written: {error}."), ""))
    }

    /// Takes in exported progress; of two outcomes of a task the later one stays. Answers how many were taken.
    ///
    /// # Errors
    /// For text that is no exported progress of this roadbook; nothing is changed then.
    pub fn import_progress(&self, text: &str) -> Result<usize, Failure> {
        Ok(self.journey().import(self.book_id(), text)?)
    }

    /// Forgets the progress of a path or of a step (`path/step`). Projects on disk stay as they are.
    ///
    /// # Errors
    /// For an unknown path or step, and when the store cannot be written.
    pub fn reset_progress(&self, id: &str) -> Result<usize, Failure> {
        if self.book().path(id).is_none() && self.book().step(id).is_none() {
            return Err(Failure::not_found("path or step", id));
        }
        Ok(self.journey().reset(self.book_id(), id)?)
    }

    /// Points the verify tasks of the step's path at a folder.
    ///
    /// # Errors
    /// For an unknown step, a folder that is not there, and when the store cannot be written.
    pub fn set_folder(&self, (step, folder): StepFolder<'_>) -> Result<PageView, Failure> {
        let (path, _) = self.book().step(step).ok_or_else(|| Failure::not_found("step", step))?;
        let folder = self.existing_folder(folder)?;
        self.journey().add_project(&NewProject {
            book: self.book_id(),
            starter: "",
            path: Some(&path.page.id),
            folder: &folder,
            after: "",
            at: clock::now().unix_timestamp(),
        })?;
        self.page(step)
    }

    fn existing_folder(&self, typed: &str) -> Result<std::path::PathBuf, Failure> {
        let folder = self.inner.folders.expand(typed);
        if typed.trim().is_empty() || !folder.is_absolute() {
            return Err(invalid(
                format!("\"{typed}\" is not the full path of a folder."),
                "Choose the folder, or type its path from the top or from ~.",
            ));
        }
        if !Path::is_dir(&folder) {
            return Err(invalid(
                format!("There is no folder {}.", folder.display()),
                "Choose another folder, or create this one first.",
            ));
        }
        Ok(folder)
    }
}
