//! Findings as a SARIF log, which code scanning reads.
//! <https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/sarif-v2.1.0-os.html>

use std::fmt::Write;

use engine::wire::DiagnosticRow;
use serde_json::{Value, json};

/// The log of one run.
pub(super) fn log(rows: &[DiagnosticRow]) -> Value {
    let mut codes: Vec<&str> = rows.iter().map(|row| row.code.as_str()).collect();
    codes.sort_unstable();
    codes.dedup();
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "roadbook",
                "version": env!("CARGO_PKG_VERSION"),
                "rules": codes.iter().map(|code| rule(code)).collect::<Vec<_>>(),
            } },
            "columnKind": "unicodeCodePoints",
            "results": rows.iter().map(|row| result(row, &codes)).collect::<Vec<_>>(),
        }],
    })
}

/// `broken-link` as a rule: "Broken link".
fn rule(code: &str) -> Value {
    let words = code.replace('-', " ");
    let mut letters = words.chars();
    let first: String = letters
        .next()
        .map(|letter| letter.to_uppercase().collect())
        .unwrap_or_default();
    json!({ "id": code, "shortDescription": { "text": format!("{first}{}", letters.as_str()) } })
}

fn result(row: &DiagnosticRow, codes: &[&str]) -> Value {
    let level = match row.severity.as_str() {
        "info" => "note",
        other => other,
    };
    // A finding about a whole file stands at its first line: code scanning shows none without a region.
    let mut region = json!({ "startLine": row.line.max(1) });
    if row.column > 0 {
        region["startColumn"] = row.column.into();
    }
    json!({
        "ruleId": row.code,
        "ruleIndex": codes.binary_search(&row.code.as_str()).unwrap_or_default(),
        "level": level,
        "message": { "text": format!("{} {}", row.message, row.help).trim_end() },
        "locations": [{ "physicalLocation": {
            "artifactLocation": { "uri": uri(&row.file) },
            "region": region,
        } }],
    })
}

/// A relative path as a URI reference: all but RFC 3986's unreserved characters and `/` are percent-encoded.
fn uri(path: &str) -> String {
    let mut uri = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            // Writing to a String cannot fail.
            let _ = write!(uri, "%{byte:02X}");
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(code: &str, severity: &str, line: usize, column: usize) -> DiagnosticRow {
        DiagnosticRow {
            code: code.to_owned(),
            severity: severity.to_owned(),
            message: "It is wrong.".to_owned(),
            file: "library/a b.md".to_owned(),
            line,
            column,
            help: "Mend it.".to_owned(),
        }
    }

    #[test]
    fn rules_are_named_once_and_results_point_to_them() {
        let log = log(&[
            row("broken-link", "error", 5, 7),
            row("bad-value", "warning", 2, 0),
            row("broken-link", "error", 6, 1),
        ]);

        let run = &log["runs"][0];
        let rules: Vec<&Value> = run["tool"]["driver"]["rules"]
            .as_array()
            .into_iter()
            .flatten()
            .map(|rule| &rule["id"])
            .collect();
        assert_eq!(rules, ["bad-value", "broken-link"]);
        assert_eq!(run["results"][0]["ruleIndex"], 1);
        assert_eq!(run["results"][1]["ruleIndex"], 0);
    }

    #[test]
    fn a_finding_has_a_level_a_uri_and_a_region() {
        let found = result(&row("no-title", "info", 0, 0), &["no-title"]);

        assert_eq!(found["level"], "note");
        assert_eq!(found["message"]["text"], "It is wrong. Mend it.");
        let place = &found["locations"][0]["physicalLocation"];
        assert_eq!(place["artifactLocation"]["uri"], "library/a%20b.md");
        assert_eq!(place["region"], json!({ "startLine": 1 }));
    }
}
