//! Whether a project's starter has moved on, and what that means for the project.

use std::fs;
use std::path::{Path, PathBuf};

use git::{CloneRequest, FileDiff, History, MergeRequest};
use serde_json::{Map, Value};
use tokio_util::sync::CancellationToken;

use crate::fingerprint::fingerprint;
use crate::form::{Field, Input, fields};
use crate::provenance::{FILE, Provenance, keepable, provenance};
use crate::repository::{Repository, of_clone};
use crate::validate::{complete, validate};
use crate::workspace::{Workspace, entries};
use crate::{CreateError, Kind, Progress, Starter, UpgradeError, steps};

/// Asks about a project.
#[derive(Debug, Clone)]
pub struct UpgradeRequest {
    /// The project's top folder.
    pub project: PathBuf,
    /// Answers that are not the recorded ones.
    pub values: Map<String, Value>,
    /// The roadbook's version now.
    pub version: Option<String>,
    /// Now, as `2026-11-02T10:00:00Z`.
    pub now: String,
    /// The folder that mirrors of repositories are kept in.
    pub mirrors: Option<PathBuf>,
    /// The fingerprint (`SHA256:…`) of an ssh server that is not known yet and that the person has come to trust.
    pub accept_host_key: Option<String>,
}

/// A project beside its starter.
#[derive(Debug, Clone, PartialEq)]
pub struct Outdated {
    /// Where the project came from.
    pub provenance: Provenance,
    /// The version, or the commit, that the project has.
    pub from: String,
    /// The version, or the commit, that there is now.
    pub to: String,
    /// How what would be made now differs from what was made then, by path; empty where the project is current.
    pub files: Vec<FileDiff>,
    /// New questions, with the answers that were taken for them.
    pub assumed: Vec<Assumed>,
    /// Recorded answers that nobody asks for any more.
    pub dropped: Vec<String>,
}

/// A default that was taken for an answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Assumed {
    /// The question.
    pub field: Field,
    /// What was taken.
    pub value: Value,
}

/// Compares what was made then with what would be made now from the same answers; writes nothing. Blocks. A
/// repository is fetched again to see.
///
/// # Errors
/// See [`UpgradeError`].
pub fn outdated(
    starter: &Starter,
    request: &UpgradeRequest,
    tell: &mut dyn FnMut(Progress),
    cancel: &CancellationToken,
) -> Result<Outdated, UpgradeError> {
    let provenance = provenance(&request.project)?;
    let Some(now) = now(starter, &provenance, request, tell, cancel)? else {
        return Ok(current(provenance, request));
    };
    let base = base(&request.project, &provenance)?;
    let files = git::difference(&now.merge(&request.project, &base, ""))?;
    Ok(Outdated {
        from: from(&provenance),
        to: now.version(request),
        provenance,
        files,
        assumed: now.assumed,
        dropped: now.dropped,
    })
}

/// A project that is as its starter is.
pub(crate) fn current(provenance: Provenance, request: &UpgradeRequest) -> Outdated {
    let from = from(&provenance);
    Outdated {
        to: match &provenance.commit {
            Some(_) => from.clone(),
            None => request.version.clone().unwrap_or_else(|| from.clone()),
        },
        from,
        provenance,
        files: Vec::new(),
        assumed: Vec::new(),
        dropped: Vec::new(),
    }
}

/// What was made then, in the project's repository.
pub(crate) fn base(project: &Path, provenance: &Provenance) -> Result<String, UpgradeError> {
    git::find_base(project, FILE, &provenance.trees, provenance.commit.as_deref())?.ok_or_else(|| {
        UpgradeError::NoBase {
            folder: project.to_owned(),
        }
    })
}

/// What the starter makes now.
pub(crate) struct Now {
    folder: tempfile::TempDir,
    /// The commit of a repository starter.
    pub(crate) commit: Option<String>,
    /// The answers to keep.
    pub(crate) answers: Map<String, Value>,
    pub(crate) assumed: Vec<Assumed>,
    pub(crate) dropped: Vec<String>,
    /// Files of the project that the starter has no more say in.
    keep: Vec<String>,
}

impl Now {
    /// What to merge into the project; `label` names their side at a conflict.
    pub(crate) fn merge<'a>(&'a self, project: &'a Path, base: &'a str, label: &'a str) -> MergeRequest<'a> {
        MergeRequest {
            project,
            base,
            theirs: self.folder.path(),
            with_ignored: self.commit.is_some(),
            leave_out: FILE,
            keep: &self.keep,
            our_label: "your project",
            their_label: label,
        }
    }

    /// What people call it: the roadbook's version, or the commit of a repository.
    pub(crate) fn version(&self, request: &UpgradeRequest) -> String {
        match &self.commit {
            Some(commit) => short(commit),
            None => request.version.clone().unwrap_or_else(|| "now".to_owned()),
        }
    }
}

/// What people call the version that the project has.
pub(crate) fn from(provenance: &Provenance) -> String {
    match (&provenance.commit, &provenance.version) {
        (Some(commit), _) => short(commit),
        (None, Some(version)) => version.clone(),
        (None, None) => provenance.made.clone().unwrap_or_else(|| "then".to_owned()),
    }
}

/// Makes what the starter makes now in a temporary folder; `None` where the starter is what it was.
pub(crate) fn now(
    starter: &Starter,
    provenance: &Provenance,
    request: &UpgradeRequest,
    tell: &mut dyn FnMut(Progress),
    cancel: &CancellationToken,
) -> Result<Option<Now>, UpgradeError> {
    let folder = tempfile::tempdir().map_err(|e| {
        let place = std::env::temp_dir();
        git::Error::from_io("Cannot create a folder in", &place, e)
    })?;
    if let Kind::Repository(repository) = &starter.kind {
        return fetched(repository, provenance, request, folder, tell, cancel);
    }
    let same = provenance.fingerprint.is_some() && provenance.fingerprint == fingerprint(starter);
    if same && request.values.is_empty() {
        return Ok(None);
    }
    rendered(starter, provenance, request, folder, tell, cancel).map(Some)
}

fn fetched(
    repository: &Repository,
    provenance: &Provenance,
    request: &UpgradeRequest,
    folder: tempfile::TempDir,
    tell: &mut dyn FnMut(Progress),
    cancel: &CancellationToken,
) -> Result<Option<Now>, UpgradeError> {
    if let Some(name) = request.values.keys().next() {
        return Err(UpgradeError::Create(CreateError::Invalid {
            fields: vec![crate::FieldError {
                field: name.clone(),
                message: format!("A repository is taken over as it is, so there is no answer `{name}`."),
            }],
        }));
    }
    let clone = CloneRequest {
        reference: repository.reference.clone(),
        history: History::Files,
        mirrors: request.mirrors.clone(),
        accept_host_key: request.accept_host_key.clone(),
        ..CloneRequest::new(&repository.repository, folder.path())
    };
    let cloned = git::clone(&clone, &mut |progress| tell(of_clone(progress)), cancel)?;
    if provenance.commit.as_ref() == Some(&cloned.commit) {
        return Ok(None);
    }
    Ok(Some(Now {
        folder,
        commit: Some(cloned.commit),
        answers: provenance.answers.clone(),
        assumed: Vec::new(),
        dropped: Vec::new(),
        keep: Vec::new(),
    }))
}

fn rendered(
    starter: &Starter,
    provenance: &Provenance,
    request: &UpgradeRequest,
    folder: tempfile::TempDir,
    tell: &mut dyn FnMut(Progress),
    cancel: &CancellationToken,
) -> Result<Now, UpgradeError> {
    let asked = |values: &Map<String, Value>| fields(starter, values);
    let mut all = provenance.answers.clone();
    all.extend(request.values.clone());
    // A new answer may decide that another one is not asked for any more.
    let known: Vec<String> = asked(&all).into_iter().map(|field| field.name).collect();
    let (mut values, dropped): (Map<_, _>, Map<_, _>) = provenance
        .answers
        .clone()
        .into_iter()
        .partition(|(name, _)| known.contains(name));
    values.extend(request.values.clone());
    let questions = asked(&values);
    let hidden = stand_ins(&questions, &values);
    let mut completed = complete(starter, &values);
    for (name, stand_in) in &hidden {
        completed.insert(name.clone(), stand_in.as_str().into());
    }
    let wrong: Vec<_> = validate(starter, &completed)
        .into_iter()
        .filter(|error| hidden.iter().all(|(name, _)| *name != error.field))
        .collect();
    if !wrong.is_empty() {
        let fields = of_names(&questions, |name| wrong.iter().any(|error| error.field == name));
        return Err(UpgradeError::Unfit { errors: wrong, fields });
    }
    let unanswered = questions
        .iter()
        .filter(|field| !field.secret && !values.contains_key(&field.name));
    let assumed = unanswered.filter_map(|field| {
        Some(Assumed {
            field: field.clone(),
            value: completed.get(&field.name).cloned()?,
        })
    });
    let assumed = assumed.collect();
    let name = provenance.name.clone().unwrap_or_else(|| {
        let name = request.project.file_name().unwrap_or_default();
        name.to_string_lossy().into_owned()
    });
    let mut workspace = Workspace::new(folder.path());
    let mut told = |phase: &str, done, total| {
        tell(Progress {
            phase: phase.to_owned(),
            done,
            total,
            detail: String::new(),
        });
    };
    let outcome = steps::render(starter, &completed, &name, &mut workspace, &mut told, cancel)?;
    let there = |name: &String| request.project.join(name).exists();
    let used = used(folder.path(), &hidden)?;
    if !used.is_empty() {
        let fields = of_names(&questions, |name| used.iter().any(|used| used == name));
        return Err(UpgradeError::SecretNeeded { fields });
    }
    for (name, _) in &hidden {
        completed.remove(name);
    }
    Ok(Now {
        folder,
        commit: None,
        answers: keepable(starter, &completed),
        assumed,
        dropped: dropped.into_iter().map(|(name, _)| name).collect(),
        keep: outcome.written_once.into_iter().filter(there).collect(),
    })
}

fn of_names(questions: &[Field], wanted: impl Fn(&str) -> bool) -> Vec<Field> {
    questions.iter().filter(|field| wanted(&field.name)).cloned().collect()
}

/// Words that stand for the secrets, which are never recorded. One that turns up in a file shows that the file cannot
/// be made without the secret.
fn stand_ins(questions: &[Field], values: &Map<String, Value>) -> Vec<(String, String)> {
    questions
        .iter()
        .filter(|field| field.secret && !values.contains_key(&field.name))
        .filter(|field| matches!(field.input, Input::Text | Input::Lines))
        .map(|field| (field.name.clone(), format!("RoadbookSecret0{}0", field.name)))
        .collect()
}

/// The secrets whose stand-ins are in a file or its name.
fn used(folder: &Path, hidden: &[(String, String)]) -> Result<Vec<String>, UpgradeError> {
    if hidden.is_empty() {
        return Ok(Vec::new());
    }
    let mut used = Vec::new();
    let found = entries(folder).map_err(|trouble| steps::explain(trouble, "the starter", "compare"))?;
    for entry in found {
        let text = if entry.link {
            Vec::new()
        } else {
            fs::read(&entry.path).map_err(|e| git::Error::from_io("Cannot read", &entry.path, e))?
        };
        for (name, word) in hidden {
            let holds = entry.name.contains(word) || text.windows(word.len()).any(|part| part == word.as_bytes());
            if holds && !used.contains(name) {
                used.push(name.clone());
            }
        }
    }
    Ok(used)
}

fn short(commit: &str) -> String {
    commit.chars().take(8).collect()
}
