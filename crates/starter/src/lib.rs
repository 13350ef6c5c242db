//! A starter to a new project.
//!
//! A starter is a folder of a roadbook: `starter.toml` names a repository to clone, `template.yaml` (Backstage
//! scaffolder v1beta3) and `cookiecutter.json` and `copier.yml` are templates to fill in. What a starter says is data that somebody else wrote: it runs
//! nothing, and writes only inside the new project's folder.

mod actions;
mod by_hand;
mod contain;
mod cookiecutter;
mod copier;
mod create;
mod error;
mod expression;
mod fingerprint;
mod fnmatch;
mod form;
mod glob;
mod jinja;
mod job;
mod nunjucks;
mod outdated;
mod preview;
mod provenance;
mod read;
mod repository;
mod saved;
mod secrets;
mod steps;
mod template;
mod upgrade;
mod validate;
mod workspace;

pub use cookiecutter::{Cookiecutter, Nested};
pub use copier::Copier;
pub use create::{Created, Deferred, Link, Progress, Request, create};
pub use error::{CreateError, Kind as CreateErrorKind};
pub use form::{Choice, Field, Input, Page, form, form_with};
pub use outdated::{Assumed, Outdated, UpgradeRequest, outdated};
pub use preview::{Preview, PreviewFile, dry_run, preview};
pub use provenance::{Provenance, keepable, provenance};
pub use read::{Finding, Kind, Starter, read};
pub use repository::Repository;
pub use saved::{AnswersError, read_answers, write_answers};
pub use template::{Step, Template};
pub use upgrade::{UpgradeError, Upgraded, upgrade};
pub use validate::{FieldError, complete, validate};
