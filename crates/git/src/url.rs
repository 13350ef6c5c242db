//! Which addresses are cloned from, and how they are shown.

use std::net::IpAddr;

use crate::Error;

/// An address that passed the rules of cloning.
///
/// Content may name `https` and `ssh` addresses (also as `git@host:path`), and `http` on this machine; a person
/// may type `http`, `git` and file paths too. Nothing that could be read as an option or run a program passes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    text: String,
    transport: Transport,
    host: String,
    typed: bool,
}

/// How a repository is reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Transport {
    /// `https://`
    Https,
    /// `http://`
    Http,
    /// `ssh://` and `git@host:path`
    Ssh,
    /// `git://`
    Git,
    /// A folder on this machine.
    Local,
}

impl Address {
    /// Reads an address; `typed` says that the person typed it, which allows more than content may name.
    ///
    /// # Errors
    /// [`Error::Address`] says which rule it breaks.
    pub fn parse(text: &str, typed: bool) -> Result<Self, Error> {
        let refuse = |why: &str| Error::Address {
            url: redact(text),
            why: why.to_owned(),
        };
        if text.trim().is_empty() {
            return Err(refuse("it is empty"));
        }
        if text.starts_with('-') {
            return Err(refuse("it starts with a dash"));
        }
        if text.chars().any(|c| c.is_control() || c.is_whitespace() && c != ' ') {
            return Err(refuse("it holds control characters"));
        }
        let (transport, host) = match text.split_once("://") {
            Some((scheme, rest)) => {
                let transport = transport_of(scheme)
                    .ok_or_else(|| refuse(&format!("`{scheme}` is not a way to reach a repository")))?;
                (
                    transport,
                    if transport == Transport::Local {
                        ""
                    } else {
                        host_of(rest)
                    },
                )
            }
            None if text.contains("::") && !text.starts_with('[') && !text.contains(['/', '\\']) => {
                return Err(refuse("it asks to run a helper program"));
            }
            None => match scp_host(text) {
                Some(host) => (Transport::Ssh, host),
                None => (Transport::Local, ""),
            },
        };
        if text.split("://").next().is_some_and(|start| start.contains("::")) {
            return Err(refuse("it asks to run a helper program"));
        }
        if transport != Transport::Local {
            if host.is_empty() {
                return Err(refuse("it names no host"));
            }
            if host.starts_with('-') || user_of(text).is_some_and(|user| user.starts_with('-')) {
                return Err(refuse("its host or user starts with a dash"));
            }
            if text.contains(' ') {
                return Err(refuse("it holds a space"));
            }
            if port_of(text).is_some_and(|port| port.parse::<u16>().map_or(true, |port| port == 0)) {
                return Err(refuse("its port is no number from 1 to 65535"));
            }
        }
        let allowed = match transport {
            Transport::Https | Transport::Ssh => true,
            Transport::Http => typed || is_loopback(host),
            Transport::Git | Transport::Local => typed,
        };
        if !allowed {
            return Err(refuse("a roadbook may only name https and ssh addresses"));
        }
        Ok(Self {
            text: text.to_owned(),
            transport,
            host: host.to_owned(),
            typed,
        })
    }

    /// The address that a submodule names, as content: one that starts with `./` or `../` is relative to this one,
    /// and may be reached as this one is.
    ///
    /// # Errors
    /// [`Error::Address`] says which rule it breaks.
    pub(crate) fn submodule(&self, url: &str) -> Result<Self, Error> {
        if !url.starts_with("./") && !url.starts_with("../") {
            return Self::parse(url, false);
        }
        let start = match self.text.split_once("://") {
            Some((scheme, rest)) => scheme.len() + 3 + rest.find('/').unwrap_or(rest.len()),
            None if self.transport == Transport::Ssh => self.text.find(':').map_or(0, |colon| colon + 1),
            None => 0,
        };
        let (root, path) = self.text.split_at(start);
        let slash = if path.starts_with('/') { "/" } else { "" };
        let mut parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
        for part in url.split('/') {
            match part {
                "" | "." => {}
                ".." => {
                    parts.pop().ok_or_else(|| Error::Address {
                        url: redact(url),
                        why: format!("it leads above {}", self.shown()),
                    })?;
                }
                name => parts.push(name),
            }
        }
        Self::parse(&format!("{root}{slash}{}", parts.join("/")), self.typed)
    }

    /// As it was written, with whatever sign-in it holds.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// How it is reached.
    pub fn transport(&self) -> Transport {
        self.transport
    }

    /// The host, or the address itself for a folder.
    pub fn host(&self) -> &str {
        if self.host.is_empty() { &self.text } else { &self.host }
    }

    /// The port that it names.
    pub(crate) fn port(&self) -> Option<u16> {
        port_of(&self.text)?.parse().ok()
    }

    /// The user that it names, without a password.
    pub(crate) fn user(&self) -> Option<&str> {
        let user = match self.text.split_once("://") {
            Some(_) => user_of(&self.text)?,
            None => self.text.split(':').next()?.rsplit_once('@')?.0,
        };
        user.split(':').next()
    }

    /// Without user names and passwords, for messages and logs.
    pub fn shown(&self) -> String {
        redact(&self.text)
    }
}

/// The address without its password, and without the user name of an https address (it may be a token).
pub(crate) fn redact(text: &str) -> String {
    let Some((scheme, rest)) = text.split_once("://") else {
        return text.to_owned();
    };
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (authority, path) = rest.split_at(end);
    let Some((user, host)) = authority.rsplit_once('@') else {
        return text.to_owned();
    };
    match scheme {
        "ssh" => {
            let user = user.split(':').next().unwrap_or_default();
            format!("{scheme}://{user}@{host}{path}")
        }
        _ => format!("{scheme}://{host}{path}"),
    }
}

/// What stands behind the colon of the host; what follows `git@host:` is a path.
fn port_of(text: &str) -> Option<&str> {
    let (_, rest) = text.split_once("://")?;
    let authority = rest.split(['/', '?', '#']).next()?;
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    // The colons of an IPv6 address are in brackets.
    let behind = host.rsplit_once(']').map_or(host, |(_, behind)| behind);
    behind
        .rsplit_once(':')
        .map(|(_, port)| port)
        .filter(|port| !port.is_empty())
}

fn transport_of(scheme: &str) -> Option<Transport> {
    match scheme.to_ascii_lowercase().as_str() {
        "https" => Some(Transport::Https),
        "http" => Some(Transport::Http),
        "ssh" => Some(Transport::Ssh),
        "git" => Some(Transport::Git),
        "file" => Some(Transport::Local),
        _ => None,
    }
}

/// The host of what follows `://`.
fn host_of(rest: &str) -> &str {
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let authority = &rest[..end];
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    if let Some(inside) = host.strip_prefix('[') {
        return inside.split(']').next().unwrap_or_default();
    }
    host.split(':').next().unwrap_or_default()
}

/// The host of `git@host:path`, told from a Windows drive (`C:\x`) by its length.
fn scp_host(text: &str) -> Option<&str> {
    let colon = text.find(':')?;
    let before = &text[..colon];
    if before.contains(['/', '\\']) || before.len() < 2 {
        return None;
    }
    Some(before.rsplit_once('@').map_or(before, |(_, host)| host))
}

fn user_of(text: &str) -> Option<&str> {
    let rest = text.split_once("://").map_or(text, |(_, rest)| rest);
    let authority = rest.split('/').next()?;
    authority.rsplit_once('@').map(|(user, _)| user)
}

fn is_loopback(host: &str) -> bool {
    host.eq_ignore_ascii_case("localhost") || host.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use super::*;

    fn host(text: &str, typed: bool) -> Option<(Transport, String)> {
        Address::parse(text, typed)
            .ok()
            .map(|a| (a.transport(), a.host().to_owned()))
    }

    #[test]
    fn content_may_name_https_and_ssh() {
        for (text, transport, name) in [
            ("https://git.example/a/b.git", Transport::Https, "git.example"),
            ("HTTPS://git.example:8443/a", Transport::Https, "git.example"),
            ("ssh://git@git.example:22/a.git", Transport::Ssh, "git.example"),
            ("git@git.example:team/a.git", Transport::Ssh, "git.example"),
            ("http://127.0.0.1:8080/a", Transport::Http, "127.0.0.1"),
            ("http://[::1]:8080/a", Transport::Http, "::1"),
            ("http://localhost/a", Transport::Http, "localhost"),
        ] {
            assert_eq!(host(text, false), Some((transport, name.to_owned())), "{text}");
        }
    }

    #[test]
    fn content_may_not_name_the_rest() {
        for text in [
            "http://git.example/a",
            "http://127.0.0.1.evil.example/a",
            "git://git.example/a",
            "file:///etc",
            "/srv/git/a",
            "../a",
            "C:\\a",
        ] {
            assert_eq!(host(text, false), None, "{text}");
            assert!(host(text, true).is_some(), "{text} may be typed");
        }
    }

    #[test]
    fn nobody_may_smuggle_an_option_or_a_helper() {
        for text in [
            "",
            " ",
            "-u",
            "--upload-pack=x",
            "ext::sh -c x",
            "fd::17/x",
            "ext::https://git.example/a",
            "ssh://-oProxyCommand=x/a",
            "ssh://-oProxyCommand=x@git.example/a",
            "-oProxyCommand=x@git.example:a",
            "https://git.example/a\nb",
            "https://git.example/a b",
            "https:///a",
            "ftp://git.example/a",
        ] {
            assert_eq!(host(text, true), None, "{text}");
        }
    }

    #[test]
    fn submodules_may_be_relative_to_the_repository() {
        for (base, url, expected) in [
            (
                "https://git.example/team/shop.git",
                "../lib.git",
                Some("https://git.example/team/lib.git"),
            ),
            (
                "https://git.example/team/shop.git/",
                "./lib",
                Some("https://git.example/team/shop.git/lib"),
            ),
            ("https://git.example/team/shop", "../../../lib", None),
            (
                "https://git.example/team/shop",
                "../../lib",
                Some("https://git.example/lib"),
            ),
            ("git@git.example:team/shop", "../lib", Some("git@git.example:team/lib")),
            ("git@git.example:/srv/shop", "../lib", Some("git@git.example:/srv/lib")),
            ("/srv/git/shop.git", "../lib.git", Some("/srv/git/lib.git")),
            ("/srv/git/shop.git", "/srv/git/lib.git", None),
            ("/srv/git/shop.git", "file:///srv/git/lib.git", None),
            ("https://git.example/shop", "--upload-pack=x", None),
            ("https://git.example/shop", "ssh://-oProxyCommand=x/a", None),
            (
                "https://git.example/shop",
                "git@other.example:a",
                Some("git@other.example:a"),
            ),
        ] {
            let base = Address::parse(base, true).unwrap();
            let found = base.submodule(url).ok().map(|address| address.as_str().to_owned());
            assert_eq!(found.as_deref(), expected, "{base:?} {url}");
        }
    }

    #[test]
    fn user_and_port_are_read() {
        let of = |text: &str| {
            let address = Address::parse(text, true).unwrap();
            (address.user().map(str::to_owned), address.port())
        };
        assert_eq!(of("ssh://git@git.example:2222/a"), (Some("git".into()), Some(2222)));
        assert_eq!(of("git@git.example:a"), (Some("git".into()), None));
        assert_eq!(of("https://git.example/a@b:1"), (None, None));
        assert_eq!(of("ssh://[::1]:22/a"), (None, Some(22)));
        assert_eq!(of("ssh://[::1]/a"), (None, None));
    }

    #[test]
    fn sign_ins_are_not_shown() {
        assert_eq!(redact("https://bob:secret@git.example/a"), "https://git.example/a");
        assert_eq!(redact("https://token@git.example"), "https://git.example");
        assert_eq!(redact("ssh://git:secret@git.example/a@b"), "ssh://git@git.example/a@b");
        assert_eq!(redact("git@git.example:a"), "git@git.example:a");
        let error = Address::parse("http://bob:secret@git.example/a", false).unwrap_err();
        assert!(!error.to_string().contains("secret"));
    }
}
