//! Admonitions of other Markdown dialects as GitHub's, line by line, so that lines keep their numbers.

use std::borrow::Cow;

use crate::model::Dialect;

/// Admonitions nested deeper stay as they are.
const DEEPEST: usize = 16;

/// The Markdown with `!!!` and `:::` admonitions as `> [!NOTE]`.
pub(crate) fn to_github(markdown: &str, dialect: Dialect) -> Cow<'_, str> {
    match dialect {
        Dialect::Mkdocs if markdown.contains("!!!") || markdown.contains("???") => Cow::Owned(mkdocs(markdown)),
        Dialect::Docusaurus if markdown.contains(":::") => Cow::Owned(docusaurus(markdown)),
        _ => Cow::Borrowed(markdown),
    }
}

/// The kind and title of a line that opens a `!!! note "Title"` admonition.
pub(crate) fn mkdocs_opening(line: &str) -> Option<(&str, &str)> {
    let rest = line
        .strip_prefix("!!!")
        .or_else(|| line.strip_prefix("???+"))
        .or_else(|| line.strip_prefix("???"))?;
    let rest = rest.strip_prefix(' ')?.trim();
    let (kind, title) = rest
        .split_once([' ', '"'])
        .map_or((rest, ""), |(kind, _)| (kind, rest[kind.len()..].trim()));
    let title = title
        .split_once('"')
        .map_or("", |(_, quoted)| quoted.trim_end_matches('"'));
    is_kind(kind).then_some((kind, title))
}

/// The number of colons, the kind and the title of a line that opens a `:::note Title` admonition.
pub(crate) fn docusaurus_opening(line: &str) -> Option<(usize, &str, &str)> {
    let rest = line.trim_start_matches(':');
    let colons = line.len() - rest.len();
    if colons < 3 {
        return None;
    }
    let rest = rest.trim();
    let end = rest
        .find(|letter: char| !letter.is_ascii_alphabetic())
        .unwrap_or(rest.len());
    let (kind, title) = rest.split_at(end);
    let title = title.trim();
    let title = title
        .strip_prefix('[')
        .and_then(|title| title.strip_suffix(']'))
        .unwrap_or(title);
    is_kind(kind).then_some((colons, kind, title))
}

fn is_kind(kind: &str) -> bool {
    !kind.is_empty() && kind.chars().all(|letter| letter.is_ascii_alphabetic())
}

fn opening(kind: &str, title: &str) -> String {
    format!("> [!{}] {title}", kind.to_uppercase()).trim_end().to_owned()
}

fn mkdocs(markdown: &str) -> String {
    let mut out = String::with_capacity(markdown.len() + 64);
    let mut fence = Fence::default();
    // The admonitions that are open.
    let mut depth = 0;
    for line in markdown.split('\n') {
        let (spaces, text) = (
            line.len() - line.trim_start_matches(' ').len(),
            line.trim_start_matches(' '),
        );
        if !text.is_empty() && !fence.open() {
            depth = depth.min(spaces / 4);
        }
        let inner = line.get((4 * depth).min(spaces)..).unwrap_or_default();
        let quote = "> ".repeat(depth);
        if !fence.line(inner)
            && depth < DEEPEST
            && let Some((kind, title)) = mkdocs_opening(inner)
        {
            out.push_str(&quote);
            out.push_str(&opening(kind, title));
            depth += 1;
        } else if depth > 0 && text.is_empty() && !fence.open() {
            // Also the blank line after the last one, which then ends the quote with the next line that is not in it.
            out.push_str(quote.trim_end());
        } else {
            out.push_str(&quote);
            out.push_str(inner);
        }
        out.push('\n');
    }
    out.pop();
    separate(&out)
}

/// A line that follows a quote directly would be taken for its continuation: the blank quoted line before it is
/// made a real blank.
fn separate(text: &str) -> String {
    let mut lines: Vec<&str> = text.split('\n').collect();
    // From the end: whether the next line that is not blank is quoted.
    let mut quoted = false;
    for line in lines.iter_mut().rev() {
        if line.starts_with('>') && line.trim_matches(['>', ' ']).is_empty() {
            if !quoted {
                *line = "";
            }
        } else {
            quoted = line.starts_with('>');
        }
    }
    lines.join("\n")
}

fn docusaurus(markdown: &str) -> String {
    let mut out = String::with_capacity(markdown.len() + 64);
    let mut fence = Fence::default();
    let mut open: Vec<usize> = Vec::new();
    for line in markdown.split('\n') {
        let code = fence.line(line);
        let quote = "> ".repeat(open.len());
        if !code
            && open.len() < DEEPEST
            && let Some((colons, kind, title)) = docusaurus_opening(line)
        {
            out.push_str(&quote);
            out.push_str(&opening(kind, title));
            open.push(colons);
        } else if let (false, Some(colons)) = (code, open.last().filter(|_| line.trim_end().len() >= 3))
            && line.trim_end().bytes().all(|byte| byte == b':')
            && line.trim_end().len() >= *colons
        {
            open.pop();
            out.push_str("> ".repeat(open.len()).trim_end());
        } else if line.is_empty() {
            out.push_str(quote.trim_end());
        } else {
            out.push_str(&quote);
            out.push_str(line);
        }
        out.push('\n');
    }
    out.pop();
    out
}

/// Whether lines are inside a fenced code block.
#[derive(Default)]
struct Fence {
    opened: Option<(char, usize)>,
}

impl Fence {
    fn open(&self) -> bool {
        self.opened.is_some()
    }

    /// Takes the next line; whether it belongs to a code block, its fences included.
    fn line(&mut self, line: &str) -> bool {
        let text = line.trim_start();
        let mark = text.chars().next().filter(|letter| matches!(letter, '`' | '~'));
        let length = mark.map_or(0, |mark| text.len() - text.trim_start_matches(mark).len());
        match (self.opened, mark) {
            (Some((opened, least)), Some(mark)) => {
                if mark == opened && length >= least && text[length..].trim().is_empty() {
                    self.opened = None;
                }
                true
            }
            (Some(_), None) => true,
            (None, Some(mark)) if length >= 3 => {
                self.opened = Some((mark, length));
                true
            }
            (None, _) => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mkdocs_admonitions_become_alerts_in_the_same_lines() {
        let markdown = "a\n\n!!! danger \"Mind\"\n    one\n\n    ```sh\n    !!! x\n    ```\n\nafter\n";
        let github = "a\n\n> [!DANGER] Mind\n> one\n>\n> ```sh\n> !!! x\n> ```\n\nafter\n";
        assert_eq!(to_github(markdown, Dialect::Mkdocs), github);
    }

    #[test]
    fn mkdocs_admonitions_nest() {
        let markdown = "!!! note\n    ??? tip\n        in\n    out\n";
        assert_eq!(
            to_github(markdown, Dialect::Mkdocs),
            "> [!NOTE]\n> > [!TIP]\n> > in\n> out\n"
        );
    }

    #[test]
    fn docusaurus_admonitions_become_alerts_in_the_same_lines() {
        let markdown = "::::note[T]\none\n\n:::tip\ntwo\n:::\n::::\n\nafter\n";
        assert_eq!(
            to_github(markdown, Dialect::Docusaurus),
            "> [!NOTE] T\n> one\n>\n> > [!TIP]\n> > two\n>\n\n\nafter\n"
        );
    }

    #[test]
    fn code_stays_as_it_is() {
        let markdown = "```\n:::note\n```\n";
        assert_eq!(to_github(markdown, Dialect::Docusaurus), markdown);
    }

    #[test]
    fn other_dialects_are_left_alone() {
        assert_eq!(to_github("!!! note\n    x\n", Dialect::Github), "!!! note\n    x\n");
    }
}
