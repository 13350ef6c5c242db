//! One condition of a range: an operator and a version.

use std::cmp::Ordering;

use crate::{
    Scheme, Version,
    version::{Identifier, compare_numbers, modern_java, pre_release, split_numbers},
};

/// An operator and the version it compares with.
#[derive(Debug, Clone)]
pub(super) struct Comparator {
    pub(super) operator: Operator,
    /// The version as written.
    pub(super) text: String,
    numbers: Vec<u64>,
    pre: Vec<Identifier>,
}

/// How a version is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Operator {
    /// `1.2`, `=1.2`: every version that starts so.
    Exact,
    Not,
    Above,
    AtLeast,
    Below,
    AtMost,
    /// `^1.2`: no change of the first part that is not zero.
    Caret,
    /// `~1.2`: no change of the second part.
    Tilde,
    /// `~>1.2` and `~=1.2`: no change of the last part but one.
    Compatible,
}

/// The comparators of one alternative; none where any version will do.
///
/// # Errors
/// The part that could not be read.
pub(super) fn parse_all(text: &str) -> Result<Vec<Comparator>, String> {
    if let Some((from, to)) = text.split_once(" - ") {
        let both = [
            Comparator::parse(Operator::AtLeast, from.trim())?,
            Comparator::parse(Operator::AtMost, to.trim())?,
        ];
        return Ok(both.into_iter().flatten().collect());
    }
    let separator = |c: char| c == ',' || c.is_whitespace();
    let symbol = |c: char| "<>=^~!".contains(c);
    let mut comparators = Vec::new();
    let mut rest = text.trim_matches(separator);
    while !rest.is_empty() {
        let operand = rest.trim_start_matches(symbol);
        let symbols = &rest[..rest.len() - operand.len()];
        let operand = operand.trim_start();
        let end = operand.find(|c| separator(c) || symbol(c)).unwrap_or(operand.len());
        let (operand, after) = operand.split_at(end);
        let operator = Operator::parse(symbols).ok_or_else(|| symbols.to_owned())?;
        if operand.is_empty() {
            return Err(symbols.to_owned());
        }
        comparators.extend(Comparator::parse(operator, operand)?);
        rest = after.trim_start_matches(separator);
    }
    Ok(comparators)
}

impl Operator {
    fn parse(symbols: &str) -> Option<Self> {
        Some(match symbols {
            "" | "=" | "==" | "===" => Self::Exact,
            "!=" => Self::Not,
            ">" => Self::Above,
            ">=" => Self::AtLeast,
            "<" => Self::Below,
            "<=" => Self::AtMost,
            "^" => Self::Caret,
            "~" => Self::Tilde,
            "~>" | "~=" => Self::Compatible,
            _ => return None,
        })
    }
}

impl Comparator {
    /// `None` for a wildcard.
    fn parse(operator: Operator, operand: &str) -> Result<Option<Self>, String> {
        let unreadable = || operand.to_owned();
        let text = operand.trim_start_matches(['v', 'V']);
        let (numbers, rest) = split_numbers(text);
        let wild = |rest: &str| rest.split('.').all(|part| matches!(part, "x" | "X" | "*"));
        if numbers.is_empty() {
            return match operator {
                _ if !wild(text) => Err(unreadable()),
                Operator::Not | Operator::Above | Operator::Below => Err(unreadable()),
                _ => Ok(None),
            };
        }
        let mut shown = text;
        let pre = match rest.strip_prefix('.') {
            _ if rest.is_empty() || rest.starts_with('+') => Vec::new(),
            // Before all pre-releases, as npm writes the end of a range.
            _ if rest == "-0" => vec![Identifier::Number(0)],
            Some(parts) if wild(parts) => {
                shown = &text[..text.len() - rest.len()];
                Vec::new()
            }
            _ => pre_release(rest).ok_or_else(unreadable)?,
        };
        Ok(Some(Self {
            operator,
            text: shown.to_owned(),
            numbers,
            pre,
        }))
    }

    pub(super) fn accepts(&self, version: &Version) -> bool {
        match self.operator {
            Operator::Not => !self.is_same(version),
            Operator::Exact => self.is_same(version),
            _ => !self.is_after(version) && !self.is_before(version),
        }
    }

    /// Whether the version is before all that this accepts.
    pub(super) fn is_after(&self, version: &Version) -> bool {
        let numbers = self.numbers_for(version);
        match self.operator {
            Operator::Below | Operator::AtMost | Operator::Not => false,
            Operator::Above if self.pre.is_empty() => version.compare(&next(numbers, numbers.len() - 1), &[]).is_lt(),
            Operator::Above => version.compare(numbers, &self.pre).is_le(),
            _ => version.compare(numbers, &self.pre).is_lt(),
        }
    }

    /// Whether the version is past all that this accepts.
    pub(super) fn is_before(&self, version: &Version) -> bool {
        let numbers = self.numbers_for(version);
        let last = numbers.len() - 1;
        let reaches = |bound: &[u64]| compare_numbers(&version.numbers, bound) != Ordering::Less;
        match self.operator {
            Operator::Above | Operator::AtLeast | Operator::Not => false,
            Operator::Below if self.pre.is_empty() => reaches(numbers),
            Operator::Below => version.compare(numbers, &self.pre).is_ge(),
            Operator::AtMost | Operator::Exact if !self.pre.is_empty() => version.compare(numbers, &self.pre).is_gt(),
            Operator::AtMost | Operator::Exact => reaches(&next(numbers, last)),
            Operator::Caret => reaches(&next(
                numbers,
                numbers.iter().position(|part| *part != 0).unwrap_or(last),
            )),
            Operator::Tilde => reaches(&next(numbers, last.min(1))),
            Operator::Compatible => reaches(&next(numbers, last.saturating_sub(1))),
        }
    }

    /// How many numbers the version has.
    pub(super) fn parts(&self) -> usize {
        self.numbers.len()
    }

    /// The version's numbers, without a pre-release.
    pub(super) fn numbers(&self) -> &[u64] {
        &self.numbers
    }

    /// The version itself, and the first after all that start so.
    pub(super) fn edges(&self, scheme: Scheme) -> [Version; 2] {
        let after = next(&self.numbers, self.numbers.len().saturating_sub(1));
        [
            Version::of(self.numbers.clone(), self.pre.clone(), scheme),
            Version::of(after, Vec::new(), scheme),
        ]
    }

    /// Whether this names the oldest version that it accepts.
    pub(super) fn names_oldest(&self) -> bool {
        matches!(
            self.operator,
            Operator::AtLeast | Operator::Caret | Operator::Tilde | Operator::Compatible | Operator::Exact
        )
    }

    /// Whether the version starts with the numbers of this one.
    fn is_same(&self, version: &Version) -> bool {
        let numbers = self.numbers_for(version);
        if self.pre.is_empty() {
            version.compare(numbers, &[]).is_ge()
                && compare_numbers(&version.numbers, &next(numbers, numbers.len() - 1)).is_lt()
        } else {
            version.compare(numbers, &self.pre).is_eq()
        }
    }

    /// Java 1.8 is asked for as 1.8 and as 8.
    fn numbers_for(&self, version: &Version) -> &[u64] {
        match version.scheme {
            Scheme::Java => modern_java(&self.numbers),
            _ => &self.numbers,
        }
    }
}

/// The first version after all those that share the parts up to `at`.
fn next(numbers: &[u64], at: usize) -> Vec<u64> {
    let mut next: Vec<u64> = numbers.iter().take(at + 1).copied().collect();
    if let Some(last) = next.last_mut() {
        *last = last.saturating_add(1);
    }
    next
}
