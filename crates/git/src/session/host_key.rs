//! Ssh host keys: which are known, and how a new one is shown and remembered.

use std::fs::{self, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD};

use crate::Error;

/// The key that a server showed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct HostKey {
    /// The server as `known_hosts` names it: `git.example`, or `[git.example]:2222`.
    pub(crate) place: String,
    /// `ssh-ed25519`
    pub(crate) kind: String,
    /// As OpenSSH prints it: `SHA256:` and 43 characters.
    pub(crate) fingerprint: String,
    /// The public key in base 64.
    pub(crate) key: String,
}

/// What `known_hosts` says about a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Known {
    /// It holds this key.
    Yes,
    /// It does not know the server.
    No,
    /// It holds another key for the server.
    Other,
    /// It says that this key must not be used.
    Revoked,
}

/// The port of ssh where none is named.
const PORT: u16 = 22;

impl HostKey {
    /// From the key as it goes over the wire (RFC 4253, section 6.6) and its SHA-256.
    pub(crate) fn new(host: &str, port: Option<u16>, raw: &[u8], sha256: &[u8]) -> Self {
        let length = raw.first_chunk().map_or(0, |bytes| u32::from_be_bytes(*bytes) as usize);
        let kind = raw.get(4..4 + length).unwrap_or_default();
        Self {
            place: place(host, port),
            kind: String::from_utf8_lossy(kind).into_owned(),
            fingerprint: format!("SHA256:{}", STANDARD_NO_PAD.encode(sha256)),
            key: STANDARD.encode(raw),
        }
    }

    /// The kind as people know it: `ED25519`.
    pub(crate) fn kind_shown(&self) -> String {
        kind_shown(&self.kind)
    }

    /// The line of `known_hosts`.
    fn line(&self) -> String {
        format!("{} {} {}", self.place, self.kind, self.key)
    }

    /// Why the key is not trusted.
    pub(crate) fn error(&self, host: &str, known: Known) -> Error {
        let (host, key_type, fingerprint) = (host.to_owned(), self.kind_shown(), self.fingerprint.clone());
        match known {
            Known::No | Known::Yes => Error::UnknownHostKey {
                host,
                key_type,
                fingerprint,
            },
            Known::Other | Known::Revoked => Error::HostKeyChanged { host, fingerprint },
        }
    }
}

/// How `known_hosts` names a server.
pub(crate) fn place(host: &str, port: Option<u16>) -> String {
    match port.filter(|port| *port != PORT) {
        Some(port) => format!("[{host}]:{port}"),
        None => host.to_owned(),
    }
}

/// `ssh-ed25519` as `ED25519`.
pub(crate) fn kind_shown(kind: &str) -> String {
    let kind = kind
        .trim_start_matches("sk-")
        .trim_start_matches("ssh-")
        .trim_start_matches("rsa-sha2-");
    match kind.split(['-', '@']).next().unwrap_or_default() {
        "256" | "512" => "RSA".to_owned(),
        "dss" => "DSA".to_owned(),
        name => name.to_ascii_uppercase(),
    }
}

/// Looks the key up in the person's and the machine's `known_hosts`.
pub(crate) fn known(key: &HostKey) -> Known {
    let files = [
        user_file(),
        user_file().map(|file| file.with_file_name("known_hosts2")),
        Some(PathBuf::from("/etc/ssh/ssh_known_hosts")),
    ];
    let found: Vec<_> = files.into_iter().flatten().map(|file| known_in(key, &file)).collect();
    // A key that was revoked or replaced anywhere is not trusted because of another file.
    [Known::Revoked, Known::Other, Known::Yes]
        .into_iter()
        .find(|known| found.contains(known))
        .unwrap_or(Known::No)
}

fn known_in(key: &HostKey, file: &Path) -> Known {
    let Ok(text) = fs::read_to_string(file) else {
        return Known::No;
    };
    let hashed = text.lines().any(|line| line.contains("|1|"));
    let found = if hashed { lines_by_ssh_keygen(key, file) } else { None };
    match found {
        Some(lines) => judge(key, &lines, false),
        None => judge(key, &text, true),
    }
}

/// Hashed names need HMAC-SHA1; ssh's own program tells which lines are about the server.
fn lines_by_ssh_keygen(key: &HostKey, file: &Path) -> Option<String> {
    let output = Command::new("ssh-keygen")
        .args(["-F", &key.place, "-f"])
        .arg(file)
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .output()
        .ok()?;
    String::from_utf8(output.stdout).ok()
}

/// `match_names` is off for lines that are all about the server.
fn judge(key: &HostKey, text: &str, match_names: bool) -> Known {
    let mut known = Known::No;
    for line in text.lines().map(str::trim).filter(|line| !line.starts_with('#')) {
        let mut words = line.split_whitespace().peekable();
        let marker = words.next_if(|word| word.starts_with('@'));
        let (Some(names), Some(_), Some(listed)) = (words.next(), words.next(), words.next()) else {
            continue;
        };
        // A name that cannot be read may stand for this server: better refused than wrongly trusted.
        let about = !match_names || names.starts_with("|1|") || matches(names, &key.place);
        match marker {
            _ if !about => {}
            Some("@revoked") if listed == key.key => return Known::Revoked,
            None if listed == key.key => known = Known::Yes,
            None if known == Known::No => known = Known::Other,
            // Certificates of an authority are beyond what is checked here.
            Some(_) | None => {}
        }
    }
    known
}

/// Whether a list of patterns names the server (the manual page `sshd(8)` describes the format).
fn matches(names: &str, place: &str) -> bool {
    let mut found = false;
    for name in names.split(',') {
        match name.strip_prefix('!') {
            Some(name) if glob(name.as_bytes(), place.as_bytes()) => return false,
            Some(_) => {}
            None => found |= glob(name.as_bytes(), place.as_bytes()),
        }
    }
    found
}

fn glob(pattern: &[u8], text: &[u8]) -> bool {
    match (pattern.split_first(), text.split_first()) {
        (None, None) => true,
        (Some((b'*', rest)), _) => glob(rest, text) || text.split_first().is_some_and(|(_, text)| glob(pattern, text)),
        (Some((b'?', rest)), Some((_, text))) => glob(rest, text),
        (Some((a, rest)), Some((b, text))) => a.eq_ignore_ascii_case(b) && glob(rest, text),
        _ => false,
    }
}

/// Adds the key to the person's `known_hosts`.
///
/// # Errors
/// When the file cannot be written.
pub(crate) fn remember(key: &HostKey) -> io::Result<()> {
    let file = user_file().ok_or(io::ErrorKind::NotFound)?;
    append(&file, &key.line())
}

/// Adds a line to a `known_hosts` file, on a line of its own.
pub(crate) fn append(file: &Path, line: &str) -> io::Result<()> {
    if let Some(folder) = file.parent() {
        make_private(folder)?;
    }
    let mut options = OpenOptions::new();
    options.create(true).append(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    let text = fs::read(file).unwrap_or_default();
    let start = if text.last().is_none_or(|last| *last == b'\n') {
        ""
    } else {
        "\n"
    };
    options.open(file)?.write_all(format!("{start}{line}\n").as_bytes())
}

fn make_private(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt as _;
        builder.mode(0o700);
    }
    builder.create(folder)
}

/// The person's own file, where libgit2 looks too.
fn user_file() -> Option<PathBuf> {
    Some(std::env::home_dir()?.join(".ssh/known_hosts"))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use super::*;

    fn key(place: &str, key: &str) -> HostKey {
        HostKey {
            place: place.into(),
            kind: "ssh-ed25519".into(),
            fingerprint: "SHA256:x".into(),
            key: key.into(),
        }
    }

    #[test]
    fn a_key_is_known_changed_or_new() {
        let text = "# comment\ngit.example,git2.example ssh-ed25519 AAA me\n*.corp.example,!bad.corp.example ssh-rsa BBB\n\
                    [git.example]:2222 ssh-ed25519 CCC\n@revoked * ssh-ed25519 RRR\n@cert-authority * ssh-rsa ZZZ\n";
        for (place, offered, expected) in [
            ("git.example", "AAA", Known::Yes),
            ("GIT2.example", "AAA", Known::Yes),
            ("git.example", "CCC", Known::Other),
            ("[git.example]:2222", "CCC", Known::Yes),
            ("[git.example]:2223", "CCC", Known::No),
            ("a.corp.example", "BBB", Known::Yes),
            ("bad.corp.example", "BBB", Known::No),
            ("new.example", "AAA", Known::No),
            ("new.example", "RRR", Known::Revoked),
        ] {
            assert_eq!(judge(&key(place, offered), text, true), expected, "{place} {offered}");
        }
        assert_eq!(
            judge(&key("x", "AAA"), "|1|abc=|def= ssh-rsa BBB\n", true),
            Known::Other
        );
    }

    #[test]
    fn a_key_of_the_wire_is_shown_as_openssh_shows_it() {
        let raw = STANDARD
            .decode("AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl")
            .unwrap();
        let key = HostKey::new("github.com", None, &raw, &[0; 32]);
        assert_eq!((&*key.kind, &*key.kind_shown()), ("ssh-ed25519", "ED25519"));
        assert_eq!(key.fingerprint, "SHA256:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
        assert!(key.line().starts_with("github.com ssh-ed25519 AAAAC3"));
        assert_eq!(kind_shown("ecdsa-sha2-nistp256"), "ECDSA");
        assert_eq!(kind_shown("rsa-sha2-512"), "RSA");
    }

    #[test]
    fn a_line_is_added_without_touching_the_others() {
        let home = tempfile::tempdir().unwrap();
        let file = home.path().join(".ssh/known_hosts");
        append(&file, "a b c").unwrap();
        fs::write(&file, "old").unwrap();
        append(&file, "d e f").unwrap();
        assert_eq!(fs::read_to_string(&file).unwrap(), "old\nd e f\n");
    }
}
