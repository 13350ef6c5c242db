//! `package.json`: what npm, corepack and Volta read in it.

use jsonc_parser::ast::{Object, Value};

use super::reading::Reading;

const RUNTIMES: [&str; 3] = ["node", "bun", "deno"];
const MANAGERS: [&str; 4] = ["npm", "pnpm", "yarn", "bun"];

pub(super) fn read(reading: &mut Reading<'_>) {
    let Some(package) = reading.json() else { return };
    if let Some(volta) = package.get_object("volta") {
        volta_pins(reading, volta, &mut Pinned::default());
    }
    // Where both are there, npm and corepack follow devEngines.
    if let Some(engines) = package.get_object("devEngines") {
        for field in ["runtime", "packageManager"] {
            development(reading, engines, field);
        }
    }
    if let Some(value) = package.get_string("packageManager") {
        let line = reading.line_at(value.range.start);
        package_manager(reading, line, &value.value);
    }
    if let Some(engines) = package.get_object("engines") {
        for engine in &engines.properties {
            let name = engine.name.as_str();
            if let Value::StringLit(range) = &engine.value
                && (RUNTIMES.contains(&name) || MANAGERS.contains(&name))
            {
                reading.range(name, reading.line_at(engine.range.start), &range.value, &range.value);
            }
        }
    }
}

/// The pins that no file before this one has. `before` are the files that led here.
fn volta_pins(reading: &mut Reading<'_>, volta: &Object<'_>, before: &mut Pinned) {
    before.files.push(reading.file.to_owned());
    for pin in &volta.properties {
        let name = pin.name.as_str();
        if let Value::StringLit(version) = &pin.value
            && (name == "node" || MANAGERS.contains(&name))
            && !before.tools.iter().any(|tool| tool == name)
        {
            reading.pin(name, reading.line_at(pin.range.start), &version.value);
            before.tools.push(name.to_owned());
        }
    }
    let Some(other) = volta.get_string("extends") else {
        return;
    };
    let line = reading.line_at(other.range.start);
    let told = reading.beside(&other.value, |other| {
        if before.files.iter().any(|file| file == other.file) {
            other.problem(
                1,
                "comes back to itself by way of the files that it extends",
                "Remove one `extends`.",
            );
        } else if let Some(package) = other.json()
            && let Some(volta) = package.get_object("volta")
        {
            volta_pins(other, volta, before);
        }
    });
    if let Err(reason) = told {
        let message = format!("takes further versions from {}, which {reason}", other.value);
        reading.problem(line, &message, "Check the folder that holds both files instead.");
    }
}

/// What files that extend each other have pinned so far.
#[derive(Default)]
struct Pinned {
    tools: Vec<String>,
    files: Vec<String>,
}

/// `pnpm@9.1.0+sha512.0123`.
fn package_manager(reading: &mut Reading<'_>, line: usize, written: &str) {
    let Some((name, version)) = written.split_once('@').filter(|(name, _)| MANAGERS.contains(name)) else {
        let help = "Write a name and a version: \"pnpm@9.1.0\".";
        reading.problem(
            line,
            &format!("has a packageManager that cannot be read, `{written}`"),
            help,
        );
        return;
    };
    // The hash proves the download and says nothing about the version.
    reading.pin(name, line, version.split('+').next().unwrap_or_default());
}

/// `{ "name": "node", "version": ">=20" }`, or an array of such, one of which will do.
fn development(reading: &mut Reading<'_>, engines: &Object<'_>, field: &str) {
    let Some(property) = engines.get(field) else { return };
    let all: Vec<&Object<'_>> = match &property.value {
        Value::Object(one) => vec![one],
        Value::Array(array) => array.elements.iter().filter_map(Value::as_object).collect(),
        _ => Vec::new(),
    };
    let text = |object: &Object<'_>, name: &str| object.get_string(name).map(|text| text.value.to_string());
    let Some(name) = all.first().and_then(|first| text(first, "name")) else {
        return;
    };
    let ranges: Vec<String> = all.iter().map(|one| text(one, "version").unwrap_or_default()).collect();
    let range = ranges.join(" || ");
    let line = reading.line_at(property.range.start);
    let ignored = all.iter().any(|one| text(one, "onFail").as_deref() == Some("ignore"));
    let same = all
        .iter()
        .all(|one| text(one, "name").as_deref() == Some(name.as_str()));
    if same && !ignored {
        reading.range(&name, line, &range, &range);
    } else {
        // One of several tools will do, or none of them has to.
        for (one, range) in all.iter().zip(&ranges) {
            let name = text(one, "name").unwrap_or_default();
            reading.hint(&name, reading.line_at(one.range.start), range, range);
        }
    }
}
