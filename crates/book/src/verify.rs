//! The body of a `verify` block: a list of checks, followed by keys.
//!
//! A list followed by keys is no YAML document, so that the two are parsed apart.

use std::net::{IpAddr, Ipv6Addr};

use crate::{
    findings::Findings,
    front_matter::top_level_key,
    inside::check_relative,
    model::{Check, Verify},
    tasks::{id, parse, refuse, unknown_keys},
    yaml::{Node, Yaml},
};

/// Seconds a command may take unless the check says otherwise.
const TIMEOUT: u64 = 120;
const HELP: &str = "A check is one of file, contains, git, http and command.";

/// Reads the block; `None` where any part of the proof cannot be read.
pub(crate) fn read(code: &str, findings: &mut Findings<'_>) -> Option<(Option<String>, Verify)> {
    let lines: Vec<&str> = code.lines().collect();
    let split = lines
        .iter()
        .position(|line| top_level_key(line).is_some())
        .unwrap_or(lines.len());
    let list = lines[..split].join("\n");
    // Blank lines keep the numbers of the lines after them.
    let keys = format!("{}{}", "\n".repeat(split), lines[split..].join("\n"));
    let list = parse("verify", &list, findings)?;
    let keys = parse("verify", &keys, findings)?;
    unknown_keys(&keys, &["id", "checks", "failed", "hints"], findings);
    let items = match (&list.node, keys.get("checks").map(|checks| &checks.node)) {
        (Node::List(items), None) | (Node::Null, Some(Node::List(items))) if !items.is_empty() => items,
        _ => {
            return refuse(
                list.place,
                "The `verify` block holds no list of checks and is left out.".to_owned(),
                HELP,
                findings,
            );
        }
    };
    let checks: Vec<Option<Check>> = items.iter().map(|item| check(item, findings)).collect();
    let checks: Vec<Check> = checks.into_iter().collect::<Option<_>>()?;
    let failed = keys
        .get("failed")
        .and_then(Yaml::text)
        .map(|text| text.trim().to_owned());
    let hints = match keys.get("hints") {
        None => Vec::new(),
        Some(Yaml {
            node: Node::List(hints),
            ..
        }) => hints.iter().filter_map(Yaml::text).collect(),
        Some(other) => other.text().into_iter().collect(),
    };
    Some((id(&keys, findings), Verify { checks, failed, hints }))
}

fn check(item: &Yaml, findings: &mut Findings<'_>) -> Option<Check> {
    unknown_keys(
        item,
        &["file", "contains", "git", "http", "command", "timeout"],
        findings,
    );
    let found: Vec<(&str, &Yaml)> = ["file", "contains", "git", "http", "command"]
        .into_iter()
        .filter_map(|key| item.get(key).map(|value| (key, value)))
        .collect();
    let [(key, value)] = found[..] else {
        return refuse(
            item.place,
            "A check has to be exactly one thing; the block is left out.".to_owned(),
            HELP,
            findings,
        );
    };
    if let Some(timeout) = item.get("timeout").filter(|_| key != "command") {
        findings.warning(
            "unknown-key",
            timeout.place,
            "`timeout` means nothing here.",
            "Only a command takes a `timeout`.",
        );
    }
    match key {
        "file" => file(value, findings).map(Check::File),
        "contains" => contains(value, findings),
        "git" => git(value, findings),
        "http" => http(value, findings),
        _ => command(item, value, findings),
    }
}

fn file(value: &Yaml, findings: &mut Findings<'_>) -> Option<String> {
    let Some(file) = value.text().filter(|file| !file.trim().is_empty()) else {
        return refuse(
            value.place,
            "The check names no file; the block is left out.".to_owned(),
            "Write a path in the project.",
            findings,
        );
    };
    match check_relative(&file) {
        Ok(()) => Some(file),
        Err(error) => {
            findings.error(
                "unsafe-path",
                value.place,
                format!("{error} The block is left out."),
                error.hint(),
            );
            None
        }
    }
}

fn contains(value: &Yaml, findings: &mut Findings<'_>) -> Option<Check> {
    unknown_keys(value, &["file", "text"], findings);
    let text = value.get("text").and_then(Yaml::text).filter(|text| !text.is_empty());
    let (Some(name), Some(text)) = (value.get("file"), text) else {
        return refuse(
            value.place,
            "`contains` needs a file and a text; the block is left out.".to_owned(),
            "Write `contains: { file: README.md, text: \"Owner:\" }`.",
            findings,
        );
    };
    file(name, findings).map(|file| Check::Contains { file, text })
}

fn git(value: &Yaml, findings: &mut Findings<'_>) -> Option<Check> {
    unknown_keys(value, &["branch", "clean"], findings);
    let branch = value.get("branch").and_then(Yaml::text);
    let clean = match value.get("clean") {
        Some(Yaml {
            node: Node::Bool(clean),
            ..
        }) => Some(*clean),
        _ => None,
    };
    let unread = value.get("branch").is_some() != branch.is_some() || value.get("clean").is_some() != clean.is_some();
    if unread || (branch.is_none() && clean.is_none()) {
        return refuse(
            value.place,
            "`git` asks for nothing that can be read; the block is left out.".to_owned(),
            "Write `git: { branch: main, clean: true }`, or one of the two.",
            findings,
        );
    }
    Some(Check::Git { branch, clean })
}

fn http(value: &Yaml, findings: &mut Findings<'_>) -> Option<Check> {
    const HELP: &str = "Write `http: { url: \"http://127.0.0.1:8080/health\", status: 200 }`.";
    unknown_keys(value, &["url", "status"], findings);
    let url = if value.entries().is_some() {
        value.get("url").and_then(Yaml::text)
    } else {
        value.text()
    };
    let Some(url) = url else {
        return refuse(
            value.place,
            "`http` needs a url; the block is left out.".to_owned(),
            HELP,
            findings,
        );
    };
    let status = match value.get("status") {
        None => Some(200),
        Some(status) => status
            .text()
            .and_then(|text| text.parse().ok())
            .filter(|status| (100..=599_u16).contains(status)),
    };
    let Some(status) = status else {
        return refuse(
            value.place,
            "`status` is not an HTTP status; the block is left out.".to_owned(),
            HELP,
            findings,
        );
    };
    if !is_local(&url) {
        findings.error(
            "http-not-local",
            value.place,
            format!("`{url}` is not an address on this machine; the block is left out."),
            "Only http://127.0.0.1, http://localhost and http://[::1] are asked.",
        );
        return None;
    }
    Some(Check::Http { url, status })
}

/// Whether a URL is plain HTTP to this machine.
fn is_local(url: &str) -> bool {
    let Some(rest) = url.strip_prefix("http://") else {
        return false;
    };
    if url
        .chars()
        .any(|letter| letter.is_whitespace() || letter.is_control() || letter == '\\')
    {
        return false;
    }
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let (host, port) = match authority.strip_prefix('[') {
        Some(inner) => match inner.split_once(']') {
            Some((host, port)) => (host, port),
            None => return false,
        },
        None => authority.find(':').map_or((authority, ""), |at| authority.split_at(at)),
    };
    let port_fits = port.is_empty() || port.strip_prefix(':').is_some_and(|port| port.parse::<u16>().is_ok());
    let host_fits = if authority.starts_with('[') {
        host.parse::<Ipv6Addr>().is_ok_and(|address| address.is_loopback())
    } else {
        host == "localhost"
            || host
                .parse::<IpAddr>()
                .is_ok_and(|address| address.is_ipv4() && address.is_loopback())
    };
    port_fits && host_fits
}

fn command(item: &Yaml, value: &Yaml, findings: &mut Findings<'_>) -> Option<Check> {
    let line = value
        .text()
        .map(|line| line.trim().to_owned())
        .filter(|line| !line.is_empty());
    let Some(line) = line.filter(|line| !line.chars().any(char::is_control)) else {
        return refuse(
            value.place,
            "`command` is not one line; the block is left out.".to_owned(),
            "Put longer scripts into a file of the project and name it here.",
            findings,
        );
    };
    let timeout = match item.get("timeout") {
        None => Some(TIMEOUT),
        Some(timeout) => timeout.text().and_then(|text| seconds(&text)),
    };
    match timeout {
        Some(timeout) => Some(Check::Command { line, timeout }),
        None => refuse(
            item.place,
            "`timeout` is not a time; the block is left out.".to_owned(),
            "Write it as 90s, 5m or 1h; at most 24h.",
            findings,
        ),
    }
}

/// `90s`, `5m`, `1h`, or seconds alone; up to a day.
fn seconds(text: &str) -> Option<u64> {
    let text = text.trim();
    let (digits, factor) = match text.char_indices().last()? {
        (at, 's') => (&text[..at], 1),
        (at, 'm') => (&text[..at], 60),
        (at, 'h') => (&text[..at], 3600),
        _ => (text, 1),
    };
    let seconds = digits.trim().parse::<u64>().ok()?.checked_mul(factor)?;
    (1..=24 * 3600).contains(&seconds).then_some(seconds)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_in_their_units() {
        let read = ["90s", "5m", "1h", "30", "0s", "25h", "5 m", "m", "1d", ""].map(seconds);
        assert_eq!(
            read,
            [
                Some(90),
                Some(300),
                Some(3600),
                Some(30),
                None,
                None,
                Some(300),
                None,
                None,
                None
            ]
        );
    }

    #[test]
    fn only_this_machine_is_local() {
        let local = [
            "http://127.0.0.1:8080/health",
            "http://localhost",
            "http://[::1]:1/x",
            "http://127.9.9.9/?a#b",
        ];
        let foreign = [
            "https://127.0.0.1/",
            "http://example.org/",
            "http://127.0.0.1@example.org/",
            "http://localhost.example.org/",
            "http://127.0.0.1:x/",
            "http://[::2]/",
            "http://[::1/",
            "http://10.0.0.1/",
            "http://127.0.0.1\\@example.org/",
            "file:///etc/passwd",
        ];
        assert!(local.iter().all(|url| is_local(url)), "{local:?}");
        assert!(!foreign.iter().any(|url| is_local(url)), "{foreign:?}");
    }
}
