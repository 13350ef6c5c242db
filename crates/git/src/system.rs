//! The system's own `git`, for what libgit2 cannot do.

mod progress;
mod run;
mod ssh;
mod stderr;

use std::fmt;
use std::path::{Path, PathBuf};

use self::run::{Call, Ran};
use crate::fetch::Head;
use crate::session::Session;
use crate::{Address, Error, History, Kind, Phase, Transport};

pub(crate) use self::run::find;

/// What did the work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum By {
    /// The library that is built in.
    Libgit2,
    /// The `git` of this machine.
    Git(Because),
}

/// Why the `git` of this machine is needed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Because {
    /// `~/.ssh/config` says how to reach the host (a key file, a jump host, another name).
    SshSettings {
        /// The host.
        host: String,
    },
    /// `core.sshCommand` names a program of its own.
    SshCommand,
    /// The built-in ssh was not let in; another kind of key or agent may be needed.
    Ssh,
    /// A credential helper may know more than the built-in library asks it.
    CredentialHelper,
    /// The repository has a format that libgit2 does not read (SHA-256, reftable).
    Format,
    /// Large files are kept with Git LFS.
    Lfs,
}

impl fmt::Display for Because {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::SshSettings { host } => write!(formatter, "your ssh settings say how to reach {host}"),
            Self::SshCommand => formatter.write_str("your Git settings name a program for ssh (core.sshCommand)"),
            Self::Ssh => formatter.write_str("the built-in ssh was not let in"),
            Self::CredentialHelper => formatter.write_str("a credential helper is asked for the sign-in"),
            Self::Format => formatter.write_str("the repository has a format that only git reads"),
            Self::Lfs => formatter.write_str("large files are kept with Git LFS"),
        }
    }
}

/// What was cloned by git.
pub(crate) struct Taken {
    pub(crate) commit: String,
    pub(crate) branch: Option<String>,
}

/// Whether libgit2 is known beforehand to be not enough.
pub(crate) fn needed(address: &Address, session: &Session<'_>) -> Option<Because> {
    if address.transport() != Transport::Ssh {
        return None;
    }
    if session.config().get_string("core.sshCommand").is_ok() {
        return Some(Because::SshCommand);
    }
    ssh::has_settings(address).then(|| Because::SshSettings {
        host: address.host().to_owned(),
    })
}

/// Whether git may succeed where libgit2 failed; only where there is a git.
pub(crate) fn may_help(error: &Error, address: &Address, session: &Session<'_>) -> Option<Because> {
    let because = match error {
        // A submodule may be reached by ssh where its repository is not.
        Error::InSubmodule { source, .. } => match &**source {
            Error::SignIn { url, .. } => {
                let address = Address::parse(url, true).unwrap_or_else(|_| address.clone());
                return may_help(source, &address, session);
            }
            source => return may_help(source, address, session),
        },
        Error::Format { .. } => Because::Format,
        Error::SignIn { .. } | Error::Broken { .. } | Error::Git { .. } if address.transport() == Transport::Ssh => {
            Because::Ssh
        }
        Error::SignIn { .. } if has_helper(session) => Because::CredentialHelper,
        _ => return None,
    };
    find().map(|_| because)
}

fn has_helper(session: &Session<'_>) -> bool {
    let Ok(mut entries) = session.config().entries(Some("^credential\\..*helper$")) else {
        return false;
    };
    entries.next().is_some_and(|entry| entry.is_ok())
}

/// Clones into `folder` with its submodules.
pub(crate) fn clone(
    folder: &Path,
    address: &Address,
    reference: Option<&str>,
    history: History,
    because: &Because,
    session: &Session<'_>,
) -> Result<Taken, Error> {
    let call = Call::new(address, because, session)?;
    session.tell(Phase::Connecting);
    let is_commit = reference.is_some_and(|name| name.len() >= 40 && name.chars().all(|c| c.is_ascii_hexdigit()));
    let keep = history == History::Keep;
    let mut arguments = vec!["clone", "--progress", "--template=", "--no-recurse-submodules"];
    match reference {
        // A commit may be anywhere, so everything is needed to find it.
        Some(_) if is_commit => arguments.push("--no-checkout"),
        Some(name) => arguments.extend(["--branch", name]),
        None => {}
    }
    if !keep && !is_commit {
        arguments.extend(["--depth", "1", "--single-branch", "--no-tags"]);
    }
    let target = folder.to_string_lossy();
    arguments.extend(["--", address.as_str(), &target]);
    let parent = folder.parent().unwrap_or(folder);
    call.expect_trusted(&arguments, parent)?;
    if let (true, Some(commit)) = (is_commit, reference) {
        let ran = call.run(&["checkout", "--progress", "--detach", commit, "--"], folder)?;
        if !ran.success {
            return Err(Error::NoSuchReference {
                url: address.shown(),
                reference: commit.to_owned(),
            });
        }
    }
    let head = call.run(&["rev-parse", "--verify", "--quiet", "HEAD^{commit}"], folder)?;
    if !head.success {
        return Err(nothing_there(&call, address, folder)?);
    }
    let branch = call.run(&["symbolic-ref", "--quiet", "--short", "HEAD"], folder)?;
    submodules(&call, folder, session)?;
    session.flush();
    Ok(Taken {
        commit: head.stdout.trim().to_owned(),
        branch: Some(branch.stdout.trim().to_owned()).filter(|name| branch.success && !name.is_empty()),
    })
}

/// Git itself refuses what is dangerous in `.gitmodules`, and our list of protocols counts for submodules too.
fn submodules(call: &Call<'_, '_>, folder: &Path, session: &Session<'_>) -> Result<(), Error> {
    if !folder.join(".gitmodules").is_file() {
        return Ok(());
    }
    session.next_submodule();
    let update = [
        "submodule",
        "update",
        "--init",
        "--recursive",
        "--depth",
        "1",
        "--progress",
    ];
    call.expect(&update, folder).map(drop).map_err(|error| match error {
        Error::Cancelled => Error::Cancelled,
        error => Error::InSubmodule {
            path: call.last_submodule(),
            source: Box::new(error),
        },
    })
}

fn nothing_there(call: &Call<'_, '_>, address: &Address, folder: &Path) -> Result<Error, Error> {
    let url = address.shown();
    let any = call.run(&["for-each-ref", "--count=1"], folder)?;
    Ok(if any.stdout.trim().is_empty() {
        Error::Empty { url }
    } else {
        Error::NoDefaultBranch { url }
    })
}

/// Fetches all branches and tags into a bare repository; answers with what HEAD stands for.
pub(crate) fn fetch_all(
    address: &Address,
    folder: &Path,
    because: &Because,
    session: &Session<'_>,
) -> Result<Option<String>, Error> {
    let call = Call::new(address, because, session)?;
    let all = ["+refs/heads/*:refs/heads/*", "+refs/tags/*:refs/tags/*"];
    let fetch = [
        "fetch",
        "--progress",
        "--prune",
        "--no-tags",
        "--no-write-fetch-head",
        "--",
        address.as_str(),
    ];
    call.expect_trusted(&[&fetch[..], &all[..]].concat(), folder)?;
    let Ran { stdout, .. } = call.ask(&["ls-remote", "--symref", "--", address.as_str(), "HEAD"], folder)?;
    session.flush();
    Ok(stdout
        .lines()
        .find_map(|line| line.strip_prefix("ref: ")?.split('\t').next().map(str::to_owned)))
}

/// The names that the server has, in a format that libgit2 reads. A host key is asked about here as when it is cloned.
pub(crate) fn heads(
    address: &Address,
    folder: &Path,
    because: &Because,
    session: &Session<'_>,
) -> Result<Vec<Head>, Error> {
    let call = Call::new(address, because, session)?;
    let told = call.expect_trusted(&["ls-remote", "--symref", "--", address.as_str()], folder)?;
    Ok(listed(&told))
}

/// Reads what `git ls-remote --symref` prints: `ref: refs/heads/main<TAB>HEAD`, then `ID<TAB>NAME` a line.
fn listed(text: &str) -> Vec<Head> {
    let mut targets = Vec::new();
    let mut heads = Vec::new();
    for (what, name) in text.lines().filter_map(|line| line.split_once('\t')) {
        if let Some(target) = what.strip_prefix("ref: ") {
            targets.push((name, target));
        } else if let Ok(id) = git2::Oid::from_str(what) {
            let target = targets.iter().find(|(of, _)| *of == name);
            heads.push(Head {
                name: name.to_owned(),
                id,
                target: target.map(|(_, target)| (*target).to_owned()),
            });
        }
    }
    heads
}

/// Replaces the stand-ins of large files by the files themselves; whether it could.
pub(crate) fn fetch_large_files(folder: &Path, address: &Address, session: &Session<'_>) -> Result<bool, Error> {
    // The address of the large files is content too.
    let settings = git2::Config::open(&folder.join(".lfsconfig"));
    if let Ok(settings) = settings
        && folder.join(".lfsconfig").exists()
    {
        let named = ["lfs.url", "remote.origin.lfsurl"].map(|key| settings.get_string(key));
        if named.iter().flatten().any(|url| Address::parse(url, false).is_err()) {
            return Ok(false);
        }
    }
    let call = Call::new(address, &Because::Lfs, session)?;
    if !call.run(&["lfs", "version"], folder)?.success {
        return Ok(false);
    }
    // The filters of LFS itself, so that the files count as unchanged also where LFS was never set up.
    let filters = [
        "-c",
        "filter.lfs.clean=git-lfs clean -- %f",
        "-c",
        "filter.lfs.smudge=git-lfs smudge -- %f",
        "-c",
        "filter.lfs.process=git-lfs filter-process",
        "-c",
        "filter.lfs.required=true",
    ];
    // Git LFS says nothing while it downloads, and has a time limit of its own on silence (lfs.activitytimeout).
    let ran = call.run(&[&filters[..], &["lfs", "pull"]].concat(), folder);
    match ran {
        Ok(ran) => Ok(ran.success),
        Err(error) if error.kind() == Kind::Cancelled => Err(error),
        Err(_) => Ok(false),
    }
}

/// Where a program is on the search path, or where macOS and its package managers put it: an app that was not started
/// from a terminal has a short search path there.
fn program(name: &str) -> Option<PathBuf> {
    let usual = ["/opt/homebrew/bin", "/usr/local/bin", "/usr/bin"].map(PathBuf::from);
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path)
        .filter(|folder| folder.is_absolute())
        .chain(usual.into_iter().filter(|_| cfg!(target_os = "macos")))
        .map(|folder| folder.join(format!("{name}{}", std::env::consts::EXE_SUFFIX)))
        .find(|file| file.is_file())
}
