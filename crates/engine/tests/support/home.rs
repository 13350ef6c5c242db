//! A book in a folder, a store in another, and what a front end asks of them.

#![allow(dead_code, unreachable_pub, reason = "each test binary uses a part of it")]
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::path::{Path, PathBuf};

use engine::wire::{Block, StepState, TaskView};
use engine::{Engine, Folders, Options};

pub struct Home {
    folder: tempfile::TempDir,
}

impl Home {
    pub fn new() -> Self {
        let home = Self {
            folder: tempfile::tempdir().unwrap(),
        };
        home.write(
            "book/roadbook.toml",
            "format = 1\nid = \"acme\"\ntitle = \"Acme\"\nreview_every = \"30d\"\n\
             [owner]\nname = \"Platform team\"\n\
             contacts = [{ kind = \"issue\", label = \"Ask\", url = \"https://git.example/new?title={title}\" }]\n\
             [roles]\nbackend = \"Backend engineer\"\nfrontend = \"Frontend engineer\"\n",
        );
        home.write(
            "book/paths/first/index.md",
            "---\ntitle: First\nroles: [backend]\nnext: [second]\n---\nHello.\n",
        );
        home.write(
            "book/paths/first/10-read.md",
            "---\ntitle: Read\nminutes: 5\n---\nRead [this](20-prove.md).\n",
        );
        home.write(
            "book/paths/first/20-prove.md",
            "---\ntitle: Prove\nminutes: 10\n---\n```verify\n- file: README.md\n\
             - contains: { file: README.md, text: \"Owner:\" }\n- command: cat README.md\n\
             failed: Write a **README**.\n```\n",
        );
        home.write(
            "book/paths/first/30-quiz.md",
            "---\ntitle: Quiz\nminutes: 1\n---\n```quiz\nquestion: Who?\nchoices:\n\
             - { text: You, correct: true, why: Yes. }\n- { text: They, why: No. }\n```\n",
        );
        home.write(
            "book/paths/first/40-other.md",
            "---\ntitle: Other\nwhen: { role: [frontend] }\n---\n```confirm\nMet them.\n```\n",
        );
        home.write(
            "book/paths/second/index.md",
            "---\ntitle: Second\nrequires: [first]\n---\nMore.\n",
        );
        home.write(
            "book/paths/second/10-do.md",
            "---\ntitle: Do\n---\n```confirm\nDone **it**.\n```\n",
        );
        home.write(
            "book/library/concepts/path.md",
            "---\ntitle: Paved path\nkind: concept\nreviewed: 2020-01-02\npaths: [first]\n---\n## Why\nBecause.\n",
        );
        home
    }

    pub fn write(&self, below: &str, text: &str) {
        let file = self.path(below);
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(file, text).unwrap();
    }

    pub fn path(&self, below: &str) -> PathBuf {
        self.folder.path().join(below)
    }

    pub fn open(&self) -> Engine {
        let folders = Folders {
            data: self.path("data"),
            cache: self.path("cache"),
            home: self.path("home"),
        };
        Engine::open(Options {
            book: Some(self.path("book")),
            folders: Some(folders),
        })
        .unwrap()
    }
}

pub fn task(engine: &Engine, step: &str) -> TaskView {
    let page = engine.page(step).unwrap();
    page.blocks
        .into_iter()
        .find_map(|block| match block {
            Block::Task { task } => Some(task),
            Block::Html { .. } => None,
        })
        .unwrap()
}

pub fn states(engine: &Engine, path: &str) -> Vec<StepState> {
    engine.path(path).unwrap().steps.iter().map(|step| step.state).collect()
}

pub fn point_at(engine: &Engine, step: &str, folder: &Path) {
    engine.set_folder((step, folder.to_str().unwrap())).unwrap();
}
