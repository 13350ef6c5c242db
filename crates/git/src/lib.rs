//! Clone, first commit and inspect, with progress and cancel.
//!
//! The only user of git2. All functions block; a caller runs them off its own threads.

mod clone;
mod commit;
mod credentials;
mod error;
mod explain;
mod fetch;
mod inspect;
mod options;
mod progress;
mod staging;
mod url;

pub use clone::{CloneRequest, Cloned, History, clone};
pub use commit::{Identity, default_branch, first_commit, identity, init, set_origin};
pub use error::{Error, Kind};
pub use inspect::{Status, inspect};
pub use options::{libgit2_version, read_settings_from};
pub use progress::{Phase, Progress};
pub use staging::Staging;
pub use url::{Address, Transport};
