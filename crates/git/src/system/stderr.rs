//! From what git prints to what a newcomer can act on.

use std::path::Path;

use crate::options::SILENCE;
use crate::{Address, Error, explain};

/// Explains why git failed.
pub(super) fn explain(text: &str, address: &Address, folder: &Path) -> Error {
    let (host, url) = (address.host().to_owned(), address.shown());
    let detail = detail(text);
    let says = |words: &[&str]| words.iter().any(|word| text.contains(word));
    if says(&["REMOTE HOST IDENTIFICATION HAS CHANGED"]) {
        let fingerprint = text.split_whitespace().find(|word| word.starts_with("SHA256:"));
        let fingerprint = fingerprint.unwrap_or_default().trim_end_matches('.').to_owned();
        return Error::HostKeyChanged { host, fingerprint };
    }
    if says(&["Host key verification failed", "host key is known for"]) {
        return Error::HostKey { host };
    }
    if let Some(status) = text
        .split_once("The requested URL returned error: ")
        .and_then(|(_, rest)| rest.get(..3)?.parse().ok())
    {
        return explain::status(status, host, url);
    }
    if says(&["Remote branch"]) && says(&["not found in upstream"]) {
        let name = text
            .split("Remote branch ")
            .nth(1)
            .and_then(|rest| rest.split(" not found").next());
        return Error::NoSuchReference {
            url,
            reference: name.unwrap_or_default().to_owned(),
        };
    }
    if says(&["timed out", "Operation too slow", "Timeout"]) {
        return Error::Silent {
            host,
            seconds: SILENCE.as_secs(),
        };
    }
    if says(&[
        "Could not resolve host",
        "Connection refused",
        "Network is unreachable",
        "No route to host",
        "Couldn't connect",
        "Could not connect",
        "unable to look up",
    ]) {
        return Error::Offline { host, detail };
    }
    if says(&[
        "Permission denied (",
        "Authentication failed",
        "could not read Username",
        "could not read Password",
        "terminal prompts disabled",
        "Too many authentication failures",
    ]) {
        return Error::SignIn { host, url };
    }
    // After the refusal of a key, which says "Permission denied" too.
    if let Some(disk) = explain::disk(text, folder) {
        return disk;
    }
    if says(&["certificate"]) {
        return Error::Certificate { host };
    }
    if says(&["is this a git repository?"]) {
        return Error::WebPage { host };
    }
    if says(&[
        "not found",
        "does not appear to be a git repository",
        "does not exist",
        "not our ref",
    ]) {
        return Error::NotFound { url };
    }
    if says(&["redirect"]) {
        return Error::Redirect { host, detail };
    }
    if says(&["transport '"]) && says(&["not allowed"]) {
        return Error::Address { url, why: detail };
    }
    if says(&[
        "early EOF",
        "hung up",
        "unexpected disconnect",
        "RPC failed",
        "Connection reset",
        "Broken pipe",
    ]) {
        return Error::Broken { host, detail };
    }
    Error::Git {
        what: format!("Git cannot clone {url}"),
        detail,
    }
}

/// The submodule that `git submodule` complains about.
pub(super) fn submodule_of(text: &str) -> String {
    let named = text
        .split("into submodule path '")
        .nth(1)
        .or_else(|| text.split("for path '").nth(1));
    named
        .and_then(|rest| rest.split('\'').next())
        .unwrap_or_default()
        .to_owned()
}

/// What git gives as its reason, as a part of a sentence and without sign-ins.
fn detail(text: &str) -> String {
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    let fatal = lines.iter().find_map(|line| line.strip_prefix("fatal: "));
    let line = fatal.or_else(|| lines.last().copied()).unwrap_or("it gave no reason");
    let words: Vec<_> = line.split(' ').map(crate::url::redact).collect();
    words.join(" ").trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn what_git_says_is_explained() {
        let address = Address::parse("ssh://git@git.example/shop", false).unwrap();
        for (text, expected) in [
            (
                "@ WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED! @\nThe fingerprint for the ED25519 key sent by the \
                 remote host is\nSHA256:abc.\nHost key verification failed.\n",
                "The ssh key of git.example has changed: it shows SHA256:abc,",
            ),
            (
                "No ED25519 host key is known for git.example and you have requested strict checking.\n",
                "The ssh key of git.example, or of a host on the way to it, could not be verified",
            ),
            (
                "git@git.example: Permission denied (publickey).\n",
                "git.example asks for a sign-in",
            ),
            (
                "fatal: could not read Username for 'https://git.example': terminal prompts disabled\n",
                "git.example asks for a sign-in",
            ),
            (
                "ssh: Could not resolve hostname git.example: Name or service not known\n",
                "cannot be reached",
            ),
            (
                "ssh: connect to host git.example port 22: Connection refused\n",
                "cannot be reached",
            ),
            (
                "ssh: connect to host git.example port 22: Connection timed out\n",
                "has been silent",
            ),
            (
                "fatal: unable to access 'x': The requested URL returned error: 403\n",
                "does not let you read",
            ),
            (
                "fatal: unable to access 'x': The requested URL returned error: 503\n",
                "answered with status 503",
            ),
            (
                "fatal: unable to access 'x': SSL certificate problem: unable to get issuer\n",
                "is not trusted",
            ),
            (
                "fatal: Remote branch v9 not found in upstream origin\n",
                "no branch, tag or commit `v9`",
            ),
            (
                "ERROR: Repository not found.\nfatal: Could not read from remote repository.\n",
                "There is no repository at",
            ),
            (
                "fatal: write error: No space left on device\n",
                "The disk that holds /projects is full",
            ),
            (
                "fatal: early EOF\nfatal: fetch-pack: invalid index-pack output\n",
                "The connection to git.example broke",
            ),
            (
                "fatal: transport 'file' not allowed\n",
                "cannot be cloned: transport 'file' not allowed",
            ),
            ("fatal: https://ada:secret@git.example/x: strange\n", "Git cannot clone"),
        ] {
            let error = explain(text, &address, Path::new("/projects"));
            assert!(error.to_string().contains(expected), "{text}: {error}");
            assert!(
                !error.hint().is_empty() && !error.to_string().contains("secret"),
                "{error}"
            );
        }
    }

    #[test]
    fn the_submodule_at_fault_is_named() {
        let text = "fatal: clone of 'x' into submodule path '/p/vendor/lib' failed\n";
        assert_eq!(submodule_of(text), "/p/vendor/lib");
        assert_eq!(submodule_of("fatal: no"), "");
    }
}
