//! `slugify` as cookiecutter has it, from the package python-slugify.

#![expect(
    clippy::needless_pass_by_value,
    reason = "minijinja hands named arguments over by value"
)]

use minijinja::value::Kwargs;
use minijinja::{Error, ErrorKind};
use regex::Regex;
use unicode_normalization::UnicodeNormalization as _;

use super::limit::fits;

pub(super) fn slugify(text: &str, options: Kwargs) -> Result<String, Error> {
    let lowercase = options.get::<Option<bool>>("lowercase")?.unwrap_or(true);
    let unicode = options.get::<Option<bool>>("allow_unicode")?.unwrap_or(false);
    let entities = options.get::<Option<bool>>("entities")?.unwrap_or(true);
    let decimal = options.get::<Option<bool>>("decimal")?.unwrap_or(true);
    let hexadecimal = options.get::<Option<bool>>("hexadecimal")?.unwrap_or(true);
    let replacements = options
        .get::<Option<Vec<Vec<String>>>>("replacements")?
        .unwrap_or_default();
    let stopwords = options.get::<Option<Vec<String>>>("stopwords")?.unwrap_or_default();
    let pattern = options.get::<Option<String>>("regex_pattern")?;
    let separator = options
        .get::<Option<String>>("separator")?
        .unwrap_or_else(|| "-".to_owned());
    let cut = Cut {
        length: options.get::<Option<usize>>("max_length")?.unwrap_or(0),
        at_words: options.get::<Option<bool>>("word_boundary")?.unwrap_or(false),
        in_order: options.get::<Option<bool>>("save_order")?.unwrap_or(false),
    };
    options.assert_all_used()?;
    let replace = |text: String| {
        replacements.iter().try_fold(text, |text, pair| match pair.as_slice() {
            [old, new] => {
                fits(text.matches(old.as_str()).count().saturating_mul(new.len()))?;
                Ok::<_, Error>(text.replace(old.as_str(), new))
            }
            _ => Ok(text),
        })
    };

    let text = replace(text.to_owned())?;
    let text = collapse(&text, |c| c == '\'', "-");
    let text = if unicode {
        text.nfkc().collect()
    } else {
        to_ascii(&text)
    };
    let text = decode(&text, entities, decimal, hexadecimal);
    let text: String = if unicode {
        text.nfkc().collect()
    } else {
        text.nfkd().collect()
    };
    let text = if lowercase { text.to_lowercase() } else { text };
    let text = without_thousands(&text.replace('\'', ""));
    let text = match pattern {
        Some(pattern) => Regex::new(&pattern)
            .map_err(|_| {
                Error::new(
                    ErrorKind::InvalidOperation,
                    format!("`{pattern}` is not understood here"),
                )
            })?
            .replace_all(&text, "-")
            .into_owned(),
        None if unicode => collapse(&text, |c| !c.is_alphanumeric(), "-"),
        None => collapse(&text, |c| !c.is_ascii_alphanumeric() && c != '-', "-"),
    };
    let mut text = collapse(&text, |c| c == '-', "-").trim_matches('-').to_owned();
    if !stopwords.is_empty() {
        let left_out: Vec<String> = stopwords
            .iter()
            .map(|word| if lowercase { word.to_lowercase() } else { word.clone() })
            .collect();
        let words = text.split('-').filter(|word| !left_out.iter().any(|out| out == word));
        text = words.collect::<Vec<_>>().join("-");
    }
    let text = cut.apply(replace(text)?);
    fits(text.matches('-').count().saturating_mul(separator.len()))?;
    Ok(if separator == "-" {
        text
    } else {
        text.replace('-', &separator)
    })
}

/// Runs of such characters become one text.
fn collapse(text: &str, is_one: impl Fn(char) -> bool, with: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut inside = false;
    for c in text.chars() {
        if is_one(c) {
            if !inside {
                out.push_str(with);
            }
            inside = true;
        } else {
            out.push(c);
            inside = false;
        }
    }
    out
}

/// Letters of other scripts in Latin ones; what has no letters, such as a picture, is left out.
fn to_ascii(text: &str) -> String {
    text.nfkd()
        .map(|c| match u32::from(c) {
            0..0x80 => c.to_string(),
            0x2600..0x27c0 | 0x1_0000.. => String::new(),
            _ => deunicode::deunicode_char(c).unwrap_or_default().to_owned(),
        })
        .collect()
}

/// `1,000` is one number.
fn without_thousands(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let is_digit = |at: Option<usize>| at.and_then(|at| chars.get(at)).is_some_and(|c| c.is_numeric());
    let kept = chars.iter().enumerate();
    kept.filter(|(at, c)| **c != ',' || !is_digit(at.checked_sub(1)) || !is_digit(Some(at + 1)))
        .map(|(_, c)| *c)
        .collect()
}

/// `&amp;`, `&#38;` and `&#x26;`; of the named ones those that people type.
fn decode(text: &str, entities: bool, decimal: bool, hexadecimal: bool) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let Some(end) = rest.find(';') else { break };
        let name = &rest[1..end];
        let code = |digits: &str, radix| u32::from_str_radix(digits, radix).ok().and_then(char::from_u32);
        let decoded = if let Some(digits) = name.strip_prefix("#x") {
            code(digits, 16).filter(|_| hexadecimal)
        } else if let Some(digits) = name.strip_prefix('#') {
            code(digits, 10).filter(|_| decimal)
        } else {
            named(name).filter(|_| entities)
        };
        if let Some(c) = decoded {
            out.push(c);
            rest = &rest[end + 1..];
        } else {
            out.push('&');
            rest = &rest[1..];
        }
    }
    out + rest
}

fn named(name: &str) -> Option<char> {
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "nbsp" => '\u{a0}',
        "copy" => '©',
        "reg" => '®',
        "ndash" => '–',
        "mdash" => '—',
        "hellip" => '…',
        _ => return None,
    })
}

/// How a text is shortened.
struct Cut {
    /// 0 where it is not.
    length: usize,
    at_words: bool,
    in_order: bool,
}

impl Cut {
    fn apply(&self, text: String) -> String {
        if self.length == 0 {
            return text;
        }
        let text = text.trim_matches('-');
        let count = |text: &str| text.chars().count();
        let start: String = text.chars().take(self.length).collect();
        if count(text) < self.length {
            return text.to_owned();
        }
        if !self.at_words {
            return start.trim_matches('-').to_owned();
        }
        if !text.contains('-') {
            return start;
        }
        let mut cut = String::new();
        for word in text.split('-').filter(|word| !word.is_empty()) {
            match (count(&cut) + count(word)).cmp(&self.length) {
                std::cmp::Ordering::Less => cut.extend([word, "-"]),
                std::cmp::Ordering::Equal => {
                    cut.push_str(word);
                    break;
                }
                std::cmp::Ordering::Greater if self.in_order => break,
                std::cmp::Ordering::Greater => {}
            }
        }
        let cut = if cut.is_empty() { start } else { cut };
        cut.trim_matches('-').to_owned()
    }
}
