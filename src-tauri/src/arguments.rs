//! What the app is started with: `--book DIR` and `--page PAGE`, as `roadbook open` passes them.

use std::ffi::OsString;
use std::path::PathBuf;

/// The arguments of a start.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Arguments {
    /// A roadbook folder; the built-in roadbook without it.
    pub(crate) book: Option<PathBuf>,
    /// The page to show first, or a screen: paths, library, tools, starters.
    pub(crate) page: Option<String>,
}

impl Arguments {
    /// The route of the page to show first, if it can be one.
    pub(crate) fn route(&self) -> Option<String> {
        let page = self.page.as_deref()?.trim_matches('/');
        let plain = |letter: char| letter.is_alphanumeric() || "-_./".contains(letter);
        if page.is_empty() || !page.chars().all(plain) {
            return None;
        }
        Some(match page {
            "paths" | "library" | "tools" | "starters" => format!("/{page}"),
            _ if page.contains('/') => format!("/page/{page}"),
            _ => format!("/path/{page}"),
        })
    }
}

/// Reads the arguments.
///
/// # Errors
/// A sentence on the argument that is unknown or lacks its value.
pub(crate) fn parse(arguments: impl IntoIterator<Item = OsString>) -> Result<Arguments, String> {
    let mut parsed = Arguments::default();
    let mut rest = arguments.into_iter();
    while let Some(name) = rest.next() {
        let mut value = || rest.next().ok_or_else(|| format!("{} needs a value", name.display()));
        match name.to_str() {
            Some("--book") => parsed.book = Some(PathBuf::from(value()?)),
            Some("--page") => parsed.page = Some(value()?.to_string_lossy().into_owned()),
            _ => return Err(format!("the argument {} is unknown", name.display())),
        }
    }
    Ok(parsed)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse_words(words: &[&str]) -> Result<Arguments, String> {
        parse(words.iter().map(OsString::from))
    }

    #[test]
    fn a_book_and_a_page_are_taken() {
        let parsed = parse_words(&["--book", "/b", "--page", "first-day/tools"]);

        let arguments = parsed.unwrap_or_default();
        assert_eq!(arguments.book, Some(PathBuf::from("/b")));
        assert_eq!(arguments.route().as_deref(), Some("/page/first-day/tools"));
    }

    #[test]
    fn the_name_of_a_screen_leads_to_it() {
        for (page, route) in [
            ("library", "/library"),
            ("tools/", "/tools"),
            ("first-day", "/path/first-day"),
            ("library/concepts", "/page/library/concepts"),
        ] {
            let arguments = Arguments {
                page: Some(page.to_owned()),
                book: None,
            };
            assert_eq!(arguments.route().as_deref(), Some(route));
        }
    }

    #[test]
    fn a_page_that_is_none_leads_nowhere() {
        for page in ["", "javascript:x", "a?b", "a#b"] {
            let arguments = Arguments {
                page: Some(page.to_owned()),
                book: None,
            };
            assert_eq!(arguments.route(), None, "{page}");
        }
    }

    #[test]
    fn unknown_arguments_are_named() {
        assert!(parse_words(&["--bok", "x"]).is_err_and(|message| message.contains("--bok")));
        assert!(parse_words(&["--book"]).is_err());
    }
}
