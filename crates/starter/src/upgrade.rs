//! A project takes over what its starter has become.

mod error;

use git::{Merge, MergedFile};
use tokio_util::sync::CancellationToken;

pub use self::error::UpgradeError;
use crate::outdated::{Now, base, from, now};
use crate::provenance::{FILE, Provenance, provenance};
use crate::{Assumed, CreateError, Progress, Starter, UpgradeRequest};

/// An upgrade that was worked out, and written if asked for.
#[derive(Debug, Clone, PartialEq)]
pub struct Upgraded {
    /// Where the project came from, before.
    pub provenance: Provenance,
    /// The version, or the commit, that the project had.
    pub from: String,
    /// The version, or the commit, that it has now.
    pub to: String,
    /// What becomes of each file, by path; empty where the project is current.
    pub files: Vec<MergedFile>,
    /// New questions, with the answers that were taken for them.
    pub assumed: Vec<Assumed>,
    /// Recorded answers that nobody asks for any more.
    pub dropped: Vec<String>,
    /// Whether anything was written.
    pub written: bool,
    /// Whether an interrupted upgrade was taken back or ended first.
    pub recovered: bool,
}

/// Merges what the starter makes now into the project, and leaves the result uncommitted, with conflicts marked.
/// With `dry_run` it only says what would become of each file; an interrupted upgrade is put in order all the same.
/// Blocks.
///
/// It is done on a project without uncommitted changes only. A failure leaves the project as it was; whoever is
/// stopped in the middle takes back the rest with `git reset --hard`, or by upgrading again.
///
/// # Errors
/// See [`UpgradeError`].
pub fn upgrade(
    starter: &Starter,
    request: &UpgradeRequest,
    dry_run: bool,
    tell: &mut dyn FnMut(Progress),
    cancel: &CancellationToken,
) -> Result<Upgraded, UpgradeError> {
    let project = &request.project;
    // What is missing is told before what is wrong with the repository.
    provenance(project)?;
    let recovered = git::recover(project)?;
    let before = provenance(project)?;
    let mut upgraded = Upgraded {
        from: from(&before),
        to: from(&before),
        files: Vec::new(),
        assumed: Vec::new(),
        dropped: Vec::new(),
        written: false,
        recovered,
        provenance: before,
    };
    let Some(now) = now(starter, &upgraded.provenance, request, tell, cancel)? else {
        return Ok(upgraded);
    };
    upgraded.to = now.version(request);
    upgraded.assumed.clone_from(&now.assumed);
    upgraded.dropped.clone_from(&now.dropped);
    let base = base(project, &upgraded.provenance)?;
    let label = format!("starter {}", upgraded.to.lines().next().unwrap_or_default());
    let merging = now.merge(project, &base, &label);
    if git::difference(&merging)?.is_empty() {
        return Ok(upgraded);
    }
    let merge = git::merge(&merging)?;
    upgraded.files = merge.files().to_vec();
    if cancel.is_cancelled() {
        return Err(UpgradeError::Create(CreateError::Cancelled));
    }
    if !dry_run {
        let after = after(&upgraded.provenance, starter, request, &now, &merge)?;
        merge.apply(FILE, after.to_text().as_bytes())?;
        upgraded.written = true;
    }
    Ok(upgraded)
}

/// Where the project came from, after the upgrade.
fn after(
    before: &Provenance,
    starter: &Starter,
    request: &UpgradeRequest,
    now: &Now,
    merge: &Merge,
) -> Result<Provenance, CreateError> {
    let mut after = before.clone();
    after.describe(starter)?;
    after.version.clone_from(&request.version);
    after.commit.clone_from(&now.commit);
    after.answers.clone_from(&now.answers);
    after.upgraded = Some(request.now.clone());
    after.trees.push(merge.theirs());
    Ok(after)
}
