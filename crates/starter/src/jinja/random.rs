//! Random texts from the system's generator; templates use them for secrets.

use minijinja::{Error, ErrorKind};

const LETTERS: &[u8] = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
const PUNCTUATION: &[u8] = b"!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";
/// The longest random text, in characters.
const LONGEST: usize = 10_000;

/// As cookiecutter's `random_ascii_string`.
pub(super) fn ascii(length: usize, punctuation: bool) -> Result<String, Error> {
    if length > LONGEST {
        return Err(Error::new(ErrorKind::InvalidOperation, "the random text is too long"));
    }
    let mut alphabet = LETTERS.to_vec();
    if punctuation {
        alphabet.extend_from_slice(PUNCTUATION);
    }
    (0..length)
        .map(|_| below(alphabet.len()).map(|at| char::from(alphabet[at])))
        .collect()
}

/// 64 random bytes as hexadecimal digits.
pub(crate) fn hex() -> Result<String, Error> {
    let mut bytes = [0_u8; 64];
    fill(&mut bytes)?;
    Ok(digits(&bytes))
}

/// A random UUID.
pub(super) fn uuid4() -> Result<String, Error> {
    let mut bytes = [0_u8; 16];
    fill(&mut bytes)?;
    bytes[6] = bytes[6] & 0x0f | 0x40;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let hex = digits(&bytes);
    let parts = [&hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..]];
    Ok(parts.join("-"))
}

/// A whole number below `end`, each as likely as the other.
pub(super) fn below(end: usize) -> Result<usize, Error> {
    let Ok(end) = u32::try_from(end) else {
        return Err(Error::new(
            ErrorKind::InvalidOperation,
            "there is too much to choose from",
        ));
    };
    if end == 0 {
        return Err(Error::new(
            ErrorKind::InvalidOperation,
            "there is nothing to choose from",
        ));
    }
    // Numbers of the last, unfinished round are drawn again.
    let limit = u32::MAX - u32::MAX % end;
    loop {
        let mut bytes = [0_u8; 4];
        fill(&mut bytes)?;
        let number = u32::from_le_bytes(bytes);
        if number < limit {
            return Ok((number % end) as usize);
        }
    }
}

fn digits(bytes: &[u8]) -> String {
    let digit = |number: u8| char::from_digit(number.into(), 16).unwrap_or_default();
    bytes
        .iter()
        .flat_map(|byte| [digit(byte >> 4), digit(byte & 0x0f)])
        .collect()
}

fn fill(bytes: &mut [u8]) -> Result<(), Error> {
    getrandom::fill(bytes).map_err(|error| {
        Error::new(
            ErrorKind::InvalidOperation,
            format!("the system gives no random numbers ({error})"),
        )
    })
}
