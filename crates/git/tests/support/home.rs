//! An empty folder to clone into.

#![allow(dead_code, unreachable_pub, reason = "each test binary uses a part of it")]
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::fs;
use std::path::PathBuf;

use crate::git_server;

/// A folder to clone into, with hermetic Git settings.
pub struct Home(pub tempfile::TempDir);

impl Home {
    pub fn new() -> Self {
        git::read_settings_from(git_server::settings());
        Self(tempfile::tempdir().unwrap())
    }

    pub fn target(&self) -> PathBuf {
        self.0.path().join("projects/shop")
    }

    pub fn is_empty(&self) -> bool {
        fs::read_dir(self.0.path()).unwrap().next().is_none()
    }
}
