//! `Gemfile`: a program, so only a `ruby` line with nothing but literals is read.

use super::{meaning::zero_padded, reading::Reading};

pub(super) fn gemfile(reading: &mut Reading<'_>) {
    for (line, text) in reading.lines("#") {
        let Some(arguments) = text
            .strip_prefix("ruby")
            .filter(|rest| rest.starts_with([' ', '\t', '(']))
        else {
            continue;
        };
        let arguments = arguments.trim_matches(|c: char| c.is_whitespace() || c == '(' || c == ')');
        let parts: Vec<_> = arguments.split(',').map(str::trim).collect();
        let versions: Vec<_> = parts.iter().copied().map_while(literal).collect();
        // `file: ".ruby-version"` is read where it stands.
        if versions.is_empty() {
            continue;
        }
        if parts.iter().skip(versions.len()).all(|part| says_nothing_else(part)) {
            let written = versions.join(", ");
            reading.range("ruby", line, &written, &zero_padded(&written));
        } else {
            // Another engine follows, whose own version is not Ruby's.
            reading.range("ruby", line, arguments, "*");
        }
    }
}

/// The patch level of a version, or the usual engine: `patchlevel: "0"`, `:engine => "ruby"`.
fn says_nothing_else(option: &str) -> bool {
    let split = option.split_once("=>").or_else(|| option.split_once(':'));
    let Some((name, value)) = split.filter(|(name, _)| !name.is_empty()) else {
        return false;
    };
    match name.trim().trim_start_matches(':') {
        "patchlevel" => true,
        "engine" => literal(value.trim()) == Some("ruby"),
        _ => false,
    }
}

fn literal(part: &str) -> Option<&str> {
    let quote = part.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let text = part.strip_prefix(quote)?.strip_suffix(quote)?;
    (!text.contains([quote, '#', '\\'])).then_some(text)
}
