//! Why a project was not merged with its starter.

use crate::Error;

/// Why nothing was merged. The project is as it was, except for [`MergeError::Interrupted`].
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum MergeError {
    /// There is work that a mistake could cost.
    #[error("The project holds changes that are not committed: {}.", few(files))]
    Uncommitted {
        /// With `/`.
        files: Vec<String>,
    },
    /// Git was told not to look whether these were changed (`skip-worktree`, `assume-unchanged`).
    #[error(
        "Git does not look at these files, so changes in them could be lost: {}.",
        few(files)
    )]
    Unseen {
        /// With `/`.
        files: Vec<String>,
    },
    /// Files that Git does not know are where new ones belong.
    #[error("Files that are not in Git would be overwritten: {}.", few(files))]
    InTheWay {
        /// With `/`.
        files: Vec<String>,
    },
    /// A merge, rebase or the like is not finished.
    #[error("The project is in the middle of a {state}.")]
    Unfinished {
        /// "merge"
        state: String,
    },
    /// There is no commit to start from.
    #[error("The project has no commit yet.")]
    NoCommit,
    /// What would be made now leaves the project, or is nothing that may be made.
    #[error("The starter's `{path}` was refused: {why}.")]
    Refused {
        /// With `/`.
        path: String,
        /// Half a sentence.
        why: String,
    },
    /// Another upgrade of the same project is running.
    #[error("Another upgrade of this project is running.")]
    Running,
    /// An earlier one ended in the middle, and files have changed since.
    #[error("An earlier upgrade was interrupted, and files have changed since: {}.", few(files))]
    Interrupted {
        /// With `/`.
        files: Vec<String>,
    },
    /// The repository or the disk says no.
    #[error(transparent)]
    Git(#[from] Error),
}

/// What to branch on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The person has to commit, move or finish something first.
    NotReady,
    /// The starter itself is at fault.
    Starter,
    /// Everything else.
    Other,
}

impl MergeError {
    /// What to branch on.
    pub fn kind(&self) -> Kind {
        match self {
            Self::Uncommitted { .. }
            | Self::Unseen { .. }
            | Self::InTheWay { .. }
            | Self::Unfinished { .. }
            | Self::NoCommit
            | Self::Running
            | Self::Interrupted { .. } => Kind::NotReady,
            Self::Refused { .. } => Kind::Starter,
            Self::Git(_) => Kind::Other,
        }
    }

    /// What to do next; may be empty.
    pub fn hint(&self) -> String {
        match self {
            Self::Uncommitted { .. } => "Commit them, or put them aside with: git stash --include-untracked".to_owned(),
            Self::Unseen { .. } => {
                "Let Git look at them with: git update-index --no-skip-worktree --no-assume-unchanged \
                FILE. Then commit what you changed, or put it aside."
                    .to_owned()
            }
            Self::InTheWay { .. } => "Move, commit or delete them, then try again.".to_owned(),
            Self::Unfinished { state } => format!("Finish it, or give it up with: git {state} --abort"),
            Self::NoCommit => "Commit the project first.".to_owned(),
            Self::Refused { .. } => "The starter needs a fix. Tell its owner; nothing was changed.".to_owned(),
            Self::Running => "Wait for it to end, then try again.".to_owned(),
            Self::Interrupted { .. } => {
                "Keep what you want of them elsewhere, then take the rest back with: git reset --hard".to_owned()
            }
            Self::Git(error) => error.hint(),
        }
    }
}

/// The first names and how many more there are.
fn few(files: &[String]) -> String {
    const SHOWN: usize = 5;
    let names = files
        .iter()
        .take(SHOWN)
        .map(String::as_str)
        .collect::<Vec<_>>()
        .join(", ");
    match files.len().saturating_sub(SHOWN) {
        0 => names,
        more => format!("{names} and {more} more"),
    }
}
