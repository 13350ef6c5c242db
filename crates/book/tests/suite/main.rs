//! The crate from outside: folders to books, pages to HTML, books to findings.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod check;
mod fixture;
mod hostile;
mod inside;
mod load;
mod lookup;
mod passages;
mod property;
mod render;
mod tasks;
