//! What a template would make, without making it.

use std::fs;

use serde_json::{Map, Value};
use tokio_util::sync::CancellationToken;

use crate::validate::{complete, validate};
use crate::workspace::Workspace;
use crate::{CreateError, Starter, steps};

/// A file that would be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PreviewFile {
    /// Below the project's folder, with `/`.
    pub path: String,
    /// What is in it; for a symbolic link, where it points.
    pub bytes: Vec<u8>,
}

/// The files that a template would make, in order; a repository has none to show before it is cloned.
///
/// # Errors
/// As in [`crate::create`].
pub fn preview(starter: &Starter, values: &Map<String, Value>) -> Result<Vec<PreviewFile>, CreateError> {
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
    steps::render(
        starter,
        &values,
        "project",
        &mut workspace,
        &mut |_, _, _| {},
        &CancellationToken::new(),
    )?;
    let disk = |path: &std::path::Path, e| CreateError::Git(git::Error::from_io("Cannot read", path, e));
    let entries = workspace
        .entries()
        .map_err(|trouble| steps::explain(trouble, &starter.id, "preview"))?;
    entries
        .into_iter()
        .map(|entry| {
            let bytes = if entry.link {
                fs::read_link(&entry.path).map(|target| target.to_string_lossy().into_owned().into_bytes())
            } else {
                fs::read(&entry.path)
            };
            Ok(PreviewFile {
                path: entry.name,
                bytes: bytes.map_err(|e| disk(&entry.path, e))?,
            })
        })
        .collect()
}
