//! Fingerprints: whether a text is still the same one. Not for secrets.

use std::fmt;

/// FNV-1a, 64 bits (<http://www.isthe.com/chongo/tech/comp/fnv/>): the same in every version of the program,
/// which the standard library's hasher does not promise.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Print(u64);

impl Default for Print {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Print {
    pub(crate) fn add(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }

    pub(crate) fn of(text: &str) -> Self {
        let mut print = Self::default();
        print.add(text.as_bytes());
        print
    }
}

impl fmt::Display for Print {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:016x}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prints_follow_the_published_test_values() {
        assert_eq!(Print::of("").to_string(), "cbf29ce484222325");
        assert_eq!(Print::of("foobar").to_string(), "85944171f73967e8");
    }
}
