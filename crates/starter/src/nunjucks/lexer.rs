//! Words of an expression.

use std::rc::Rc;

use super::{Fault, Made, fault, is_code_space};

/// A word and its line.
#[derive(Debug, Clone)]
pub(super) struct Lexeme {
    pub(super) word: Word,
    pub(super) line: usize,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Word {
    Name(Rc<str>),
    Number(f64),
    Text(Rc<str>),
    /// The pattern and its flags.
    Pattern(Rc<str>, Rc<str>),
    Sign(&'static str),
    End,
}

/// The longer ones first.
const SIGNS: [&str; 26] = [
    "===", "!==", "**", "//", "==", "!=", "<=", ">=", "(", ")", "[", "]", "{", "}", ".", ",", ":", "|", "~", "+", "-",
    "*", "/", "%", "<", ">",
];

/// Cuts an expression into words.
pub(super) fn lex(source: &str, line: usize) -> Made<Vec<Lexeme>> {
    let mut lexer = Lexer {
        source,
        at: 0,
        line,
        words: Vec::new(),
    };
    while lexer.at < source.len() {
        lexer.word().map_err(|fault: Fault| fault.at(lexer.line))?;
    }
    lexer.push(Word::End, 0);
    Ok(lexer.words)
}

struct Lexer<'a> {
    source: &'a str,
    at: usize,
    line: usize,
    words: Vec<Lexeme>,
}

impl Lexer<'_> {
    fn push(&mut self, word: Word, length: usize) {
        let line = self.line;
        self.words.push(Lexeme { word, line });
        self.line += self.source[self.at..self.at + length].matches('\n').count();
        self.at += length;
    }

    fn word(&mut self) -> Made<()> {
        let rest = &self.source[self.at..];
        let first = rest.chars().next().unwrap_or(' ');
        if is_code_space(first) {
            self.line += usize::from(first == '\n');
            self.at += first.len_utf8();
            return Ok(());
        }
        let after_dot = matches!(self.words.last().map(|last| &last.word), Some(Word::Sign(".")));
        if let Some(length) = name_length(rest, after_dot) {
            if &rest[..length] == "r" && rest[length..].starts_with('/') {
                let length = pattern_length(rest)?;
                let (pattern, flags) = pattern_parts(&rest[..length]);
                self.push(Word::Pattern(pattern.into(), flags.into()), length);
            } else {
                self.push(Word::Name(rest[..length].into()), length);
            }
            return Ok(());
        }
        if first.is_ascii_digit() {
            return self.number();
        }
        if first == '"' || first == '\'' {
            return self.text(first);
        }
        if let Some(sign) = SIGNS.into_iter().find(|sign| rest.starts_with(sign)) {
            let digit_follows = rest[1..].starts_with(|c: char| c.is_ascii_digit());
            if sign == "." && digit_follows && !self.after_operand() {
                return fault("a number starts with a digit, as in `0.5`");
            }
            self.push(Word::Sign(sign), sign.len());
            return Ok(());
        }
        if first == '=' {
            self.push(Word::Sign("="), 1);
            return Ok(());
        }
        fault(format!("`{first}` has no meaning in an expression"))
    }

    fn after_operand(&self) -> bool {
        !matches!(
            self.words.last().map(|last| &last.word),
            None | Some(Word::End | Word::Sign("(" | "[" | "{" | "." | "," | ":" | "|" | "~" | "+" | "-" | "*" | "/"))
        )
    }

    fn number(&mut self) -> Made<()> {
        let rest = &self.source[self.at..];
        let digits = |text: &str| text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
        let mut length = digits(rest);
        if rest[length..].starts_with('.') {
            length += 1 + digits(&rest[length + 1..]);
        }
        if rest[length..].starts_with(|c: char| c.is_ascii_alphabetic() || c == '_') {
            return fault("a number is followed by letters");
        }
        let number = rest[..length].trim_end_matches('.').parse().unwrap_or(f64::NAN);
        self.push(Word::Number(number), length);
        Ok(())
    }

    fn text(&mut self, quote: char) -> Made<()> {
        let mut text = String::new();
        let mut escaped = false;
        for (at, c) in self.source[self.at..].char_indices().skip(1) {
            if escaped {
                escaped = false;
                text.push(match c {
                    'n' => '\n',
                    'r' => '\r',
                    't' => '\t',
                    other => other,
                });
            } else if c == '\\' {
                escaped = true;
            } else if c == quote {
                self.push(Word::Text(text.into()), at + 1);
                return Ok(());
            } else {
                text.push(c);
            }
        }
        fault("a text is never closed with its quote")
    }
}

/// How long the name is that starts here; after a dot it may start with digits.
fn name_length(text: &str, after_dot: bool) -> Option<usize> {
    let letters = if after_dot {
        text.trim_start_matches(|c: char| c.is_ascii_digit())
    } else {
        text
    };
    if !letters.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_') {
        return None;
    }
    let end = letters.find(|c: char| !c.is_ascii_alphanumeric() && c != '_');
    Some(text.len() - letters.len() + end.unwrap_or(letters.len()))
}

/// How long the regular expression `r/…/flags` is that starts here.
pub(super) fn pattern_length(code: &str) -> Made<usize> {
    let mut backslashes = 0;
    for (at, c) in code.char_indices().skip(2) {
        match c {
            '\\' => backslashes += 1,
            '/' if backslashes % 2 == 0 => {
                let flags = &code[at + 1..];
                let length = flags.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(flags.len());
                return Ok(at + 1 + length);
            }
            _ => backslashes = 0,
        }
    }
    fault("a regular expression is never closed with `/`")
}

fn pattern_parts(code: &str) -> (&str, &str) {
    let inside = &code[2..];
    let end = inside.rfind('/').unwrap_or(inside.len());
    (&inside[..end], &inside[(end + 1).min(inside.len())..])
}
