//! A report about a check that can be given to somebody else.

mod json;
mod markdown;
mod redact;

use crate::{Environment, Finding};
pub(crate) use markdown::{cell, code};
pub use redact::Redactor;

/// How a report is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReportFormat {
    /// For people: a table, and what needs attention in full.
    Markdown,
    /// For machines: an object with `roadbook`, `system`, `environment`, `search_path` and `findings`.
    Json,
}

/// The findings as text to share: without the person's name and addresses, the user's and the host's name, the place of
/// the home folder, and anything that looks like a password or token.
pub fn report(findings: &[Finding], environment: &Environment, format: ReportFormat) -> String {
    let redactor = Redactor::new(environment, findings);
    let about = About {
        roadbook: env!("CARGO_PKG_VERSION"),
        system: format!("{} {}", std::env::consts::OS, std::env::consts::ARCH),
        environment: redactor.redacted(environment.origin()),
        search_path: environment
            .path_folders()
            .iter()
            .map(|folder| redactor.redacted(&folder.to_string_lossy()))
            .collect(),
    };
    let findings: Vec<_> = findings.iter().map(|finding| redactor.finding(finding)).collect();
    match format {
        ReportFormat::Markdown => markdown::write(&about, &findings),
        ReportFormat::Json => json::write(&about, &findings),
    }
}

/// Where the check took place.
struct About {
    roadbook: &'static str,
    system: String,
    environment: String,
    search_path: Vec<String>,
}
