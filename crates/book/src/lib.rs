//! A roadbook folder to a book and its diagnostics, and Markdown to safe HTML on demand.
//!
//! [`load`] reads a folder and never fails as a whole once there is a `roadbook.toml` it understands: what cannot
//! be read becomes a [`Diagnostic`]. [`render`] turns one page into HTML that passed an allow-list. [`check`] follows
//! every link of the book, which takes longer than an opening window may wait.

mod callout;
mod check;
mod code;
mod diagnostic;
mod dialect;
mod document;
mod error;
mod escape;
mod findings;
mod front_matter;
mod inside;
mod links;
mod load;
mod lookup;
mod manifest;
mod model;
mod passages;
mod pictures;
mod raw_html;
mod references;
mod render;
mod sanitise;
mod slug;
mod starters;
mod tasks;
mod verify;
mod walk;
mod yaml;

pub use check::check;
pub use code::warm_up;
pub use diagnostic::{Diagnostic, Severity};
pub use error::LoadError;
pub use inside::{PathError, check_relative, resolve_inside};
pub use load::{Loaded, load};
pub use lookup::Section;
pub use model::{
    Book, Check, Choice, Contact, Dialect, Kind, Manifest, Owner, Page, PavedPath, Quiz, Role, StarterFolder, Status,
    Step, Task, TaskKind, ToolRequirement, Verify, When,
};
pub use passages::{Passage, passages, plain};
pub use render::{Block, Heading, Rendered, render, render_text};

/// The format of roadbooks that this version reads (`format` in `roadbook.toml`).
pub const FORMAT: u32 = 1;
