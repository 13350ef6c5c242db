//! What is kept of a window when a test fails.

use std::fs;
use std::path::PathBuf;
use std::thread;

use crate::programs::target_folder;
use crate::webdriver::Window;

/// Saves a picture, the page, what it offers and the logs below `target/window-failures/TEST/`, and gives the folder.
pub(crate) fn save(window: &Window) -> PathBuf {
    let folder = folder();
    drop(fs::create_dir_all(&folder));
    // The window may be what broke: whatever can be had is kept.
    drop(window.screenshot(&folder.join("window.png")));
    drop(
        window
            .source()
            .map(|source| fs::write(folder.join("page.html"), source)),
    );
    drop(
        window
            .offered()
            .map(|offered| fs::write(folder.join("offered.txt"), offered)),
    );
    drop(fs::write(folder.join("driver.log"), window.driver().log()));
    folder
}

/// A folder named after the running test.
fn folder() -> PathBuf {
    let name = thread::current().name().unwrap_or("unnamed").replace("::", "-");
    target_folder().join("window-failures").join(name)
}
