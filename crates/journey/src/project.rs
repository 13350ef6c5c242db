//! The projects that were made from starters.

use std::path::{Path, PathBuf};

use rusqlite::{OptionalExtension, Row};

use crate::{Error, Journey};

/// A project made from a starter, or a folder that a path was pointed at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Project {
    /// Its number.
    pub id: i64,
    /// The roadbook's id.
    pub book: String,
    /// The starter's id; empty for a folder that the person chose.
    pub starter: String,
    /// The path it was made on, if any.
    pub path: Option<String>,
    /// Absolute.
    pub folder: PathBuf,
    /// What to do next, Markdown.
    pub after: String,
    /// Seconds since 1970, UTC.
    pub at: i64,
}

/// A project before it has a number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewProject<'a> {
    /// See [`Project::book`].
    pub book: &'a str,
    /// See [`Project::starter`].
    pub starter: &'a str,
    /// See [`Project::path`].
    pub path: Option<&'a str>,
    /// See [`Project::folder`].
    pub folder: &'a Path,
    /// See [`Project::after`].
    pub after: &'a str,
    /// See [`Project::at`].
    pub at: i64,
}

impl Journey {
    /// Keeps a project; one with the same folder is replaced. Answers its number.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn add_project(&self, project: &NewProject<'_>) -> Result<i64, Error> {
        let doing = |error| Error::sqlite("Saving the project", error);
        let folder = project.folder.to_string_lossy();
        let mut connection = self.connection();
        let transaction = connection.transaction().map_err(doing)?;
        transaction
            .execute(
                "DELETE FROM project WHERE book = ?1 AND folder = ?2 AND path IS ?3",
                (project.book, &folder, project.path),
            )
            .map_err(doing)?;
        transaction
            .execute(
                "INSERT INTO project (book, starter, path, folder, after, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                (
                    project.book,
                    project.starter,
                    project.path,
                    &folder,
                    project.after,
                    project.at,
                ),
            )
            .map_err(doing)?;
        let id = transaction.last_insert_rowid();
        transaction.commit().map_err(doing)?;
        Ok(id)
    }

    /// The projects of a roadbook, newest first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn projects(&self, book: &str) -> Result<Vec<Project>, Error> {
        let connection = self.connection();
        let mut statement = connection
            .prepare_cached(
                "SELECT id, book, starter, path, folder, after, at FROM project
                 WHERE book = ?1 ORDER BY at DESC, id DESC",
            )
            .map_err(|error| Error::sqlite("Reading the projects", error))?;
        statement
            .query_map([book], read)
            .and_then(Iterator::collect)
            .map_err(|error| Error::sqlite("Reading the projects", error))
    }

    /// One project.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn project(&self, id: i64) -> Result<Option<Project>, Error> {
        self.connection()
            .query_row(
                "SELECT id, book, starter, path, folder, after, at FROM project WHERE id = ?1",
                [id],
                read,
            )
            .optional()
            .map_err(|error| Error::sqlite("Reading the projects", error))
    }
}

fn read(row: &Row<'_>) -> rusqlite::Result<Project> {
    let folder: String = row.get(4)?;
    Ok(Project {
        id: row.get(0)?,
        book: row.get(1)?,
        starter: row.get(2)?,
        path: row.get(3)?,
        folder: PathBuf::from(folder),
        after: row.get(5)?,
        at: row.get(6)?,
    })
}
