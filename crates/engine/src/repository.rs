//! What a repository's own files ask of the tools, and whether this machine has it.

use std::path::Path;

use ::toolchain::requirements_in;

use crate::Engine;
use crate::jobs::Events;
use crate::start::invalid;
use crate::wire::{CarriedFinding, Failure, RepositoryCheck};

impl Engine {
    /// Checks what the version files in `folder` ask for (`.nvmrc`, `rust-toolchain.toml`, …); a job. The files
    /// are read and nothing in the folder is run.
    ///
    /// # Errors
    /// For a folder that is not there, and when it is stopped.
    pub async fn check_repository(
        &self,
        job: &str,
        folder: &Path,
        events: Events<'_>,
    ) -> Result<RepositoryCheck, Failure> {
        self.job(job, events, async |cancel| {
            if !folder.is_dir() {
                return Err(invalid(
                    format!("There is no folder {}.", folder.display()),
                    "Name the folder of a repository.",
                ));
            }
            let carried = requirements_in(folder);
            let requirements: Vec<_> = carried
                .requirements
                .iter()
                .map(::toolchain::CarriedRequirement::requirement)
                .collect();
            let rows = self.probe(&requirements, &cancel, events).await;
            if cancel.is_cancelled() {
                return Err(Failure::cancelled());
            }
            self.keep_cache()?;
            let conflicts = carried.conflicts.iter().map(|conflict| CarriedFinding {
                source: conflict.second.source(),
                message: conflict.message(),
                hint: conflict.hint(),
            });
            let problems = carried.problems.iter().map(|problem| CarriedFinding {
                source: format!("{}:{}", problem.file, problem.line),
                message: problem.message.clone(),
                hint: problem.help.clone(),
            });
            Ok(RepositoryCheck {
                rows,
                conflicts: conflicts.collect(),
                problems: problems.collect(),
            })
        })
        .await
    }
}
