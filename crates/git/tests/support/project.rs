//! A clone as a person gets it: a fresh one has its first commit.

#![allow(dead_code, unreachable_pub, reason = "each test binary uses a part of it")]
#![allow(clippy::unwrap_used, clippy::expect_used)]

use git::{CloneRequest, Cloned, Error, History, Progress};
use tokio_util::sync::CancellationToken;

pub fn clone(request: &CloneRequest) -> Result<Cloned, Error> {
    clone_telling(request, &mut |_| {})
}

pub fn clone_telling(request: &CloneRequest, tell: &mut dyn FnMut(Progress)) -> Result<Cloned, Error> {
    let mut cloned = git::clone(request, tell, &CancellationToken::new())?;
    if request.history == History::Fresh {
        std::mem::take(&mut cloned.staged).commit(&request.target, &[], "Start shop")?;
    }
    Ok(cloned)
}
