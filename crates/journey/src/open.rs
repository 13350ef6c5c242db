//! Opening the store, and setting a damaged one aside.

use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, OpenFlags};
use time::OffsetDateTime;
use time::macros::format_description;

use crate::error::Kind;
use crate::{Error, Journey, schema};

/// An opened store.
#[derive(Debug)]
pub struct Opened {
    /// The store.
    pub journey: Journey,
    /// Where a damaged file was moved, if there was one; the store is a new one then.
    pub set_aside: Option<PathBuf>,
}

impl Journey {
    /// Opens the store in `file`, making it and its folder where they are missing.
    ///
    /// A file that is damaged is renamed to `<name>.damaged-<now>` with its companions, and a new one begun.
    ///
    /// # Errors
    /// [`Kind::ReadOnly`], [`Kind::Full`], [`Kind::Newer`]; a damaged file is no error.
    pub fn open(file: &Path, now: OffsetDateTime) -> Result<Opened, Error> {
        if let Some(folder) = file.parent() {
            std::fs::create_dir_all(folder).map_err(|error| Error::folder(folder, &error))?;
        }
        match connect(file) {
            Ok(journey) => Ok(Opened {
                journey,
                set_aside: None,
            }),
            Err(error) if error.kind == Kind::Corrupt => {
                let aside = set_aside(file, now).map_err(|error| Error::folder(file, &error))?;
                Ok(Opened {
                    journey: connect(file)?,
                    set_aside: Some(aside),
                })
            }
            Err(error) => Err(error),
        }
    }

    /// A copy of the store in `file` that is gone with the process, for a disk that cannot be written: what was
    /// done before is still shown. An empty one where the file cannot be read either.
    ///
    /// # Errors
    /// When SQLite itself cannot start.
    pub fn in_memory_copy(file: &Path) -> Result<Self, Error> {
        // Without the log, where it cannot be read, there is still what was before it.
        match copied(file, "mode=ro").or_else(|_| copied(file, "immutable=1")) {
            Ok(copy) => prepare(copy, file),
            Err(error) => {
                tracing::warn!(%error, "the earlier progress cannot be read");
                Self::in_memory()
            }
        }
    }

    /// Leaves the log beside the file when this value goes, for the next one to take into the file. To wait for the disk
    /// is to wait for all that is on its way there, which may be ten thousand files of a new project.
    ///
    /// # Errors
    /// When SQLite takes no settings.
    pub fn leave_log(&self) -> Result<(), Error> {
        self.connection()
            .set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)
            .map(drop)
            .map_err(|error| Error::sqlite("Leaving the log", error))
    }

    /// A store that is gone with the process.
    ///
    /// # Errors
    /// When SQLite itself cannot start.
    pub fn in_memory() -> Result<Self, Error> {
        let connection = Connection::open_in_memory().map_err(|error| Error::sqlite("Beginning a journey", error))?;
        prepare(connection, Path::new(":memory:"))
    }
}

fn connect(file: &Path) -> Result<Journey, Error> {
    let doing = format!("Opening {}", file.display());
    let connection = Connection::open(file).map_err(|error| Error::sqlite(&doing, error))?;
    // SQLite opens what it cannot write without a word, and says so at the first outcome.
    if connection.is_readonly("main").is_ok_and(|read_only| read_only) {
        let read_only = rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_READONLY);
        return Err(Error::sqlite(&doing, rusqlite::Error::SqliteFailure(read_only, None)));
    }
    // The command line and the app may have it open together.
    connection
        .busy_timeout(Duration::from_secs(5))
        .and_then(|()| match connection.pragma_update(None, "journal_mode", "WAL") {
            // Somebody else is switching right now; the mode is the file's, so theirs is ours.
            Err(error) if error.sqlite_error_code() == Some(ErrorCode::DatabaseBusy) => Ok(()),
            switched => switched,
        })
        // What is committed outlives this process, however it ends, but perhaps not a power cut within the next
        // seconds (<https://sqlite.org/pragma.html#pragma_synchronous>).
        .and_then(|()| connection.pragma_update(None, "synchronous", "NORMAL"))
        .map_err(|error| Error::sqlite(&doing, error))?;
    let health: String = connection
        .query_row("PRAGMA quick_check(1)", [], |row| row.get(0))
        .map_err(|error| Error::sqlite(&doing, error))?;
    if health != "ok" {
        let damaged = rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_CORRUPT);
        return Err(Error::sqlite(
            &doing,
            rusqlite::Error::SqliteFailure(damaged, Some(health)),
        ));
    }
    prepare(connection, file)
}

/// A copy in memory. SQLite reads the log beside the file where the log's index is there or can be made, or else takes
/// the file as it is, which it calls immutable (<https://sqlite.org/wal.html#read_only_databases>).
fn copied(file: &Path, how: &str) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let path = file
        .to_string_lossy()
        .replace('%', "%25")
        .replace('?', "%3f")
        .replace('#', "%23");
    let from = Connection::open_with_flags(format!("file:{path}?{how}"), flags)?;
    let mut copy = Connection::open_in_memory()?;
    rusqlite::backup::Backup::new(&from, &mut copy)?.run_to_completion(100, Duration::ZERO, None)?;
    Ok(copy)
}

fn prepare(mut connection: Connection, file: &Path) -> Result<Journey, Error> {
    schema::migrate(&mut connection, file)?;
    Ok(Journey {
        connection: Mutex::new(connection),
    })
}

/// Renames the file and its companions; a name that is taken gets a number, so that nothing is overwritten.
fn set_aside(file: &Path, now: OffsetDateTime) -> std::io::Result<PathBuf> {
    let format = format_description!("[year]-[month]-[day]-[hour][minute][second]");
    let date = now.format(&format).unwrap_or_else(|_| now.unix_timestamp().to_string());
    let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let mut aside = file.with_file_name(format!("{name}.damaged-{date}"));
    let mut number = 2;
    while aside.exists() {
        aside = file.with_file_name(format!("{name}.damaged-{date}-{number}"));
        number += 1;
    }
    std::fs::rename(file, &aside)?;
    for companion in ["-wal", "-shm"] {
        let from = file.with_file_name(format!("{name}{companion}"));
        if from.exists() {
            let to = format!("{}{companion}", aside.display());
            std::fs::rename(from, to)?;
        }
    }
    Ok(aside)
}
