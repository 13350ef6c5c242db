//! `mise.toml`: the `[tools]` table. Templates, hooks and `[env]` are left alone.

use toml::de::{DeTable, DeValue};

use super::reading::{Reading, at};

pub(super) fn read(reading: &mut Reading<'_>) {
    let Some(table) = reading.toml() else { return };
    let Some(DeValue::Table(tools)) = at(&table, &["tools"]).map(toml::Spanned::get_ref) else {
        return;
    };
    for (name, value) in tools {
        let line = reading.line_at(name.span().start);
        let versions = versions(value.get_ref());
        let tool = tool_name(name.get_ref());
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
        DeValue::Table(table) => version_of(table).into_iter().collect(),
        _ => Vec::new(),
    }
}

fn version_of<'t>(table: &'t DeTable<'_>) -> Option<&'t str> {
    match at(table, &["version"])?.get_ref() {
        DeValue::String(text) => Some(text.as_ref()),
        _ => None,
    }
}
