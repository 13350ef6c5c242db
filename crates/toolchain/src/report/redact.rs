//! Taking out what says who and where somebody is, and what opens doors.

use std::{
    path::{Path, PathBuf},
    sync::LazyLock,
};

use regex::{NoExpand, Regex};

use crate::{Environment, Finding, Fix, InProject};

/// What looks like a secret anywhere, and what is left of it. Prefixes are those that the services document.
static SECRETS: LazyLock<Vec<(Regex, &str)>> = LazyLock::new(|| {
    let patterns = [
        (
            r"-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|\z)",
            "[redacted]",
        ),
        // In an address: a name and a password, or a token alone.
        (r"://[^/\s?#]+@", "://[redacted]@"),
        // A password with a slash in it; digits and a slash after a host are its port.
        (r"://[^/\s:@]*:\d*[^\d/\s@][^\s@]*@", "://[redacted]@"),
        (r"\b(?:gh[pousr]_[A-Za-z0-9]{16,}|github_pat_\w{16,})", "[redacted]"),
        // Newer ones have parts, with dots between.
        (
            r"\bgl(?:pat|ptt|dt|rt|rtr|cbt|soat|ffct|imt|agent|oas)-[\w-]{16,}(?:\.[\w-]+)*",
            "[redacted]",
        ),
        (r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b", "[redacted]"),
        (r"\bAIza[\w-]{30,}", "[redacted]"),
        (r"\bya29\.[\w.-]{16,}", "[redacted]"),
        (r"\b(?:xox[a-z]|xapp)-[\w-]{10,}", "[redacted]"),
        (
            r"(hooks\.slack(?:-gov)?\.com/(?:services|workflows|triggers)/)\S+",
            "${1}[redacted]",
        ),
        (r"\bdckr_(?:pat|oat)_[\w-]{16,}", "[redacted]"),
        (r"\bSG\.[\w-]{16,}\.[\w-]{16,}", "[redacted]"),
        (r"(?i)\bAGE-SECRET-KEY-1[0-9A-Z]{20,}", "[redacted]"),
        // The signature of an address that opens by itself, as of Azure and AWS.
        (
            r#"(?i)([?&](?:sig|signature|x-amz-signature|x-goog-signature)=)[^&\s"']+"#,
            "${1}[redacted]",
        ),
        // .npmrc, and the file of Docker's credentials.
        (r#"(?i)(\b_auth(?:token)?\s*=\s*["']?)[^\s"']{3,}"#, "${1}[redacted]"),
        (r#"(?i)("(?:auth|identitytoken)"\s*:\s*")[^"]+"#, "${1}[redacted]"),
        (
            r"\b(?:npm_|pypi-|dop_v1_|hf_|hvs\.|sk-|sk_live_|rk_live_)[\w-]{16,}",
            "[redacted]",
        ),
        (r"\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*", "[redacted]"),
        (
            r#"(?i)((?:token|passw(?:or)?d|passphrase|secret|credential|authorization|api[_-]?key|access[_-]?key)[\w-]*["']?\s*[=:]\s*["']?)(?:(?:bearer|basic)\s+)?[^\s"',;]{3,}"#,
            "${1}[redacted]",
        ),
        (
            r"(?i)(--[\w-]*(?:token|password|secret|api-key)\s+)\S+",
            "${1}[redacted]",
        ),
        (r"(?i)\b(bearer\s+)[\w.~+/=-]{8,}", "${1}[redacted]"),
    ];
    let compiled = patterns
        .into_iter()
        .map(|(pattern, left)| Some((Regex::new(pattern).ok()?, left)));
    compiled.flatten().collect()
});

static ADDRESS: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"[\w.+-]+@(?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,}\b").ok());

/// Accounts that say nothing about a person, as in containers.
const IMPERSONAL: [&str; 12] = [
    "root",
    "user",
    "admin",
    "ubuntu",
    "debian",
    "node",
    "vscode",
    "runner",
    "app",
    "nobody",
    "home",
    "developer",
];

/// Takes out what [`crate::report`] leaves out: it knows this machine's names, and what secrets look like.
#[derive(Debug)]
pub struct Redactor {
    /// Each with what is left of it, in the order in which they are taken out.
    names: Vec<(Regex, &'static str)>,
}

impl Redactor {
    /// For the person and the machine of the environment; the findings may say the person's name.
    pub fn new(environment: &Environment, findings: &[Finding]) -> Self {
        let home = environment.home();
        let real = home.as_ref().and_then(|home| home.canonicalize().ok());
        let account = home
            .as_ref()
            .and_then(|home| Some(home.file_name()?.to_str()?.to_owned()));
        let values = |names: &[&str]| -> Vec<String> {
            let values = names.iter().filter_map(|name| environment.variable(name)?.to_str());
            values.map(str::to_owned).collect()
        };
        let mut users = values(&["USER", "LOGNAME", "USERNAME"]);
        users.extend(account);
        users.retain(|user| !IMPERSONAL.contains(&user.to_lowercase().as_str()));
        let mut hosts = values(&["HOSTNAME", "HOST", "COMPUTERNAME"]);
        hosts.extend(gethostname::gethostname().into_string());
        let short: Vec<_> = hosts
            .iter()
            .filter_map(|host| Some(host.split_once('.')?.0.to_owned()))
            .collect();
        hosts.extend(short);
        hosts.retain(|host| host != "localhost");
        let mut names: Vec<_> = [home, real].into_iter().flatten().filter_map(folder).collect();
        names.extend(words(findings.iter().filter_map(person).collect(), "[name]"));
        names.extend(words(hosts, "[host]"));
        names.extend(words(users, "[user]"));
        Self { names }
    }

    /// The text without what is nobody's business.
    pub fn redacted(&self, text: &str) -> String {
        let mut text = text.to_owned();
        for (pattern, left) in SECRETS.iter() {
            text = pattern.replace_all(&text, *left).into_owned();
        }
        if let Some(address) = ADDRESS.as_ref() {
            let keep = |found: &regex::Captures<'_>| match &found[0] {
                // The account that Git hosts share.
                shared if shared.starts_with("git@") => shared.to_owned(),
                _ => "[address]".to_owned(),
            };
            text = address.replace_all(&text, keep).into_owned();
        }
        for (pattern, left) in &self.names {
            text = pattern.replace_all(&text, NoExpand(left)).into_owned();
        }
        text
    }

    /// The finding with each of its texts redacted.
    pub fn finding(&self, finding: &Finding) -> Finding {
        let option = |text: &Option<String>| text.as_ref().map(|text| self.redacted(text));
        let fix = |fix: &Fix| Fix {
            with: fix.with.clone(),
            command: self.redacted(&fix.command),
        };
        Finding {
            tool: self.redacted(&finding.tool),
            title: self.redacted(&finding.title),
            version: option(&finding.version),
            path: finding
                .path
                .as_ref()
                .map(|path| PathBuf::from(self.redacted(&path.to_string_lossy()))),
            required: self.redacted(&finding.required),
            source: self.redacted(&finding.source),
            why: option(&finding.why),
            detail: self.redacted(&finding.detail),
            command: self.redacted(&finding.command),
            output: self.redacted(&finding.output),
            fixes: finding.fixes.iter().map(fix).collect(),
            link: option(&finding.link),
            in_project: finding.in_project.as_ref().map(|here| self.in_project(here)),
            ..finding.clone()
        }
    }

    fn in_project(&self, here: &InProject) -> InProject {
        let path = |path: &Path| PathBuf::from(self.redacted(&path.to_string_lossy()));
        InProject {
            folder: path(&here.folder),
            version: here.version.as_ref().map(|version| self.redacted(version)),
            path: here.path.as_deref().map(path),
            command: self.redacted(&here.command),
            output: self.redacted(&here.output),
            detail: self.redacted(&here.detail),
            ..here.clone()
        }
    }
}

/// The name in what Git knows about a person.
fn person(finding: &Finding) -> Option<String> {
    let is_identity = crate::Catalogue::builtin().tool(&finding.tool)?.kind == crate::Kind::GitIdentity;
    let words = finding.output.split_whitespace().filter(|word| !word.contains('@'));
    is_identity.then(|| words.collect::<Vec<_>>().join(" "))
}

/// A folder, with either separator.
fn folder(path: PathBuf) -> Option<(Regex, &'static str)> {
    let path = path.into_os_string().into_string().ok()?;
    let path = path.trim_end_matches(['/', '\\']);
    let parts: Vec<_> = path.split(['/', '\\']).map(regex::escape).collect();
    let pattern = bounded(&parts.join(r"[\\/]"), path);
    (parts.len() > 1).then(|| Some((Regex::new(&pattern).ok()?, "~")))?
}

/// Words, longer ones first, so that none is taken out of the middle of another.
fn words(mut all: Vec<String>, left: &'static str) -> Vec<(Regex, &'static str)> {
    all.retain(|word| word.chars().count() >= 2);
    all.sort_by_key(|word| std::cmp::Reverse(word.len()));
    all.dedup();
    let compiled = all.iter().map(|word| {
        let start = if word.starts_with(|c: char| c.is_alphanumeric()) {
            r"\b"
        } else {
            ""
        };
        Some((
            Regex::new(&format!("{start}{}", bounded(&regex::escape(word), word))).ok()?,
            left,
        ))
    });
    compiled.flatten().collect()
}

/// Upper and lower case alike, and not followed by more of a word.
fn bounded(pattern: &str, text: &str) -> String {
    let end = if text.ends_with(|c: char| c.is_alphanumeric() || c == '_') {
        r"\b"
    } else {
        ""
    };
    format!("(?i){pattern}{end}")
}
