//! What the person's own ssh would do: which settings it has for a host, and which key the host shows.

use std::collections::BTreeMap;
use std::io;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use super::run::{clean, run};
use crate::options::CONNECT;
use crate::session::Session;
use crate::session::host_key;
use crate::{Address, Error, explain};

/// Settings that libgit2's ssh does not follow.
const FOLLOWED_BY_SSH_ONLY: [&str; 17] = [
    "certificatefile",
    "globalknownhostsfile",
    "host",
    "hostkeyalias",
    "hostname",
    "identitiesonly",
    "identityagent",
    "identityfile",
    "knownhostscommand",
    "localcommand",
    "pkcs11provider",
    "port",
    "proxycommand",
    "proxyjump",
    "securitykeyprovider",
    "user",
    "userknownhostsfile",
];

/// A key that a host showed to the person's own ssh.
pub(super) struct ShownKey {
    /// `ED25519`
    pub(super) kind: String,
    /// `SHA256:…`
    pub(super) fingerprint: String,
    /// The file that ssh remembers keys in.
    pub(super) file: PathBuf,
    line: String,
}

impl ShownKey {
    pub(super) fn remember(&self) -> io::Result<()> {
        host_key::append(&self.file, &self.line)
    }
}

/// Whether ssh's settings change how the host is reached. `ssh -G` reads them as ssh itself does, and connects to
/// nobody.
pub(super) fn has_settings(address: &Address) -> bool {
    let with = effective(address, &[]);
    let without = effective(address, &["-F", "none"]);
    match (with, without) {
        (Some(with), Some(without)) => FOLLOWED_BY_SSH_ONLY
            .iter()
            .any(|key| with.get(*key) != without.get(*key)),
        _ => false,
    }
}

fn effective(address: &Address, more: &[&str]) -> Option<BTreeMap<String, Vec<String>>> {
    let mut command = Command::new("ssh");
    clean(&mut command);
    let output = command
        .args(more)
        .arg("-G")
        .args(destination(address))
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .output()
        .ok()
        .filter(|output| output.status.success())?;
    let mut settings: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for line in String::from_utf8_lossy(&output.stdout).lines() {
        if let Some((key, value)) = line.split_once(' ') {
            settings
                .entry(key.to_ascii_lowercase())
                .or_default()
                .push(value.to_owned());
        }
    }
    Some(settings)
}

fn destination(address: &Address) -> Vec<String> {
    let mut arguments = Vec::new();
    if let Some(port) = address.port() {
        arguments.extend(["-p".to_owned(), port.to_string()]);
    }
    if let Some(user) = address.user() {
        arguments.extend(["-l".to_owned(), user.to_owned()]);
    }
    arguments.extend(["--".to_owned(), address.host().to_owned()]);
    arguments
}

/// The key that the host shows, by the way that ssh takes to it. Nobody signs in; nothing is remembered.
pub(super) fn shown_key(address: &Address, session: &Session<'_>) -> Result<Option<ShownKey>, Error> {
    let folder = tempfile::tempdir().map_err(|e| explain::io("Cannot create a folder in", &std::env::temp_dir(), e))?;
    let seen = folder.path().join("known_hosts");
    let mut command = Command::new("ssh");
    clean(&mut command);
    command
        .current_dir(folder.path())
        .arg("-o")
        .arg(format!("UserKnownHostsFile={}", seen.display()))
        .args([
            "-o",
            "GlobalKnownHostsFile=/dev/null",
            "-o",
            "StrictHostKeyChecking=accept-new",
        ])
        .args([
            "-o",
            "HashKnownHosts=no",
            "-o",
            "BatchMode=yes",
            "-o",
            "PreferredAuthentications=none",
        ])
        .args([
            "-o",
            "ControlPath=none",
            "-o",
            &format!("ConnectTimeout={}", CONNECT.as_secs()),
        ])
        .args(destination(address))
        .arg("true");
    run(command, session)?;
    let text = std::fs::read_to_string(&seen).unwrap_or_default();
    let Some(line) = text
        .lines()
        .find(|line| !line.trim().is_empty() && !line.starts_with('#'))
    else {
        return Ok(None);
    };
    let mut command = Command::new("ssh-keygen");
    command.current_dir(folder.path()).arg("-lf").arg(&seen);
    // Such as `256 SHA256:… git.example (ED25519)`.
    let printed = run(command, session)?.stdout;
    let Some(fingerprint) = printed.split_whitespace().find(|word| word.starts_with("SHA256:")) else {
        return Ok(None);
    };
    let file = effective(address, &[])
        .and_then(|settings| settings.get("userknownhostsfile")?.first().cloned())
        .and_then(|files| files.split_whitespace().next().map(str::to_owned));
    let file = match (file, std::env::home_dir()) {
        (Some(file), Some(home)) => match file.strip_prefix("~/") {
            Some(rest) => home.join(rest),
            None => PathBuf::from(file),
        },
        _ => return Ok(None),
    };
    Ok(Some(ShownKey {
        kind: host_key::kind_shown(line.split_whitespace().nth(1).unwrap_or_default()),
        fingerprint: fingerprint.to_owned(),
        file,
        line: line.to_owned(),
    }))
}
