//! A repository of a server becomes a folder here.

use std::cell::RefCell;
use std::fs;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::Arc;
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread;
use std::time::{Duration, Instant};

use git2::build::CheckoutBuilder;
use git2::{RemoteCallbacks, Repository, RepositoryInitOptions};
use tokio_util::sync::CancellationToken;

use crate::fetch::{Depth, Failure, Start, fetch};
use crate::progress::{Pulse, Throttle};
use crate::{Address, Error, Phase, Progress, Staging, commit, credentials, explain, options, staging};

/// What to clone, and into what.
#[derive(Debug, Clone)]
pub struct CloneRequest {
    /// Where from; see [`Address`] for what is accepted.
    pub url: String,
    /// The folder that it becomes: missing, or empty.
    pub target: PathBuf,
    /// A branch, a tag or a whole commit id; the default branch where there is none.
    pub reference: Option<String>,
    /// What becomes of the history.
    pub history: History,
    /// Whether the person typed the address, which allows more than content may name.
    pub typed: bool,
    /// The address that a fresh repository is pushed to.
    pub remote: Option<String>,
    /// The message of a fresh repository's first commit.
    pub message: String,
    /// How long the server may be silent.
    pub silence: Duration,
}

/// What becomes of the history.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum History {
    /// A new repository with one first commit.
    Fresh,
    /// All of it stays, and the origin.
    Keep,
    /// Only the files are wanted, without a repository.
    Files,
}

/// What was cloned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cloned {
    /// The commit it was taken from.
    pub commit: String,
    /// The branch that is checked out; `None` where the history was kept at a tag or commit, or is not there.
    pub branch: Option<String>,
    /// The first commit of a fresh repository.
    pub first_commit: Option<String>,
    /// Whether large files are kept elsewhere (Git LFS) and only stand-ins are here.
    pub lfs: bool,
}

impl CloneRequest {
    /// Asks for the default branch of `url` as a fresh repository in `target`.
    pub fn new(url: impl Into<String>, target: impl Into<PathBuf>) -> Self {
        Self {
            url: url.into(),
            target: target.into(),
            reference: None,
            history: History::Fresh,
            typed: false,
            remote: None,
            message: "Start the project".to_owned(),
            silence: options::SILENCE,
        }
    }
}

/// How often the one who waits looks at the token.
const LOOK: Duration = Duration::from_millis(20);
/// How long a cancelled worker may take to end by itself.
const GRACE: Duration = Duration::from_millis(120);

enum Message {
    Progress(Progress),
    Done(Box<Result<(Staging, Cloned), Error>>),
}

/// Clones; blocks until it is done, failed or cancelled. A folder appears under the target's name only whole.
///
/// libgit2 cannot be interrupted while it waits for a server, so a thread of its own does the work: after a cancel
/// this function answers at once, and the thread removes what is left of its folder when it ends, at the latest
/// after the time limit on silence.
///
/// # Errors
/// See [`Error`]; nothing is left behind.
pub fn clone(
    request: &CloneRequest,
    tell: &mut dyn FnMut(Progress),
    cancel: &CancellationToken,
) -> Result<Cloned, Error> {
    let address = Address::parse(&request.url, request.typed)?;
    if cancel.is_cancelled() {
        return Err(Error::Cancelled);
    }
    if request.history == History::Fresh && commit::identity()?.is_none() {
        return Err(Error::NoIdentity);
    }
    options::limit_silence();
    let staging = Staging::beside(&request.target)?;
    let (folder, parents) = (staging.path().to_owned(), staging.made_parents());
    let pulse = Arc::new(Pulse::new());
    let (sender, receiver) = mpsc::channel();
    let worker = {
        let (request, address, pulse) = (request.clone(), address.clone(), Arc::clone(&pulse));
        move || {
            let result = work(&request, &address, &staging, &pulse, &sender).map(|cloned| (staging, cloned));
            // Nobody listens any more after a cancel; the folder goes with the message.
            let _ = sender.send(Message::Done(Box::new(result)));
        }
    };
    thread::Builder::new()
        .name("clone".to_owned())
        .spawn(worker)
        .map_err(|e| explain::io("Cannot start a thread for", &request.target, e))?;

    let mut given_up: Option<(Instant, Error)> = None;
    loop {
        if given_up.is_none() {
            if cancel.is_cancelled() {
                given_up = Some((Instant::now(), Error::Cancelled));
            } else if pulse.silence() >= request.silence {
                let (host, seconds) = (address.host().to_owned(), request.silence.as_secs());
                given_up = Some((Instant::now(), Error::Silent { host, seconds }));
            }
            if given_up.is_some() {
                pulse.stop();
            }
        }
        match receiver.recv_timeout(LOOK) {
            Ok(Message::Progress(progress)) if given_up.is_none() => tell(progress),
            Ok(Message::Done(result)) => {
                if let Some((_, error)) = given_up {
                    return Err(error);
                }
                let (staging, cloned) = (*result)?;
                if cancel.is_cancelled() {
                    return Err(Error::Cancelled);
                }
                staging.place()?;
                return Ok(cloned);
            }
            Ok(Message::Progress(_)) | Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => {
                return Err(Error::Git {
                    what: format!("Cannot clone {}", address.shown()),
                    detail: "the worker ended early".to_owned(),
                });
            }
        }
        if let Some((since, _)) = &given_up
            && since.elapsed() >= GRACE
        {
            staging::abandon(&folder, parents);
            if let Some((_, error)) = given_up {
                return Err(error);
            }
            return Err(Error::Cancelled);
        }
    }
}

fn work(
    request: &CloneRequest,
    address: &Address,
    staging: &Staging,
    pulse: &Pulse,
    sender: &Sender<Message>,
) -> Result<Cloned, Error> {
    let folder = staging.path();
    // A send fails only when nobody listens any more.
    let throttle = Rc::new(RefCell::new(Throttle::new(|progress| {
        drop(sender.send(Message::Progress(progress)));
    })));
    let start = download(request, address, folder, pulse, &throttle).map_err(|failure| match failure {
        _ if pulse.stopped() => Error::Cancelled,
        Failure::Ours(error) => error,
        Failure::Git(error) => explain::network(&error, address, folder),
    })?;
    throttle.borrow_mut().flush();
    let lfs = uses_lfs(folder);
    let mut cloned = Cloned {
        commit: start.commit.to_string(),
        branch: start.branch,
        first_commit: None,
        lfs,
    };
    if request.history == History::Keep {
        return Ok(cloned);
    }
    let git = folder.join(".git");
    fs::remove_dir_all(&git).map_err(|e| explain::io("Cannot remove", &git, e))?;
    cloned.branch = None;
    if request.history == History::Fresh && !pulse.stopped() {
        let branch = commit::default_branch();
        commit::init(folder, &branch)?;
        if let Some(remote) = &request.remote {
            commit::set_origin(folder, remote)?;
        }
        cloned.first_commit = Some(commit::first_commit_of_clone(folder, &request.message)?);
        cloned.branch = Some(branch);
    }
    Ok(cloned)
}

/// Fetches into a new repository in `folder` and checks it out.
fn download<F: FnMut(Progress)>(
    request: &CloneRequest,
    address: &Address,
    folder: &Path,
    pulse: &Pulse,
    throttle: &Rc<RefCell<Throttle<F>>>,
) -> Result<Start, Failure> {
    let mut options = RepositoryInitOptions::new();
    options.external_template(false).no_reinit(true);
    let repository = Repository::init_opts(folder, &options)?;
    let config = git2::Config::open_default().and_then(|mut config| config.snapshot())?;
    let authenticator = credentials::authenticator();
    let callbacks = || {
        let mut callbacks = RemoteCallbacks::new();
        let throttle = Rc::clone(throttle);
        callbacks
            .credentials(credentials::answer(&authenticator, &config, pulse))
            .sideband_progress(|_| {
                pulse.beat();
                !pulse.stopped()
            })
            .transfer_progress(move |stats| {
                // Putting differences together is work of this machine.
                let waiting = stats.received_objects() < stats.total_objects() || stats.total_objects() == 0;
                pulse.wait_for_server(waiting);
                throttle.borrow_mut().transfer(&stats);
                !pulse.stopped()
            });
        callbacks
    };
    throttle.borrow_mut().tell(Phase::Connecting);
    let depth = if request.history == History::Keep {
        Depth::All
    } else {
        Depth::One
    };
    let start = fetch(&repository, address, request.reference.as_deref(), depth, callbacks)?;
    pulse.wait_for_server(false);
    check_out(&repository, &start, request.history == History::Keep, pulse, throttle)?;
    Ok(start)
}

fn check_out<F: FnMut(Progress)>(
    repository: &Repository,
    start: &Start,
    keep: bool,
    pulse: &Pulse,
    throttle: &Rc<RefCell<Throttle<F>>>,
) -> Result<(), git2::Error> {
    let commit = repository.find_commit(start.commit)?;
    let mut how = CheckoutBuilder::new();
    how.force()
        .progress(|_, done, total| throttle.borrow_mut().tell(Phase::CheckingOut { done, total }))
        // The only callback of a checkout that can stop it.
        .notify_on(git2::CheckoutNotificationType::UPDATED)
        .notify(|_, _, _, _, _| !pulse.stopped());
    repository.checkout_tree(commit.as_object(), Some(&mut how))?;
    if pulse.stopped() {
        return Err(git2::Error::from_str("stopped"));
    }
    match &start.branch {
        Some(name) => {
            let mut branch = repository.branch(name, &commit, true)?;
            if keep {
                branch.set_upstream(Some(&format!("origin/{name}")))?;
                repository.reference_symbolic(
                    "refs/remotes/origin/HEAD",
                    &format!("refs/remotes/origin/{name}"),
                    true,
                    "clone",
                )?;
            }
            repository.set_head(&format!("refs/heads/{name}"))
        }
        None => repository.set_head_detached(start.commit),
    }
}

/// Whether files are kept in Git LFS: libgit2 runs no filters, so only their stand-ins are here.
fn uses_lfs(folder: &Path) -> bool {
    fs::read_to_string(folder.join(".gitattributes")).is_ok_and(|text| {
        text.lines()
            .any(|line| !line.trim_start().starts_with('#') && line.contains("filter=lfs"))
    })
}
