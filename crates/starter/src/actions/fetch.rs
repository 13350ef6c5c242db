//! `fetch:template` and `fetch:plain`: a folder of the roadbook comes into the project.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::{Site, needed, texts};
use crate::contain;
use crate::expression::Expressions;
use crate::glob::Globs;
use crate::nunjucks::Options;
use crate::read::shown;
use crate::workspace::{Entry, Trouble, Workspace, entries, is_executable};

/// How the files of a skeleton are treated.
struct Manner {
    expressions: Expressions,
    context: Value,
    /// Neither path nor content is rendered.
    untouched: Globs,
    /// The path is rendered, the content is not.
    unrendered: Globs,
    /// Only files that end so are rendered, and lose the ending.
    extension: Option<String>,
    replace: bool,
}

pub(super) fn template(input: &Value, site: &mut Site<'_, '_>) -> Result<(), Trouble> {
    let untouched = texts(input, "copyWithoutRender")?;
    let unrendered = texts(input, "copyWithoutTemplating")?;
    if !untouched.is_empty() && !unrendered.is_empty() {
        return Err(Trouble::Why(
            "it has both copyWithoutRender and copyWithoutTemplating".to_owned(),
        ));
    }
    let extension = match &input["templateFileExtension"] {
        Value::Bool(true) => Some(".njk".to_owned()),
        Value::String(text) if text.starts_with('.') => Some(text.clone()),
        Value::String(text) if !text.is_empty() => Some(format!(".{text}")),
        _ => None,
    };
    let narrowed = !untouched.is_empty() || !unrendered.is_empty() || input["cookiecutterCompat"] == true;
    if extension.is_some() && narrowed {
        return Err(Trouble::Why(
            "its templateFileExtension says which files are rendered, so copyWithoutTemplating and cookiecutterCompat \
             cannot"
                .to_owned(),
        ));
    }
    let (expressions, context) = rendering(input);
    let manner = Manner {
        expressions,
        context,
        untouched: Globs::new(untouched)?,
        unrendered: Globs::new(unrendered)?,
        extension,
        replace: input["replace"] == true,
    };
    let (source, target) = places(input, site)?;
    let list = entries(&source)?;
    let root = &site.job.starter.root;
    site.job.files("Rendering files", &list, |entry, workspace| {
        render(entry, &source, &target, &manner, root, workspace)
    })
}

pub(super) fn plain(input: &Value, site: &mut Site<'_, '_>) -> Result<(), Trouble> {
    let (source, target) = places(input, site)?;
    let list = entries(&source)?;
    site.job.files("Copying files", &list, |entry, workspace| {
        let path = target.join(contain::relative(&entry.name)?);
        copy(entry, &source, &path, true, workspace)
    })
}

/// How the files of a step are rendered, and with what.
pub(super) fn rendering(input: &Value) -> (Expressions, Value) {
    let options = Options {
        jinja: input["cookiecutterCompat"] == true,
        trim_blocks: input["trimBlocks"] == true,
        lstrip_blocks: input["lstripBlocks"] == true,
    };
    let name = if options.jinja { "cookiecutter" } else { "values" };
    let values = input.get("values").cloned().unwrap_or_else(|| json!({}));
    (Expressions::new(options), json!({ name: values }))
}

fn render(
    entry: &Entry,
    source: &Path,
    target: &Path,
    manner: &Manner,
    root: &Path,
    workspace: &mut Workspace,
) -> Result<(), Trouble> {
    let file = shown(root, &entry.path);
    let untouched = manner.untouched.matches(&entry.name);
    let (name, rendered) = match &manner.extension {
        Some(extension) => match entry.name.strip_suffix(extension.as_str()) {
            Some(name) => (name, true),
            None => (entry.name.as_str(), false),
        },
        None => (
            entry.name.as_str(),
            !untouched && !manner.unrendered.matches(&entry.name),
        ),
    };
    let name = if untouched {
        name.to_owned()
    } else {
        manner
            .expressions
            .render(name, &manner.context)
            .map_err(|bad| Trouble::Expression {
                file: file.clone(),
                bad,
            })?
    };
    // As in Backstage: a name that is rendered away leaves its file out.
    if name.is_empty() || name.starts_with('/') || name.ends_with('/') || name.contains("//") {
        return Ok(());
    }
    let path = target.join(contain::relative(&name)?);
    if !rendered || entry.link {
        return copy(entry, source, &path, manner.replace, workspace);
    }
    let bytes = read(&entry.path)?;
    let text = match std::str::from_utf8(&bytes) {
        Ok(text) if !bytes.contains(&0) => text,
        // A picture or a program.
        _ => {
            return workspace.write(&path, &bytes, is_executable(&entry.path), manner.replace);
        }
    };
    let text = manner
        .expressions
        .render(text, &manner.context)
        .map_err(|bad| Trouble::Expression { file, bad })?;
    workspace.write(&path, text.as_bytes(), is_executable(&entry.path), manner.replace)
}

fn copy(entry: &Entry, source: &Path, path: &Path, replace: bool, workspace: &mut Workspace) -> Result<(), Trouble> {
    if !entry.link {
        let bytes = read(&entry.path)?;
        return workspace.write(path, &bytes, is_executable(&entry.path), replace);
    }
    let outside = || {
        Trouble::Why(format!(
            "the symbolic link `{}` leads out of the template, or nowhere",
            entry.name
        ))
    };
    let target = fs::read_link(&entry.path).map_err(|_| outside())?;
    contain::link_target(Path::new(&entry.name), &target)?;
    // The file system follows chains of links to their end.
    let real = entry.path.canonicalize().map_err(|_| outside())?;
    let root = source.canonicalize().map_err(|_| outside())?;
    if !real.starts_with(root) {
        return Err(outside());
    }
    workspace.link(path, &target, replace)
}

/// The folder to take from, and the one in the project to put it in.
fn places(input: &Value, site: &Site<'_, '_>) -> Result<(PathBuf, PathBuf), Trouble> {
    let source = contain::source(&site.job.starter.root, &site.job.starter.dir, needed(input, "url")?)?;
    if !source.is_dir() {
        return Err(Trouble::Why(format!(
            "`{}` is not a folder",
            shown(&site.job.starter.root, &source)
        )));
    }
    let target = contain::relative(input["targetPath"].as_str().unwrap_or_default())?;
    contain::inside(site.job.workspace.root(), &target)?;
    Ok((source, target))
}

pub(super) fn read(path: &Path) -> Result<Vec<u8>, Trouble> {
    fs::read(path).map_err(|e| Trouble::Disk(git::Error::from_io("Cannot read", path, e)))
}
