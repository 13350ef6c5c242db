//! Git settings that do not say who commits. The settings count for the whole process, so this is a binary of
//! its own.

#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::fs;

use git::{CloneRequest, Kind};
use tokio_util::sync::CancellationToken;

#[test]
fn without_an_identity_nothing_is_begun_and_the_way_out_is_told() {
    let settings = tempfile::tempdir().unwrap();
    fs::write(settings.path().join(".gitconfig"), "[init]\n\tdefaultBranch = trunk\n").unwrap();
    git::read_settings_from(settings.path());
    let home = tempfile::tempdir().unwrap();
    let request = CloneRequest::new("https://git.example/a.git", home.path().join("projects/shop"));

    let error = git::clone(&request, &mut |_| {}, &CancellationToken::new()).unwrap_err();

    assert_eq!(error.kind(), Kind::NoIdentity);
    assert!(error.hint().contains("git config --global user.name"));
    assert_eq!(fs::read_dir(home.path()).unwrap().count(), 0);
    assert_eq!(git::identity().unwrap(), None);
    assert_eq!(git::default_branch(), "trunk");
}
