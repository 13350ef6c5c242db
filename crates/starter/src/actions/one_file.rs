//! `fetch:template:file` and `fetch:plain:file`: one file of the roadbook comes into the project.

use std::path::PathBuf;

use serde_json::Value;

use super::fetch::{read, rendering};
use super::{Site, needed};
use crate::contain;
use crate::read::shown;
use crate::workspace::{Trouble, is_executable};

pub(super) fn template(input: &Value, site: &mut Site<'_, '_>) -> Result<(), Trouble> {
    let (source, target) = places(input, site)?;
    let replace = input["replace"] == true;
    let bytes = read(&source)?;
    let file = shown(&site.job.starter.root, &source);
    let Ok(text) = String::from_utf8(bytes) else {
        return Err(Trouble::Why(format!(
            "`{file}` is no UTF-8 text, and cannot be rendered"
        )));
    };
    let (expressions, context) = rendering(input);
    let rendered = expressions
        .render(&text, &context)
        .map_err(|bad| Trouble::Expression { file, bad })?;
    // As in Backstage, which writes the text anew, the file may not be run.
    site.job.workspace.write(&target, rendered.as_bytes(), false, replace)
}

pub(super) fn plain(input: &Value, site: &mut Site<'_, '_>) -> Result<(), Trouble> {
    let (source, target) = places(input, site)?;
    let bytes = read(&source)?;
    site.job.workspace.write(&target, &bytes, is_executable(&source), true)
}

/// The file to take, and where in the project it goes.
fn places(input: &Value, site: &Site<'_, '_>) -> Result<(PathBuf, PathBuf), Trouble> {
    let source = contain::source(&site.job.starter.root, &site.job.starter.dir, needed(input, "url")?)?;
    if !source.is_file() {
        return Err(Trouble::Why(format!(
            "`{}` is not a file",
            shown(&site.job.starter.root, &source)
        )));
    }
    Ok((source, contain::relative(needed(input, "targetPath")?)?))
}
