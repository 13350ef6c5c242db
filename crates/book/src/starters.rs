//! Finding the starters' folders.

use crate::{
    findings::Place,
    model::StarterFolder,
    walk::{Entry, Tree},
};

/// The files that make a folder a starter.
const DESCRIPTIONS: [&str; 7] = [
    "starter.toml",
    "template.yaml",
    "template.yml",
    "cookiecutter.json",
    "copier.yml",
    "copier.yaml",
    "copier.json",
];

/// Every starter below `starters/`; what is inside one is its own business.
pub(crate) fn find(tree: &mut Tree<'_>) -> Vec<StarterFolder> {
    let mut found = Vec::new();
    for entry in tree.entries("starters") {
        if entry.folder {
            visit(tree, &entry.file, &mut found);
        }
    }
    found.sort_by(|a, b| a.id.cmp(&b.id));
    found
}

fn visit(tree: &mut Tree<'_>, folder: &str, found: &mut Vec<StarterFolder>) {
    let entries = tree.entries(folder);
    let describes = |entry: &Entry| !entry.folder && DESCRIPTIONS.contains(&entry.name.as_str());
    if entries.iter().any(describes) {
        let id = folder.strip_prefix("starters/").unwrap_or(folder).to_owned();
        found.push(StarterFolder {
            id,
            dir: tree.root.join(folder),
        });
        return;
    }
    let before = found.len();
    for entry in entries.iter().filter(|entry| entry.folder) {
        visit(tree, &entry.file, found);
    }
    if found.len() == before && !folder["starters/".len()..].contains('/') {
        tree.findings(folder).warning(
            "not-a-starter",
            Place::FILE,
            format!("{folder} holds no starter and is left out."),
            "Describe it in a starter.toml (a repository to clone) or a template.yaml (a template to fill in).",
        );
    }
}
