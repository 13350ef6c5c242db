//! From what libgit2 or the file system says to what a newcomer can act on.

use std::io;
use std::path::Path;

use git2::{ErrorClass, ErrorCode};

use crate::{Address, Error};

/// Explains a failure while talking to a server or checking out what it sent.
pub(crate) fn network(error: &git2::Error, address: &Address, folder: &Path) -> Error {
    let host = address.host().to_owned();
    let url = address.shown();
    let message = error.message();
    let detail = plain(message);
    if let Some(disk) = disk(message, folder) {
        return disk;
    }
    if is_format(message) {
        return Error::Format { detail };
    }
    match (error.code(), error.class()) {
        (ErrorCode::Auth, _) => Error::SignIn { host, url },
        (ErrorCode::Certificate, ErrorClass::Ssh) => Error::HostKey { host },
        (ErrorCode::Certificate, _) => Error::Certificate { host },
        (ErrorCode::Timeout, _) => Error::Silent {
            host,
            seconds: crate::options::SILENCE.as_secs(),
        },
        (_, ErrorClass::Http) => http(message, host, url, detail),
        (_, ErrorClass::Ssh) if is_sign_in(message) => Error::SignIn { host, url },
        (_, ErrorClass::Ssh) if message.contains("hostkey") => Error::HostKey { host },
        (_, ErrorClass::Ssl) if message.contains("certificate") => Error::Certificate { host },
        // What libgit2 says when a server is named by its number and its certificate by a name.
        (_, ErrorClass::Ssl) if message.contains("early EOF") && host.parse::<std::net::IpAddr>().is_ok() => {
            Error::Certificate { host }
        }
        (_, ErrorClass::Net) if message.contains("cannot redirect") => Error::Redirect { host, detail },
        (_, ErrorClass::Net | ErrorClass::Os)
            if message.starts_with("failed to resolve address") || message.starts_with("failed to connect") =>
        {
            if message.contains("timed out") {
                Error::Silent {
                    host,
                    seconds: crate::options::CONNECT.as_secs(),
                }
            } else {
                Error::Offline { host, detail }
            }
        }
        (_, ErrorClass::Net) if message.starts_with("unsupported URL") => Error::Address { url, why: detail },
        (_, ErrorClass::Net) if message.contains("remote error") => Error::NotFound { url },
        (ErrorCode::NotFound, _) => Error::NotFound { url },
        (ErrorCode::Eof, _) | (_, ErrorClass::Net | ErrorClass::Ssl | ErrorClass::Ssh | ErrorClass::Zlib) => {
            Error::Broken { host, detail }
        }
        (_, ErrorClass::Os) if message.contains("timed out") || message.contains("reset") => {
            Error::Broken { host, detail }
        }
        _ => local(error, &format!("Cannot clone {url}"), folder),
    }
}

/// Explains a failure inside a repository on this machine.
pub(crate) fn local(error: &git2::Error, what: &str, folder: &Path) -> Error {
    let message = error.message();
    if let Some(disk) = disk(message, folder) {
        return disk;
    }
    match (error.code(), error.class()) {
        (ErrorCode::Owner, _) => Error::Owner {
            path: folder.to_owned(),
        },
        (_, ErrorClass::Config) if message.contains("failed to parse config") => {
            Error::Settings { detail: plain(message) }
        }
        _ if is_format(message) => Error::Format { detail: plain(message) },
        _ => Error::Git {
            what: what.to_owned(),
            detail: plain(message),
        },
    }
}

/// Explains a failure of the file system.
pub(crate) fn io(what: &'static str, path: &Path, source: io::Error) -> Error {
    match source.kind() {
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
            Error::NotWritable { path: path.to_owned() }
        }
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Error::DiskFull { path: path.to_owned() },
        io::ErrorKind::NotADirectory => Error::NotAFolder { path: path.to_owned() },
        _ => Error::Io {
            what,
            path: path.to_owned(),
            source,
        },
    }
}

fn http(message: &str, host: String, url: String, detail: String) -> Error {
    if message.contains("authentication") {
        return Error::SignIn { host, url };
    }
    if message.starts_with("invalid content-type") || message.starts_with("no content-type") {
        return Error::WebPage { host };
    }
    if message.contains("redirect") {
        return Error::Redirect { host, detail };
    }
    let status = message
        .rsplit_once("status code: ")
        .and_then(|(_, status)| status.trim().parse().ok());
    match status {
        Some(number) => self::status(number, host, url),
        None => Error::Broken { host, detail },
    }
}

/// Explains an HTTP status.
pub(crate) fn status(status: u16, host: String, url: String) -> Error {
    match status {
        401 | 407 => Error::SignIn { host, url },
        403 => Error::Forbidden { host, url },
        404 | 410 => Error::NotFound { url },
        status => Error::Server { host, status },
    }
}

pub(crate) fn disk(message: &str, folder: &Path) -> Option<Error> {
    let path = folder.to_owned();
    if message.contains("No space left") || message.contains("not enough space") || message.contains("quota") {
        Some(Error::DiskFull { path })
    } else if message.contains("Read-only file system") || message.contains("Permission denied") {
        Some(Error::NotWritable { path })
    } else {
        None
    }
}

fn is_format(message: &str) -> bool {
    message.contains("object format") || message.contains("unsupported extension")
}

fn is_sign_in(message: &str) -> bool {
    let message = message.to_ascii_lowercase();
    message.contains("authenticat") || message.contains("publickey") || message.contains("credential")
}

/// Without the period and the code at its end, so that it fits into a sentence.
fn plain(message: &str) -> String {
    let message = message.split("; class=").next().unwrap_or(message);
    message.trim().trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use std::collections::BTreeSet;

    use super::*;

    /// What libgit2 says in each situation, and what the person is told.
    const TABLE: [(ErrorCode, ErrorClass, &str, &str); 22] = [
        (
            ErrorCode::Auth,
            ErrorClass::Http,
            "remote authentication required but no callback set",
            "git.example asks for a sign-in before it gives",
        ),
        (
            ErrorCode::GenericError,
            ErrorClass::Http,
            "unexpected http status code: 403",
            "git.example does not let you read",
        ),
        (
            ErrorCode::GenericError,
            ErrorClass::Http,
            "unexpected http status code: 404",
            "There is no repository at https://git.example/team/shop, or you have no access",
        ),
        (
            ErrorCode::GenericError,
            ErrorClass::Http,
            "unexpected http status code: 500",
            "git.example answered with status 500",
        ),
        (
            ErrorCode::GenericError,
            ErrorClass::Http,
            "invalid content-type: 'text/html'",
            "git.example answered with a web page",
        ),
        (
            ErrorCode::GenericError,
            ErrorClass::Http,
            "unexpected redirect",
            "git.example sent the request on to another address",
        ),
        (
            ErrorCode::GenericError,
            ErrorClass::Net,
            "cannot redirect from 'git.example' to 'evil.example'",
            "git.example sent the request on to another address",
        ),
        (
            ErrorCode::Certificate,
            ErrorClass::Ssl,
            "the SSL certificate is invalid",
            "The certificate of git.example is not trusted",
        ),
        (
            ErrorCode::Certificate,
            ErrorClass::Ssh,
            "invalid or unknown remote ssh hostkey",
            "The ssh key of git.example",
        ),
        (
            ErrorCode::GenericError,
            ErrorClass::Ssh,
            "Failed to authenticate SSH session: Unable to send userauth-publickey request",
            "git.example asks for a sign-in",
        ),
        (
            ErrorCode::GenericError,
            ErrorClass::Ssh,
            "Failed to start SSH session: Unable to exchange encryption keys",
            "The connection to git.example broke",
        ),
        (
            ErrorCode::GenericError,
            ErrorClass::Net,
            "failed to resolve address for git.example: Name or service not known",
            "git.example cannot be reached",
        ),
        (
            ErrorCode::GenericError,
            ErrorClass::Os,
            "failed to connect to git.example: Connection refused",
            "git.example cannot be reached",
        ),
        (
            ErrorCode::GenericError,
            ErrorClass::Net,
            "failed to connect to git.example: Operation timed out",
            "git.example has been silent for 15 seconds",
        ),
        (
            ErrorCode::Timeout,
            ErrorClass::Net,
            "could not read from socket: timed out",
            "git.example has been silent for 30 seconds",
        ),
        (
            ErrorCode::Eof,
            ErrorClass::Net,
            "could not read refs from remote repository",
            "The connection to git.example broke",
        ),
        (
            ErrorCode::GenericError,
            ErrorClass::Os,
            "failed to make directory '/projects/shop': Permission denied",
            "Nothing can be written in /projects",
        ),
        (
            ErrorCode::GenericError,
            ErrorClass::Os,
            "failed to write: No space left on device",
            "The disk that holds /projects is full",
        ),
        (
            ErrorCode::GenericError,
            ErrorClass::Net,
            "unsupported URL protocol",
            "`https://git.example/team/shop` cannot be cloned",
        ),
        (
            ErrorCode::GenericError,
            ErrorClass::Repository,
            "unsupported extension name extensions.refstorage",
            "a Git format that is not supported here",
        ),
        (
            ErrorCode::GenericError,
            ErrorClass::Net,
            "unknown object format 'sha256'",
            "a Git format that is not supported here",
        ),
        (
            ErrorCode::Owner,
            ErrorClass::Config,
            "repository path '/projects' is not owned by current user",
            "belongs to another user",
        ),
    ];

    #[test]
    fn each_situation_has_its_own_words_and_a_way_on() {
        let address = Address::parse("https://ada:secret@git.example/team/shop", false).unwrap();
        let mut told = BTreeSet::new();
        for (code, class, message, expected) in TABLE {
            let error = network(
                &git2::Error::new(code, class, message),
                &address,
                Path::new("/projects"),
            );
            let (text, hint) = (error.to_string(), error.hint());
            assert!(text.contains(expected), "{message}: {text}");
            assert!(text.ends_with('.') && !hint.is_empty(), "{text} {hint}");
            assert!(!text.contains("secret") && !hint.contains("secret"), "{text} {hint}");
            told.insert((text, hint));
        }
        // Where two rows say the same, both are about the same situation.
        assert!(told.len() >= TABLE.len() - 3, "{told:#?}");
    }

    #[test]
    fn a_full_folder_and_a_file_in_the_way_are_told_apart_from_the_rest() {
        let of = |kind: io::ErrorKind| super::io("Cannot create", Path::new("/projects"), kind.into()).to_string();
        assert_eq!(of(io::ErrorKind::StorageFull), "The disk that holds /projects is full.");
        assert_eq!(
            of(io::ErrorKind::PermissionDenied),
            "Nothing can be written in /projects."
        );
        assert_eq!(of(io::ErrorKind::NotADirectory), "/projects is a file, not a folder.");
        assert!(of(io::ErrorKind::NotFound).starts_with("Cannot create /projects: "));
    }
}
