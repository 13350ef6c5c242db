//! `{% now %}`: the time in a zone, moved by an offset, in a format of C's `strftime`.

use jiff::fmt::strtime::{BrokenDownTime, Config};
use jiff::tz::{Offset, TimeZone};
use jiff::{SignedDuration, Span, Zoned};
use minijinja::value::Value;
use minijinja::{Error, ErrorKind};

/// The format where none is given.
const FORMAT: &str = "%Y-%m-%d";

/// The first argument is the empty text of the filter block.
pub(super) fn now(
    _: &Value,
    zone: &str,
    sign: &str,
    offset: Option<&str>,
    format: Option<&str>,
) -> Result<String, Error> {
    let wrong = |why: String| Error::new(ErrorKind::InvalidOperation, why);
    let mut time = Zoned::now().with_time_zone(find(zone).map_err(wrong)?);
    if let Some(offset) = offset {
        time = shift(time, sign, offset).map_err(wrong)?;
    }
    strftime(&time, format.unwrap_or(FORMAT)).map_err(wrong)
}

fn find(zone: &str) -> Result<TimeZone, String> {
    match zone {
        "local" => return Ok(TimeZone::system()),
        "utc" | "UTC" | "Z" => return Ok(TimeZone::UTC),
        _ => {}
    }
    if let Some((sign, rest)) = zone
        .strip_prefix('+')
        .map(|rest| (1, rest))
        .or_else(|| zone.strip_prefix('-').map(|rest| (-1, rest)))
    {
        let digits: String = rest.chars().filter(|c| *c != ':').collect();
        let number = |range| digits.get(range).and_then(|text: &str| text.parse::<i32>().ok());
        if let Some(hours) = number(0..2) {
            let seconds = sign * (hours * 3600 + number(2..4).unwrap_or(0) * 60);
            return Offset::from_seconds(seconds)
                .map(Offset::to_time_zone)
                .map_err(|_| format!("`{zone}` is no time zone"));
        }
    }
    TimeZone::get(zone).map_err(|_| format!("`{zone}` is no time zone that is known here"))
}

/// `days=1, hours=2`
fn shift(time: Zoned, sign: &str, offset: &str) -> Result<Zoned, String> {
    let sign = if sign == "-" { -1.0 } else { 1.0 };
    let mut time = time;
    for part in offset.split(',') {
        let (unit, amount) = part
            .split_once('=')
            .ok_or_else(|| format!("`{part}` is no offset such as days=1"))?;
        let amount: f64 = amount
            .trim()
            .parse()
            .map_err(|_| format!("`{}` is no number", amount.trim()))?;
        let amount = amount * sign;
        #[expect(clippy::cast_possible_truncation, reason = "jiff refuses what is too large")]
        let whole = amount as i64;
        let span = |span: Result<Span, jiff::Error>| span.map_err(|_| format!("`{part}` is too much"));
        let moved = match unit.trim() {
            "years" => time.checked_add(span(Span::new().try_years(whole))?),
            "quarters" => time.checked_add(span(Span::new().try_months(whole.saturating_mul(3)))?),
            "months" => time.checked_add(span(Span::new().try_months(whole))?),
            "weeks" if amount.fract() == 0.0 => time.checked_add(span(Span::new().try_weeks(whole))?),
            "days" if amount.fract() == 0.0 => time.checked_add(span(Span::new().try_days(whole))?),
            unit => {
                let seconds = match unit {
                    "weeks" => 604_800.0,
                    "days" => 86_400.0,
                    "hours" => 3600.0,
                    "minutes" => 60.0,
                    "seconds" => 1.0,
                    _ => return Err(format!("`{unit}` is no unit of time that is known here")),
                };
                let duration =
                    SignedDuration::try_from_secs_f64(amount * seconds).map_err(|_| format!("`{part}` is too much"))?;
                time.checked_add(duration)
            }
        };
        time = moved.map_err(|_| format!("`{part}` is too much"))?;
    }
    Ok(time)
}

fn strftime(time: &Zoned, format: &str) -> Result<String, String> {
    // What depends on the language is that of C's own locale.
    let mut plain = String::with_capacity(format.len());
    let mut chars = format.chars();
    while let Some(c) = chars.next() {
        if c != '%' {
            plain.push(c);
            continue;
        }
        match chars.next() {
            Some('c') => plain.push_str("%a %b %e %H:%M:%S %Y"),
            Some('x') => plain.push_str("%m/%d/%y"),
            Some('X') => plain.push_str("%H:%M:%S"),
            Some('r') => plain.push_str("%I:%M:%S %p"),
            Some('f') => plain.push_str("%6f"),
            Some(directive) => plain.extend(['%', directive]),
            None => plain.push_str("%%"),
        }
    }
    let mut printed = String::new();
    BrokenDownTime::from(time)
        .format_with_config(
            &Config::new().lenient(true),
            &plain,
            &mut jiff::fmt::StdFmtWrite(&mut printed),
        )
        .map_err(|error| format!("`{format}` is no format of a time ({error})"))?;
    Ok(printed)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn time() -> Zoned {
        "2026-01-31T09:05:06.000123+00:00[UTC]".parse().unwrap()
    }

    #[test]
    fn times_print_as_strftime_prints_them() {
        for (format, printed) in [
            ("%Y-%m-%d", "2026-01-31"),
            ("%B %d, %Y %H:%M", "January 31, 2026 09:05"),
            ("%c|%x|%X|%f", "Sat Jan 31 09:05:06 2026|01/31/26|09:05:06|000123"),
            ("%-d %j %% %Z %z %y %p", "31 031 % UTC +0000 26 AM"),
        ] {
            assert_eq!(strftime(&time(), format).as_deref(), Ok(printed), "{format}");
        }
    }

    #[test]
    fn offsets_move_the_time() {
        for (sign, offset, day) in [
            ("+", "days=1", "2026-02-01"),
            ("-", "years=1, days=30", "2025-01-01"),
            ("+", "months=1", "2026-02-28"),
            ("+", "hours=15", "2026-02-01"),
            ("+", "weeks=1.5", "2026-02-10"),
        ] {
            let moved = shift(time(), sign, offset).unwrap();
            assert_eq!(moved.date().to_string(), day, "{sign} {offset}");
        }
        assert!(shift(time(), "+", "fortnights=1").is_err());
    }

    #[test]
    fn zones_are_found_by_name_and_offset() {
        for zone in ["utc", "local", "+05:30", "-0800", "Europe/Paris"] {
            assert!(find(zone).is_ok(), "{zone}");
        }
        assert!(find("Nowhere/Land").is_err());
    }
}
