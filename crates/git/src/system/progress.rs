//! What `git --progress` prints.

use crate::Phase;

/// What is kept of what is no progress.
const MOST: usize = 64 * 1024;

/// Reads what git prints as it comes: progress, and everything else as text.
#[derive(Default)]
pub(super) struct Progress {
    line: Vec<u8>,
    text: String,
    bytes: usize,
    rate: f64,
}

impl Progress {
    /// The phases that the new bytes complete.
    pub(super) fn read(&mut self, bytes: &[u8]) -> Vec<Phase> {
        let mut phases = Vec::new();
        for byte in bytes {
            if matches!(byte, b'\r' | b'\n') {
                let line = String::from_utf8_lossy(&std::mem::take(&mut self.line)).into_owned();
                phases.extend(self.end_line(&line));
            } else if self.line.len() < MOST {
                self.line.push(*byte);
            }
        }
        phases
    }

    /// All that is no progress.
    pub(super) fn into_text(mut self) -> String {
        let line = String::from_utf8_lossy(&std::mem::take(&mut self.line)).into_owned();
        self.end_line(&line);
        self.text
    }

    fn end_line(&mut self, line: &str) -> Option<Phase> {
        let phase = self.phase(line);
        let counting = line.starts_with("remote: ") && line.contains('%');
        if phase.is_none() && !counting && !line.trim().is_empty() && self.text.len() < MOST {
            self.text.push_str(line);
            self.text.push('\n');
        }
        phase
    }

    /// Such as `Receiving objects:  42% (42/100), 1.20 MiB | 3.40 MiB/s`.
    fn phase(&mut self, line: &str) -> Option<Phase> {
        let (title, rest) = line.split_once(':')?;
        let (done, rest) = rest.split_once('(')?.1.split_once('/')?;
        let (total, rest) = rest.split_once(')')?;
        let (done, total) = (done.parse().ok()?, total.parse().ok()?);
        match title {
            "Receiving objects" => {
                if let Some((bytes, rate)) = rest.trim_start_matches(", ").split_once(" | ") {
                    self.bytes = size(bytes).unwrap_or(self.bytes);
                    #[expect(clippy::cast_precision_loss, reason = "a rate to read")]
                    let rate = rate.split("/s").next().and_then(size).map(|rate| rate as f64);
                    self.rate = rate.unwrap_or(self.rate);
                }
                Some(Phase::Receiving {
                    received: done,
                    total,
                    bytes: self.bytes,
                    rate: self.rate,
                })
            }
            "Resolving deltas" => Some(Phase::Resolving { done, total }),
            // The first is what versions before 2.20 said.
            "Checking out files" | "Updating files" => Some(Phase::CheckingOut { done, total }),
            _ => None,
        }
    }
}

/// `1.20 MiB` in bytes.
fn size(text: &str) -> Option<usize> {
    let (number, unit) = text.trim().split_once(' ')?;
    let factor = match unit.split(',').next()? {
        "bytes" => 1.0,
        "KiB" => 1024.0,
        "MiB" => 1024.0 * 1024.0,
        "GiB" => 1024.0 * 1024.0 * 1024.0,
        _ => return None,
    };
    let bytes = number.parse::<f64>().ok()? * factor;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a number to read"
    )]
    (bytes >= 0.0).then_some(bytes as usize)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::float_cmp)]
    use super::*;

    #[test]
    fn progress_is_told_from_messages() {
        let mut progress = Progress::default();
        let mut phases = Vec::new();
        for part in [
            "Cloning into 'x'...\nremote: Counting objects: 100% (3/3), done.\r\nremote: Sorry.\nReceiving obj",
            "ects:  42% (42/100)\rReceiving objects:  50% (50/100), 1.50 MiB | 512.00 KiB/s\r",
            "Resolving deltas: 100% (7/7), done.\nUpdating files: 100% (9/9), done.\nfatal: no",
        ] {
            phases.extend(progress.read(part.as_bytes()));
        }
        let receiving = |received, bytes, rate| Phase::Receiving {
            received,
            total: 100,
            bytes,
            rate,
        };
        assert_eq!(
            phases,
            [
                receiving(42, 0, 0.0),
                receiving(50, 1_572_864, 524_288.0),
                Phase::Resolving { done: 7, total: 7 },
                Phase::CheckingOut { done: 9, total: 9 },
            ]
        );
        assert_eq!(progress.into_text(), "Cloning into 'x'...\nremote: Sorry.\nfatal: no\n");
    }

    #[test]
    fn sizes_are_read() {
        assert_eq!(size("12 bytes"), Some(12));
        assert_eq!(size("2.00 GiB"), Some(2 << 30));
        assert_eq!(size("soon"), None);
    }
}
