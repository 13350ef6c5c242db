//! The reference page is written from the code and has to be current.
//!
//! `UPDATE=1 cargo test --workspace --exclude tests --test reference` writes it anew.
#![allow(clippy::unwrap_used)]

use std::{fs, path::Path};

use toolchain::{Catalogue, reference};

#[test]
fn the_reference_page_is_current() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/toolchain.md");
    let page = reference();
    if std::env::var_os("UPDATE").is_some() {
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(&file, &page).unwrap();
    }

    let written = fs::read_to_string(&file).unwrap_or_default().replace("\r\n", "\n");

    assert!(
        written == page,
        "docs/toolchain.md is stale; write it anew with: UPDATE=1 cargo test --workspace --exclude tests --test reference"
    );
}

#[test]
fn the_reference_names_every_tool_and_file_in_a_whole_table() {
    let page = reference();

    for tool in Catalogue::builtin().tools() {
        assert!(page.contains(&format!("| `{}`", tool.id)), "{}", tool.id);
    }
    for file in [".tool-versions", "package.json", "*.tf", "Dockerfile"] {
        assert!(page.contains(&format!("`{file}`")), "{file}");
    }
    let mut columns = None;
    for line in page.lines() {
        let bars = line.replace(r"\|", "").matches('|').count();
        if bars > 0 {
            assert_eq!(*columns.get_or_insert(bars), bars, "{line}");
        } else {
            columns = None;
        }
    }
}
