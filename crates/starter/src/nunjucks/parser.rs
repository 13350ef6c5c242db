//! Expressions.

use std::rc::Rc;

use super::lexer::{Lexeme, Word, lex};
use super::operands::{negate, test_name};
use super::syntax::{Arguments, Comparison, Expr, Operator};
use super::{Fault, Made, is_reserved};

/// Brackets inside of brackets.
const DEPTH: usize = 60;
/// Operators, filters, members and calls of one tag.
const OPERATIONS: usize = 1_000;

/// Reads the words of one tag.
pub(super) struct Parser {
    pub(super) words: Vec<Lexeme>,
    at: usize,
    depth: usize,
    operations: usize,
}

impl Parser {
    pub(super) fn new(source: &str, line: usize) -> Made<Self> {
        Ok(Self {
            words: lex(source, line)?,
            at: 0,
            depth: 0,
            operations: 0,
        })
    }

    /// An error at the word that is next.
    pub(super) fn wrong<T>(&self, why: impl Into<String>) -> Made<T> {
        Err(Fault {
            line: self.words[self.at].line,
            why: why.into(),
            unknown: None,
        })
    }

    pub(super) fn peek(&self) -> &Word {
        &self.words[self.at].word
    }

    pub(super) fn peek_after(&self) -> &Word {
        &self.words[(self.at + 1).min(self.words.len() - 1)].word
    }

    pub(super) fn next(&mut self) {
        self.at = (self.at + 1).min(self.words.len() - 1);
    }

    pub(super) fn takes(&mut self, sign: &str) -> bool {
        let found = matches!(self.peek(), Word::Sign(next) if *next == sign);
        if found {
            self.next();
        }
        found
    }

    pub(super) fn takes_name(&mut self, name: &str) -> bool {
        let found = matches!(self.peek(), Word::Name(next) if &**next == name);
        if found {
            self.next();
        }
        found
    }

    pub(super) fn expect(&mut self, sign: &str) -> Made<()> {
        if self.takes(sign) {
            return Ok(());
        }
        self.wrong(format!("`{sign}` is missing{}", self.before()))
    }

    pub(super) fn is_at_end(&self) -> bool {
        *self.peek() == Word::End
    }

    pub(super) fn end(&self) -> Made<()> {
        if self.is_at_end() {
            return Ok(());
        }
        self.wrong(format!("nobody expects anything more{}", self.before()))
    }

    pub(super) fn before(&self) -> String {
        match self.peek() {
            Word::End => " at its end".to_owned(),
            Word::Name(name) => format!(" before `{name}`"),
            Word::Number(number) => format!(" before `{number}`"),
            Word::Text(text) => format!(" before \"{}\"", text.chars().take(40).collect::<String>()),
            Word::Pattern(..) => " before a regular expression".to_owned(),
            Word::Sign(sign) => format!(" before `{sign}`"),
        }
    }

    /// A name that is set, such as a loop's.
    pub(super) fn name(&mut self) -> Made<Rc<str>> {
        let Word::Name(name) = self.peek().clone() else {
            return self.wrong(format!("a name is missing{}", self.before()));
        };
        self.allowed(&name)?;
        self.next();
        Ok(name)
    }

    pub(super) fn allowed(&self, name: &str) -> Made<()> {
        if is_reserved(name) {
            return self.wrong(format!("the name `{name}` is reserved"));
        }
        Ok(())
    }

    /// Names with commas between them.
    pub(super) fn names(&mut self) -> Made<Vec<Rc<str>>> {
        let mut names = vec![self.name()?];
        while self.takes(",") {
            names.push(self.name()?);
        }
        if names
            .iter()
            .any(|name| matches!(&**name, "true" | "false" | "null" | "none"))
        {
            return self.wrong("a value cannot be set");
        }
        Ok(names)
    }

    pub(super) fn nested<T>(&mut self, read: impl FnOnce(&mut Self) -> Made<T>) -> Made<T> {
        self.depth += 1;
        if self.depth > DEPTH {
            return self.wrong("it is nested too deeply");
        }
        let result = read(self);
        self.depth -= 1;
        result
    }

    pub(super) fn operation(&mut self) -> Made<()> {
        self.operations += 1;
        if self.operations > OPERATIONS {
            return self.wrong("the expression is too long");
        }
        Ok(())
    }

    fn binary(&mut self, operator: Operator, left: Expr, right: Expr) -> Made<Expr> {
        self.operation()?;
        Ok(Expr::Binary(operator, Box::new(left), Box::new(right)))
    }

    /// `value if condition else other`
    pub(super) fn expression(&mut self) -> Made<Expr> {
        let then = self.or()?;
        if !self.takes_name("if") {
            return Ok(then);
        }
        let condition = Box::new(self.or()?);
        let otherwise = if self.takes_name("else") {
            Some(Box::new(self.nested(Self::or)?))
        } else {
            None
        };
        Ok(Expr::If {
            condition,
            then: Box::new(then),
            otherwise,
        })
    }

    fn or(&mut self) -> Made<Expr> {
        let mut left = self.and()?;
        while self.takes_name("or") {
            self.operation()?;
            left = Expr::Or(Box::new(left), Box::new(self.and()?));
        }
        Ok(left)
    }

    fn and(&mut self) -> Made<Expr> {
        let mut left = self.not()?;
        while self.takes_name("and") {
            self.operation()?;
            left = Expr::And(Box::new(left), Box::new(self.not()?));
        }
        Ok(left)
    }

    fn not(&mut self) -> Made<Expr> {
        if self.takes_name("not") {
            return Ok(negate(self.nested(Self::not)?));
        }
        self.membership()
    }

    fn membership(&mut self) -> Made<Expr> {
        let mut left = self.test()?;
        loop {
            let negative = matches!(self.peek(), Word::Name(name) if &**name == "not")
                && matches!(self.peek_after(), Word::Name(name) if &**name == "in");
            if negative {
                self.next();
            }
            if !self.takes_name("in") {
                return Ok(left);
            }
            self.operation()?;
            left = Expr::In(Box::new(left), Box::new(self.test()?));
            if negative {
                left = Expr::Not(Box::new(left));
            }
        }
    }

    fn test(&mut self) -> Made<Expr> {
        let input = self.equality()?;
        if !self.takes_name("is") {
            return Ok(input);
        }
        let negative = self.takes_name("not");
        let (name, arguments) = match self.equality()? {
            Expr::Call(target, arguments) if arguments.named.is_empty() => (test_name(&target), arguments.positional),
            other => (test_name(&other), Vec::new()),
        };
        let Some(name) = name else {
            return self.wrong("after `is` there is the name of a test");
        };
        let test = Expr::Test {
            input: Box::new(input),
            name,
            arguments,
        };
        Ok(if negative { Expr::Not(Box::new(test)) } else { test })
    }

    fn equality(&mut self) -> Made<Expr> {
        self.comparisons(
            &[
                ("===", Comparison::StrictlyEqual),
                ("!==", Comparison::StrictlyDifferent),
                ("==", Comparison::Equal),
                ("!=", Comparison::Different),
            ],
            Self::relation,
        )
    }

    fn relation(&mut self) -> Made<Expr> {
        self.comparisons(
            &[
                ("<=", Comparison::LessOrEqual),
                (">=", Comparison::GreaterOrEqual),
                ("<", Comparison::Less),
                (">", Comparison::Greater),
            ],
            Self::sum,
        )
    }

    fn comparisons(&mut self, signs: &[(&str, Comparison)], operand: fn(&mut Self) -> Made<Expr>) -> Made<Expr> {
        let left = operand(self)?;
        let mut list = Vec::new();
        while let Some((_, comparison)) = signs.iter().find(|(sign, _)| self.takes(sign)) {
            self.operation()?;
            list.push((*comparison, operand(self)?));
        }
        Ok(if list.is_empty() {
            left
        } else {
            Expr::Compare(Box::new(left), list)
        })
    }

    fn sum(&mut self) -> Made<Expr> {
        let mut left = self.product()?;
        loop {
            let operator = if self.takes("+") {
                Operator::Add
            } else if self.takes("-") {
                Operator::Subtract
            } else if self.takes("~") {
                Operator::Concat
            } else {
                return Ok(left);
            };
            let right = self.product()?;
            left = self.binary(operator, left, right)?;
        }
    }

    /// `*`, `/` and `%` are carried out from left to right; `//` takes what `%` has put together on both sides.
    fn product(&mut self) -> Made<Expr> {
        let (first, mut rest) = self.quotient()?;
        while self.takes("*") {
            let (right, more) = self.quotient()?;
            rest.push((Operator::Multiply, right));
            rest.extend(more);
        }
        self.chain(first, rest)
    }

    fn quotient(&mut self) -> Made<(Expr, Vec<(Operator, Expr)>)> {
        let (first, mut rest) = self.floor()?;
        while self.takes("/") {
            let (right, more) = self.floor()?;
            rest.push((Operator::Divide, right));
            rest.extend(more);
        }
        Ok((first, rest))
    }

    fn floor(&mut self) -> Made<(Expr, Vec<(Operator, Expr)>)> {
        let (mut first, mut rest) = self.remainder()?;
        while self.takes("//") {
            let (right, more) = self.remainder()?;
            rest.push((Operator::Divide, right));
            rest.extend(more);
            first = Expr::Floor(Box::new(self.chain(first, std::mem::take(&mut rest))?));
        }
        Ok((first, rest))
    }

    fn remainder(&mut self) -> Made<(Expr, Vec<(Operator, Expr)>)> {
        let first = self.power()?;
        let mut rest = Vec::new();
        while self.takes("%") {
            rest.push((Operator::Remainder, self.power()?));
        }
        Ok((first, rest))
    }

    fn chain(&mut self, first: Expr, rest: Vec<(Operator, Expr)>) -> Made<Expr> {
        rest.into_iter()
            .try_fold(first, |left, (operator, right)| self.binary(operator, left, right))
    }

    fn power(&mut self) -> Made<Expr> {
        let mut left = self.filtered()?;
        while self.takes("**") {
            let right = self.filtered()?;
            left = self.binary(Operator::Power, left, right)?;
        }
        Ok(left)
    }

    fn filtered(&mut self) -> Made<Expr> {
        let mut input = self.signed()?;
        while self.takes("|") {
            self.operation()?;
            let (name, arguments) = self.filter()?;
            input = Expr::Filter {
                input: Box::new(input),
                name,
                arguments,
            };
        }
        Ok(input)
    }

    /// A filter's name and what it is given.
    pub(super) fn filter(&mut self) -> Made<(Rc<str>, Arguments)> {
        let mut name = self.name()?.to_string();
        while self.takes(".") {
            name = format!("{name}.{}", self.name()?);
        }
        let arguments = if self.takes("(") {
            self.nested(Self::arguments)?
        } else {
            Arguments::default()
        };
        Ok((name.into(), arguments))
    }

    fn signed(&mut self) -> Made<Expr> {
        if self.takes("-") {
            return match self.nested(Self::signed)? {
                Expr::Negative(_) => self.wrong("two `-` follow each other"),
                target => Ok(Expr::Negative(Box::new(target))),
            };
        }
        if self.takes("+") {
            return match self.nested(Self::signed)? {
                Expr::Positive(_) => self.wrong("two `+` follow each other"),
                target => Ok(Expr::Positive(Box::new(target))),
            };
        }
        self.postfix()
    }
}
