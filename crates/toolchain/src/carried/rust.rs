//! Rust: the toolchain file of rustup and the oldest Rust that a package supports.

use toml::de::DeValue;

use super::reading::{Reading, at};

/// `rust-toolchain.toml`, and `rust-toolchain`, which may be TOML or one line.
pub(super) fn toolchain(reading: &mut Reading<'_>) {
    if reading.name() == "rust-toolchain" && !reading.text.contains('[') {
        if let Some((line, channel)) = reading.lines("#").next() {
            reading.pin("rustc", line, channel);
        }
        return;
    }
    let Some(table) = reading.toml() else { return };
    for key in ["channel", "path"] {
        if let Some(value) = at(&table, &["toolchain", key])
            && let DeValue::String(text) = value.get_ref()
        {
            let line = reading.line_at(value.span().start);
            let written = if key == "path" {
                format!("path = {text}")
            } else {
                text.to_string()
            };
            reading.pin("rustc", line, &written);
            return;
        }
    }
}

/// `rust-version` of `Cargo.toml`.
pub(super) fn cargo(reading: &mut Reading<'_>) {
    let Some(table) = reading.toml() else { return };
    let shared = at(&table, &["workspace", "package", "rust-version"]);
    let own = at(&table, &["package", "rust-version"]);
    let inherits = own.is_some_and(|own| matches!(own.get_ref(), DeValue::Table(_)));
    let value = if inherits { shared } else { own.or(shared) };
    match (value, own) {
        (Some(value), _) => {
            if let DeValue::String(text) = value.get_ref() {
                reading.minimum("rustc", reading.line_at(value.span().start), text);
            }
        }
        // The workspace's own file is read too.
        (None, Some(_)) if reading.is_member() => {}
        (None, Some(own)) => {
            let help = "Check the folder of the workspace instead.";
            let line = reading.line_at(own.span().start);
            reading.problem(line, "takes its Rust version from a workspace in another folder", help);
        }
        (None, None) => {}
    }
}
