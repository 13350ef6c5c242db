//! Requirements and probes to findings about the tools on this machine.
//!
//! A [`Requirement`] names a tool of the [`Catalogue`] and a version [`Range`]. [`check`] probes each tool once, in
//! parallel, in an [`Environment`] that forbids downloads and prompts, and answers with a [`Finding`] per requirement:
//! what was run, what it said, what was asked for, and what to do on this [`Platform`].
//!
//! Invariants: a probe never changes the machine, never runs through a shell, and leaves no process behind; "could not
//! be run" never looks like "passed" or "failed"; the process's own environment is never changed.

mod cache;
mod carried;
mod catalogue;
mod check;
mod environment;
mod finding;
mod fixes;
mod locate;
mod platform;
mod probe;
mod process;
mod range;
mod reference;
mod report;
mod requirement;
mod setting;
mod shim;
mod stub;
mod text;
mod tool;
mod trust;
mod verdict;
mod version;

pub use cache::Cache;
pub use carried::{Carried, CarriedKind, CarriedRequirement, Conflict, Problem, requirements_in};
pub use catalogue::{Catalogue, Issue};
pub use check::{Event, check, check_in};
pub use environment::{Environment, LatestEnvironment};
pub use finding::{Finding, Fix, InProject, State};
pub use fixes::fixes_for;
pub use platform::{Os, PackageManager, Platform, ToolManager};
pub use range::{Range, RangeError};
pub use reference::reference;
pub use report::{Redactor, ReportFormat, report};
pub use requirement::{Requirement, Severity};
pub use setting::{Limits, Setting};
pub use tool::{Kind, Sample, Stream, Tool};
pub use version::{Scheme, Version};
