//! Tags, put together to a tree.

use std::collections::BTreeSet;
use std::rc::Rc;

use super::parser::Parser;
use super::scan::{Kind, Token};
use super::syntax::{Expr, Macro, Node};
use super::{Fault, Made};

/// Blocks inside of blocks.
const DEPTH: usize = 60;
/// Tags that belong to another one.
const PARTS: [&str; 13] = [
    "else",
    "elif",
    "elseif",
    "endif",
    "endfor",
    "endmacro",
    "endcall",
    "endfilter",
    "endset",
    "endblock",
    "case",
    "default",
    "endswitch",
];

/// Reads the pieces of a template; answers with the names that its tags set, too.
pub(super) fn parse(tokens: Vec<Token>) -> Made<(Vec<Node>, BTreeSet<String>)> {
    let mut reader = Reader {
        tokens: tokens.into_iter(),
        depth: 0,
        names: BTreeSet::new(),
    };
    let (nodes, _) = reader.body(&[], 1, "")?;
    Ok((nodes, reader.names))
}

struct Reader {
    tokens: std::vec::IntoIter<Token>,
    depth: usize,
    names: BTreeSet<String>,
}

/// The tag that a body ends with: its name, what follows it, its line.
struct Stop {
    name: String,
    rest: String,
    line: usize,
}

impl Stop {
    /// Nothing may follow its name.
    fn bare(&self) -> Made<()> {
        if self.rest.is_empty() {
            return Ok(());
        }
        wrong(self.line, format!("nothing may follow `{}`", self.name))
    }
}

fn wrong<T>(line: usize, why: String) -> Made<T> {
    Err(Fault {
        line,
        why,
        unknown: None,
    })
}

fn split(tag: &str) -> (String, String) {
    let end = tag
        .find(|c: char| !c.is_ascii_alphanumeric() && c != '_')
        .unwrap_or(tag.len());
    let rest = tag[end..].trim_matches(super::is_code_space);
    (tag[..end].to_owned(), rest.to_owned())
}

fn expression(source: &str, line: usize) -> Made<Expr> {
    let mut parser = Parser::new(source, line)?;
    let value = parser.expression()?;
    parser.end()?;
    Ok(value)
}

impl Reader {
    /// Everything up to one of the tags, and that tag. `opener` is the tag that waits for it.
    fn body(&mut self, stops: &[&str], line: usize, opener: &str) -> Made<(Vec<Node>, Stop)> {
        self.depth += 1;
        if self.depth > DEPTH {
            return wrong(line, "its blocks are nested too deeply".to_owned());
        }
        let mut nodes = Vec::new();
        while let Some(token) = self.tokens.next() {
            match token.kind {
                Kind::Text => nodes.push(Node::Text(token.text.into())),
                Kind::Comment => {}
                Kind::Variable => nodes.push(Node::Output {
                    line: token.line,
                    value: expression(&token.text, token.inside).map_err(|fault| fault.at(token.line))?,
                }),
                Kind::Block => {
                    let (name, rest) = split(&token.text);
                    if stops.contains(&name.as_str()) {
                        self.depth -= 1;
                        let line = token.line;
                        let stop = Stop { name, rest, line };
                        if !matches!(stop.name.as_str(), "elif" | "elseif" | "case" | "endblock") {
                            stop.bare()?;
                        }
                        return Ok((nodes, stop));
                    }
                    let node = self.statement(&name, &rest, token.inside);
                    nodes.push(node.map_err(|fault| fault.at(token.line))?);
                }
            }
        }
        self.depth -= 1;
        if stops.is_empty() {
            let (name, rest) = Default::default();
            return Ok((nodes, Stop { name, rest, line }));
        }
        wrong(
            line,
            format!("`{opener}` is never closed with `{}`", stops[stops.len() - 1]),
        )
    }

    fn statement(&mut self, name: &str, rest: &str, line: usize) -> Made<Node> {
        match name {
            "if" => self.branches(rest, line),
            "for" => self.for_loop(rest, line),
            "set" => self.set(rest, line),
            "macro" => self.define(rest, line),
            "call" => self.call(rest, line),
            "filter" => {
                let mut parser = Parser::new(rest, line)?;
                let (name, arguments) = parser.filter()?;
                parser.end()?;
                let (body, _) = self.body(&["endfilter"], line, "filter")?;
                Ok(Node::Filter {
                    line,
                    name,
                    arguments,
                    body,
                })
            }
            "block" => {
                let mut parser = Parser::new(rest, line)?;
                let name = parser.name()?;
                parser.end()?;
                let (body, stop) = self.body(&["endblock"], line, "block")?;
                if stop.rest.is_empty() || stop.rest == *name {
                    return Ok(Node::Block(body));
                }
                wrong(stop.line, format!("`endblock` names another block than `{name}`"))
            }
            "switch" => self.switch(rest, line),
            "include" | "import" | "from" | "extends" => wrong(
                line,
                format!("`{name}` takes other files, which templates of Backstage cannot; put the text here"),
            ),
            name if PARTS.contains(&name) => wrong(line, format!("nothing is open that `{name}` belongs to")),
            "" => wrong(line, "the tag is empty".to_owned()),
            name => wrong(line, format!("there is no tag `{name}`")),
        }
    }

    fn branches(&mut self, condition: &str, line: usize) -> Made<Node> {
        let mut branches = Vec::new();
        let mut condition = expression(condition, line)?;
        loop {
            let (body, stop) = self.body(&["elif", "elseif", "else", "endif"], line, "if")?;
            branches.push((condition, body));
            let otherwise = match stop.name.as_str() {
                "else" => self.body(&["endif"], line, "if")?.0,
                "endif" => Vec::new(),
                _ => {
                    condition = expression(&stop.rest, stop.line)?;
                    continue;
                }
            };
            return Ok(Node::If {
                line,
                branches,
                otherwise,
            });
        }
    }

    fn for_loop(&mut self, header: &str, line: usize) -> Made<Node> {
        let mut parser = Parser::new(header, line)?;
        let targets = parser.names()?;
        if !parser.takes_name("in") {
            return parser.wrong("a loop is written `for NAME in LIST`");
        }
        if targets.len() == 1 && &*targets[0] == "loop" {
            return parser.wrong("the name `loop` belongs to the loop itself");
        }
        let list = parser.expression()?;
        parser.end()?;
        self.remember(&targets);
        let (body, stop) = self.body(&["else", "endfor"], line, "for")?;
        let otherwise = match stop.name.as_str() {
            "else" => self.body(&["endfor"], line, "for")?.0,
            _ => Vec::new(),
        };
        Ok(Node::For {
            line,
            targets,
            list,
            body,
            otherwise,
        })
    }

    fn set(&mut self, header: &str, line: usize) -> Made<Node> {
        let mut parser = Parser::new(header, line)?;
        let targets = parser.names()?;
        self.remember(&targets);
        if parser.takes("=") {
            let value = parser.expression()?;
            parser.end()?;
            return Ok(Node::Set { line, targets, value });
        }
        parser.end()?;
        let (body, _) = self.body(&["endset"], line, "set")?;
        Ok(Node::SetBlock { line, targets, body })
    }

    fn define(&mut self, header: &str, line: usize) -> Made<Node> {
        let mut parser = Parser::new(header, line)?;
        let name = parser.name()?;
        parser.expect("(")?;
        let (parameters, defaults) = parser.parameters()?;
        parser.end()?;
        self.remember(std::slice::from_ref(&name));
        self.remember(&parameters);
        self.remember(&defaults.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>());
        self.names.insert("caller".to_owned());
        let (body, _) = self.body(&["endmacro"], line, "macro")?;
        Ok(Node::Macro(Rc::new(Macro {
            name,
            parameters,
            defaults,
            body,
        })))
    }

    fn call(&mut self, header: &str, line: usize) -> Made<Node> {
        let mut parser = Parser::new(header, line)?;
        let (parameters, defaults) = if parser.takes("(") {
            parser.parameters()?
        } else {
            (Vec::new(), Vec::new())
        };
        let Expr::Call(target, arguments) = parser.expression()? else {
            return parser.wrong("`call` is followed by the call of a macro");
        };
        parser.end()?;
        self.remember(&parameters);
        self.remember(&defaults.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>());
        let (body, _) = self.body(&["endcall"], line, "call")?;
        let caller = Rc::new(Macro {
            name: "caller".into(),
            parameters,
            defaults,
            body,
        });
        Ok(Node::Call {
            line,
            target: *target,
            arguments,
            caller,
        })
    }

    fn switch(&mut self, header: &str, line: usize) -> Made<Node> {
        let value = expression(header, line)?;
        let all = ["case", "default", "endswitch"];
        let mut cases = Vec::new();
        let mut otherwise = Vec::new();
        let (before, mut stop) = self.body(&all, line, "switch")?;
        if !before.is_empty() {
            return wrong(line, "a `switch` starts with `case` or `default`".to_owned());
        }
        while stop.name == "case" {
            let condition = expression(&stop.rest, stop.line)?;
            let (body, next) = self.body(&all, line, "switch")?;
            cases.push((condition, body));
            stop = next;
        }
        if stop.name == "default" {
            otherwise = self.body(&["endswitch"], line, "switch")?.0;
        }
        Ok(Node::Switch {
            line,
            value,
            cases,
            otherwise,
        })
    }

    fn remember(&mut self, names: &[Rc<str>]) {
        self.names.extend(names.iter().map(ToString::to_string));
    }
}
