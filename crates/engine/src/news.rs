//! What is new in the roadbook since this person first opened it.

use std::collections::{BTreeMap, BTreeSet};

use ::book::{Kind, Page, PavedPath, Status, Step};
use time::{Duration, OffsetDateTime};

use crate::page::link_to;
use crate::standing::Standing;
use crate::wire::{Failure, NewsCard};
use crate::{Engine, clock};

/// How many entries the first screen shows.
const ENTRIES: usize = 5;
/// How long something that came stays news.
const FRESH: Duration = Duration::days(30);

/// When each page was first there, in seconds since 1970 by id; [`FROM_THE_BEGINNING`] for those of the first time.
/// A page that goes is kept, so that one whose file was broken for a day is not new afterwards.
type FirstSeen = BTreeMap<String, i64>;

const FROM_THE_BEGINNING: i64 = 0;

impl Engine {
    /// Paths, steps and pages that came lately, newest first; then the pages that were reviewed most lately.
    pub(crate) fn news(&self, standing: &Standing) -> Result<Vec<NewsCard>, Failure> {
        let now = clock::now();
        let seen = self.first_seen(now)?;
        let mut news = self.came(&seen, now, standing);
        news.extend(self.reviewed());
        let mut shown = BTreeSet::new();
        news.retain(|card| shown.insert(card.page.id.clone()));
        news.truncate(ENTRIES);
        Ok(news)
    }

    /// What was first there when, with the pages that are new at this moment.
    fn first_seen(&self, now: OffsetDateTime) -> Result<FirstSeen, Failure> {
        let key = format!("first-seen/{}", self.book_id());
        let kept: Option<FirstSeen> = self.journey().value(&key)?;
        let at = kept.as_ref().map_or(FROM_THE_BEGINNING, |_| now.unix_timestamp());
        let mut seen = kept.unwrap_or_default();
        let before = seen.len();
        for page in self.pages() {
            if !seen.contains_key(&page.id) {
                seen.insert(page.id.clone(), at);
            }
        }
        if seen.len() > before
            && let Err(error) = self.journey().set_value(&key, &seen)
        {
            // The next time they are new once more, which nobody is hurt by.
            tracing::warn!(%error, "what is new is not remembered");
        }
        Ok(seen)
    }

    fn came(&self, seen: &FirstSeen, now: OffsetDateTime, standing: &Standing) -> Vec<NewsCard> {
        let since = (now - FRESH).unix_timestamp();
        let new = |page: &Page| seen.get(&page.id).copied().filter(|at| *at > since);
        let mut came: Vec<(i64, &Page, Option<&PavedPath>)> = Vec::new();
        let book = self.book();
        let theirs = |path: &&PavedPath| is_offered(&path.page) && standing.path_card(book, path).for_role;
        for path in book.paths.iter().filter(theirs) {
            if let Some(at) = new(&path.page) {
                came.push((at, &path.page, None));
                continue;
            }
            let asked = |step: &&Step| is_offered(&step.page) && standing.skipped_why(book, &step.when).is_none();
            let steps = path.steps.iter().filter(asked);
            came.extend(steps.filter_map(|step| Some((new(&step.page)?, &step.page, Some(path)))));
        }
        let pages = book.library.iter().filter(|page| is_offered(page));
        came.extend(pages.filter_map(|page| Some((new(page)?, page, None))));
        // Those that came together keep the roadbook's order: paths first.
        came.sort_by_key(|(at, ..)| std::cmp::Reverse(*at));
        came.into_iter()
            .map(|(at, page, path)| NewsCard {
                page: link_to(page),
                path: path.map(|path| path.page.title.clone()),
                day: OffsetDateTime::from_unix_timestamp(at).map_or_else(|_| String::new(), |at| clock::day(at.date())),
                new: true,
            })
            .collect()
    }

    fn reviewed(&self) -> Vec<NewsCard> {
        let mut dated: Vec<_> = self
            .book()
            .library
            .iter()
            .filter(|page| is_offered(page))
            .filter_map(|page| Some((clock::date(page.reviewed.as_deref()?)?, page)))
            .collect();
        dated.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.title.cmp(&b.1.title)));
        dated
            .into_iter()
            .map(|(date, page)| NewsCard {
                page: link_to(page),
                path: None,
                day: clock::day(date),
                new: false,
            })
            .collect()
    }

    fn pages(&self) -> impl Iterator<Item = &Page> {
        let book = self.book();
        let paths = book.paths.iter().flat_map(|path| {
            let steps = path.steps.iter().map(|step| &step.page);
            std::iter::once(&path.page).chain(steps)
        });
        paths.chain(&book.library)
    }
}

/// Drafts and what is on its way out are no news, nor is a section's own page.
fn is_offered(page: &Page) -> bool {
    page.status == Status::Active && page.kind != Kind::Section
}
