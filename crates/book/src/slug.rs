//! Anchors of headings by GitHub's rule.

use std::collections::HashMap;

/// The anchor GitHub gives a heading: lower case, spaces to `-`, other punctuation dropped, letters of every script
/// kept. <https://github.com/Flet/github-slugger> describes the rule.
pub(crate) fn slug(title: &str) -> String {
    let mut slug = String::with_capacity(title.len());
    for letter in title.trim().chars().flat_map(char::to_lowercase) {
        match letter {
            ' ' | '-' => slug.push('-'),
            '_' => slug.push('_'),
            letter if letter.is_alphanumeric() || is_mark(letter) => slug.push(letter),
            _ => {}
        }
    }
    if slug.is_empty() { "section".to_owned() } else { slug }
}

/// The anchor as python-markdown and careless hands write it: lower case and no doubled dashes.
pub(crate) fn loose(anchor: &str) -> String {
    let mut loose = String::with_capacity(anchor.len());
    for letter in anchor.chars().flat_map(char::to_lowercase) {
        if letter == '-' && (loose.is_empty() || loose.ends_with('-')) {
            continue;
        }
        loose.push(letter);
    }
    loose.truncate(loose.trim_end_matches('-').len());
    loose
}

/// The anchors of a page so far, each given once.
#[derive(Debug, Default)]
pub(crate) struct Anchors {
    /// The number that was last put behind each.
    taken: HashMap<String, usize>,
}

impl Anchors {
    /// `anchor`, with `-1`, `-2` … where it is taken.
    pub(crate) fn take(&mut self, anchor: String) -> String {
        let Some(last) = self.taken.get(&anchor).copied() else {
            self.taken.insert(anchor.clone(), 0);
            return anchor;
        };
        let mut number = last + 1;
        let mut next = format!("{anchor}-{number}");
        while self.taken.contains_key(&next) {
            number += 1;
            next = format!("{anchor}-{number}");
        }
        self.taken.insert(anchor, number);
        self.taken.insert(next.clone(), 0);
        next
    }
}

fn is_mark(letter: char) -> bool {
    matches!(letter, '\u{300}'..='\u{36f}' | '\u{1ab0}'..='\u{1aff}' | '\u{20d0}'..='\u{20ff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn punctuation_goes_and_spaces_become_dashes() {
        assert_eq!(slug("What's new, in C++ & Rust?"), "whats-new-in-c--rust");
    }

    #[test]
    fn letters_of_every_script_stay() {
        assert_eq!(slug("Über die Straße 東京"), "über-die-straße-東京");
    }

    #[test]
    fn a_title_without_letters_still_has_an_anchor() {
        assert_eq!(slug("???"), "section");
    }

    #[test]
    fn repeated_anchors_are_numbered_past_those_that_are_taken() {
        let mut anchors = Anchors::default();
        let given: Vec<String> = ["a", "a", "a-1", "a"]
            .into_iter()
            .map(|title| anchors.take(title.to_owned()))
            .collect();
        assert_eq!(given, ["a", "a-1", "a-1-1", "a-2"]);
    }

    #[test]
    fn loose_anchors_forget_case_and_doubled_dashes() {
        assert_eq!(loose("-C--Rust-"), "c-rust");
    }
}
