//! What was typed, as a query over plain terms.

use std::collections::HashSet;

use tantivy::Term;
use tantivy::query::{BooleanQuery, BoostQuery, DisjunctionMaxQuery, Occur, Query, TermQuery};
use tantivy::schema::{Field, IndexRecordOption};

use crate::vocabulary::Vocabulary;
use crate::words::words;

/// The fields that are asked, and how much a match in each weighs.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Fields {
    pub(crate) title: Field,
    pub(crate) trail: Field,
    pub(crate) text: Field,
}

const TITLE: f32 = 6.0;
const TRAIL: f32 = 2.0;
const TEXT: f32 = 1.0;

/// A query and the words that it marks.
pub(crate) struct Asked {
    pub(crate) all: Box<dyn Query>,
    pub(crate) any: Box<dyn Query>,
    pub(crate) meant: HashSet<String>,
}

/// Turns what was typed into a query for all of its words, and one for any of them; `None` where nothing
/// was typed or no word is known.
pub(crate) fn ask(typed: &str, fields: Fields, vocabulary: &Vocabulary) -> Option<Asked> {
    let typed_words = words(typed);
    let unfinished = typed.chars().next_back().is_some_and(char::is_alphanumeric);
    let last = typed_words.len().checked_sub(1)?;
    let mut meant = HashSet::new();
    let mut clauses: Vec<Box<dyn Query>> = Vec::new();
    let mut unknown = false;
    for (place, word) in typed_words.iter().enumerate() {
        // Short words in the middle are "a" and "to"; longer ones may be abbreviations, as in "rot sec".
        let may_go_on = if place == last {
            unfinished
        } else {
            word.text.chars().count() >= 3
        };
        let stand_ins = vocabulary.meant(&word.text, may_go_on);
        unknown |= stand_ins.is_empty();
        if stand_ins.is_empty() {
            continue;
        }
        let mut terms: Vec<Box<dyn Query>> = Vec::new();
        for stand_in in stand_ins {
            for (field, weight) in [(fields.title, TITLE), (fields.trail, TRAIL), (fields.text, TEXT)] {
                let term = Term::from_field_text(field, &stand_in.word);
                let query = TermQuery::new(term, IndexRecordOption::WithFreqs);
                terms.push(Box::new(BoostQuery::new(Box::new(query), weight * stand_in.weight)));
            }
            meant.insert(stand_in.word);
        }
        // The best of a word's stand-ins counts, with a little for the others: a page is not better for
        // holding "deploy", "deploys" and "deployment".
        clauses.push(Box::new(DisjunctionMaxQuery::with_tie_breaker(terms, 0.1)));
    }
    if clauses.is_empty() {
        return None;
    }
    let every = |occur: Occur| {
        let clauses = clauses
            .iter()
            .map(|clause| (occur, clause.box_clone()))
            .collect::<Vec<_>>();
        Box::new(BooleanQuery::new(clauses)) as Box<dyn Query>
    };
    let any = every(Occur::Should);
    let all = if unknown { any.box_clone() } else { every(Occur::Must) };
    Some(Asked { all, any, meant })
}
