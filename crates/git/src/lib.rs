//! Clone, mirror, first commit and inspect, with progress and cancel.
//!
//! The only user of git2. All functions block; a caller runs them off its own threads.

mod clone;
mod commit;
mod error;
mod explain;
mod fetch;
mod gitmodules;
mod inspect;
mod merge;
mod mirror;
mod options;
mod progress;
mod session;
mod source;
mod staging;
mod system;
mod tree;
mod url;
mod watch;

pub use clone::{CloneRequest, Cloned, History, clone};
pub use commit::staged::Staged;
pub use commit::{Identity, default_branch, identity, init, set_origin, stage};
pub use error::{Error, Kind};
pub use inspect::{Status, inspect};
pub use merge::{
    Change, FileDiff, Merge, MergeError, MergeErrorKind, MergeOutcome, MergeRequest, MergedFile, difference, find_base,
    merge, recover,
};
pub use mirror::{Mirror, MirrorRequest, fetch_mirror, mirror_of, remove_mirror};
pub use options::{libgit2_version, read_settings_from, start_without_certificates};
pub use progress::{Phase, Progress};
pub use source::{Source, source_of};
pub use staging::{Staging, finish_removals};
pub use system::{Because, By};
pub use tree::content_id;
pub use url::{Address, Transport};
