//! What can go wrong with a repository, in words for a newcomer.

use std::path::PathBuf;

use crate::Because;

/// What failed. `Display` says what, with names and addresses (never a password); [`Error::hint`] says what to do.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The person stopped it.
    #[error("Cancelled.")]
    Cancelled,
    /// The address breaks a rule.
    #[error("`{url}` cannot be cloned: {why}.")]
    Address {
        /// As shown to people.
        url: String,
        /// The rule, as half a sentence.
        why: String,
    },
    /// The server wants to know who asks (401, or no key was accepted).
    #[error("{host} asks for a sign-in before it gives {url}.")]
    SignIn {
        /// The server.
        host: String,
        /// As shown to people.
        url: String,
    },
    /// The server knows who asks, and says no (403).
    #[error("{host} does not let you read {url}.")]
    Forbidden {
        /// The server.
        host: String,
        /// As shown to people.
        url: String,
    },
    /// The server has no such repository (404), or does not say that it has.
    #[error("There is no repository at {url}, or you have no access to it.")]
    NotFound {
        /// As shown to people.
        url: String,
    },
    /// The server failed (5xx and the like).
    #[error("{host} answered with status {status}.")]
    Server {
        /// The server.
        host: String,
        /// The HTTP status.
        status: u16,
    },
    /// A web page came instead of a repository.
    #[error("{host} answered with a web page instead of a repository.")]
    WebPage {
        /// The server.
        host: String,
    },
    /// The server sent the request somewhere it may not go.
    #[error("{host} sent the request on to another address: {detail}.")]
    Redirect {
        /// The server.
        host: String,
        /// What libgit2 said.
        detail: String,
    },
    /// The TLS certificate is not trusted here.
    #[error("The certificate of {host} is not trusted on this machine.")]
    Certificate {
        /// The server.
        host: String,
    },
    /// The ssh host key could not be verified, and the key itself is not known here (a jump host, for one).
    #[error("The ssh key of {host}, or of a host on the way to it, could not be verified.")]
    HostKey {
        /// The server.
        host: String,
    },
    /// Nobody has said yet whether the ssh host key is the right one.
    #[error("{host} is not known on this machine yet: it shows the {key_type} key {fingerprint}.")]
    UnknownHostKey {
        /// The server.
        host: String,
        /// `ED25519`, `ECDSA` or `RSA`.
        key_type: String,
        /// As OpenSSH prints it, `SHA256:` and 43 characters: what the person compares, and what
        /// [`crate::CloneRequest::accept_host_key`] takes.
        fingerprint: String,
    },
    /// Another ssh host key is known for the server.
    #[error("The ssh key of {host} has changed: it shows {fingerprint}, and your known_hosts file holds another one.")]
    HostKeyChanged {
        /// The server.
        host: String,
        /// As OpenSSH prints it.
        fingerprint: String,
    },
    /// No way to the server: no such name, or nobody answers there.
    #[error("{host} cannot be reached: {detail}.")]
    Offline {
        /// The server.
        host: String,
        /// What libgit2 said.
        detail: String,
    },
    /// The server stopped answering.
    #[error("{host} has been silent for {seconds} seconds.")]
    Silent {
        /// The server.
        host: String,
        /// The time limit that passed.
        seconds: u64,
    },
    /// The connection broke in the middle.
    #[error("The connection to {host} broke: {detail}.")]
    Broken {
        /// The server.
        host: String,
        /// What libgit2 said.
        detail: String,
    },
    /// The target holds something already.
    #[error("The folder {} is not empty.", path.display())]
    FolderNotEmpty {
        /// The target.
        path: PathBuf,
    },
    /// The target is a file.
    #[error("{} is a file, not a folder.", path.display())]
    NotAFolder {
        /// The target.
        path: PathBuf,
    },
    /// The folder may not be written to.
    #[error("Nothing can be written in {}.", path.display())]
    NotWritable {
        /// The folder.
        path: PathBuf,
    },
    /// The disk is full.
    #[error("The disk that holds {} is full.", path.display())]
    DiskFull {
        /// The folder.
        path: PathBuf,
    },
    /// Another failure of the file system.
    #[error("{what} {}: {source}.", path.display())]
    Io {
        /// What was tried ("Cannot create").
        what: &'static str,
        /// Where.
        path: PathBuf,
        /// Why not.
        source: std::io::Error,
    },
    /// No branch, tag or commit of this name.
    #[error("{url} has no branch, tag or commit `{reference}`.")]
    NoSuchReference {
        /// As shown to people.
        url: String,
        /// What was asked for.
        reference: String,
    },
    /// The repository's HEAD names a branch that is not there.
    #[error("{url} does not say which branch to start from: its default branch does not exist.")]
    NoDefaultBranch {
        /// As shown to people.
        url: String,
    },
    /// Nothing was ever pushed.
    #[error("The repository at {url} is empty.")]
    Empty {
        /// As shown to people.
        url: String,
    },
    /// What the repository says about a submodule breaks a rule.
    #[error("The submodule `{path}` is refused: {why}.")]
    Submodule {
        /// Where it would be.
        path: String,
        /// The rule, as half a sentence.
        why: String,
    },
    /// A submodule cannot be had.
    #[error("The submodule `{path}` cannot be fetched. {source}")]
    InSubmodule {
        /// Where it would be.
        path: String,
        /// Why not.
        source: Box<Error>,
    },
    /// What libgit2 cannot do needs a `git`, and this machine has none.
    #[error("{url} can only be cloned by the git command, and this machine has none: {because}.")]
    GitMissing {
        /// As shown to people.
        url: String,
        /// What needs it.
        because: Because,
    },
    /// The Git settings do not say who commits.
    #[error("Git does not know your name and email address yet.")]
    NoIdentity,
    /// The folder is no repository.
    #[error("{} is not a Git repository.", path.display())]
    NotARepository {
        /// The folder.
        path: PathBuf,
    },
    /// The folder belongs to another user.
    #[error("The repository {} belongs to another user of this machine.", path.display())]
    Owner {
        /// The folder.
        path: PathBuf,
    },
    /// SHA-256 or reftable repositories, which libgit2 does not read.
    #[error("The repository uses a Git format that is not supported here: {detail}.")]
    Format {
        /// What libgit2 said.
        detail: String,
    },
    /// The Git settings cannot be read.
    #[error("Your Git settings cannot be read: {detail}.")]
    Settings {
        /// What libgit2 said.
        detail: String,
    },
    /// Anything else that libgit2 said.
    #[error("{what}: {detail}.")]
    Git {
        /// What was tried.
        what: String,
        /// What libgit2 said.
        detail: String,
    },
}

/// What to branch on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The person stopped it.
    Cancelled,
    /// The server wants a sign-in.
    SignIn,
    /// No network, or nobody answers.
    Offline,
    /// The target holds something already.
    FolderNotEmpty,
    /// The server's ssh key is not known yet; the error holds its fingerprint.
    UnknownHostKey,
    /// No such repository, branch, or folder.
    NotFound,
    /// The Git settings do not say who commits.
    NoIdentity,
    /// The disk is full, read-only, or says no.
    Disk,
    /// Everything else.
    Other,
}

impl Error {
    /// What to branch on.
    pub fn kind(&self) -> Kind {
        match self {
            Self::Cancelled => Kind::Cancelled,
            Self::SignIn { .. } | Self::Forbidden { .. } => Kind::SignIn,
            Self::Offline { .. } | Self::Silent { .. } | Self::Broken { .. } => Kind::Offline,
            Self::UnknownHostKey { .. } => Kind::UnknownHostKey,
            Self::InSubmodule { source, .. } => source.kind(),
            Self::FolderNotEmpty { .. } => Kind::FolderNotEmpty,
            Self::NotFound { .. } | Self::NoSuchReference { .. } | Self::NotARepository { .. } => Kind::NotFound,
            Self::NoIdentity => Kind::NoIdentity,
            Self::NotWritable { .. } | Self::DiskFull { .. } | Self::Io { .. } => Kind::Disk,
            Self::Address { .. }
            | Self::Server { .. }
            | Self::WebPage { .. }
            | Self::Redirect { .. }
            | Self::Certificate { .. }
            | Self::HostKey { .. }
            | Self::HostKeyChanged { .. }
            | Self::Submodule { .. }
            | Self::GitMissing { .. }
            | Self::NotAFolder { .. }
            | Self::NoDefaultBranch { .. }
            | Self::Empty { .. }
            | Self::Owner { .. }
            | Self::Format { .. }
            | Self::Settings { .. }
            | Self::Git { .. } => Kind::Other,
        }
    }

    /// What to do next; may be empty.
    pub fn hint(&self) -> String {
        match self {
            Self::Cancelled => String::new(),
            Self::Address { .. } => "Use an address that starts with https:// or ssh://, or git@host:path.".to_owned(),
            Self::SignIn { host, url } => format!(
                "Sign in once in a terminal, then try again here: git clone {url}\nFor ssh, add your key to the agent \
                 (ssh-add) and to your account on {host}."
            ),
            Self::Forbidden { .. } => "Ask the owners of the repository for read access.".to_owned(),
            Self::NotFound { url } => {
                format!("Check the address. Many servers hide private repositories: does `git ls-remote {url}` work?")
            }
            Self::Server { .. } => "The fault is the server's. Try again in a few minutes.".to_owned(),
            Self::WebPage { .. } => {
                "This is often a sign-in page. Connect to the VPN or sign in to the network, then try again.".to_owned()
            }
            Self::Redirect { .. } => "Use the address that the repository has now.".to_owned(),
            Self::Certificate { .. } => {
                "On a company network, ask IT for the company's root certificate and install it. On Linux, \
                 SSL_CERT_FILE can name its file."
                    .to_owned()
            }
            Self::HostKey { host } => {
                format!("Connect once in a terminal, compare what it shows, and answer its question: ssh -T {host}")
            }
            Self::UnknownHostKey {
                host,
                key_type,
                fingerprint,
            } => format!(
                "Compare it with the {key_type} fingerprint that {host} or your platform team publishes. Only if all of \
                 {fingerprint} is the same, accept it: it is then remembered in your known_hosts file. On the command \
                 line: --accept-host-key {fingerprint}"
            ),
            Self::HostKeyChanged { host, .. } => format!(
                "Somebody may be listening in, or the server has a new key: ask those who run {host} before you go on. \
                 If they confirm the new key, remove the old one with: ssh-keygen -R {host}"
            ),
            Self::Offline { .. } => "Check the network and the VPN, then try again.".to_owned(),
            Self::Silent { .. } | Self::Broken { .. } => {
                "Check the network and the VPN, then try again. Nothing was left behind.".to_owned()
            }
            Self::FolderNotEmpty { .. } => "Choose another name, or empty the folder first.".to_owned(),
            Self::NotAFolder { .. } => "Choose another name.".to_owned(),
            Self::NotWritable { .. } => "Choose a folder of your own, such as one in your home folder.".to_owned(),
            Self::DiskFull { .. } => "Free some space, or choose a folder on another disk.".to_owned(),
            Self::Io { .. } => "Check that the folder exists and that you may write to it.".to_owned(),
            Self::NoSuchReference { .. } => "Check the spelling, or leave it out for the default branch.".to_owned(),
            Self::NoDefaultBranch { .. } => "Name a branch, or ask the owners to set the default branch.".to_owned(),
            Self::Empty { .. } => "Ask the owners to push a first commit.".to_owned(),
            Self::Submodule { .. } => {
                "The repository needs a fix, or wants to do harm. Tell its owners; nothing was left behind.".to_owned()
            }
            Self::InSubmodule { source, .. } => source.hint(),
            Self::GitMissing { .. } => "Install Git (https://git-scm.com/downloads), then try again.".to_owned(),
            Self::NoIdentity => "Tell Git who you are: git config --global user.name \"Your Name\" and \
                                 git config --global user.email \"you@example.com\"."
                .to_owned(),
            Self::NotARepository { .. } => "Start one with: git init".to_owned(),
            Self::Owner { path } => format!(
                "If you trust it: git config --global --add safe.directory \"{}\"",
                path.display()
            ),
            Self::Format { .. } => "Use the git command for this repository.".to_owned(),
            Self::Settings { .. } => "Look for the mistake with: git config --global --list".to_owned(),
            Self::Git { .. } => "Does the same work with the git command? If so, please report it.".to_owned(),
        }
    }
}

impl Error {
    /// A failure of the file system at `path`; `what` was tried ("Cannot write").
    pub fn from_io(what: &'static str, path: &std::path::Path, source: std::io::Error) -> Self {
        crate::explain::io(what, path, source)
    }
}
