//! A template's text, cut into text and tags.

use super::{Fault, Made, Options, fault, is_code_space, is_space};

/// A piece of the text.
#[derive(Debug)]
pub(super) struct Token {
    pub(super) kind: Kind,
    /// The text, or what is inside of the tag.
    pub(super) text: String,
    /// Where it starts, from 1.
    pub(super) line: usize,
    /// Where the inside starts.
    pub(super) inside: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    Variable,
    Block,
    Comment,
}

struct Scanner<'a> {
    source: &'a str,
    at: usize,
    line: usize,
    /// Whether the line so far holds more than white space.
    filled: bool,
    pending: String,
    pending_line: usize,
    tokens: Vec<Token>,
}

/// Cuts a text into pieces; comments are left out.
pub(super) fn scan(source: &str, options: Options) -> Made<Vec<Token>> {
    let mut scanner = Scanner {
        source,
        at: 0,
        line: 1,
        filled: false,
        pending: String::new(),
        pending_line: 1,
        tokens: Vec::new(),
    };
    while let Some((start, kind)) = scanner.next(options) {
        scanner.text_until(start);
        scanner.tag(kind, options).map_err(|fault| fault.at(scanner.line))?;
    }
    scanner.text_until(source.len());
    scanner.flush();
    Ok(scanner.tokens)
}

impl Scanner<'_> {
    fn rest(&self) -> &str {
        &self.source[self.at..]
    }

    fn next(&self, options: Options) -> Option<(usize, Kind)> {
        [Kind::Variable, Kind::Block, Kind::Comment]
            .into_iter()
            .filter_map(|kind| Some((self.at + self.rest().find(open(kind, options))?, kind)))
            .min_by_key(|(at, _)| *at)
    }

    fn advance(&mut self, to: usize) {
        for c in self.source[self.at..to].chars() {
            if c == '\n' {
                self.line += 1;
                self.filled = false;
            } else if !is_space(c) {
                self.filled = true;
            }
        }
        self.at = to;
    }

    fn text_until(&mut self, end: usize) {
        if self.pending.is_empty() {
            self.pending_line = self.line;
        }
        self.pending.push_str(&self.source[self.at..end]);
        self.advance(end);
    }

    fn flush(&mut self) {
        if !self.pending.is_empty() {
            self.tokens.push(Token {
                kind: Kind::Text,
                text: std::mem::take(&mut self.pending),
                line: self.pending_line,
                inside: self.pending_line,
            });
        }
    }

    fn tag(&mut self, kind: Kind, options: Options) -> Made<()> {
        let (opener, closer) = (open(kind, options), close(kind));
        if kind == Kind::Block && options.lstrip_blocks && !self.filled {
            let line_start = self.pending.rfind('\n').map_or(0, |at| at + 1);
            if self.pending[line_start..].chars().all(is_space) {
                self.pending.truncate(line_start);
            }
        }
        let line = self.line;
        self.advance(self.at + opener.len());
        if self.rest().starts_with('-') {
            self.pending.truncate(self.pending.trim_end_matches(is_space).len());
            self.advance(self.at + 1);
        }
        self.flush();
        let end = match kind {
            Kind::Comment => self.rest().find(closer),
            _ => code_end(self.rest(), closer)?,
        };
        let unclosed = Fault {
            line,
            why: format!("`{opener}` is never closed"),
            unknown: None,
        };
        let end = self.at + end.ok_or(unclosed)?;
        let inside = &self.source[self.at..end];
        let trims = inside.ends_with('-');
        let inside = inside.strip_suffix('-').unwrap_or(inside);
        let start = inside.trim_start_matches(is_code_space);
        let inside_line = self.line + inside[..inside.len() - start.len()].matches('\n').count();
        let text = match kind {
            Kind::Block => start.trim_end_matches(is_code_space),
            _ => start,
        }
        .to_owned();
        self.advance(end + closer.len());
        if kind == Kind::Block && (text == "raw" || text == "verbatim") {
            self.raw(&text, options).map_err(|fault| fault.at(line))?;
            if trims {
                self.skip_spaces();
            }
            return Ok(());
        }
        if kind != Kind::Comment {
            self.tokens.push(Token {
                kind,
                text,
                line,
                inside: inside_line,
            });
        }
        if trims {
            self.skip_spaces();
        } else if kind == Kind::Block && options.trim_blocks {
            self.skip_line_end();
        }
        Ok(())
    }

    fn skip_spaces(&mut self) {
        let length = self.rest().len() - self.rest().trim_start_matches(is_space).len();
        self.advance(self.at + length);
    }

    fn skip_line_end(&mut self) {
        let length = match self.rest() {
            rest if rest.starts_with("\r\n") => 2,
            rest if rest.starts_with('\n') => 1,
            _ => 0,
        };
        self.advance(self.at + length);
    }

    /// What is between `raw` and `endraw`; the blocks nest.
    fn raw(&mut self, name: &str, options: Options) -> Made<()> {
        if options.trim_blocks {
            self.skip_line_end();
        }
        let closing = format!("end{name}");
        let mut depth = 1;
        let mut from = self.at;
        while let Some(start) = self.source[from..].find("{%").map(|at| from + at) {
            from = start + 2;
            let Some(length) = self.source[from..].find("%}") else {
                break;
            };
            let word = self.source[from..from + length].trim_matches(is_space);
            if word == name {
                depth += 1;
            } else if word == closing {
                depth -= 1;
            } else {
                continue;
            }
            let end = from + length + 2;
            if depth == 0 {
                if self.source[start..end].contains('\n') {
                    return fault(format!("`{closing}` is on a line of its own inside its tag"));
                }
                self.text_until(start);
                self.advance(end);
                return Ok(());
            }
            from = end;
        }
        fault(format!("`{{% {name} %}}` is never closed"))
    }
}

fn open(kind: Kind, options: Options) -> &'static str {
    match kind {
        Kind::Variable if options.jinja => "{{",
        Kind::Block => "{%",
        Kind::Comment => "{#",
        Kind::Variable | Kind::Text => "${{",
    }
}

fn close(kind: Kind) -> &'static str {
    match kind {
        Kind::Block => "%}",
        Kind::Comment => "#}",
        Kind::Variable | Kind::Text => "}}",
    }
}

/// Where code ends: a closer inside of a text or regular expression is none.
pub(super) fn code_end(code: &str, closer: &str) -> Made<Option<usize>> {
    let mut at = 0;
    while at < code.len() {
        match skip(&code[at..])? {
            Some(length) => at += length,
            None if code[at..].starts_with(closer) => return Ok(Some(at)),
            None => at += code[at..].chars().next().map_or(1, char::len_utf8),
        }
    }
    Ok(None)
}

/// How long the text, name, number or regular expression is that starts here.
pub(super) fn skip(code: &str) -> Made<Option<usize>> {
    let Some(first) = code.chars().next() else {
        return Ok(None);
    };
    if first == '"' || first == '\'' {
        return Ok(Some(text_length(code, first)));
    }
    let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
    if !is_name(first) {
        return Ok(None);
    }
    let length = code.find(|c| !is_name(c)).unwrap_or(code.len());
    if &code[..length] == "r" && code[length..].starts_with('/') {
        return super::lexer::pattern_length(code).map(Some);
    }
    Ok(Some(length))
}

fn text_length(code: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, c) in code.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            c if c == quote => return at + 1,
            _ => {}
        }
    }
    code.len()
}
