//! The time, and how people write it.

use time::{Date, OffsetDateTime};

pub(crate) fn now() -> OffsetDateTime {
    OffsetDateTime::now_utc()
}

/// `at` (seconds since 1970) seen from `now`: "just now", "5 minutes ago", "yesterday", "1 November 2026".
pub(crate) fn ago(at: i64, now: OffsetDateTime) -> String {
    let seconds = now.unix_timestamp() - at;
    let counted = |count: i64, unit: &str| {
        let plural = if count == 1 { "" } else { "s" };
        format!("{count} {unit}{plural} ago")
    };
    match seconds {
        ..60 => "just now".to_owned(),
        60..3_600 => counted(seconds / 60, "minute"),
        3_600..86_400 => counted(seconds / 3_600, "hour"),
        86_400..172_800 => "yesterday".to_owned(),
        172_800..604_800 => counted(seconds / 86_400, "day"),
        _ => OffsetDateTime::from_unix_timestamp(at).map_or_else(|_| "long ago".to_owned(), |at| day(at.date())),
    }
}

/// "1 November 2026".
pub(crate) fn day(date: Date) -> String {
    format!("{} {} {}", date.day(), date.month(), date.year())
}

/// RFC 3339, for files that other programs read.
pub(crate) fn stamp(at: OffsetDateTime) -> String {
    at.format(&time::format_description::well_known::Rfc3339)
        .unwrap_or_default()
}

/// The date of `2026-11-01`.
pub(crate) fn date(text: &str) -> Option<Date> {
    let format = time::macros::format_description!("[year]-[month]-[day]");
    Date::parse(text.trim(), &format).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::datetime;

    #[test]
    fn times_are_told_as_people_do() {
        let now = datetime!(2026-11-23 12:00:00 UTC);
        let before = |seconds: i64| ago(now.unix_timestamp() - seconds, now);

        assert_eq!(before(-5), "just now");
        assert_eq!(before(61), "1 minute ago");
        assert_eq!(before(7_200), "2 hours ago");
        assert_eq!(before(100_000), "yesterday");
        assert_eq!(before(300_000), "3 days ago");
        assert_eq!(before(2_000_000), "31 October 2026");
    }
}
