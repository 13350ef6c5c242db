//! `mise.toml` and its kin: the `[tools]` table. Templates, hooks and `[env]` are left alone.

use toml::de::{DeTable, DeValue};

use super::reading::{Reading, at};

/// This system and its processor, as mise calls them.
const OS: &str = std::env::consts::OS;
const PROCESSOR: &[&str] = if cfg!(target_arch = "x86_64") {
    &["x64", "x86_64", "amd64"]
} else if cfg!(target_arch = "aarch64") {
    &["arm64", "aarch64"]
} else {
    &[std::env::consts::ARCH]
};

pub(super) fn read(reading: &mut Reading<'_>) {
    let Some(table) = reading.toml() else { return };
    let Some(DeValue::Table(tools)) = at(&table, &["tools"]).map(toml::Spanned::get_ref) else {
        return;
    };
    for (name, value) in tools {
        let line = reading.line_at(name.span().start);
        let versions = versions(value.get_ref());
        let tool = tool_name(name.get_ref());
        if is_elsewhere(value.get_ref()) || reading.is_overridden(tool) {
            continue;
        }
        if versions.is_empty() {
            let help = "Write it as text, such as node = \"20\".";
            reading.problem(line, &format!("names no version of `{tool}` that can be read"), help);
        } else {
            reading.pin_one_of(tool, line, &versions);
        }
    }
}

/// The tool behind a backend's address: `npm:typescript`, `aqua:hashicorp/terraform`.
pub(super) fn tool_name(name: &str) -> &str {
    let Some((_, address)) = name.split_once(':') else {
        return name;
    };
    let address = address.split('[').next().unwrap_or_default();
    address.rsplit('/').next().unwrap_or_default()
}

fn versions<'t>(value: &'t DeValue<'_>) -> Vec<&'t str> {
    match value {
        DeValue::String(text) => vec![text.as_ref()],
        DeValue::Array(all) => all.iter().flat_map(|one| versions(one.get_ref())).collect(),
        DeValue::Table(table) if applies(table) => version_of(table).into_iter().collect(),
        _ => Vec::new(),
    }
}

/// Whether all that is asked for is asked for on other systems.
fn is_elsewhere(value: &DeValue<'_>) -> bool {
    match value {
        DeValue::Array(all) => !all.is_empty() && all.iter().all(|one| is_elsewhere(one.get_ref())),
        DeValue::Table(table) => !applies(table),
        _ => false,
    }
}

/// Whether `os` names this system, with or without its kind of processor (`linux`, `macos/arm64`); without an `os`, every
/// system is meant.
fn applies(table: &DeTable<'_>) -> bool {
    let Some(DeValue::Array(systems)) = at(table, &["os"]).map(toml::Spanned::get_ref) else {
        return true;
    };
    systems.iter().any(|system| {
        let (os, processor) = system.get_ref().as_str().map_or(("", None), |system| {
            system
                .split_once('/')
                .map_or((system, None), |(os, one)| (os, Some(one)))
        });
        os == OS && processor.is_none_or(|processor| PROCESSOR.contains(&processor))
    })
}

fn version_of<'t>(table: &'t DeTable<'_>) -> Option<&'t str> {
    match at(table, &["version"])?.get_ref() {
        DeValue::String(text) => Some(text.as_ref()),
        _ => None,
    }
}
