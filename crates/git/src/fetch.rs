//! What to ask the server for, and what to start from.

use git2::{AutotagOption, Direction, FetchOptions, Oid, ProxyOptions, RemoteCallbacks, Repository};

use crate::{Address, Error, Transport};

/// Where the working copy starts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Start {
    pub(crate) commit: Oid,
    /// The branch it is the end of, if it is.
    pub(crate) branch: Option<String>,
}

/// How much to fetch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Depth {
    /// One commit.
    One,
    /// All branches with their history, and the tags on them.
    All,
}

/// A name that the server told, and what it stands for.
#[derive(Debug, Clone)]
pub(crate) struct Head {
    name: String,
    id: Oid,
    target: Option<String>,
}

/// What [`pick`] found.
#[derive(Debug, PartialEq, Eq)]
enum Pick {
    Branch(String, Oid),
    Tag(String),
    Commit(Oid),
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

/// Connects, chooses, and fetches into `repository`; the remote is `origin`.
///
/// A plain clone would ask for every branch and tag of the repository even with a depth of one; naming the one
/// reference that is wanted is what keeps it small.
pub(crate) fn fetch<'cb>(
    repository: &Repository,
    address: &Address,
    reference: Option<&str>,
    depth: Depth,
    callbacks: impl Fn() -> RemoteCallbacks<'cb>,
) -> Result<Start, Failure> {
    let mut remote = repository.remote("origin", address.as_str())?;
    let mut proxy = ProxyOptions::new();
    proxy.auto();
    let mut connection = remote.connect_auth(Direction::Fetch, Some(callbacks()), Some(proxy))?;
    let heads: Vec<Head> = connection
        .list()?
        .iter()
        .map(|head| Head {
            name: head.name().to_owned(),
            id: head.oid(),
            target: head.symref_target().map(str::to_owned),
        })
        .collect();
    let pick = pick(&heads, reference, address)?;

    let mut options = FetchOptions::new();
    let mut proxy = ProxyOptions::new();
    proxy.auto();
    options
        .remote_callbacks(callbacks())
        .proxy_options(proxy)
        .update_fetchhead(false);
    // The local transport cannot be shallow; it copies from this disk anyway.
    let shallow = depth == Depth::One && address.transport() != Transport::Local;
    let one = match &pick {
        Pick::Branch(name, _) => Some(format!("+refs/heads/{name}:refs/remotes/origin/{name}")),
        Pick::Tag(name) => Some(format!("+refs/tags/{name}:refs/tags/{name}")),
        Pick::Commit(_) => None,
    };
    let refspecs = match (depth, one) {
        (Depth::One, Some(one)) => {
            options.download_tags(AutotagOption::None);
            if shallow {
                options.depth(1);
            }
            vec![one]
        }
        // A commit may be anywhere, so everything is needed to find it.
        (_, one) => {
            options.download_tags(AutotagOption::Auto);
            let mut all = vec!["+refs/heads/*:refs/remotes/origin/*".to_owned()];
            match pick {
                Pick::Commit(_) => all.push("+refs/tags/*:refs/tags/*".to_owned()),
                Pick::Tag(_) => all.extend(one),
                Pick::Branch(..) => {}
            }
            all
        }
    };
    connection
        .remote()
        .fetch(&refspecs, Some(&mut options), Some("clone"))?;
    drop(connection);

    let missing = || Error::NoSuchReference {
        url: address.shown(),
        reference: reference.unwrap_or_default().to_owned(),
    };
    Ok(match pick {
        Pick::Branch(name, id) => Start {
            commit: id,
            branch: Some(name),
        },
        Pick::Tag(name) => {
            let tag = repository.find_reference(&format!("refs/tags/{name}"))?;
            Start {
                commit: tag.peel_to_commit().map_err(|_| missing())?.id(),
                branch: None,
            }
        }
        Pick::Commit(id) => {
            repository.find_commit(id).map_err(|_| missing())?;
            Start {
                commit: id,
                branch: None,
            }
        }
    })
}

/// Chooses by name: a branch, then a tag, then a commit; the default branch where nothing is named.
fn pick(heads: &[Head], reference: Option<&str>, address: &Address) -> Result<Pick, Error> {
    let find = |name: &str| heads.iter().find(|head| head.name == name);
    if heads.iter().all(|head| head.name == "HEAD") && find("HEAD").is_none_or(|head| head.id.is_zero()) {
        return Err(Error::Empty { url: address.shown() });
    }
    let Some(reference) = reference else {
        let none = || Error::NoDefaultBranch { url: address.shown() };
        let head = find("HEAD").ok_or_else(none)?;
        // Old servers and the local transport do not say what HEAD stands for.
        let named = head.target.as_deref().and_then(&find).or_else(|| {
            ["refs/heads/main", "refs/heads/master"]
                .iter()
                .filter_map(|name| find(name))
                .find(|h| h.id == head.id)
        });
        let branch = named
            .or_else(|| {
                heads
                    .iter()
                    .find(|h| h.name.starts_with("refs/heads/") && h.id == head.id)
            })
            .ok_or_else(none)?;
        let name = branch.name.trim_start_matches("refs/heads/");
        return Ok(Pick::Branch(name.to_owned(), branch.id));
    };
    if let Some(head) = find(&format!("refs/heads/{reference}")) {
        return Ok(Pick::Branch(reference.to_owned(), head.id));
    }
    if find(&format!("refs/tags/{reference}")).is_some() {
        return Ok(Pick::Tag(reference.to_owned()));
    }
    if reference.len() == 40
        && let Ok(id) = Oid::from_str(reference)
    {
        return Ok(Pick::Commit(id));
    }
    Err(Error::NoSuchReference {
        url: address.shown(),
        reference: reference.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use super::*;

    fn id(digit: char) -> Oid {
        Oid::from_str(&digit.to_string().repeat(40)).unwrap()
    }

    fn head(name: &str, digit: char, target: Option<&str>) -> Head {
        Head {
            name: name.into(),
            id: id(digit),
            target: target.map(Into::into),
        }
    }

    fn picked(heads: &[Head], reference: Option<&str>) -> Result<Pick, Error> {
        pick(
            heads,
            reference,
            &Address::parse("https://git.example/a", false).unwrap(),
        )
    }

    #[test]
    fn the_default_branch_is_what_head_stands_for() {
        let heads = [
            head("HEAD", 'a', Some("refs/heads/trunk")),
            head("refs/heads/main", 'a', None),
            head("refs/heads/trunk", 'a', None),
        ];
        assert_eq!(picked(&heads, None).unwrap(), Pick::Branch("trunk".into(), id('a')));
    }

    #[test]
    fn without_a_name_the_branch_with_the_same_commit_is_taken() {
        let heads = [
            head("HEAD", 'b', None),
            head("refs/heads/a", 'a', None),
            head("refs/heads/b", 'b', None),
        ];
        assert_eq!(picked(&heads, None).unwrap(), Pick::Branch("b".into(), id('b')));
    }

    #[test]
    fn a_branch_comes_before_a_tag_and_a_tag_before_a_commit() {
        let heads = [
            head("refs/heads/v1", 'a', None),
            head("refs/tags/v1", 'b', None),
            head("refs/tags/v2", 'b', None),
        ];
        assert_eq!(picked(&heads, Some("v1")).unwrap(), Pick::Branch("v1".into(), id('a')));
        assert_eq!(picked(&heads, Some("v2")).unwrap(), Pick::Tag("v2".into()));
        assert_eq!(picked(&heads, Some(&"c".repeat(40))).unwrap(), Pick::Commit(id('c')));
    }

    #[test]
    fn what_is_missing_is_named() {
        let heads = [head("refs/heads/main", 'a', None)];
        assert!(matches!(picked(&heads, None), Err(Error::NoDefaultBranch { .. })));
        assert!(matches!(picked(&heads, Some("v9")), Err(Error::NoSuchReference { .. })));
        assert!(matches!(picked(&[], None), Err(Error::Empty { .. })));
    }
}
