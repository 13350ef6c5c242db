//! All words of the index, and which of them a typed word may have meant.

/// A word of the index that stands for a typed one.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Meant {
    pub(crate) word: String,
    /// 1 for the word itself, less for a longer word that begins with it or a typing error away.
    pub(crate) weight: f32,
}

/// More stand-ins than these slow a key press down and help nobody.
const MOST: usize = 64;

/// The words of the index, sorted.
#[derive(Debug, Default)]
pub(crate) struct Vocabulary {
    words: Vec<String>,
}

impl Vocabulary {
    pub(crate) fn new(words: impl IntoIterator<Item = String>) -> Self {
        let mut words: Vec<_> = words.into_iter().collect();
        words.sort_unstable();
        words.dedup();
        Self { words }
    }

    /// The words that `typed` may have meant, best first. A word still being typed also stands for
    /// those that begin with it.
    pub(crate) fn meant(&self, typed: &str, unfinished: bool) -> Vec<Meant> {
        let mut meant = Vec::new();
        let from = self.words.partition_point(|word| word.as_str() < typed);
        for word in self.words[from..].iter().take_while(|word| word.starts_with(typed)) {
            if word == typed {
                meant.push(Meant {
                    word: word.clone(),
                    weight: 1.0,
                });
            } else if unfinished || is_ending(&word[typed.len()..]) {
                let rest = word.chars().count() - typed.chars().count();
                let nearness = 1.0 / (1.0 + f32::from(u8::try_from(rest).unwrap_or(u8::MAX)) / 4.0);
                meant.push(Meant {
                    word: word.clone(),
                    weight: 0.3 + 0.5 * nearness,
                });
            }
        }
        // Typing errors are only forgiven where nothing better is there: short words flood otherwise.
        if meant.is_empty() {
            meant = self.near(typed);
        }
        meant.sort_by(|a, b| b.weight.total_cmp(&a.weight));
        meant.truncate(MOST);
        meant
    }

    /// Words a typing error or two away; none for words under five letters, one up to eight.
    fn near(&self, typed: &str) -> Vec<Meant> {
        let letters: Vec<char> = typed.chars().collect();
        let allowed = match letters.len() {
            0..=4 => return Vec::new(),
            5..=8 => 1,
            _ => 2,
        };
        let mut near = Vec::new();
        for word in &self.words {
            let other: Vec<char> = word.chars().collect();
            if let Some(errors) = begins_near(&letters, &other, allowed) {
                let weight = if errors == 1 { 0.3 } else { 0.15 };
                near.push(Meant {
                    word: word.clone(),
                    weight,
                });
            }
        }
        near
    }
}

/// Endings by which an English word is still the same one.
fn is_ending(rest: &str) -> bool {
    matches!(rest, "s" | "es" | "d" | "ed" | "ing" | "er" | "ers")
}

/// The fewest typing errors (one letter more, less, other, or two swapped) by which `typed` becomes `word`
/// or its beginning; `None` where it takes more than `allowed`.
fn begins_near(typed: &[char], word: &[char], allowed: usize) -> Option<usize> {
    if word.len() + allowed < typed.len() {
        return None;
    }
    let width = word.len().min(typed.len() + allowed);
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=width).collect();
    for (row, letter) in typed.iter().enumerate() {
        let mut this = vec![row + 1; width + 1];
        for column in 0..width {
            let same = usize::from(*letter != word[column]);
            let mut best = (last[column] + same).min(last[column + 1] + 1).min(this[column] + 1);
            let swapped = row > 0 && column > 0 && *letter == word[column - 1] && typed[row - 1] == word[column];
            if swapped {
                best = best.min(before[column - 1] + 1);
            }
            this[column + 1] = best;
        }
        if this.iter().all(|errors| *errors > allowed) {
            return None;
        }
        before = std::mem::replace(&mut last, this);
    }
    last.into_iter().min().filter(|errors| *errors <= allowed)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vocabulary() -> Vocabulary {
        let words = ["deploy", "deploys", "deployment", "kubernetes", "cat", "car", "secret"];
        Vocabulary::new(words.map(str::to_owned))
    }

    fn found(typed: &str, unfinished: bool) -> Vec<String> {
        vocabulary()
            .meant(typed, unfinished)
            .into_iter()
            .map(|meant| meant.word)
            .collect()
    }

    #[test]
    fn the_word_itself_comes_before_those_that_begin_with_it() {
        assert_eq!(found("deploy", true), ["deploy", "deploys", "deployment"]);
    }

    #[test]
    fn a_finished_word_stands_for_its_endings_only() {
        assert_eq!(found("deploy", false), ["deploy", "deploys"]);
    }

    #[test]
    fn typing_errors_are_forgiven_by_length() {
        assert_eq!(found("kubernets", true), ["kubernetes"]);
        assert_eq!(found("secrte", true), ["secret"]);
        assert_eq!(found("kuberentse", true), ["kubernetes"]);
        assert!(found("cax", true).is_empty());
    }
}
