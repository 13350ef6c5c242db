//! The tables, and the way from an older version of them to the present one.

use std::path::Path;

use rusqlite::{Connection, TransactionBehavior};

use crate::Error;

/// Each entry takes the store from the version of its place to the next.
const MIGRATIONS: &[&str] = &["
    CREATE TABLE value (
        key   TEXT PRIMARY KEY,
        json  TEXT NOT NULL
    ) STRICT;
    CREATE TABLE outcome (
        book  TEXT NOT NULL,
        page  TEXT NOT NULL,
        task  TEXT NOT NULL,
        state TEXT NOT NULL,
        json  TEXT NOT NULL,
        print TEXT NOT NULL,
        at    INTEGER NOT NULL,
        PRIMARY KEY (book, page, task)
    ) STRICT;
    CREATE TABLE project (
        id      INTEGER PRIMARY KEY,
        book    TEXT NOT NULL,
        starter TEXT NOT NULL,
        path    TEXT,
        folder  TEXT NOT NULL,
        after   TEXT NOT NULL,
        at      INTEGER NOT NULL
    ) STRICT;
"];

/// Brings the tables up to date, all or nothing.
pub(crate) fn migrate(connection: &mut Connection, file: &Path) -> Result<(), Error> {
    let known = i64::try_from(MIGRATIONS.len()).unwrap_or(i64::MAX);
    let doing = "Reading the journey";
    // The version is read inside of it: the app and the command may begin on a fresh machine at once.
    let transaction = connection
        .transaction_with_behavior(TransactionBehavior::Immediate)
        .map_err(|error| Error::sqlite(doing, error))?;
    let found: i64 = transaction
        .query_row("PRAGMA user_version", [], |row| row.get(0))
        .map_err(|error| Error::sqlite(doing, error))?;
    if found > known {
        return Err(Error::newer(file, found, known));
    }
    if found == known {
        return Ok(());
    }
    let from = usize::try_from(found).unwrap_or(0);
    for step in &MIGRATIONS[from..] {
        transaction
            .execute_batch(step)
            .map_err(|error| Error::sqlite(doing, error))?;
    }
    transaction
        .pragma_update(None, "user_version", known)
        .and_then(|()| transaction.commit())
        .map_err(|error| Error::sqlite(doing, error))
}
