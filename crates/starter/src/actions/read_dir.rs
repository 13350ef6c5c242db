//! `fs:readdir`: what is in folders of the project.

use std::fs;

use serde_json::{Map, Value, json};

use super::{Site, texts};
use crate::contain;
use crate::workspace::Trouble;

/// The outputs `files` and `folders`, in order of their paths. `fullPath` is the path in the project, as `path` is: the
/// folder that the steps build in has another name than the project will have.
pub(super) fn list(input: &Value, site: &mut Site<'_, '_>) -> Result<Map<String, Value>, Trouble> {
    let paths = texts(input, "paths")?;
    if paths.is_empty() {
        return Err(Trouble::Why("its input `paths` is missing".to_owned()));
    }
    let recursive = input["recursive"] == true;
    let (mut files, mut folders) = (Vec::new(), Vec::new());
    for path in paths {
        let start = contain::relative(path)?;
        let mut open = vec![start];
        while let Some(folder) = open.pop() {
            let place = contain::inside(site.job.workspace.root(), &folder)?;
            let missing = |_| Trouble::Why(format!("`{path}` is no folder of the project"));
            let mut entries: Vec<_> = fs::read_dir(&place).and_then(Iterator::collect).map_err(missing)?;
            entries.sort_by_key(fs::DirEntry::file_name);
            for entry in entries {
                let name = entry.file_name().to_string_lossy().into_owned();
                let below = folder.join(&name);
                let shown: Vec<_> = below.iter().map(|part| part.to_string_lossy()).collect();
                let shown = shown.join("/");
                let element = json!({ "name": name, "path": shown, "fullPath": shown });
                if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
                    folders.push(element);
                    if recursive {
                        open.push(below);
                    }
                } else {
                    files.push(element);
                }
            }
        }
    }
    for list in [&mut files, &mut folders] {
        list.sort_by(|a, b| a["path"].as_str().cmp(&b["path"].as_str()));
    }
    Ok(Map::from_iter([
        ("files".to_owned(), Value::Array(files)),
        ("folders".to_owned(), Value::Array(folders)),
    ]))
}
