//! Rewrites what Nunjucks writes differently from Jinja, inside tags only.

/// A line, and what is wrong there.
type Wrong = (usize, String);

/// Rewrites the tags of a text; line numbers stay.
pub(super) fn rewrite(text: &str) -> Result<String, Wrong> {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((start, tag)) = next_tag(rest) {
        let line = line_at(text, text.len() - rest.len() + start);
        out.push_str(&rest[..start]);
        let body = &rest[start + tag.open().len()..];
        let end = tag_end(body, tag).ok_or_else(|| (line, format!("`{}` is never closed", tag.open())))?;
        let inside = &body[..end];
        rest = &body[end + tag.close().len()..];
        if tag == Tag::Block
            && let Some(end_word) = raw_end(inside)
        {
            let (raw, after) = split_raw(rest, end_word).ok_or_else(|| {
                (
                    line,
                    format!("`{{% {} %}}` is never closed", inside.trim_matches(['-', ' '])),
                )
            })?;
            for part in ["{%", &inside.replace("verbatim", "raw"), "%}", raw] {
                out.push_str(part);
            }
            out.push_str(&after.0.replace("verbatim", "raw"));
            rest = after.1;
            continue;
        }
        out.push_str(tag.open());
        out.push_str(&match tag {
            Tag::Comment => inside.to_owned(),
            Tag::Variable => rewrite_inside(inside),
            Tag::Block => rewrite_block(inside),
        });
        out.push_str(tag.close());
    }
    out.push_str(rest);
    Ok(out)
}

/// The inside of a text that is one `${{ … }}` and nothing else.
pub(super) fn single_expression(text: &str) -> Option<&str> {
    let body = text.trim().strip_prefix("${{")?;
    let end = tag_end(body, Tag::Variable)?;
    (body.len() == end + 2).then(|| body[..end].trim_matches('-'))
}

/// Rewrites the inside of an expression.
pub(super) fn rewrite_expression(expression: &str) -> Result<String, Wrong> {
    if expression.trim().is_empty() {
        return Err((1, "the expression is empty".to_owned()));
    }
    Ok(rewrite_inside(expression).trim().to_owned())
}

/// The first line with a tag that holds a name; 1 where there is none.
pub(super) fn line_of_name(text: &str, name: &str) -> usize {
    let mut rest = text;
    while let Some((start, tag)) = next_tag(rest) {
        let body = &rest[start + tag.open().len()..];
        let Some(end) = tag_end(body, tag) else { break };
        let inside = &body[..end];
        let at = text.len() - rest.len() + start;
        rest = &body[end + tag.close().len()..];
        if tag == Tag::Block
            && let Some((_, after)) = raw_end(inside).and_then(|word| split_raw(rest, word))
        {
            rest = after.1;
            continue;
        }
        let holds = pieces(inside).any(|piece| matches!(piece, Piece::Word(word) if word == name));
        if tag != Tag::Comment && holds {
            return line_at(text, at);
        }
    }
    1
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Tag {
    Variable,
    Block,
    Comment,
}

impl Tag {
    fn open(self) -> &'static str {
        match self {
            Self::Variable => "${{",
            Self::Block => "{%",
            Self::Comment => "{#",
        }
    }

    fn close(self) -> &'static str {
        match self {
            Self::Variable => "}}",
            Self::Block => "%}",
            Self::Comment => "#}",
        }
    }
}

fn next_tag(text: &str) -> Option<(usize, Tag)> {
    [Tag::Variable, Tag::Block, Tag::Comment]
        .into_iter()
        .filter_map(|tag| text.find(tag.open()).map(|at| (at, tag)))
        .min_by_key(|(at, _)| *at)
}

/// Where a tag's inside ends; closers within strings do not count, nor those of records (`{a: {b: 1}}`).
fn tag_end(body: &str, tag: Tag) -> Option<usize> {
    if tag == Tag::Comment {
        return body.find(tag.close());
    }
    let (mut at, mut depth) = (0, 0_usize);
    for piece in pieces(body) {
        if depth == 0 && body[at..].starts_with(tag.close()) {
            return Some(at);
        }
        match piece {
            Piece::Other("{") => depth += 1,
            Piece::Other("}") => depth = depth.saturating_sub(1),
            Piece::Open(_) => return None,
            _ => {}
        }
        at += piece.text().len();
    }
    None
}

/// The word that closes a raw block, if the block opens one.
fn raw_end(inside: &str) -> Option<&'static str> {
    match inside.trim_matches(['-', '+']).trim() {
        "raw" => Some("endraw"),
        "verbatim" => Some("endverbatim"),
        _ => None,
    }
}

/// The raw text, then its closing tag and what follows.
fn split_raw<'a>(text: &'a str, end_word: &str) -> Option<(&'a str, (&'a str, &'a str))> {
    let mut from = 0;
    while let Some(at) = text[from..].find("{%").map(|at| from + at) {
        let end = text[at..].find("%}").map(|end| at + end)?;
        if text[at + 2..end].trim_matches(['-', '+']).trim() == end_word {
            return Some((&text[..at], (&text[at..end + 2], &text[end + 2..])));
        }
        from = at + 2;
    }
    None
}

fn rewrite_block(inside: &str) -> String {
    let start = inside.len() - inside.trim_start_matches(['-', '+', ' ', '\t', '\n', '\r']).len();
    let (before, words) = inside.split_at(start);
    match words.strip_prefix("elseif") {
        Some(rest) if rest.starts_with(|c: char| !c.is_alphanumeric() && c != '_') => {
            format!("{before}elif{}", rewrite_inside(rest))
        }
        _ => format!("{before}{}", rewrite_inside(words)),
    }
}

fn rewrite_inside(inside: &str) -> String {
    let mut out = String::with_capacity(inside.len());
    let pieces: Vec<Piece<'_>> = pieces(inside).collect();
    for (at, piece) in pieces.iter().enumerate() {
        let after_dot = at > 0 && matches!(pieces[at - 1], Piece::Other("."));
        let called = matches!(pieces.get(at + 1), Some(Piece::Other("(")));
        let is_key = matches!(pieces.get(at + 1), Some(Piece::Other(":")));
        match piece {
            Piece::Operator("===") => out.push_str("=="),
            Piece::Operator("!==") => out.push_str("!="),
            Piece::Word("null") if !after_dot && !is_key => out.push_str("none"),
            // JavaScript's texts and lists know their length; minijinja has a filter for it.
            Piece::Word("length") if after_dot && !called => {
                out.pop();
                out.push_str("|length");
            }
            piece => out.push_str(piece.text()),
        }
    }
    out
}

/// A piece of the inside of a tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Piece<'a> {
    Text(&'a str),
    /// A string that is never closed.
    Open(&'a str),
    Word(&'a str),
    Operator(&'a str),
    Other(&'a str),
}

impl<'a> Piece<'a> {
    fn text(self) -> &'a str {
        match self {
            Self::Text(text) | Self::Open(text) | Self::Word(text) | Self::Operator(text) | Self::Other(text) => text,
        }
    }
}

fn pieces<'a>(inside: &'a str) -> impl Iterator<Item = Piece<'a>> {
    let mut rest = inside;
    std::iter::from_fn(move || {
        let first = rest.chars().next()?;
        let (length, make): (usize, fn(&'a str) -> Piece<'a>) = if first == '"' || first == '\'' {
            match string_end(rest, first) {
                Some(end) => (end, Piece::Text),
                None => (rest.len(), Piece::Open),
            }
        } else if first.is_alphanumeric() || first == '_' {
            let end = rest
                .find(|c: char| !c.is_alphanumeric() && c != '_')
                .unwrap_or(rest.len());
            (end, Piece::Word)
        } else if rest.starts_with("===") || rest.starts_with("!==") {
            (3, Piece::Operator)
        } else {
            (first.len_utf8(), Piece::Other)
        };
        let (piece, after) = rest.split_at(length);
        rest = after;
        Some(make(piece))
    })
}

/// Where a string that starts with `quote` ends, after its closing quote.
fn string_end(text: &str, quote: char) -> Option<usize> {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            c if c == quote => return Some(at + c.len_utf8()),
            _ => {}
        }
    }
    None
}

fn line_at(text: &str, at: usize) -> usize {
    text[..at].matches('\n').count() + 1
}
