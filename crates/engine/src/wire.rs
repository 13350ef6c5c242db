//! The types that cross the border to a front end, and nothing else does.
//!
//! Plain data in the words of the interface. The TypeScript for them is generated from here into
//! `ui/src/lib/backend/wire.gen.ts`; the test `wire_types_are_current` proves it current.

mod failure;
mod frame;
mod job;
mod mirror;
mod page;
mod path;
mod search;
mod starter;
mod task;
mod tool;
mod upgrade;

pub use failure::{Code, Failure};
pub use frame::{BookCard, ContactCard, Home, NewsCard, Notice, OwnerCard, Resume, RoleCard, Settings, Start, Theme};
pub use job::{DiagnosticRow, JobEvent};
pub use mirror::StarterMirror;
pub use page::{About, Block, HeadingCard, LibrarySection, LinkCard, PageView, StepView};
pub use path::{PathCard, PathView, Progress, StepCard, StepState};
pub use search::{SearchAnswer, SearchHit};
pub use starter::{
    DeferredAction, DeferredKind, FieldProblem, FormChoice, FormField, FormInput, FormPage, FormView, NewProject,
    Opener, PreviewedFile, ProjectCard, ProjectPreview, StarterCard, StarterView,
};
pub use task::{CheckRow, ChoiceRow, TaskBody, TaskState, TaskView};
pub use tool::{
    AskedBy, CarriedFinding, Fix, RepositoryCheck, Severity, ToolGroup, ToolInProject, ToolRow, ToolScope,
    ToolScopeCard, ToolchainCard, ToolchainView,
};
pub use upgrade::{
    AssumedAnswer, ChangedFile, CompareProject, FileChange, FileOutcome, OutdatedView, UpgradeView, UpgradedFile,
};
