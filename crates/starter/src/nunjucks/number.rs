//! JavaScript's numbers.

#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    clippy::float_cmp,
    reason = "all conversions between floats and counts are here, with their bounds checked or saturating on purpose"
)]

/// A count as a number.
pub(super) fn from_count(count: usize) -> f64 {
    count as f64
}

/// A number that counts something, without its fraction; nothing below 0, and as much as there can be at most.
pub(super) fn to_count(number: f64) -> usize {
    number as usize
}

/// A whole number of this size, if it is one.
pub(super) fn to_whole(number: f64) -> Option<i64> {
    (number.trunc() == number && number.abs() <= 9_007_199_254_740_991.0).then_some(number as i64)
}

/// Whether two numbers are the same for JavaScript's `===`.
pub(super) fn same(left: f64, right: f64) -> bool {
    left == right
}

/// `Math.round`.
pub(super) fn round(number: f64) -> f64 {
    let floor = number.floor();
    if number - floor >= 0.5 { floor + 1.0 } else { floor }
}

/// A text as a number, as `Number(text)` reads it.
pub(super) fn parse(text: &str) -> f64 {
    let text = text.trim_matches(super::is_space);
    if text.is_empty() {
        return 0.0;
    }
    for (prefixes, radix) in [(["0x", "0X"], 16), (["0o", "0O"], 8), (["0b", "0B"], 2)] {
        if let Some(digits) = prefixes.iter().find_map(|prefix| text.strip_prefix(prefix)) {
            return digits_of(digits, radix)
                .filter(|(_, length)| *length == digits.len())
                .map_or(f64::NAN, |(n, _)| n);
        }
    }
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    if unsigned == "Infinity" {
        return if text.starts_with('-') {
            f64::NEG_INFINITY
        } else {
            f64::INFINITY
        };
    }
    if !unsigned.starts_with(|c: char| c.is_ascii_digit() || c == '.') {
        return f64::NAN;
    }
    text.parse().unwrap_or(f64::NAN)
}

/// `parseFloat(text)`
pub(super) fn parse_float(text: &str) -> f64 {
    let text = text.trim_start_matches(super::is_space);
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    let sign = text.len() - unsigned.len();
    if unsigned.starts_with("Infinity") {
        return if text.starts_with('-') {
            f64::NEG_INFINITY
        } else {
            f64::INFINITY
        };
    }
    let count = |text: &str| text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let mut length = count(unsigned);
    if unsigned[length..].starts_with('.') {
        length += 1 + count(&unsigned[length + 1..]);
    }
    if unsigned[length..].starts_with(['e', 'E']) {
        let exponent = &unsigned[length + 1..];
        let digits = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
        let digits_length = count(digits);
        if digits_length > 0 {
            length += 1 + exponent.len() - digits.len() + digits_length;
        }
    }
    text[..sign + length].parse().unwrap_or(f64::NAN)
}

/// `parseInt(text, radix)`
pub(super) fn parse_int(text: &str, radix: f64) -> f64 {
    let text = text.trim_start_matches(super::is_space);
    let (negative, mut digits) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let mut radix = if radix.is_finite() { radix as u32 } else { 0 };
    if (radix == 0 || radix == 16)
        && let Some(rest) = digits.strip_prefix("0x").or_else(|| digits.strip_prefix("0X"))
    {
        (digits, radix) = (rest, 16);
    }
    let radix = if radix == 0 { 10 } else { radix };
    if !(2..=36).contains(&radix) {
        return f64::NAN;
    }
    let number = digits_of(digits, radix).map_or(f64::NAN, |(number, _)| number);
    if negative { -number } else { number }
}

/// The digits that a text starts with, and how many there are.
fn digits_of(text: &str, radix: u32) -> Option<(f64, usize)> {
    let length = text.find(|c: char| c.to_digit(radix).is_none()).unwrap_or(text.len());
    if length == 0 {
        return None;
    }
    let digits = &text[..length];
    let number = if radix == 10 {
        digits.parse().unwrap_or(f64::NAN)
    } else {
        digits
            .chars()
            .filter_map(|c| c.to_digit(radix))
            .fold(0.0, |number, digit| number * f64::from(radix) + f64::from(digit))
    };
    Some((number, length))
}

/// A number as `String(number)` gives it.
pub(super) fn print(number: f64) -> String {
    if number.is_nan() {
        return "NaN".to_owned();
    }
    if number.is_infinite() {
        return if number > 0.0 { "Infinity" } else { "-Infinity" }.to_owned();
    }
    if number == 0.0 {
        return "0".to_owned();
    }
    let sign = if number < 0.0 { "-" } else { "" };
    let printed = format!("{:e}", number.abs());
    let (mantissa, exponent) = printed.split_once('e').unwrap_or((&printed, "0"));
    let digits: String = mantissa.chars().filter(char::is_ascii_digit).collect();
    let point = exponent.parse::<i32>().unwrap_or(0) + 1;
    let length = i32::try_from(digits.len()).unwrap_or(i32::MAX);
    let zeros = |count: i32| "0".repeat(usize::try_from(count).unwrap_or(0));
    let text = if (length..=21).contains(&point) {
        format!("{digits}{}", zeros(point - length))
    } else if (1..=21).contains(&point) {
        let (whole, fraction) = digits.split_at(usize::try_from(point).unwrap_or(0));
        format!("{whole}.{fraction}")
    } else if (-5..=0).contains(&point) {
        format!("0.{}{digits}", zeros(-point))
    } else {
        let (first, rest) = digits.split_at(1);
        let point_and_rest = if rest.is_empty() {
            String::new()
        } else {
            format!(".{rest}")
        };
        format!("{first}{point_and_rest}e{:+}", point - 1)
    };
    format!("{sign}{text}")
}

/// `number.toFixed(digits)`; `None` where JavaScript refuses.
pub(super) fn to_fixed(number: f64, digits: f64) -> Option<String> {
    if !(0.0..=100.0).contains(&digits) {
        return None;
    }
    if !number.is_finite() || number.abs() >= 1e21 {
        return Some(print(number));
    }
    let places = digits as usize;
    let text = rounded(number.abs(), places);
    // A number that is below zero keeps its sign, unlike zero itself.
    Some(if number < 0.0 { format!("-{text}") } else { text })
}

/// Rounds half up on the exact value, which Rust's own formatting rounds to even.
fn rounded(number: f64, places: usize) -> String {
    let exact = format!("{number:.1100}");
    let cut = exact.len() - 1100 + places;
    let (kept, rest) = exact.split_at(cut);
    if !rest.starts_with('5') || rest[1..].bytes().any(|digit| digit != b'0') {
        return format!("{number:.places$}");
    }
    let mut digits: Vec<u8> = kept.bytes().collect();
    for digit in digits.iter_mut().rev() {
        match digit {
            b'.' => {}
            b'9' => *digit = b'0',
            _ => {
                *digit += 1;
                return finish(digits, places);
            }
        }
    }
    digits.insert(0, b'1');
    finish(digits, places)
}

fn finish(digits: Vec<u8>, places: usize) -> String {
    let text = String::from_utf8(digits).unwrap_or_default();
    if places == 0 {
        text.trim_end_matches('.').to_owned()
    } else {
        text
    }
}

/// `number.toExponential(digits)`; `None` where JavaScript refuses.
pub(super) fn to_exponential(number: f64, digits: Option<f64>) -> Option<String> {
    if !number.is_finite() {
        return Some(print(number));
    }
    let printed = match digits {
        None => format!("{number:e}"),
        Some(digits) if (0.0..=100.0).contains(&digits) => format!("{number:.*e}", digits as usize),
        Some(_) => return None,
    };
    let (mantissa, exponent) = printed.split_once('e')?;
    Some(format!("{mantissa}e{:+}", exponent.parse::<i32>().ok()?))
}

/// `number.toPrecision(digits)`; `None` where JavaScript refuses.
pub(super) fn to_precision(number: f64, digits: Option<f64>) -> Option<String> {
    let Some(digits) = digits else {
        return Some(print(number));
    };
    if !number.is_finite() {
        return Some(print(number));
    }
    if !(1.0..=100.0).contains(&digits) {
        return None;
    }
    let places = digits as usize;
    let printed = format!("{number:.*e}", places - 1);
    let exponent: i32 = printed.split_once('e')?.1.parse().ok()?;
    if exponent < -6 || exponent >= i32::try_from(places).ok()? {
        return to_exponential(number, Some(digits - 1.0));
    }
    let fraction = i32::try_from(places).ok()? - 1 - exponent;
    Some(format!("{number:.*}", usize::try_from(fraction).ok()?))
}

/// `number.toString(radix)` of a whole number; `None` where JavaScript refuses, or there is a fraction.
pub(super) fn to_radix(number: f64, radix: f64) -> Option<String> {
    if radix == 10.0 {
        return Some(print(number));
    }
    if !(2.0..=36.0).contains(&radix) {
        return None;
    }
    let mut rest = to_whole(number)?.unsigned_abs();
    let radix = radix as u32;
    let mut digits = Vec::new();
    loop {
        let digit = u32::try_from(rest % u64::from(radix)).ok()?;
        digits.push(char::from_digit(digit, radix)?);
        rest /= u64::from(radix);
        if rest == 0 {
            break;
        }
    }
    if number < 0.0 {
        digits.push('-');
    }
    Some(digits.into_iter().rev().collect())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn numbers_are_printed_as_in_javascript() {
        for (number, printed) in [
            (0.1 + 0.2, "0.30000000000000004"),
            (1e21, "1e+21"),
            (123_456_789_012_345_680_000.0, "123456789012345680000"),
            (1e-7, "1e-7"),
            (0.000_001, "0.000001"),
            (-0.0, "0"),
            (1.5e300, "1.5e+300"),
            (-12.5, "-12.5"),
        ] {
            assert_eq!(print(number), printed);
        }
    }

    #[test]
    fn numbers_are_rounded_as_in_javascript() {
        for (number, digits, printed) in [
            (2.5, 0.0, "3"),
            (1.005, 2.0, "1.00"),
            (1.25, 1.0, "1.3"),
            (9.5, 0.0, "10"),
            (-1.5, 0.0, "-2"),
            (12.0, 2.0, "12.00"),
        ] {
            assert_eq!(to_fixed(number, digits).unwrap(), printed);
        }
    }

    #[test]
    fn texts_are_read_as_in_javascript() {
        assert_eq!((parse(" 12 "), parse("0x1f"), parse("")), (12.0, 31.0, 0.0));
        assert!(parse("12px").is_nan() && parse("inf").is_nan() && parse("nan").is_nan());
        assert_eq!((parse_int("12px", 10.0), parse_float("1.5e3x")), (12.0, 1500.0));
    }
}
