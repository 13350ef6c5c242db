//! Pictures of the roadbook, for the window.

use crate::Engine;
use crate::wire::{Code, Failure};

/// The most bytes of a picture.
const LARGEST: u64 = 32 * 1024 * 1024;

/// What is served, by ending. Types come from here and never from the file.
const TYPES: &[(&str, &str)] = &[
    ("svg", "image/svg+xml"),
    ("png", "image/png"),
    ("jpg", "image/jpeg"),
    ("jpeg", "image/jpeg"),
    ("gif", "image/gif"),
    ("webp", "image/webp"),
    ("avif", "image/avif"),
];

/// A picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asset {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// Its media type.
    pub media_type: &'static str,
}

impl Engine {
    /// A picture by its path below the roadbook's folder, with `/`.
    ///
    /// # Errors
    /// For a path that leads out of the folder, another type of file, one that is missing or over 32 MiB.
    pub fn asset(&self, path: &str) -> Result<Asset, Failure> {
        let missing = || Failure::not_found("picture", path);
        let ending = path.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
        let (_, media_type) = TYPES
            .iter()
            .find(|(known, _)| ending.as_deref() == Some(known))
            .ok_or_else(missing)?;
        let file = ::book::resolve_inside(&self.book().root, path).map_err(|_| missing())?;
        let about = std::fs::metadata(&file).map_err(|_| missing())?;
        if !about.is_file() || about.len() > LARGEST {
            return Err(missing());
        }
        let bytes = std::fs::read(&file).map_err(|error| {
            Failure::new(
                Code::Failed,
                format!("{} could not be read: {error}.", file.display()),
                "",
            )
        })?;
        Ok(Asset { bytes, media_type })
    }
}
