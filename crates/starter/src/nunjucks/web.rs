//! Filters for addresses and HTML.

use super::budget::Budget;
use super::filters::Filter;
use super::value::Value;
use super::{Made, convert, fault, is_space, number, pattern, texts};

impl Filter<'_> {
    pub(super) fn encoded(&self, text: &str) -> Made<String> {
        self.budget.text(text.len().saturating_mul(3))?;
        Ok(url_encode(text))
    }

    pub(super) fn url_pairs(&self) -> Made<Value> {
        let mut pairs: Vec<(Value, Value)> = Vec::new();
        match self.input {
            Value::Record(record) => {
                pairs.extend(
                    record
                        .entries()
                        .map(|(key, value)| (Value::Text(key.clone()), value.clone())),
                );
            }
            Value::List(list) => {
                for item in list.items() {
                    if item.is_nullish() {
                        return fault("the filter `urlencode` is given a list in which one is missing");
                    }
                    pairs.push((convert::member(&item, "0"), convert::member(&item, "1")));
                }
            }
            _ => {}
        }
        let mut out = Vec::new();
        for (key, value) in pairs {
            let key = self.encoded(&convert::to_text(&key, self.budget)?)?;
            let value = self.encoded(&convert::to_text(&value, self.budget)?)?;
            out.push(format!("{key}={value}"));
        }
        Ok(Value::text(out.join("&")))
    }

    pub(super) fn urlize(&self) -> Made<Value> {
        let text = self.strict_text()?;
        self.budget.text(text.len().saturating_mul(20))?;
        let length = match self.value(0) {
            Value::Undefined => usize::MAX,
            value => number::to_count(convert::to_number(value, self.budget)?),
        };
        let nofollow = if matches!(self.value(1), Value::Bool(true)) {
            " rel=\"nofollow\""
        } else {
            ""
        };
        let mut out = String::new();
        let mut rest = &*text;
        while !rest.is_empty() {
            let end = rest.find(is_space).unwrap_or(rest.len());
            let (word, after) = rest.split_at(end);
            out.push_str(&link(word, length, nofollow));
            let end = after.find(|c| !is_space(c)).unwrap_or(after.len());
            out.push_str(&after[..end]);
            rest = &after[end..];
        }
        Ok(Value::text(out))
    }
}

fn link(word: &str, length: usize, nofollow: &str) -> String {
    let start = ["(", "&lt;", "<"]
        .into_iter()
        .find_map(|start| word.strip_prefix(start));
    let inside = start.unwrap_or(word);
    let end = [".", ",", ")", "&gt;"]
        .into_iter()
        .find_map(|end| inside.strip_suffix(end));
    let address = end.unwrap_or(inside);
    let short = texts::cut(address, 0, length);
    let is_common = [".org", ".net", ".com"].iter().any(|domain| {
        address
            .match_indices(domain)
            .any(|(at, _)| matches!(address[at + 4..].chars().next(), None | Some(':' | '/')))
    });
    if address.starts_with("http://") || address.starts_with("https://") {
        format!("<a href=\"{address}\"{nofollow}>{short}</a>")
    } else if address.starts_with("www.") {
        format!("<a href=\"http://{address}\"{nofollow}>{short}</a>")
    } else if is_mail(address) {
        format!("<a href=\"mailto:{address}\">{address}</a>")
    } else if is_common {
        format!("<a href=\"http://{address}\"{nofollow}>{short}</a>")
    } else {
        word.to_owned()
    }
}

fn is_mail(address: &str) -> bool {
    let Some((name, host)) = address.split_once('@') else {
        return false;
    };
    let is_part = |part: &str| !part.is_empty() && part.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    !name.is_empty()
        && name
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "_.!#$%&'*+-/=?^`{|}~".contains(c))
        && host.contains('.')
        && host.split('.').all(is_part)
}

pub(super) fn escape(text: &str, budget: &Budget) -> Made<String> {
    let more = text.matches(['&', '"', '\'', '<', '>', '\\']).count();
    budget.text(text.len().saturating_add(more.saturating_mul(6)))?;
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\\' => out.push_str("&#92;"),
            c => out.push(c),
        }
    }
    Ok(out)
}

/// `encodeURIComponent`
fn url_encode(text: &str) -> String {
    use std::fmt::Write as _;
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.!~*'()".contains(&byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

pub(super) fn without_tags(text: &str, keep_lines: bool) -> Made<String> {
    let without = |pattern: &str, text: &str, with: &str| match pattern::Pattern::new(pattern, "gim") {
        Ok(pattern) => Ok(pattern.replace(text, with)),
        Err(why) => fault(why),
    };
    let mut text = text.to_owned();
    // What is left after one tag is gone can be another.
    for _ in 0..9 {
        let next = without("</?([a-z][a-z0-9]*)\\b[^>]*>|<!--[\\s\\S]*?-->", &text, "")?;
        if next == text {
            break;
        }
        text = next;
    }
    let text = text.trim_matches(is_space);
    if !keep_lines {
        return without("\\s+", text, " ");
    }
    let text = without("^ +| +$", text, "")?;
    let text = without(" +", &text, " ")?.replace("\r\n", "\n");
    without("\\n\\n\\n+", &text, "\n\n")
}
