//! Version ranges, by example and by property.
#![allow(clippy::unwrap_used)]

use proptest::prelude::*;
use toolchain::{Range, Scheme, Version};

fn accepts_as(range: &str, version: &str, scheme: Scheme) -> bool {
    Range::parse(range)
        .unwrap()
        .accepts(&Version::parse(version, scheme).unwrap())
}

fn accepts(range: &str, version: &str) -> bool {
    accepts_as(range, version, Scheme::Semver)
}

#[test]
fn each_operator_accepts_what_npm_and_cargo_users_expect() {
    let cases = [
        (
            ">=1.85",
            &["1.85", "1.85.0", "1.95.0", "2.0", "1.97.0-nightly"][..],
            &["1.84.9", "1.9", "1.85.0-beta.1"][..],
        ),
        ("^1.2", &["1.2", "1.9.9"], &["1.1.9", "2.0.0", "2.0.0-rc.1"]),
        ("^0.2.3", &["0.2.3", "0.2.9"], &["0.3.0", "0.2.2"]),
        ("^0.0.3", &["0.0.3"], &["0.0.4", "0.0.2"]),
        ("^0", &["0.9"], &["1.0"]),
        ("~1.2", &["1.2.0", "1.2.99"], &["1.3", "1.1"]),
        ("~1", &["1.0", "1.99"], &["2.0", "0.9"]),
        ("~1.2.3", &["1.2.3", "1.2.9"], &["1.2.2", "1.3.0"]),
        ("1.2", &["1.2", "1.2.7", "1.2.0.1"], &["1.20", "1.3.0", "1.1"]),
        ("20", &["20.11.1"], &["2.0", "200.1", "21.0.0"]),
        ("1.2.x", &["1.2.0", "1.2.9"], &["1.3.0"]),
        ("1.x.x", &["1.9"], &["2.0"]),
        (
            "=1.2.3",
            &["1.2.3", "v1.2.3", "1.2.3.windows.1"],
            &["1.2.4", "1.2.3-rc.1"],
        ),
        ("==1.2.3-rc.1", &["1.2.3-rc.1"], &["1.2.3", "1.2.3-rc.2"]),
        (">1.2", &["1.3", "2.0"], &["1.2.9", "1.2"]),
        ("<=1.2", &["1.2.9", "1.0"], &["1.3.0"]),
        ("<2", &["1.99"], &["2.0", "2.0.0-rc.1"]),
        (">=1 <2", &["1.5"], &["0.9", "2.0"]),
        (">=16 <21.0.0-0", &["20.19.1"], &["21.0.0", "21.0.0-rc.1", "15.9"]),
        (">=21.0.0-0", &["21.0.0-rc.1", "21.0.0"], &["20.9.9"]),
        (">= 1, < 2", &["1.5"], &["0.9", "2.0"]),
        (">=3.10,<3.13,!=3.11.2", &["3.12.1", "3.11.3"], &["3.11.2", "3.13.0"]),
        ("1.2 - 2.3", &["1.2", "2.3.9"], &["2.4", "1.1"]),
        ("18 || >=20", &["18.3", "20.0", "23.1"], &["19.0", "17.0"]),
        ("~> 1.2", &["1.2", "1.9"], &["2.0"]),
        ("~> 1.2.3", &["1.2.9"], &["1.3.0"]),
        ("~=3.10", &["3.13"], &["4.0", "3.9"]),
        ("*", &["0.0.1", "9"], &[]),
        ("", &["0.0.1", "9"], &[]),
        ("x", &["1.0"], &[]),
        (">=v1.2", &["1.2"], &["1.1"]),
    ];
    for (range, inside, outside) in cases {
        for version in inside {
            assert!(accepts(range, version), "{range} has to accept {version}");
        }
        for version in outside {
            assert!(!accepts(range, version), "{range} may not accept {version}");
        }
    }
}

#[test]
fn java_eight_may_be_asked_for_by_both_its_names() {
    for range in ["1.8", "8", ">=1.8", ">=8", "^1.8", "~1.8"] {
        assert!(accepts_as(range, "1.8.0_392", Scheme::Java), "{range}");
    }
    assert!(accepts_as(">=1.8", "17.0.15", Scheme::Java));
    assert!(!accepts_as("1.8", "17.0.15", Scheme::Java));
    assert!(!accepts_as(">=11", "1.8.0_392", Scheme::Java));
    assert!(accepts_as(">=17 <22", "21.0.2", Scheme::Java));
}

#[test]
fn what_is_no_range_is_refused_with_what_to_write_instead() {
    for text in [
        "latest",
        ">=",
        ">=abc",
        "1.2.3 foo",
        "=>1",
        ">*",
        "1..2",
        "lts/*",
        "1.2.x.3",
        "||| 1",
    ] {
        let error = Range::parse(text).unwrap_err();
        assert!(
            error.to_string().contains(&format!("`{text}` is not a version range")),
            "{error}"
        );
        assert!(error.hint().contains(">=1.20"));
    }
}

#[test]
fn simple_ranges_are_said_in_words() {
    let words = |text| Range::parse(text).unwrap().words();
    assert_eq!(words(">=2.40"), "2.40 or newer");
    assert_eq!(words("<=2.x"), "2 or older");
    assert_eq!(words("1.2.x"), "1.2");
    assert_eq!(words(">=18 <21"), ">=18 <21");
    assert_eq!(words(" * "), "any version");
}

fn numbers() -> impl Strategy<Value = Vec<u64>> {
    prop::collection::vec(0_u64..30, 1..5)
}

fn dotted(numbers: &[u64]) -> String {
    numbers.iter().map(u64::to_string).collect::<Vec<_>>().join(".")
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused_but_never_breaks(text in "\\PC{0,24}|[0-9.xX*<>=^~!| ,v-]{0,24}") {
        if let Ok(range) = Range::parse(&text) {
            range.accepts(&Version::parse("1.2.3", Scheme::Semver).unwrap());
            range.accepts(&Version::parse("1.8.0_1", Scheme::Java).unwrap());
            prop_assert!(!range.words().is_empty());
        }
    }

    #[test]
    fn a_version_meets_every_range_that_starts_at_it(version in numbers()) {
        let version = dotted(&version);
        for operator in ["", "=", ">=", "<=", "^", "~", "~>"] {
            let range = format!("{operator}{version}");
            prop_assert!(accepts(&range, &version), "{}", range);
        }
        for operator in [">", "<", "!="] {
            let range = format!("{operator}{version}");
            prop_assert!(!accepts(&range, &version), "{}", range);
        }
    }

    #[test]
    fn every_version_is_before_in_or_after_a_prefix(range in numbers(), version in numbers()) {
        let (range, version) = (dotted(&range), dotted(&version));
        let held = ["<", "=", ">"].map(|operator| accepts(&format!("{operator}{range}"), &version));
        prop_assert_eq!(held.iter().filter(|held| **held).count(), 1);
        prop_assert_eq!(accepts(&format!("<={range}"), &version), held[0] || held[1]);
        prop_assert_eq!(accepts(&format!(">={range}"), &version), held[1] || held[2]);
        prop_assert_eq!(accepts(&format!("!={range}"), &version), !held[1]);
    }

    #[test]
    fn a_tilde_allows_no_more_than_a_caret_from_one_on(range in numbers(), version in numbers()) {
        prop_assume!(range[0] > 0);
        let (range, version) = (dotted(&range), dotted(&version));
        let [tilde, caret, minimum] = ["~", "^", ">="].map(|operator| accepts(&format!("{operator}{range}"), &version));
        prop_assert!(!tilde || caret);
        prop_assert!(!caret || minimum);
    }

    #[test]
    fn alternatives_and_conditions_combine(left in numbers(), right in numbers(), version in numbers()) {
        let (left, right, version) = (format!(">={}", dotted(&left)), format!("<{}", dotted(&right)), dotted(&version));
        let (one, other) = (accepts(&left, &version), accepts(&right, &version));
        prop_assert_eq!(accepts(&format!("{left} {right}"), &version), one && other);
        prop_assert_eq!(accepts(&format!("{left} || {right}"), &version), one || other);
    }

    #[test]
    fn a_newer_version_still_meets_a_minimum(range in numbers(), older in numbers(), newer in numbers()) {
        let at_least = format!(">={}", dotted(&range));
        let (older, newer) = (dotted(&older), dotted(&newer));
        let read = |text: &str| Version::parse(text, Scheme::Semver).unwrap();
        prop_assume!(read(&older) <= read(&newer));
        prop_assert!(!accepts(&at_least, &older) || accepts(&at_least, &newer));
    }
}
