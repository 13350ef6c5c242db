//! How long a text may become that one of our own filters or methods makes.
//!
//! The engine accounts for every byte that its operators and filters make, against the fuel of the render. What a
//! filter of ours makes is counted only once it is there, so these ask first.

use std::fmt::{self, Write};
use std::io;

use minijinja::value::Value;
use minijinja::{Error, ErrorKind};

/// Bytes of one text.
const LONGEST: usize = 16 * 1024 * 1024;

/// Refuses a text of so many bytes.
pub(crate) fn fits(bytes: usize) -> Result<(), Error> {
    if bytes <= LONGEST {
        return Ok(());
    }
    Err(Error::new(
        ErrorKind::InvalidOperation,
        "it makes a text of more than 16 MiB",
    ))
}

/// A value as Python's `str` gives it. A list that holds itself many times over is refused.
pub(crate) fn text(value: &Value) -> Result<String, Error> {
    let mut room = Room {
        out: String::new(),
        left: LONGEST,
    };
    if write!(room, "{value}").is_err() {
        fits(LONGEST + 1)?;
    }
    Ok(room.out)
}

/// Refuses a value that would be too long as JSON.
pub(super) fn serialized(value: &Value) -> Result<(), Error> {
    let mut sink = Sink { left: LONGEST };
    serde_json::to_writer(&mut sink, value).map_err(|error| {
        if error.is_io() {
            return fits(LONGEST + 1).err().unwrap_or_else(|| ErrorKind::OutOfFuel.into());
        }
        Error::new(ErrorKind::BadSerialization, error.to_string())
    })
}

struct Room {
    out: String,
    left: usize,
}

impl Write for Room {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.left = self.left.checked_sub(text.len()).ok_or(fmt::Error)?;
        self.out.push_str(text);
        Ok(())
    }
}

struct Sink {
    left: usize,
}

impl io::Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self.left.checked_sub(bytes.len()) {
            Some(left) => {
                self.left = left;
                Ok(bytes.len())
            }
            None => Err(io::ErrorKind::FileTooLarge.into()),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
