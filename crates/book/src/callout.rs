//! Callouts: GitHub's alerts, and what other dialects call admonitions.

use crate::escape::html;

/// A callout's kind and title.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Callout {
    /// `note`, `tip`, `important`, `warning` or `caution`.
    pub(crate) kind: &'static str,
    pub(crate) title: String,
}

impl Callout {
    /// From the word in `[!word]` and the title after it, which may be empty.
    pub(crate) fn new(word: &str, title: &str) -> Self {
        let title = title.trim();
        let title = if title.is_empty() {
            capitalised(word)
        } else {
            title.to_owned()
        };
        Self {
            kind: kind(word).unwrap_or("note"),
            title,
        }
    }

    /// The markup up to the body.
    pub(crate) fn opening(&self) -> String {
        format!(
            "<aside class=\"callout callout-{}\" role=\"note\"><p class=\"callout-title\">{}</p>\n",
            self.kind,
            html(&self.title)
        )
    }

    /// The markup after the body.
    pub(crate) const CLOSING: &str = "</aside>\n";
}

/// The nearest of the five kinds; `None` for a word that no dialect knows.
pub(crate) fn kind(word: &str) -> Option<&'static str> {
    Some(match word.to_ascii_lowercase().as_str() {
        "note" | "info" | "abstract" | "summary" | "tldr" | "example" | "quote" | "cite" | "question" | "faq"
        | "help" | "todo" | "seealso" | "secondary" => "note",
        "tip" | "hint" | "success" | "check" | "done" => "tip",
        "important" => "important",
        "warning" | "attention" => "warning",
        "caution" | "danger" | "error" | "failure" | "fail" | "missing" | "bug" => "caution",
        _ => return None,
    })
}

/// The word and the rest of the line of `[!word] rest`.
pub(crate) fn marker(text: &str) -> Option<(&str, &str)> {
    let (word, rest) = text.strip_prefix("[!")?.split_once(']')?;
    let fits = !word.is_empty() && word.chars().all(|letter| letter.is_ascii_alphabetic());
    // Obsidian folds with a sign after the bracket.
    let rest = rest.strip_prefix(['+', '-']).unwrap_or(rest);
    (fits && (rest.is_empty() || rest.starts_with([' ', '\t']))).then_some((word, rest.trim()))
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    let first: String = letters
        .next()
        .map(|letter| letter.to_uppercase().collect())
        .unwrap_or_default();
    format!("{first}{}", letters.as_str().to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markers_have_a_word_and_perhaps_a_title() {
        assert_eq!(marker("[!NOTE] Read me"), Some(("NOTE", "Read me")));
        assert_eq!(marker("[!faq]- Why?"), Some(("faq", "Why?")));
        assert_eq!(marker("[!x](y)"), None);
        assert_eq!(marker("[x] y"), None);
    }

    #[test]
    fn every_word_has_a_kind_and_a_title() {
        assert_eq!(
            Callout::new("DANGER", ""),
            Callout {
                kind: "caution",
                title: "Danger".to_owned()
            }
        );
        assert_eq!(
            Callout::new("anything", "T"),
            Callout {
                kind: "note",
                title: "T".to_owned()
            }
        );
    }
}
