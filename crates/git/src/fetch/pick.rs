//! Choosing among what a server has.

use git2::Oid;

use super::Want;
use crate::{Address, Error};

/// A name that the server told, and what it stands for.
#[derive(Debug, Clone)]
pub(crate) struct Head {
    pub(crate) name: String,
    pub(crate) id: Oid,
    pub(crate) target: Option<String>,
}

/// What [`pick`] found.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Pick {
    Branch(String, Oid),
    Tag(String, Oid),
    Commit(Oid),
}

impl Pick {
    pub(super) fn id(&self) -> Oid {
        match self {
            Self::Branch(_, id) | Self::Tag(_, id) | Self::Commit(id) => *id,
        }
    }
}

pub(super) fn no_such(want: Want<'_>, address: &Address) -> Error {
    Error::NoSuchReference {
        url: address.shown(),
        reference: match want {
            Want::Reference(reference) => reference.unwrap_or_default().to_owned(),
            Want::Commit(id) => id.to_string(),
        },
    }
}

/// What a reference names on a server; what its default branch ends at without one.
pub(crate) fn named(heads: &[Head], reference: Option<&str>, address: &Address) -> Result<Oid, Error> {
    pick(heads, Want::Reference(reference), address).map(|pick| pick.id())
}

/// Chooses by name: a branch, then a tag, then a commit; the default branch where nothing is named.
pub(super) fn pick(heads: &[Head], want: Want<'_>, address: &Address) -> Result<Pick, Error> {
    let reference = match want {
        Want::Reference(reference) => reference,
        Want::Commit(id) => return Ok(Pick::Commit(id)),
    };
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
    if let Some(head) = find(&format!("refs/tags/{reference}")) {
        return Ok(Pick::Tag(reference.to_owned(), head.id));
    }
    if reference.len() == 40
        && let Ok(id) = Oid::from_str(reference)
    {
        return Ok(Pick::Commit(id));
    }
    Err(no_such(want, address))
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
            Want::Reference(reference),
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
        assert_eq!(picked(&heads, Some("v2")).unwrap(), Pick::Tag("v2".into(), id('b')));
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
