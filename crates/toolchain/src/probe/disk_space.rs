//! Room for dependencies, builds and containers.

use super::{Probed, Surroundings};
use crate::{State, Tool};

/// Bytes: less than this and the first big build fails with messages that do not say why.
const ENOUGH: u64 = 5_000_000_000;

pub(super) async fn probe(tool: &Tool, surroundings: &Surroundings) -> Probed {
    let Some(home) = surroundings.environment.home() else {
        let detail = format!("The home folder is not known, so {} was not measured.", tool.title);
        return Probed::new(State::Error, detail);
    };
    let folder = home.clone();
    // A home folder on a network drive may not answer.
    let measuring = tokio::task::spawn_blocking(move || fs4::available_space(folder));
    let probed = match tokio::time::timeout(surroundings.limits.time, measuring).await {
        Ok(Ok(Ok(free))) => judge(free),
        Ok(Ok(Err(error))) => Probed::new(State::Error, format!("The free space could not be measured: {error}.")),
        Ok(Err(_)) | Err(_) => Probed::new(State::Error, "The free space could not be measured in time."),
    };
    Probed {
        path: Some(home),
        ..probed
    }
}

fn judge(free: u64) -> Probed {
    let room = format!("{}.{} GB", free / 1_000_000_000, free % 1_000_000_000 / 100_000_000);
    if free >= ENOUGH {
        Probed::new(State::Passed, format!("{room} are free in the home folder."))
    } else {
        let detail = format!("Only {room} are free in the home folder; dependencies and builds need 5 GB or more.");
        Probed::new(State::Failed, detail)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn five_gigabytes_are_enough() {
        assert_eq!(judge(5_000_000_000).state, State::Passed);
        assert_eq!(judge(123_456_000_000).detail, "123.4 GB are free in the home folder.");
        let little = judge(4_999_999_999);
        assert_eq!(little.state, State::Failed);
        assert!(little.detail.starts_with("Only 4.9 GB are free"), "{}", little.detail);
    }
}
