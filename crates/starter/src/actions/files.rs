//! `fs:delete`, `fs:rename` and `debug:log`.

use std::path::Path;

use serde_json::Value;

use super::{Site, needed, texts};
use crate::contain;
use crate::glob::Globs;
use crate::workspace::Trouble;

pub(super) fn delete(input: &Value, site: &mut Site<'_, '_>) -> Result<(), Trouble> {
    let patterns = texts(input, "files")?;
    if patterns.is_empty() {
        return Err(Trouble::Why("its input `files` is missing".to_owned()));
    }
    for pattern in &patterns {
        // A pattern may hold `*`, which no path may; what is left of it has to be a path inside.
        contain::relative(&pattern.trim_start_matches('!').replace(['*', '?'], "x"))?;
        let path = contain::relative(&pattern.replace(['*', '?'], "x"))?;
        if !pattern.contains(['*', '?', '[', '{', '!']) && !path.as_os_str().is_empty() {
            site.job.workspace.remove(&path)?;
        }
    }
    let globs = Globs::new(patterns.iter().copied())?;
    for entry in site.job.workspace.entries()? {
        if globs.matches(&entry.name) {
            site.job.workspace.remove(Path::new(&entry.name))?;
        }
    }
    Ok(())
}

pub(super) fn rename(input: &Value, site: &mut Site<'_, '_>) -> Result<(), Trouble> {
    let Some(list) = input["files"].as_array() else {
        return Err(Trouble::Why("its input `files` is missing".to_owned()));
    };
    for file in list {
        let (from, to) = (
            contain::relative(needed(file, "from")?)?,
            contain::relative(needed(file, "to")?)?,
        );
        site.job.workspace.rename(&from, &to, file["overwrite"] == true)?;
    }
    Ok(())
}

pub(super) fn log(input: &Value, site: &mut Site<'_, '_>) -> Result<(), Trouble> {
    match &input["message"] {
        Value::Null => {}
        Value::String(message) => site.log.push(message.clone()),
        other => site.log.push(other.to_string()),
    }
    let list = &input["listWorkspace"];
    if *list == true || list.is_string() {
        site.log
            .extend(site.job.workspace.entries()?.into_iter().map(|entry| entry.name));
    }
    Ok(())
}
