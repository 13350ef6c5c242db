//! The index in memory: built once per book, asked at every key press.

use tantivy::collector::{Count, TopDocs};
use tantivy::schema::{Field, IndexRecordOption, Schema, TextFieldIndexing, TextOptions};
use tantivy::tokenizer::{PreTokenizedString, Token};
use tantivy::{IndexReader, TantivyDocument};

use crate::Entry;
use crate::marks::{marks, snippet};
use crate::query::{Fields, ask};
use crate::vocabulary::Vocabulary;
use crate::words::words;

/// Bytes that the writer may hold; the least that tantivy takes for a thread.
const WRITER: usize = 15_000_000;

/// The index could not be built or asked.
#[derive(Debug, thiserror::Error)]
#[error("The search index could not be used: {0}.")]
pub struct Error(#[from] tantivy::TantivyError);

/// An index over entries.
pub struct Index {
    reader: IndexReader,
    fields: Fields,
    place: Field,
    entries: Vec<Entry>,
    vocabulary: Vocabulary,
}

/// What a search found.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Answer {
    /// Best first.
    pub hits: Vec<Hit>,
    /// All that matched.
    pub total: usize,
}

/// One hit.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// What was found.
    pub entry: Entry,
    /// Higher is better; comparable within one answer.
    pub score: f32,
    /// Ranges of the title that matched, in UTF-16 code units.
    pub marks: Vec<(usize, usize)>,
    /// A piece of the text around the matches.
    pub snippet: String,
    /// Ranges of the snippet that matched, in UTF-16 code units.
    pub snippet_marks: Vec<(usize, usize)>,
}

impl Index {
    /// Indexes the entries.
    ///
    /// # Errors
    /// When there is not enough memory or no thread for it.
    pub fn build(entries: Vec<Entry>) -> Result<Self, Error> {
        let mut schema = Schema::builder();
        let indexing = TextFieldIndexing::default()
            .set_tokenizer("raw")
            .set_index_option(IndexRecordOption::WithFreqs);
        let options = TextOptions::default().set_indexing_options(indexing);
        let fields = Fields {
            title: schema.add_text_field("title", options.clone()),
            trail: schema.add_text_field("trail", options.clone()),
            text: schema.add_text_field("text", options),
        };
        let place = schema.add_u64_field("place", tantivy::schema::STORED);
        let index = tantivy::Index::create_in_ram(schema.build());
        let mut writer = index.writer_with_num_threads(1, WRITER)?;
        let mut vocabulary = std::collections::HashSet::new();
        for (number, entry) in entries.iter().enumerate() {
            let mut document = TantivyDocument::new();
            let trail = entry.trail.join(" ");
            for (field, text) in [
                (fields.title, &entry.title),
                (fields.trail, &trail),
                (fields.text, &entry.text),
            ] {
                document.add_pre_tokenized_text(field, tokens(text, &mut vocabulary));
            }
            document.add_u64(place, number as u64);
            writer.add_document(document)?;
        }
        writer.commit()?;
        writer.wait_merging_threads()?;
        Ok(Self {
            reader: index.reader()?,
            fields,
            place,
            entries,
            vocabulary: Vocabulary::new(vocabulary),
        })
    }

    /// The entries that hold all the words of `typed`, or else any of them; the last word may be
    /// unfinished. At most `limit` hits.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn search(&self, typed: &str, limit: usize) -> Result<Answer, Error> {
        let Some(asked) = ask(typed, self.fields, &self.vocabulary) else {
            return Ok(Answer::default());
        };
        let searcher = self.reader.searcher();
        let collector = || (TopDocs::with_limit(limit.max(1)).order_by_score(), Count);
        let (mut found, mut total) = searcher.search(&*asked.all, &collector())?;
        if found.is_empty() {
            (found, total) = searcher.search(&*asked.any, &collector())?;
        }
        let mut hits = Vec::with_capacity(found.len());
        for (score, address) in found {
            let document: TantivyDocument = searcher.doc(address)?;
            let number = document
                .get_first(self.place)
                .and_then(|value| tantivy::schema::Value::as_u64(&value))
                .and_then(|number| usize::try_from(number).ok());
            let Some(entry) = number.and_then(|number| self.entries.get(number)) else {
                continue;
            };
            let (piece, snippet_marks) = snippet(&entry.text, &asked.meant);
            hits.push(Hit {
                // A page that is all about it comes before a section that is about it as well.
                score: if entry.anchor.is_empty() { score * 1.25 } else { score },
                marks: marks(&entry.title, &asked.meant),
                snippet: piece,
                snippet_marks,
                entry: entry.clone(),
            });
        }
        hits.sort_by(|a, b| b.score.total_cmp(&a.score));
        Ok(Answer { hits, total })
    }

    /// How many entries it holds.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether it holds nothing.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }
}

impl std::fmt::Debug for Index {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Index")
            .field("entries", &self.entries.len())
            .finish_non_exhaustive()
    }
}

/// The text's words as tantivy takes them, each also put into the vocabulary.
fn tokens(text: &str, vocabulary: &mut std::collections::HashSet<String>) -> PreTokenizedString {
    let tokens = words(text)
        .into_iter()
        .enumerate()
        .map(|(position, word)| {
            if !vocabulary.contains(&word.text) {
                vocabulary.insert(word.text.clone());
            }
            Token {
                offset_from: word.range.start,
                offset_to: word.range.end,
                position,
                text: word.text,
                position_length: 1,
            }
        })
        .collect();
    PreTokenizedString {
        text: String::new(),
        tokens,
    }
}
