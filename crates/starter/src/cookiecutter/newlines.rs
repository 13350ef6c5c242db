//! Line ends: a file keeps those that its first line has.

/// Python reads a text in pieces of so many bytes, and looks at whole pieces up to the first with a line end.
const PIECE: usize = 8192;

/// The line end of a file; `None` where it has none.
pub(super) fn of(bytes: &[u8]) -> Option<&'static str> {
    let mut from = 0;
    while from < bytes.len() {
        let to = (from + PIECE).min(bytes.len());
        let piece = &bytes[from..to];
        let (mut alone, mut pair, mut line) = (false, false, false);
        for (at, byte) in piece.iter().enumerate() {
            let before = (from + at).checked_sub(1).and_then(|at| bytes.get(at));
            match byte {
                b'\n' if before == Some(&b'\r') => pair = true,
                b'\n' => line = true,
                b'\r' if bytes.get(from + at + 1) != Some(&b'\n') => alone = true,
                _ => {}
            }
        }
        // Of several kinds, Python names them in this order and cookiecutter takes the first.
        match (alone, line, pair) {
            (true, ..) => return Some("\r"),
            (_, true, _) => return Some("\n"),
            (.., true) => return Some("\r\n"),
            _ => from = to,
        }
    }
    None
}

/// The text with other line ends than `\n`.
pub(super) fn with(text: String, line_end: Option<&str>) -> String {
    match line_end {
        None | Some("" | "\n") => text,
        Some(line_end) => text.replace('\n', line_end),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_end_is_that_of_the_file() {
        for (text, expected) in [
            ("a", None),
            ("a\nb\n", Some("\n")),
            ("a\r\nb\r\n", Some("\r\n")),
            ("a\rb", Some("\r")),
            ("a\r\nb\n", Some("\n")),
            ("\r\n\r", Some("\r")),
        ] {
            assert_eq!(of(text.as_bytes()), expected, "{text:?}");
        }
        let long = "x".repeat(9000) + "\r\n" + &"y".repeat(PIECE) + "\n";
        assert_eq!(of(long.as_bytes()), Some("\r\n"));
        assert_eq!(with("a\nb".to_owned(), Some("\r\n")), "a\r\nb");
    }
}
