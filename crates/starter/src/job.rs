//! What the making of a project works with, whatever the template's format.

use std::path::{Path, PathBuf};

use serde_json::{Map, Value};
use tokio_util::sync::CancellationToken;

use crate::Starter;
use crate::secrets::Secrets;
use crate::workspace::{Entry, Trouble, Workspace};

/// A project that is made.
pub(crate) struct Job<'a> {
    pub(crate) starter: &'a Starter,
    /// The answers, complete.
    pub(crate) values: &'a Map<String, Value>,
    pub(crate) hidden: &'a Secrets,
    /// The project's name.
    pub(crate) folder: &'a str,
    pub(crate) workspace: &'a mut Workspace,
    /// How far it is: what is done, files done, all files.
    pub(crate) tell: &'a mut dyn FnMut(&str, usize, usize),
    pub(crate) cancel: &'a CancellationToken,
}

impl Job<'_> {
    /// Does something with each file, tells how far it is, and ends when it is cancelled.
    pub(crate) fn files(
        &mut self,
        what: &str,
        list: &[Entry],
        mut each: impl FnMut(&Entry, &mut Workspace) -> Result<(), Trouble>,
    ) -> Result<(), Trouble> {
        for (index, entry) in list.iter().enumerate() {
            if self.cancel.is_cancelled() {
                return Err(Trouble::Cancelled);
            }
            (self.tell)(what, index, list.len());
            each(entry, self.workspace)?;
        }
        (self.tell)(what, list.len(), list.len());
        Ok(())
    }
}

/// Where a file of a template is read from, through links where it is one: inside of the folder `real`, whose own links
/// are resolved, and nowhere else.
pub(crate) fn inside(real: &Path, entry: &Entry) -> Option<PathBuf> {
    if !entry.link {
        return Some(entry.path.clone());
    }
    entry.path.canonicalize().ok().filter(|place| place.starts_with(real))
}
