//! A project takes over what its starter has become.

use ::git::{MergeOutcome, MergedFile};
use ::starter::Upgraded;

use crate::Engine;
use crate::jobs::Events;
use crate::outdated::{assumed, in_the_background};
use crate::wire::{CompareProject, Failure, FileOutcome, JobEvent, UpgradeView, UpgradedFile};

impl Engine {
    /// Merges what the starter makes now into a project; a job. The result is staged and not committed, with
    /// conflicts marked. Nothing is written over uncommitted work, and nothing at all with `dry_run`.
    ///
    /// # Errors
    /// For a folder that was not made from a starter of this roadbook, for changes that are not committed, and what
    /// Git, the disk and the starter say. The project is then as it was.
    pub async fn upgrade(
        &self,
        job: &str,
        request: &CompareProject,
        dry_run: bool,
        events: Events<'_>,
    ) -> Result<UpgradeView, Failure> {
        self.job(job, events, async |cancel| {
            let (starter, asked) = self.comparison(request)?;
            let shown = asked.project.display().to_string();
            let title = starter.title.clone();
            let done = in_the_background(events, cancel, move |tell, cancel| {
                ::starter::upgrade(&starter, &asked, dry_run, tell, cancel)
            })
            .await?;
            let view = view(shown, title, done);
            events(JobEvent::Upgraded { view: view.clone() });
            Ok(view)
        })
        .await
    }
}

fn view(folder: String, title: String, done: Upgraded) -> UpgradeView {
    UpgradeView {
        folder,
        starter: done.provenance.starter,
        title,
        from: done.from,
        to: done.to,
        written: done.written,
        recovered: done.recovered,
        files: done.files.into_iter().map(file).collect(),
        assumed: assumed(done.assumed),
        dropped: done.dropped,
    }
}

fn file(file: MergedFile) -> UpgradedFile {
    let (outcome, words) = match file.outcome {
        MergeOutcome::Added => (FileOutcome::Added, "new"),
        MergeOutcome::Changed => (FileOutcome::Changed, "replaced, for you had not changed it"),
        MergeOutcome::Merged => (FileOutcome::Merged, "merged with your changes"),
        MergeOutcome::Moved => (FileOutcome::Moved, "moved, with your changes"),
        MergeOutcome::Removed => (FileOutcome::Removed, "removed, for you had not changed it"),
        MergeOutcome::Conflict => (FileOutcome::Conflict, "both changed the same lines, which are marked"),
        MergeOutcome::KeptYours => (
            FileOutcome::KeptYours,
            "both changed it and it cannot be merged, so yours stays",
        ),
        MergeOutcome::StaysDeleted => (FileOutcome::StaysDeleted, "you had deleted it, so it stays deleted"),
        MergeOutcome::StaysChanged => (
            FileOutcome::StaysChanged,
            "the starter has it no more, but you had changed it, so it stays",
        ),
        MergeOutcome::Blocked => (
            FileOutcome::Blocked,
            "left out, for the project has a folder or a file of that name",
        ),
    };
    UpgradedFile {
        path: file.path,
        from: file.from,
        outcome,
        words: words.to_owned(),
        needs_you: file.outcome.is_conflict(),
    }
}
