//! `.roadbook/starter.toml`: where a project came from, so that it can be compared with its starter later.
//!
//! What was made then has to be had to compare it with what would be made now. It is never made again: an old
//! template in a new program may give something else, and the old template may be out of reach. The project's own
//! repository holds it, as its first commit, offline and for every kind of starter. As a person may amend or squash
//! that commit, the file records the id of the Git tree that was made, and only a commit with exactly that tree (but
//! for this file) counts. An upgrade adds the tree that it brought. Where a starter's history is kept, what was made
//! then is upstream's commit.

use std::fs;
use std::io;
use std::path::Path;

use serde_json::{Map, Value};

use crate::contain;
use crate::create::Request;
use crate::fingerprint::fingerprint;
use crate::form::fields;
use crate::secrets::{MASK, Secrets};
use crate::validate::as_asked;
use crate::{CreateError, Kind, Starter, UpgradeError};

/// The file below the project's folder.
pub(crate) const FILE: &str = ".roadbook/starter.toml";

/// Where a project came from.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Provenance {
    /// The starter's id.
    pub starter: String,
    /// `repository`, `backstage`, `cookiecutter` or `copier`.
    pub kind: Option<String>,
    /// The starter's title.
    pub title: Option<String>,
    /// The roadbook's id.
    pub book: Option<String>,
    /// The roadbook's version.
    pub version: Option<String>,
    /// The roadbook's repository, where it is one.
    pub book_repository: Option<String>,
    /// The roadbook's commit.
    pub book_commit: Option<String>,
    /// The version of the program that made the project, or upgraded it last.
    pub program: Option<String>,
    /// The address of a repository starter.
    pub repository: Option<String>,
    /// The branch, tag or commit that it was taken from.
    pub reference: Option<String>,
    /// The commit of the starter's repository.
    pub commit: Option<String>,
    /// What a template's files were, in one word: another one means that the template has changed.
    pub fingerprint: Option<String>,
    /// The name that the project had when it was made.
    pub name: Option<String>,
    /// The ids of the Git trees that were made, by the project's start and by each upgrade.
    pub trees: Vec<String>,
    /// When it was made.
    pub made: Option<String>,
    /// When it was upgraded last.
    pub upgraded: Option<String>,
    /// The form's answers, without secrets.
    pub answers: Map<String, Value>,
}

/// Reads where the project in `folder` came from. Files of earlier versions, which say less, are read too.
///
/// # Errors
/// When the folder was not made from a starter, or the file cannot be read.
pub fn provenance(folder: &Path) -> Result<Provenance, UpgradeError> {
    let file = folder.join(FILE);
    let text = fs::read_to_string(&file).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => UpgradeError::NotFromStarter {
            folder: folder.to_owned(),
        },
        _ => UpgradeError::Unreadable {
            file: file.clone(),
            why: error.to_string(),
        },
    })?;
    let unreadable = |why: String| UpgradeError::Unreadable {
        file: file.clone(),
        why,
    };
    let table: toml::Table =
        toml::from_str(&text).map_err(|error| unreadable(error.message().trim_end_matches('.').to_owned()))?;
    let text = |key: &str| table.get(key).and_then(toml::Value::as_str).map(str::to_owned);
    let answers = table.get("answers").and_then(toml::Value::as_table);
    let trees = table.get("trees").and_then(toml::Value::as_array);
    Ok(Provenance {
        starter: text("starter").ok_or_else(|| unreadable("it names no starter".to_owned()))?,
        kind: text("kind"),
        title: text("title"),
        book: text("roadbook"),
        version: text("version"),
        book_repository: text("roadbook_repository"),
        book_commit: text("roadbook_commit"),
        program: text("program"),
        repository: text("repository"),
        reference: text("ref"),
        commit: text("commit"),
        fingerprint: text("fingerprint"),
        name: text("name"),
        trees: trees
            .into_iter()
            .flatten()
            .filter_map(|tree| tree.as_str().map(str::to_owned))
            .collect(),
        made: text("made"),
        upgraded: text("upgraded"),
        answers: answers
            .into_iter()
            .flatten()
            .map(|(name, value)| (name.clone(), from_toml(value)))
            .collect(),
    })
}

impl Provenance {
    /// The file's text.
    pub(crate) fn to_text(&self) -> String {
        let mut table = toml::Table::new();
        let mut put = |key: &str, value: Option<&str>| {
            if let Some(value) = value {
                table.insert(key.to_owned(), value.into());
            }
        };
        put("starter", Some(&self.starter));
        put("kind", self.kind.as_deref());
        put("title", self.title.as_deref());
        put("roadbook", self.book.as_deref());
        put("version", self.version.as_deref());
        put("roadbook_repository", self.book_repository.as_deref());
        put("roadbook_commit", self.book_commit.as_deref());
        put("program", self.program.as_deref());
        put("repository", self.repository.as_deref());
        put("ref", self.reference.as_deref());
        put("commit", self.commit.as_deref());
        put("fingerprint", self.fingerprint.as_deref());
        put("name", self.name.as_deref());
        put("made", self.made.as_deref());
        put("upgraded", self.upgraded.as_deref());
        if !self.trees.is_empty() {
            table.insert("trees".to_owned(), self.trees.clone().into());
        }
        let answers = self.answers.iter();
        let answers: toml::Table = answers
            .filter_map(|(name, value)| Some((name.clone(), to_toml(value)?)))
            .collect();
        if !answers.is_empty() {
            table.insert("answers".to_owned(), answers.into());
        }
        format!("# Where this project came from. Roadbook reads it to tell when the starter has moved on.\n{table}")
    }

    /// What the starter is now; the answers and the trees stay.
    pub(crate) fn describe(&mut self, starter: &Starter) -> Result<(), CreateError> {
        let kind = match &starter.kind {
            Kind::Repository(_) => "repository",
            Kind::Template(_) => "backstage",
            Kind::Cookiecutter(_) => "cookiecutter",
            Kind::Copier(_) => "copier",
        };
        self.starter.clone_from(&starter.id);
        self.kind = Some(kind.to_owned());
        self.title = Some(starter.title.clone());
        self.program = Some(env!("CARGO_PKG_VERSION").to_owned());
        (self.repository, self.reference, self.fingerprint) = match &starter.kind {
            Kind::Repository(repository) => (
                Some(git::Address::parse(&repository.repository, false)?.shown()),
                repository.reference.clone(),
                None,
            ),
            _ => (None, None, fingerprint(starter)),
        };
        let source = git::source_of(&starter.root);
        self.book_repository = source.as_ref().and_then(|source| source.url.clone());
        self.book_commit = source.map(|source| source.commit);
        Ok(())
    }
}

/// Writes the file of a new project; secrets are left out. What is staged for its first commit is what an upgrade starts
/// from; a kept history has one of its own.
pub(crate) fn write(
    folder: &Path,
    starter: &Starter,
    request: &Request,
    values: &Map<String, Value>,
    commit: Option<&str>,
    staged: Option<&git::Staged>,
) -> Result<(), CreateError> {
    let name = request.target.file_name();
    let mut provenance = Provenance {
        book: request.book.clone(),
        version: request.version.clone(),
        commit: commit.map(str::to_owned),
        name: name.map(|name| name.to_string_lossy().into_owned()),
        made: Some(request.made.clone()),
        answers: keepable(starter, values),
        ..Provenance::default()
    };
    provenance.describe(starter)?;
    if let Some(staged) = staged {
        provenance.trees.push(staged.tree(folder, FILE)?);
    }
    let file = contain::inside(folder, Path::new(FILE)).map_err(|why| CreateError::Step {
        file: starter.title.clone(),
        step: "Write where the project came from".to_owned(),
        why,
    })?;
    let failed = |e| CreateError::Git(git::Error::from_io("Cannot write", &file, e));
    fs::create_dir_all(file.parent().unwrap_or(folder)).map_err(failed)?;
    fs::write(&file, provenance.to_text()).map_err(failed)
}

/// The answers that may be kept: all but secrets, and what a default made of one.
pub fn keepable(starter: &Starter, values: &Map<String, Value>) -> Map<String, Value> {
    let secrets = Secrets::of(starter, values);
    let mut kept = values.clone();
    kept.retain(|name, value| !secrets.are_among(name, value));
    if secrets.is_empty() {
        return kept;
    }
    // A default that is another one without the secrets was made of one, whatever the template did to it; so was what
    // was made of that default in turn.
    let defaults = |values: &Map<String, Value>| -> Map<String, Value> {
        let fields = fields(starter, values).into_iter();
        fields
            .map(|field| (field.name.clone(), as_asked(&field, &field.default)))
            .collect()
    };
    let real = defaults(values);
    loop {
        let masked = values.iter().map(|(name, value)| {
            let shown = if kept.contains_key(name) {
                value.clone()
            } else {
                MASK.into()
            };
            (name.clone(), shown)
        });
        let masked = defaults(&masked.collect());
        let before = kept.len();
        // An answer of the person's own is not what the default was made of.
        kept.retain(|name, value| real.get(name) == masked.get(name) || real.get(name) != Some(&*value));
        if kept.len() == before {
            return kept;
        }
    }
}

/// TOML has no null.
pub(crate) fn to_toml(value: &Value) -> Option<toml::Value> {
    Some(match value {
        Value::Null => return None,
        Value::Bool(yes) => toml::Value::Boolean(*yes),
        Value::Number(number) => match number.as_i64() {
            Some(whole) => toml::Value::Integer(whole),
            None => toml::Value::Float(number.as_f64()?),
        },
        Value::String(text) => toml::Value::String(text.clone()),
        Value::Array(items) => toml::Value::Array(items.iter().filter_map(to_toml).collect()),
        Value::Object(map) => toml::Value::Table(
            map.iter()
                .filter_map(|(key, value)| Some((key.clone(), to_toml(value)?)))
                .collect(),
        ),
    })
}

/// JSON has no dates: they become texts.
pub(crate) fn from_toml(value: &toml::Value) -> Value {
    match value {
        toml::Value::String(text) => Value::from(text.as_str()),
        toml::Value::Integer(number) => Value::from(*number),
        toml::Value::Float(number) => Value::from(*number),
        toml::Value::Boolean(yes) => Value::from(*yes),
        toml::Value::Datetime(date) => Value::from(date.to_string()),
        toml::Value::Array(items) => items.iter().map(from_toml).collect(),
        toml::Value::Table(table) => Value::Object(
            table
                .iter()
                .map(|(key, value)| (key.clone(), from_toml(value)))
                .collect(),
        ),
    }
}
