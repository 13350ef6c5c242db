//! What a project's containers use: hints, because they say nothing about this machine.

use std::collections::BTreeMap;

use jsonc_parser::ast::Value;

use super::reading::Reading;

/// Official images, and the tool in them.
const IMAGES: [(&str, &str); 18] = [
    ("node", "node"),
    ("python", "python3"),
    ("golang", "go"),
    ("rust", "rustc"),
    ("ruby", "ruby"),
    ("openjdk", "java"),
    ("eclipse-temurin", "java"),
    ("amazoncorretto", "java"),
    ("php", "php"),
    ("elixir", "elixir"),
    ("maven", "maven"),
    ("gradle", "gradle"),
    ("dotnet/sdk", "dotnet"),
    ("hashicorp/terraform", "terraform"),
    ("oven/bun", "bun"),
    ("denoland/deno", "deno"),
    ("swift", "swift"),
    ("dart", "dart"),
];
/// Images for development containers, and the tool in them.
const DEVELOPMENT: [(&str, &str); 9] = [
    ("javascript-node", "node"),
    ("typescript-node", "node"),
    ("python", "python3"),
    ("go", "go"),
    ("rust", "rustc"),
    ("java", "java"),
    ("ruby", "ruby"),
    ("dotnet", "dotnet"),
    ("php", "php"),
];

/// `FROM node:20.11-slim`, with arguments that stand in the file filled in.
pub(super) fn dockerfile(reading: &mut Reading<'_>) {
    let mut arguments = BTreeMap::new();
    for (at, text) in reading.text.lines().enumerate() {
        let mut words = text.split_whitespace();
        match words.next().unwrap_or_default().to_ascii_uppercase().as_str() {
            "ARG" => {
                if let Some((name, value)) = words.next().and_then(|word| word.split_once('=')) {
                    arguments.insert(name.to_owned(), value.trim_matches(['"', '\'']).to_owned());
                }
            }
            "FROM" => {
                if let Some(image) = words.find(|word| !word.starts_with("--"))
                    && let Some(image) = filled(image, &arguments)
                {
                    official(reading, at + 1, &image);
                }
            }
            _ => {}
        }
    }
}

/// The image and the features of `devcontainer.json`.
pub(super) fn devcontainer(reading: &mut Reading<'_>) {
    let Some(container) = reading.json() else { return };
    if let Some(image) = container.get_string("image") {
        let line = reading.line_at(image.range.start);
        match image.value.rsplit_once("devcontainers/") {
            Some((_, image)) => development(reading, line, image),
            None => official(reading, line, &image.value),
        }
    }
    let Some(features) = container.get_object("features") else {
        return;
    };
    for feature in &features.properties {
        let address = feature.name.as_str().rsplit('/').next().unwrap_or_default();
        // What follows the colon is the version of the feature itself.
        let tool = address.split(':').next().unwrap_or_default();
        let version = match &feature.value {
            Value::StringLit(version) => Some(version),
            Value::Object(options) => options.get_string("version"),
            _ => None,
        };
        if let Some(version) = version {
            reading.hint(
                tool,
                reading.line_at(feature.range.start),
                &version.value,
                &numeric(&version.value),
            );
        }
    }
}

fn official(reading: &mut Reading<'_>, line: usize, image: &str) {
    let image = image.split('@').next().unwrap_or_default();
    let Some((name, tag)) = image.rsplit_once(':').filter(|(_, tag)| !tag.contains('/')) else {
        return;
    };
    let fits =
        |known: &str| name == known || (name.ends_with(known) && name[..name.len() - known.len()].ends_with('/'));
    if let Some((_, tool)) = IMAGES.iter().find(|(known, _)| fits(known)) {
        reading.hint(tool, line, image, &numeric(tag));
    }
}

/// `python:3.12`, and `python:1-3.12-bookworm`, where the first number is that of the image.
fn development(reading: &mut Reading<'_>, line: usize, image: &str) {
    let Some((name, tag)) = image.split_once(':') else {
        return;
    };
    let numbers: Vec<_> = tag.split('-').filter(|part| !numeric(part).is_empty()).collect();
    let version = numbers.get(1).or(numbers.first()).copied().unwrap_or_default();
    if let Some((_, tool)) = DEVELOPMENT.iter().find(|(known, _)| *known == name) {
        reading.hint(tool, line, image, &numeric(version));
    }
}

/// The dotted number at the front; empty where there is none.
fn numeric(tag: &str) -> String {
    let end = tag.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(tag.len());
    tag[..end].trim_end_matches('.').to_owned()
}

/// `None` where an argument is not known.
fn filled(image: &str, arguments: &BTreeMap<String, String>) -> Option<String> {
    let mut filled = String::new();
    let mut rest = image;
    while let Some((before, after)) = rest.split_once('$') {
        filled.push_str(before);
        let (name, default) = if let Some(braced) = after.strip_prefix('{') {
            let (inside, after) = braced.split_once('}')?;
            rest = after;
            inside
                .split_once(":-")
                .map_or((inside, None), |(name, default)| (name, Some(default)))
        } else {
            let end = after
                .find(|c: char| !c.is_ascii_alphanumeric() && c != '_')
                .unwrap_or(after.len());
            let (name, after) = after.split_at(end);
            rest = after;
            (name, None)
        };
        filled.push_str(arguments.get(name).map(String::as_str).or(default)?);
    }
    filled.push_str(rest);
    Some(filled)
}
