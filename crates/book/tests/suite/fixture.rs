//! A roadbook folder that lives as long as its test.

use std::{fs, path::Path};

use book::{Block, Diagnostic, LoadError, Loaded};

pub(crate) const MANIFEST: &str = r#"format = 1
id = "acme"
title = "Acme roadbook"

[roles]
frontend = "Frontend engineer"
backend = "Backend engineer"
"#;

pub(crate) struct Fixture {
    folder: tempfile::TempDir,
}

impl Fixture {
    /// A folder with nothing but a valid `roadbook.toml`.
    pub(crate) fn new() -> Self {
        Self::empty().file("roadbook.toml", MANIFEST)
    }

    pub(crate) fn empty() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
        }
    }

    pub(crate) fn file(self, path: &str, text: impl AsRef<[u8]>) -> Self {
        let file = self.folder.path().join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
        self
    }

    /// A path `p` with one step `p/s`.
    pub(crate) fn step(self, text: &str) -> Self {
        self.file("paths/p/index.md", "---\ntitle: P\n---\n")
            .file("paths/p/10-s.md", text)
    }

    pub(crate) fn root(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn load(&self) -> Loaded {
        book::load(self.root()).unwrap()
    }

    pub(crate) fn refusal(&self) -> LoadError {
        book::load(self.root()).unwrap_err()
    }

    /// What loading finds, a line each.
    pub(crate) fn findings(&self) -> String {
        lines(&self.load().diagnostics)
    }

    /// What checking finds besides.
    pub(crate) fn checks(&self) -> String {
        lines(&book::check(&self.load().book))
    }

    /// A page's HTML, tasks as `[task 0]`.
    pub(crate) fn html(&self, page: &str) -> String {
        let book = self.load().book;
        let rendered = book::render(&book, book.page(page).unwrap(), "content://localhost/");
        let blocks = rendered.blocks.into_iter().map(|block| match block {
            Block::Html(html) => html,
            Block::Task(index) => format!("[task {index}]"),
        });
        blocks.collect::<Vec<_>>().join("\n")
    }
}

/// The HTML of Markdown on the library page `library/page`, beside `library/other` with a heading `place`.
pub(crate) fn html(markdown: &str) -> String {
    in_dialect("github", markdown)
}

/// As [`html`], in another dialect.
pub(crate) fn in_dialect(dialect: &str, markdown: &str) -> String {
    Fixture::empty()
        .file(
            "roadbook.toml",
            format!("format = 1\nid = \"a\"\ntitle = \"A\"\ndialect = \"{dialect}\"\n"),
        )
        .file("library/page.md", format!("---\ntitle: Page\n---\n{markdown}"))
        .file("library/other.md", "# Other\n\n## Place\n")
        .file("library/folder/index.md", "# Folder\n")
        .file("paths/p/index.md", "# P\n\n## Why\n")
        .file("paths/p/10-s.md", "# S\n")
        .file("starters/go/api/template.yaml", "")
        .file("assets/a b.png", "")
        .html("library/page")
}

pub(crate) fn lines(diagnostics: &[Diagnostic]) -> String {
    let lines = diagnostics.iter().map(|found| {
        assert!(
            found.message.ends_with('.') && found.help.ends_with('.'),
            "not sentences: {found:?}"
        );
        let Diagnostic {
            code,
            severity,
            message,
            file,
            line,
            column,
            help,
        } = found;
        format!("{file}:{line}:{column} {severity:?} {code}: {message} -> {help}")
    });
    lines.collect::<Vec<_>>().join("\n")
}
