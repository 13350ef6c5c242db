//! What to ask the server for, and what to start from.

mod pick;

use std::fs;
use std::path::PathBuf;
use std::time::SystemTime;

use git2::{
    AutotagOption, ConfigLevel, Direction, ErrorClass, FetchOptions, Oid, ProxyOptions, Remote, RemoteConnection,
    Repository,
};

pub(crate) use self::pick::{Head, named};
use self::pick::{Pick, no_such, pick};
use crate::mirror::Mirror;
use crate::session::Session;
use crate::{Address, Error, Kind, Transport, options};

/// Where the working copy starts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Start {
    pub(crate) commit: Oid,
    /// The branch it is the end of, if it is.
    pub(crate) branch: Option<String>,
    /// When the mirror that it came from was fetched.
    pub(crate) mirrored: Option<SystemTime>,
    /// Objects elsewhere on this disk, which only this one handle of the repository knows.
    pub(crate) alternate: Option<PathBuf>,
}

/// What is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Want<'a> {
    /// A branch, tag or commit by name; the default branch where there is none.
    Reference(Option<&'a str>),
    /// The commit of a submodule.
    Commit(Oid),
}

/// How much to fetch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Depth {
    /// The files of one commit, into a repository that does not stay.
    Files,
    /// One commit, into a repository that stays.
    One,
    /// All branches with their history, and the tags on them.
    All,
}

/// A failure of libgit2 or of ours.
#[derive(Debug)]
pub(crate) enum Failure {
    Git(git2::Error),
    Ours(Error),
}

impl From<git2::Error> for Failure {
    fn from(error: git2::Error) -> Self {
        Self::Git(error)
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Ours(error)
    }
}

/// Whether another host is asked where the server says so.
const REDIRECTS: &str = "http.followRedirects";
/// The name that a single commit gets: objects without a name would be swept away.
const PINNED: &str = "refs/remotes/origin/pinned";

/// Connects, chooses, and fetches into `repository`; the remote is `origin`.
///
/// A mirror is taken where there is no network, and where it holds what the server has.
pub(crate) fn fetch(
    repository: &Repository,
    address: &Address,
    want: Want<'_>,
    depth: Depth,
    session: &Session<'_>,
) -> Result<Start, Failure> {
    let mirror = session.mirrors.and_then(|mirrors| Mirror::of(mirrors, address));
    let mut remote = repository.remote("origin", address.as_str())?;
    if let Some(mirror) = mirror.as_ref().filter(|_| session.mirrors_first.get()) {
        let pick = pick(&mirror.heads()?, want, address)?;
        return from_mirror(repository, mirror, pick, want, address, depth, session);
    }
    stay_on_host(repository)?;
    let mut connection = match connect(&mut remote, address, session) {
        Ok(connection) => connection,
        Err(error) if was_sent_on(&error) => {
            repository.remote_delete("origin")?;
            return fetch(repository, address, want, depth, session);
        }
        Err(error) => {
            let offline = session.explain(&error, address, repository.path()).kind() == Kind::Offline;
            return match mirror {
                Some(mirror) if offline => {
                    let pick = pick(&mirror.heads()?, want, address)?;
                    from_mirror(repository, &mirror, pick, want, address, depth, session)
                }
                _ => Err(error.into()),
            };
        }
    };
    let heads: Vec<Head> = connection
        .list()?
        .iter()
        .map(|head| Head {
            name: head.name().to_owned(),
            id: head.oid(),
            target: head.symref_target().map(str::to_owned),
        })
        .collect();
    let pick = pick(&heads, want, address)?;
    if let Some(mirror) = mirror
        && mirror.is_current(&heads, pick.id(), depth == Depth::All)?
    {
        drop(connection);
        return from_mirror(repository, &mirror, pick, want, address, depth, session);
    }
    let one = match &pick {
        Pick::Branch(name, _) => format!("+refs/heads/{name}:refs/remotes/origin/{name}"),
        Pick::Tag(name, _) => format!("+refs/tags/{name}:refs/tags/{name}"),
        // Every server gives what a branch or tag ends at, and not every one gives other commits.
        Pick::Commit(id) => match heads.iter().find(|head| head.id == *id) {
            Some(head) => format!("+{}:{PINNED}", head.name.trim_end_matches("^{}")),
            None => format!("+{id}:{PINNED}"),
        },
    };
    receive(&mut connection, &pick, one, depth, address, session)?;
    drop(connection);
    follow_settings(repository)?;
    start(repository, pick, want, address)
}

/// Lets a server send the request on to another address of its own, and not to another host: that one was never
/// named, and gets to see who asks. libgit2 reads this from the settings only.
pub(crate) fn stay_on_host(repository: &Repository) -> Result<(), git2::Error> {
    repository
        .config()?
        .open_level(ConfigLevel::Local)?
        .set_bool(REDIRECTS, false)
}

/// Takes the setting out again: later on the person's own settings count.
fn follow_settings(repository: &Repository) -> Result<(), Failure> {
    let mut settings = repository.config()?.open_level(ConfigLevel::Local)?;
    if settings.get_bool(REDIRECTS).is_err() {
        return Ok(());
    }
    settings.remove(REDIRECTS)?;
    let file = repository.path().join("config");
    let failed = |e| crate::explain::io("Cannot write", &file, e);
    // What libgit2 leaves of a section.
    let text = fs::read_to_string(&file).map_err(failed)?.replace("[http]\n", "");
    Ok(fs::write(&file, text).map_err(failed)?)
}

/// Asks the server what it has. A server may send a request by http on to its https: then it is worth to try again where
/// [`was_sent_on`] says so.
pub(crate) fn connect<'repo, 'c>(
    remote: &'c mut Remote<'repo>,
    address: &Address,
    session: &'c Session<'_>,
) -> Result<RemoteConnection<'repo, 'c, 'c>, git2::Error> {
    if address.transport() == Transport::Https {
        options::trust_system_certificates();
    }
    remote.connect_auth(Direction::Fetch, Some(session.callbacks(address)), Some(proxy()))
}

/// Whether the certificates were still to be read for the https that a server sent the request on to; they are now.
pub(crate) fn was_sent_on(error: &git2::Error) -> bool {
    error.class() == ErrorClass::Ssl && options::trust_system_certificates()
}

/// Fetches as little as the server lets us.
///
/// A plain clone would ask for every branch and tag of the repository even with a depth of one; naming the one
/// reference that is wanted is what keeps it small.
fn receive(
    connection: &mut RemoteConnection<'_, '_, '_>,
    pick: &Pick,
    one: String,
    depth: Depth,
    address: &Address,
    session: &Session<'_>,
) -> Result<(), git2::Error> {
    let options = || {
        let mut options = FetchOptions::new();
        options
            .remote_callbacks(session.callbacks(address))
            .proxy_options(proxy())
            .update_fetchhead(false);
        options
    };
    if depth != Depth::All {
        let mut options = options();
        options.download_tags(AutotagOption::None);
        // The local transport cannot be shallow; it copies from this disk anyway.
        if address.transport() != Transport::Local {
            options.depth(1);
        }
        let result = connection.remote().fetch(&[&one], Some(&mut options), Some("clone"));
        // Not every server gives a commit that no branch or tag ends at; then it is looked for in all of them.
        if result.is_ok() || !matches!(pick, Pick::Commit(_)) || session.pulse.stopped() {
            return result;
        }
    }
    let mut all = vec!["+refs/heads/*:refs/remotes/origin/*".to_owned()];
    match pick {
        Pick::Commit(_) => all.push("+refs/tags/*:refs/tags/*".to_owned()),
        Pick::Tag(..) => all.push(one),
        Pick::Branch(..) => {}
    }
    let mut options = options();
    options.download_tags(AutotagOption::Auto);
    connection.remote().fetch(&all, Some(&mut options), Some("clone"))
}

/// Takes the objects from a mirror. A repository that does not stay only looks into it.
fn from_mirror(
    repository: &Repository,
    mirror: &Mirror,
    pick: Pick,
    want: Want<'_>,
    address: &Address,
    depth: Depth,
    session: &Session<'_>,
) -> Result<Start, Failure> {
    // To another disk the packs are copied, which is no silence of a server.
    session.pulse.wait_for_server(false);
    let alternate = (depth == Depth::Files).then(|| mirror.folder.join("objects"));
    if let Some(objects) = &alternate {
        repository.odb()?.add_disk_alternate(&objects.to_string_lossy())?;
        if let Pick::Tag(name, id) = &pick {
            repository.reference(&format!("refs/tags/{name}"), *id, true, "clone")?;
        }
    } else {
        mirror.copy_into(repository)?;
    }
    follow_settings(repository)?;
    let mut start = start(repository, pick, want, address)?;
    start.mirrored = Some(mirror.fetched);
    start.alternate = alternate;
    Ok(start)
}

fn start(repository: &Repository, pick: Pick, want: Want<'_>, address: &Address) -> Result<Start, Failure> {
    let missing = || no_such(want, address);
    let (commit, branch) = match pick {
        Pick::Branch(name, id) => (id, Some(name)),
        Pick::Tag(name, _) => {
            let tag = repository.find_reference(&format!("refs/tags/{name}"))?;
            (tag.peel_to_commit().map_err(|_| missing())?.id(), None)
        }
        Pick::Commit(id) => (id, None),
    };
    repository.find_commit(commit).map_err(|_| missing())?;
    Ok(Start {
        commit,
        branch,
        mirrored: None,
        alternate: None,
    })
}

/// The proxy of the person's Git settings.
pub(crate) fn proxy() -> ProxyOptions<'static> {
    let mut proxy = ProxyOptions::new();
    proxy.auto();
    proxy
}
