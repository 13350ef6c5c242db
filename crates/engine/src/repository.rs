//! What a repository's own files ask of the tools, and whether this machine has it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use ::toolchain::{Carried, CarriedKind, CarriedRequirement, requirements_in};

use crate::findings::Kept;
use crate::jobs::Events;
use crate::start::invalid;
use crate::wire::{
    AskedBy, CarriedFinding, Failure, JobEvent, RepositoryCheck, Severity, TaskState, ToolGroup, ToolRow,
};
use crate::{Engine, clock};

/// Where the last findings about folders are kept.
const FINDINGS: &str = "repository-findings";

/// Folders whose findings are kept; of more, those that were checked longest ago are forgotten.
const FOLDERS: usize = 12;

/// Findings by folder. They are kept apart from those of the paths: what answers depends on the folder.
type FolderFindings = BTreeMap<PathBuf, Vec<Kept>>;

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
        self.check_repository_tools(job, folder, None, events).await
    }

    /// As [`Engine::check_repository`], of all tools that are asked for or only of those named. `~` stands for the
    /// home folder.
    ///
    /// # Errors
    /// As [`Engine::check_repository`], and when the store cannot be written.
    pub async fn check_repository_tools(
        &self,
        job: &str,
        folder: &Path,
        only: Option<&[String]>,
        events: Events<'_>,
    ) -> Result<RepositoryCheck, Failure> {
        self.job(job, events, async |cancel| {
            let folder = self.inner.folders.expand(&folder.to_string_lossy());
            if !folder.is_dir() {
                return Err(invalid(
                    format!("There is no folder {}.", folder.display()),
                    "Name the folder of a repository.",
                ));
            }
            let mut carried = requirements_in(&folder);
            if let Some(only) = only {
                carried.requirements.retain(|asked| only.contains(&asked.tool));
            }
            let requirements: Vec<_> = carried
                .requirements
                .iter()
                .map(CarriedRequirement::requirement)
                .collect();
            let with_line = |event: JobEvent| match event {
                JobEvent::Tool { mut row } => {
                    let asked = carried.requirements.iter().find(|asked| is_about(&row, asked));
                    row.asked = asked.map(asked_by);
                    events(JobEvent::Tool { row });
                }
                other => events(other),
            };
            let mut rows = self.probe(&requirements, Some(&folder), &cancel, &with_line).await?;
            if cancel.is_cancelled() {
                return Err(Failure::cancelled());
            }
            for (row, asked) in rows.iter_mut().zip(&carried.requirements) {
                row.asked = Some(asked_by(asked));
            }
            self.keep_cache()?;
            self.keep_folder(&folder, &rows, only.is_none())?;
            Ok(RepositoryCheck {
                rows,
                files: file_rows(&carried),
            })
        })
        .await
    }

    /// What the files of a folder ask for now, with the last findings: the groups, what is wrong with the files, and
    /// the time of the oldest finding in seconds since 1970.
    pub(crate) fn folder_groups(&self, folder: &Path) -> Result<FolderGroups, Failure> {
        let carried = requirements_in(folder);
        let mut kept = self.folder_findings()?;
        let kept = kept.remove(folder).unwrap_or_default();
        let mut oldest = None;
        let (mut asked_for, mut hints) = (Vec::new(), Vec::new());
        for asked in &carried.requirements {
            let known = kept.iter().find(|kept| is_about(&kept.row, asked));
            let row = if let Some(known) = known {
                oldest = Some(oldest.map_or(known.at, |oldest: i64| oldest.min(known.at)));
                ToolRow {
                    checked: clock::ago(known.at, clock::now()),
                    why: asked.note.clone(),
                    ..known.row.clone()
                }
            } else {
                let severity = match asked.kind {
                    CarriedKind::Pin | CarriedKind::Range | CarriedKind::Minimum => Severity::Required,
                    CarriedKind::Hint => Severity::Info,
                };
                self.open_row(&asked.tool, &asked.range, severity, &asked.source(), asked.note.clone())
            };
            let row = ToolRow {
                asked: Some(asked_by(asked)),
                ..row
            };
            match asked.kind {
                CarriedKind::Pin | CarriedKind::Range | CarriedKind::Minimum => asked_for.push(row),
                CarriedKind::Hint => hints.push(row),
            }
        }
        let group = |title: &str, rows: Vec<ToolRow>| ToolGroup {
            title: title.to_owned(),
            rows,
        };
        let mut groups = vec![group("Asked for", asked_for), group("Only hinted at", hints)];
        groups.retain(|group| !group.rows.is_empty());
        Ok(FolderGroups {
            groups,
            conflicts: conflicts(&carried),
            problems: problems(&carried),
            oldest,
        })
    }

    /// The folders that were checked, the last ones first.
    pub(crate) fn checked_folders(&self) -> Result<Vec<PathBuf>, Failure> {
        let mut folders: Vec<_> = self.folder_findings()?.into_iter().collect();
        folders.sort_by_key(|(_, kept)| std::cmp::Reverse(newest(kept)));
        Ok(folders.into_iter().map(|(folder, _)| folder).collect())
    }

    fn folder_findings(&self) -> Result<FolderFindings, Failure> {
        Ok(self.journey().value(&self.folder_findings_key())?.unwrap_or_default())
    }

    /// Keeps the findings; where the `whole` folder was asked, those of before are gone.
    fn keep_folder(&self, folder: &Path, rows: &[ToolRow], whole: bool) -> Result<(), Failure> {
        let mut all = self.folder_findings()?;
        let at = clock::now().unix_timestamp();
        let kept = all.entry(folder.to_owned()).or_default();
        if whole {
            kept.clear();
        }
        for row in rows {
            kept.retain(|kept| kept.row.source != row.source || kept.row.tool != row.tool);
            kept.push(Kept { row: row.clone(), at });
        }
        while all.len() > FOLDERS {
            let Some(longest_ago) = all.iter().min_by_key(|(_, kept)| newest(kept)) else {
                break;
            };
            let longest_ago = longest_ago.0.clone();
            all.remove(&longest_ago);
        }
        Ok(self.journey().set_value(&self.folder_findings_key(), &all)?)
    }

    fn folder_findings_key(&self) -> String {
        format!("{FINDINGS}:{}", self.book_id())
    }
}

/// What a folder's files ask for.
pub(crate) struct FolderGroups {
    pub(crate) groups: Vec<ToolGroup>,
    pub(crate) conflicts: Vec<CarriedFinding>,
    pub(crate) problems: Vec<CarriedFinding>,
    pub(crate) oldest: Option<i64>,
}

/// Whether a finding answers this line as it is now.
fn is_about(row: &ToolRow, asked: &CarriedRequirement) -> bool {
    row.tool == asked.tool && row.required == asked.range && row.source == asked.source()
}

fn asked_by(asked: &CarriedRequirement) -> AskedBy {
    AskedBy {
        file: asked.file.clone(),
        line: asked.line,
        kind: asked.kind.name().to_owned(),
        written: asked.written.clone(),
    }
}

/// What is wrong with the files themselves, as rows of a report: those that disagree fail like a tool does, those that
/// could not be read are an error beside them.
pub(crate) fn file_rows(carried: &Carried) -> Vec<ToolRow> {
    let row = |finding: CarriedFinding, tool: &str, title: String, state, severity| ToolRow {
        tool: tool.to_owned(),
        title,
        state,
        severity,
        version: None,
        path: None,
        required: String::new(),
        source: finding.source,
        why: None,
        detail: format!("{} {}", finding.message, finding.hint),
        command: String::new(),
        output: String::new(),
        ms: None,
        fixes: Vec::new(),
        link: None,
        checked: String::new(),
        asked: None,
        in_project: None,
    };
    let disagree = conflicts(carried).into_iter().zip(&carried.conflicts);
    let disagree = disagree.map(|(finding, conflict)| {
        let title = format!("{} in version files", conflict.title());
        row(finding, &conflict.tool, title, TaskState::Failed, Severity::Required)
    });
    let unread = problems(carried).into_iter().zip(&carried.problems);
    let unread = unread.map(|(finding, problem)| {
        let title = problem.file.clone();
        row(finding, &problem.file, title, TaskState::Error, Severity::Recommended)
    });
    disagree.chain(unread).collect()
}

fn conflicts(carried: &Carried) -> Vec<CarriedFinding> {
    let conflicts = carried.conflicts.iter().map(|conflict| CarriedFinding {
        source: conflict.second.source(),
        message: conflict.message(),
        hint: conflict.hint(),
    });
    conflicts.collect()
}

fn problems(carried: &Carried) -> Vec<CarriedFinding> {
    let problems = carried.problems.iter().map(|problem| CarriedFinding {
        source: format!("{}:{}", problem.file, problem.line),
        message: problem.message.clone(),
        hint: problem.help.clone(),
    });
    problems.collect()
}

fn newest(kept: &[Kept]) -> i64 {
    kept.iter().map(|kept| kept.at).max().unwrap_or_default()
}
