//! Cutting text into words, the same way for the index, the query and the marks.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A word, folded, and the bytes of the text that it stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Word {
    pub(crate) text: String,
    pub(crate) range: Range<usize>,
}

/// The longest word that is indexed, in bytes; longer ones are keys and hashes that nobody types.
const LONGEST: usize = 60;

/// The words of a text: runs of letters and digits, in lower case and without accents.
pub(crate) fn words(text: &str) -> Vec<Word> {
    let mut words = Vec::new();
    let mut start = None;
    for (at, letter) in text.char_indices().chain([(text.len(), ' ')]) {
        match (start, letter.is_alphanumeric()) {
            (None, true) => start = Some(at),
            (Some(from), false) => {
                start = None;
                if at - from <= LONGEST {
                    words.push(Word {
                        text: fold(&text[from..at]),
                        range: from..at,
                    });
                }
            }
            _ => {}
        }
    }
    words
}

/// Lower case, without accents: `Überblick` is found by `uberblick`.
pub(crate) fn fold(word: &str) -> String {
    if word.is_ascii() {
        return word.to_ascii_lowercase();
    }
    word.nfd()
        .filter(|letter| !is_combining_mark(*letter))
        .flat_map(char::to_lowercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_folded_and_know_their_place() {
        let found = words("Überblick: --dry-run!");

        let texts: Vec<_> = found.iter().map(|word| word.text.as_str()).collect();
        assert_eq!(texts, ["uberblick", "dry", "run"]);
        assert_eq!(&"Überblick: --dry-run!"[found[1].range.clone()], "dry");
    }

    #[test]
    fn very_long_words_are_left_out() {
        assert!(words(&"a".repeat(61)).is_empty());
    }
}
