//! What a template's files are, in one word.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Component, Path, PathBuf};

use crate::read::shown;
use crate::workspace::{entries, is_executable};
use crate::{Cookiecutter, Kind, Starter};

/// The fingerprint of all files that a template may read: those of its folder, and of the folders that its steps
/// name. Equal fingerprints give equal projects for equal answers; that different ones may too does no harm, for
/// then the projects are compared. `None` where a file cannot be read.
pub(crate) fn fingerprint(starter: &Starter) -> Option<String> {
    let mut lines = BTreeMap::new();
    for place in places(starter) {
        let files: Vec<PathBuf> = if place.is_dir() {
            entries(&place).ok()?.into_iter().map(|entry| entry.path).collect()
        } else {
            vec![place]
        };
        for file in files {
            let name = shown(&starter.root, &file);
            if lines.contains_key(&name) {
                continue;
            }
            let line = if let Ok(target) = fs::read_link(&file) {
                format!("link {}", target.display())
            } else {
                let kind = if is_executable(&file) { "program" } else { "file" };
                format!("{kind} {}", git::content_id(&fs::read(&file).ok()?))
            };
            lines.insert(name, line);
        }
    }
    let lines: Vec<String> = lines.iter().map(|(name, line)| format!("{name}\0{line}\n")).collect();
    Some(git::content_id(lines.concat().as_bytes()))
}

/// The template's folder, and what its steps fetch from beside it.
fn places(starter: &Starter) -> Vec<PathBuf> {
    let mut places = vec![starter.dir.clone()];
    match &starter.kind {
        Kind::Repository(_) => {}
        Kind::Template(template) => {
            let urls = template.steps.iter().filter_map(|step| step.input["url"].as_str());
            places.extend(urls.filter_map(|url| beside(starter, url)));
        }
        Kind::Cookiecutter(template) => add_nested(template, &mut places),
        Kind::Copier(template) => places.extend(beside(starter, template.subdirectory())),
    }
    places
}

fn add_nested(template: &Cookiecutter, places: &mut Vec<PathBuf>) {
    for nested in &template.nested {
        places.push(nested.template.dir().to_owned());
        add_nested(&nested.template, places);
    }
}

/// The place that a relative address means, without following links; what an answer decides is the folder that it
/// decides in.
fn beside(starter: &Starter, url: &str) -> Option<PathBuf> {
    if url.contains("://") {
        return None;
    }
    let fixed = match url.split_once("{{") {
        Some((before, _)) => before.rsplit_once('/').map_or("", |(folder, _)| folder),
        None => url,
    };
    if fixed.is_empty() && !url.is_empty() {
        return Some(starter.root.clone());
    }
    let mut place = starter.dir.clone();
    for part in Path::new(fixed).components() {
        match part {
            Component::Normal(name) => place.push(name),
            Component::ParentDir => _ = place.pop(),
            Component::CurDir => {}
            Component::RootDir | Component::Prefix(_) => return None,
        }
    }
    (place.starts_with(&starter.root) && place.exists()).then_some(place)
}
