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
        _ if message.contains("object format") || message.contains("unsupported extension") => {
            Error::Format { detail: plain(message) }
        }
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
        Some(401 | 407) => Error::SignIn { host, url },
        Some(403) => Error::Forbidden { host, url },
        Some(404 | 410) => Error::NotFound { url },
        Some(status) => Error::Server { host, status },
        None => Error::Broken { host, detail },
    }
}

fn disk(message: &str, folder: &Path) -> Option<Error> {
    let path = folder.to_owned();
    if message.contains("No space left") || message.contains("not enough space") || message.contains("quota") {
        Some(Error::DiskFull { path })
    } else if message.contains("Read-only file system") || message.contains("Permission denied") {
        Some(Error::NotWritable { path })
    } else {
        None
    }
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
