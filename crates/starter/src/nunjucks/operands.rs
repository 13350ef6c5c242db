//! What operators stand between: values, their members, and calls.

use std::rc::Rc;

use super::lexer::Word;
use super::parser::Parser;
use super::pattern::Pattern;
use super::syntax::{Arguments, Expr, Operator};
use super::value::Value;
use super::{Made, fault};

/// Parameters of a macro, with what they are where nothing is given.
type Defaults = Vec<(Rc<str>, Expr)>;

impl Parser {
    pub(super) fn postfix(&mut self) -> Made<Expr> {
        let mut target = self.primary()?;
        loop {
            if self.takes(".") {
                let key = self.name()?;
                target = Expr::Member(Box::new(target), Box::new(Expr::Literal(Value::Text(key))));
            } else if self.takes("[") {
                target = self.nested(|parser| parser.subscript(target))?;
            } else if self.takes("(") {
                target = Expr::Call(Box::new(target), self.nested(Self::arguments)?);
            } else {
                return Ok(target);
            }
            self.operation()?;
        }
    }

    fn subscript(&mut self, target: Expr) -> Made<Expr> {
        let is_part = |parser: &Self| !matches!(parser.peek(), Word::Sign(":" | "]"));
        let mut parts = [None, None, None];
        let mut colons = 0;
        while colons < 3 {
            if is_part(self) {
                parts[colons] = Some(self.expression()?);
            }
            if colons == 2 || !self.takes(":") {
                break;
            }
            colons += 1;
        }
        self.expect("]")?;
        if colons > 0 {
            return Ok(Expr::Slice(Box::new(target), Box::new(parts)));
        }
        let [Some(key), ..] = parts else {
            return self.wrong("there is nothing between the brackets");
        };
        if let Expr::Literal(Value::Text(name)) = &key {
            self.allowed(name)?;
        }
        Ok(Expr::Member(Box::new(target), Box::new(key)))
    }

    fn primary(&mut self) -> Made<Expr> {
        let value = match self.peek().clone() {
            Word::Number(number) => Value::Number(number),
            Word::Text(text) => Value::Text(text),
            Word::Pattern(pattern, flags) => match Pattern::new(&pattern, &flags) {
                Ok(pattern) => Value::Pattern(Rc::new(pattern)),
                Err(why) => return self.wrong(why),
            },
            Word::Name(name) => match &*name {
                "true" => Value::Bool(true),
                "false" => Value::Bool(false),
                "none" | "null" => Value::Null,
                _ => return Ok(Expr::Name(self.name()?)),
            },
            Word::Sign("(") => {
                self.next();
                let items = self.nested(|parser| parser.list(")"))?;
                if items.is_empty() {
                    return self.wrong("there is nothing between the brackets");
                }
                return Ok(Expr::Group(items));
            }
            Word::Sign("[") => {
                self.next();
                return Ok(Expr::List(self.nested(|parser| parser.list("]"))?));
            }
            Word::Sign("{") => {
                self.next();
                return Ok(Expr::Record(self.nested(Self::record)?));
            }
            Word::End if self.words.len() == 1 => return self.wrong("the expression is empty"),
            Word::End | Word::Sign(_) => {
                return self.wrong(format!("a value is missing{}", self.before()));
            }
        };
        self.next();
        Ok(Expr::Literal(value))
    }

    fn record(&mut self) -> Made<Vec<(Rc<str>, Expr)>> {
        let mut pairs = Vec::new();
        if self.takes("}") {
            return Ok(pairs);
        }
        loop {
            let key = match self.peek().clone() {
                Word::Text(key) => key,
                Word::Name(key) if !matches!(&*key, "true" | "false" | "null" | "none") => key,
                _ => return self.wrong("the keys of a record are names or texts"),
            };
            self.allowed(&key)?;
            self.next();
            self.expect(":")?;
            pairs.push((key, self.expression()?));
            if !self.takes(",") {
                break;
            }
        }
        self.expect("}")?;
        Ok(pairs)
    }

    fn list(&mut self, end: &str) -> Made<Vec<Expr>> {
        let mut items = Vec::new();
        if self.takes(end) {
            return Ok(items);
        }
        loop {
            items.push(self.expression()?);
            if !self.takes(",") {
                break;
            }
        }
        self.expect(end)?;
        Ok(items)
    }

    /// What is between the brackets of a call, with the closing one.
    pub(super) fn arguments(&mut self) -> Made<Arguments> {
        let mut arguments = Arguments::default();
        if self.takes(")") {
            return Ok(arguments);
        }
        loop {
            if matches!((self.peek(), self.peek_after()), (Word::Name(_), Word::Sign("="))) {
                let name = self.name()?;
                self.next();
                arguments.named.push((name, self.expression()?));
            } else {
                arguments.positional.push(self.expression()?);
            }
            if !self.takes(",") {
                break;
            }
        }
        self.expect(")")?;
        Ok(arguments)
    }

    /// The parameters of a macro: names, and names with defaults.
    pub(super) fn parameters(&mut self) -> Made<(Vec<Rc<str>>, Defaults)> {
        let arguments = self.arguments()?;
        let mut names = Vec::new();
        for parameter in arguments.positional {
            let Expr::Name(name) = parameter else {
                return fault("the parameters of a macro are names");
            };
            names.push(name);
        }
        Ok((names, arguments.named))
    }
}

/// `not a == b` is `(not a) == b`, as in Nunjucks.
pub(super) fn negate(target: Expr) -> Expr {
    match target {
        Expr::Binary(operator, left, right) if operator != Operator::Power => {
            Expr::Binary(operator, Box::new(negate(*left)), right)
        }
        Expr::Compare(left, list) => Expr::Compare(Box::new(negate(*left)), list),
        other => Expr::Not(Box::new(other)),
    }
}

/// The name of a test, as it stands after `is`.
pub(super) fn test_name(target: &Expr) -> Option<Rc<str>> {
    match target {
        Expr::Name(name) => Some(name.clone()),
        Expr::Literal(Value::Null) => Some("null".into()),
        _ => None,
    }
}
