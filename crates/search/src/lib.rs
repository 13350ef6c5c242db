//! The full-text index over a roadbook: sections, not files, with typing errors forgiven.
//!
//! Ranking is by tiers that people expect of a palette: the word itself before a word that begins with
//! it, before one that is a typing error away; titles before text. Tantivy scores fuzzy and prefix
//! queries with a constant and cannot highlight them, so the words of a query are expanded over the
//! index's own vocabulary here and then asked for as plain terms.

mod entry;
mod index;
mod marks;
mod query;
mod vocabulary;
mod words;

pub use crate::entry::{Entry, entries};
pub use crate::index::{Answer, Error, Hit, Index};
