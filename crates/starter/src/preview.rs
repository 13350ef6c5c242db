//! What a template would make, without making it.

use std::fs;

use serde_json::{Map, Value};
use tokio_util::sync::CancellationToken;

use crate::create::{Deferred, Link};
use crate::secrets::Secrets;
use crate::validate::{complete, validate};
use crate::workspace::{Entry, Workspace, is_executable};
use crate::{CreateError, Starter, steps};

/// A file that would be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PreviewFile {
    /// Below the project's folder, with `/`.
    pub path: String,
    /// What is in it, with secrets masked in texts; for a symbolic link, where it points.
    pub bytes: Vec<u8>,
    /// How long it will be, in bytes; a mask is not counted.
    pub size: u64,
    /// Whether it may be run.
    pub executable: bool,
    /// Whether it is a symbolic link.
    pub link: bool,
    /// Whether it is no text.
    pub binary: bool,
}

impl PreviewFile {
    /// Its text, of which no more than `most` bytes, and whether that is less than all; `None` for what is no text.
    pub fn text(&self, most: usize) -> Option<(&str, bool)> {
        let text = std::str::from_utf8(&self.bytes).ok().filter(|_| !self.binary)?;
        let end = (0..=most.min(text.len()))
            .rev()
            .find(|end| text.is_char_boundary(*end))?;
        Some((&text[..end], end < text.len()))
    }

    /// Its mode as Git has it: `100644`, `100755` or `120000`.
    pub fn mode(&self) -> &'static str {
        match (self.link, self.executable) {
            (true, _) => "120000",
            (false, true) => "100755",
            (false, false) => "100644",
        }
    }
}

/// What a template would make and say.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Preview {
    /// In order of their paths; a repository has none to show before it is cloned.
    pub files: Vec<PreviewFile>,
    /// Steps that would be left to the person.
    pub deferred: Vec<Deferred>,
    /// Links to go on with.
    pub links: Vec<Link>,
    /// What to do next, Markdown, may be empty.
    pub after: String,
    /// What the template's `debug:log` says.
    pub log: Vec<String>,
}

/// The files that a template would make, in order; a repository has none to show before it is cloned.
///
/// # Errors
/// As in [`crate::create`].
pub fn preview(starter: &Starter, values: &Map<String, Value>) -> Result<Vec<PreviewFile>, CreateError> {
    dry_run(starter, values, "project", &CancellationToken::new()).map(|preview| preview.files)
}

/// All that [`crate::create`] would make of a template, in a temporary folder that is gone afterwards. `name` is the
/// project's. Needs no Git settings. Blocks.
///
/// # Errors
/// As in [`crate::create`].
pub fn dry_run(
    starter: &Starter,
    values: &Map<String, Value>,
    name: &str,
    cancel: &CancellationToken,
) -> Result<Preview, CreateError> {
    let fields = validate(starter, values);
    if !fields.is_empty() {
        return Err(CreateError::Invalid { fields });
    }
    let failed = |e| {
        CreateError::Git(git::Error::from_io(
            "Cannot create a folder in",
            &std::env::temp_dir(),
            e,
        ))
    };
    let folder = tempfile::tempdir().map_err(failed)?;
    let mut workspace = Workspace::new(folder.path());
    let values = complete(starter, values);
    let outcome = steps::render(starter, &values, name, &mut workspace, &mut |_, _, _| {}, cancel)?;
    let secrets = Secrets::of(starter, &values);
    let entries = workspace
        .entries()
        .map_err(|trouble| steps::explain(trouble, &starter.id, "preview"))?;
    Ok(Preview {
        files: entries
            .into_iter()
            .map(|entry| file(&entry, &secrets))
            .collect::<Result<_, _>>()?,
        deferred: outcome.deferred,
        links: outcome.links,
        after: outcome.after,
        log: outcome.log,
    })
}

fn file(entry: &Entry, secrets: &Secrets) -> Result<PreviewFile, CreateError> {
    let bytes = if entry.link {
        fs::read_link(&entry.path).map(|target| target.to_string_lossy().into_owned().into_bytes())
    } else {
        fs::read(&entry.path)
    };
    let bytes = bytes.map_err(|e| CreateError::Git(git::Error::from_io("Cannot read", &entry.path, e)))?;
    let size = bytes.len() as u64;
    let (bytes, binary) = match String::from_utf8(bytes) {
        Ok(text) if !text.contains('\0') => (secrets.mask(&text).into_bytes(), false),
        Ok(text) => (text.into_bytes(), true),
        Err(error) => (error.into_bytes(), true),
    };
    Ok(PreviewFile {
        path: secrets.mask(&entry.name),
        bytes,
        size,
        executable: !entry.link && is_executable(&entry.path),
        link: entry.link,
        binary,
    })
}
