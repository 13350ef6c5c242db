//! `pyproject.toml`: PEP 621, and Poetry's own table from before it.

use toml::de::DeValue;

use super::{
    meaning::zero_padded,
    reading::{Reading, at},
};

/// Where a range stands, and of which tool.
const PLACES: [(&[&str], &str); 5] = [
    (&["project", "requires-python"], "python3"),
    (&["tool", "poetry", "dependencies", "python"], "python3"),
    (&["tool", "poetry", "dependencies", "python", "version"], "python3"),
    (&["tool", "uv", "required-version"], "uv"),
    (&["tool", "ruff", "required-version"], "ruff"),
];

pub(super) fn project(reading: &mut Reading<'_>) {
    let Some(table) = reading.toml() else { return };
    for (keys, tool) in PLACES {
        if let Some(value) = at(&table, keys)
            && let DeValue::String(text) = value.get_ref()
        {
            // Poetry takes one bar for two.
            let range = text
                .split('|')
                .filter(|part| !part.trim().is_empty())
                .collect::<Vec<_>>()
                .join("||");
            reading.range(tool, reading.line_at(value.span().start), text, &zero_padded(&range));
        }
    }
}
