//! Which parts of a text matched, and the piece of text that is worth showing.
//!
//! Ranges are in UTF-16 code units, because that is what a string is made of on the other side.

use std::collections::HashSet;
use std::ops::Range;

use crate::words::words;

/// The most characters of a snippet.
const LENGTH: usize = 160;

/// The ranges of `text` whose words are among `meant`.
pub(crate) fn marks(text: &str, meant: &HashSet<String>) -> Vec<(usize, usize)> {
    words(text)
        .into_iter()
        .filter(|word| meant.contains(&word.text))
        .map(|word| (units(&text[..word.range.start]), units(&text[..word.range.end])))
        .collect()
}

/// A piece of `text` around the place where most of `meant` stand together, with its marks.
pub(crate) fn snippet(text: &str, meant: &HashSet<String>) -> (String, Vec<(usize, usize)>) {
    let matches: Vec<Range<usize>> = words(text)
        .into_iter()
        .filter(|word| meant.contains(&word.text))
        .map(|word| word.range)
        .collect();
    let best = matches.iter().enumerate().max_by_key(|(place, first)| {
        let together = matches[*place..]
            .iter()
            .take_while(|word| word.end <= first.start + LENGTH);
        // Of equal places the first one wins, so the later ones weigh a little less.
        (together.count(), std::cmp::Reverse(*place))
    });
    let from = best.map_or(0, |(_, first)| sentence_start(text, first.start));
    let piece = cut(&text[from..]);
    let mut shown = piece.split_whitespace().collect::<Vec<_>>().join(" ");
    if from > 0 && !text[..from].trim_end().ends_with(['.', '!', '?', ':', '\n']) {
        shown.insert_str(0, "… ");
    }
    if from + piece.len() < text.trim_end().len() {
        shown.push_str(" …");
    }
    let marked = marks(&shown, meant);
    (shown, marked)
}

/// The start of the sentence around `at`, or a word not far before it.
fn sentence_start(text: &str, at: usize) -> usize {
    let reach = floor(text, at.saturating_sub(60));
    let before = &text[reach..at];
    if let Some(end) = before.rfind(['.', '!', '?', '\n']) {
        let rest = &before[end..];
        let skip = rest.len() - rest.trim_start_matches(['.', '!', '?', '\n', ' ']).len();
        return reach + end + skip;
    }
    if reach == 0 {
        return 0;
    }
    before.find(' ').map_or(at, |space| reach + space + 1)
}

/// At most [`LENGTH`] bytes, ended between words.
fn cut(text: &str) -> &str {
    if text.len() <= LENGTH {
        return text.trim_end();
    }
    let piece = &text[..floor(text, LENGTH)];
    piece
        .rfind(char::is_whitespace)
        .map_or(piece, |space| piece[..space].trim_end())
}

fn floor(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

fn units(text: &str) -> usize {
    text.chars().map(char::len_utf16).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meant(words: &[&str]) -> HashSet<String> {
        words.iter().map(|word| (*word).to_owned()).collect()
    }

    #[test]
    fn marks_count_in_utf16() {
        assert_eq!(marks("😀 Ümlaut, umlaut", &meant(&["umlaut"])), [(3, 9), (11, 17)]);
    }

    #[test]
    fn a_snippet_begins_with_the_sentence_of_the_match() {
        let text = format!(
            "{}. Rotate the secret in the vault. {}",
            "Something else".repeat(20),
            "More. ".repeat(60)
        );

        let (shown, marked) = snippet(&text, &meant(&["secret", "vault"]));

        assert!(shown.starts_with("Rotate the secret in the vault."), "{shown}");
        assert!(shown.ends_with('…'));
        assert_eq!(marked.len(), 2);
        assert_eq!(&shown[marked[0].0..marked[0].1], "secret");
    }

    #[test]
    fn a_text_without_a_match_shows_its_beginning() {
        assert_eq!(snippet("Short text.", &meant(&[])).0, "Short text.");
    }
}
