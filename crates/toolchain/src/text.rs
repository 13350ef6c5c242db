//! What tools print, made readable: bytes to text, escape codes removed.

/// Decodes UTF-8, or UTF-16LE as some Windows programs print it; removes escape codes and carriage returns.
pub(crate) fn readable(bytes: &[u8]) -> String {
    let text = if is_utf16(bytes) {
        let units: Vec<u16> = bytes
            .chunks_exact(2)
            .map(|pair| u16::from_le_bytes([pair[0], pair[1]]))
            .collect();
        String::from_utf16_lossy(&units)
    } else {
        String::from_utf8_lossy(bytes).into_owned()
    };
    without_escapes(text.trim_start_matches('\u{feff}'))
        .replace("\r\n", "\n")
        .replace('\r', "\n")
}

/// The first line that is not blank.
pub(crate) fn first_line(text: &str) -> &str {
    text.lines()
        .map(str::trim)
        .find(|line| !line.is_empty())
        .unwrap_or_default()
}

/// The first dotted number of the first three lines that are not blank: a guess for tools without a pattern.
pub(crate) fn first_version(text: &str) -> Option<&str> {
    text.lines()
        .filter(|line| !line.trim().is_empty())
        .take(3)
        .find_map(version_in)
}

/// ASCII text in UTF-16LE has a NUL at every second place.
fn is_utf16(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(256)];
    let units = head.len() / 2;
    let nuls = head.chunks_exact(2).filter(|pair| pair[1] == 0 && pair[0] != 0).count();
    head.starts_with(&[0xff, 0xfe]) || (units > 0 && nuls * 2 > units)
}

/// Removes CSI, OSC and two-character escape sequences (ECMA-48).
fn without_escapes(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\u{1b}' => match chars.next() {
                Some('[') => while chars.next().is_some_and(|c| !('@'..='~').contains(&c)) {},
                Some(']') => {
                    while let Some(c) = chars.next() {
                        if c == '\u{7}' || (c == '\u{1b}' && chars.next_if_eq(&'\\').is_some()) {
                            break;
                        }
                    }
                }
                // A character set: one more character names it.
                Some('(' | ')') => drop(chars.next()),
                _ => {}
            },
            '\0' | '\u{7}' | '\u{8}' => {}
            _ => plain.push(c),
        }
    }
    plain
}

fn version_in(line: &str) -> Option<&str> {
    let mut before = None;
    for (at, c) in line.char_indices() {
        let fresh = before.is_none_or(|b: char| !b.is_ascii_alphanumeric() && b != '.' || matches!(b, 'v' | 'V'));
        before = Some(c);
        if c.is_ascii_digit() && fresh {
            let rest = &line[at..];
            let end = rest
                .find(|c: char| !c.is_ascii_digit() && c != '.')
                .unwrap_or(rest.len());
            let numbers = rest[..end].trim_end_matches('.');
            if numbers.contains('.') && !numbers.contains("..") {
                return Some(numbers);
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escape_codes_are_removed() {
        let bold = b"\x1b[1mApache Maven 3.8.7\x1b[m\r\n\x1b]0;title\x07next\x1b(B";
        assert_eq!(readable(bold), "Apache Maven 3.8.7\nnext");
    }

    #[test]
    fn utf_16_is_recognised_with_and_without_a_mark() {
        let units: Vec<u8> = "WSL version: 2.4.13.0\r\n"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        assert_eq!(readable(&units), "WSL version: 2.4.13.0\n");
        assert_eq!(
            readable(&[&[0xff, 0xfe], units.as_slice()].concat()),
            "WSL version: 2.4.13.0\n"
        );
    }

    #[test]
    fn bytes_that_are_no_text_do_no_harm() {
        assert_eq!(readable(&[b'1', 0xff, b'.', b'2']), "1\u{fffd}.2");
        assert_eq!(readable(b"\x1b["), "");
    }

    #[test]
    fn the_first_dotted_number_is_the_version() {
        assert_eq!(first_version("\nacme v1.2.3 (2026)\n"), Some("1.2.3"));
        assert_eq!(first_version("sha256 of 12"), None);
        assert_eq!(first_version("Acme CLI\nRelease: 4.5."), Some("4.5"));
        assert_eq!(first_version("a\nb\nc\n1.2"), None);
    }
}
