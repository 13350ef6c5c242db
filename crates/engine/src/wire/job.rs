//! What a job tells, and findings about content.

use serde::Serialize;
use ts_rs::TS;

use super::failure::Failure;
use super::starter::{FormField, ProjectCard, ProjectPreview};
use super::task::CheckRow;
use super::tool::ToolRow;
use super::upgrade::{OutdatedView, UpgradeView};

/// What a job tells while it runs, in order; `Done` and `Failed` are the last.
#[expect(clippy::large_enum_variant, reason = "each is on its way to JSON, one at a time")]
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase", tag = "type")]
pub enum JobEvent {
    /// A tool is being probed or was.
    Tool {
        /// Its row.
        row: ToolRow,
    },
    /// How far a project is.
    Progress {
        /// "Receiving objects".
        phase: String,
        /// From 0 to 1; `None` where nobody knows.
        fraction: Option<f64>,
        /// "1.2 MB at 3 MB/s"; may be empty.
        detail: String,
    },
    /// A check of a verify task is running (`Todo`) or has ended.
    Check {
        /// Its place, from 0.
        index: usize,
        /// Its row.
        row: CheckRow,
    },
    /// What a command printed, without escape codes.
    Output {
        /// A line, without its end.
        line: String,
    },
    /// An ssh server that is not known on this machine, before the failure that it means. With its fingerprint the
    /// person may ask again, once they have compared it.
    #[serde(rename_all = "camelCase")]
    HostKey {
        /// The server.
        host: String,
        /// `ED25519`, `ECDSA` or `RSA`.
        key_type: String,
        /// As OpenSSH prints it.
        fingerprint: String,
    },
    /// What a comparison has to know first, before the failure that it means. With answers the person may ask again.
    Asks {
        /// New questions without a proposal, and secrets, which are never kept.
        fields: Vec<FormField>,
    },
    /// A template was rendered, to look at.
    Previewed {
        /// What it would make.
        preview: ProjectPreview,
    },
    /// A project is there.
    Project {
        /// The project.
        project: ProjectCard,
    },
    /// A project was compared with its starter.
    Outdated {
        /// What differs.
        view: OutdatedView,
    },
    /// A project took over what its starter has become.
    Upgraded {
        /// What became of each file.
        view: UpgradeView,
    },
    /// The job ended; what it stands for can be read again.
    Done,
    /// The job ended without its result.
    Failed {
        /// Why.
        failure: Failure,
    },
}

/// A finding about the roadbook's content.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DiagnosticRow {
    /// A stable name such as `broken-link`.
    pub code: String,
    /// `error`, `warning` or `info`.
    pub severity: String,
    /// One sentence.
    pub message: String,
    /// The file below the roadbook's folder.
    pub file: String,
    /// From 1; 0 where the whole file is meant.
    pub line: usize,
    /// From 1; 0 where the whole line is meant.
    pub column: usize,
    /// What to do about it.
    pub help: String,
}
