//! A starter to a new project.
//!
//! A starter is a folder of a roadbook: `starter.toml` names a repository to clone, `template.yaml` (Backstage
//! scaffolder v1beta3) and `cookiecutter.json` and `copier.yml` are templates to fill in. What a starter says is data that somebody else wrote: it runs
//! nothing, and writes only inside the new project's folder.

mod actions;
mod contain;
mod cookiecutter;
mod copier;
mod create;
mod error;
mod expression;
mod fnmatch;
mod form;
mod glob;
mod jinja;
mod preview;
mod provenance;
mod read;
mod repository;
mod steps;
mod template;
mod validate;
mod workspace;

pub use cookiecutter::{Cookiecutter, Nested};
pub use copier::Copier;
pub use create::{Created, Deferred, Link, Progress, Request, create};
pub use error::{CreateError, Kind as CreateErrorKind};
pub use form::{Choice, Field, Input, Page, form, form_with};
pub use preview::{PreviewFile, preview};
pub use read::{Finding, Kind, Starter, read};
pub use repository::Repository;
pub use template::{Step, Template};
pub use validate::{FieldError, complete, validate};
