//! A page to read, with everything that stands beside it.

use ::book::{Page, PavedPath, Status, Step};

use crate::standing::{Standing, status_word};
use crate::wire::{About, Block, Failure, HeadingCard, LinkCard, PageView, StepState, StepView};
use crate::{Engine, clock};

impl Engine {
    /// A page of the library, a step, or a path's introduction.
    ///
    /// # Errors
    /// For an unknown page, and when the store cannot be read.
    pub fn page(&self, id: &str) -> Result<PageView, Failure> {
        let page = self.known_page(id)?;
        let standing = self.standing()?;
        let step = self.book().step(id);
        let rendered = ::book::render(self.book(), page, ASSETS);
        let contents = rendered
            .contents
            .into_iter()
            .filter(|heading| (2..=3).contains(&heading.level));
        Ok(PageView {
            id: page.id.clone(),
            title: page.title.clone(),
            summary: page.summary.clone(),
            kind: page.kind.word().to_owned(),
            breadcrumb: self.breadcrumb(page),
            blocks: self.blocks(&standing, step.map(|(_, step)| step), rendered.blocks)?,
            contents: contents
                .map(|heading| HeadingCard {
                    id: heading.id,
                    title: heading.title,
                    level: heading.level,
                })
                .collect(),
            about: self.about(page),
            related: self.links(&page.related),
            paths: self.cards(&standing, &page.paths),
            children: self.children(page),
            step: step.map(|(path, step)| self.step_view(&standing, path, step)),
        })
    }

    /// The page as safe HTML in one piece, tasks left out.
    ///
    /// # Errors
    /// For an unknown page.
    pub fn page_html(&self, id: &str) -> Result<String, Failure> {
        let page = self.known_page(id)?;
        let rendered = ::book::render(self.book(), page, "");
        let html = rendered.blocks.into_iter().filter_map(|block| match block {
            ::book::Block::Html(html) => Some(html),
            ::book::Block::Task(_) => None,
        });
        Ok(html.collect())
    }

    /// The page's Markdown under its title.
    ///
    /// # Errors
    /// For an unknown page.
    pub fn page_markdown(&self, id: &str) -> Result<String, Failure> {
        let page = self.known_page(id)?;
        Ok(format!("# {}\n\n{}\n", page.title, page.body.trim()))
    }

    fn known_page(&self, id: &str) -> Result<&Page, Failure> {
        self.book()
            .page(id.trim_matches('/'))
            .ok_or_else(|| Failure::not_found("page", id))
    }

    fn step_view(&self, standing: &Standing, path: &PavedPath, step: &Step) -> StepView {
        let book = self.book();
        let place = path
            .steps
            .iter()
            .position(|other| other.page.id == step.page.id)
            .unwrap_or(0);
        let walked = |step: &&Step| standing.skipped_why(book, &step.when).is_none();
        let before = path.steps[..place].iter().rev().find(walked);
        let after = path.steps[place + 1..].iter().find(walked);
        let card = standing.step_card(book, step, place + 1);
        StepView {
            path: standing.path_card(book, path),
            steps: standing.step_cards(book, path),
            changed: card.state == StepState::Done && standing.changed(step),
            previous: before.map(|step| link_to(&step.page)),
            next: after.map(|step| link_to(&step.page)),
            by_hand: step.tasks.is_empty(),
            skipped_why: standing.skipped_why(book, &step.when),
            card,
        }
    }

    pub(crate) fn blocks(
        &self,
        standing: &Standing,
        step: Option<&Step>,
        blocks: Vec<::book::Block>,
    ) -> Result<Vec<Block>, Failure> {
        let mut out = Vec::with_capacity(blocks.len());
        for block in blocks {
            match block {
                ::book::Block::Html(html) => out.push(Block::Html { html }),
                ::book::Block::Task(place) => {
                    if let Some((step, task)) = step.and_then(|step| Some((step, step.tasks.get(place)?))) {
                        out.push(Block::Task {
                            task: self.task_view(standing, step, task)?,
                        });
                    }
                }
            }
        }
        Ok(out)
    }

    pub(crate) fn about(&self, page: &Page) -> About {
        let reviewed = page.reviewed.as_deref().and_then(clock::date);
        let age = reviewed.map(|date| (clock::now().date() - date).whole_days());
        let limit = self.book().manifest.review_every.map(i64::from);
        About {
            owner: self.owner(page.owner.as_deref(), &page.title),
            reviewed: reviewed.map(clock::day),
            stale: matches!((age, limit), (Some(age), Some(limit)) if age > limit),
            status: status_word(page.status).to_owned(),
            replaced_by: match page.status {
                Status::Deprecated => page.replaced_by.as_deref().and_then(|id| self.link(id)),
                Status::Draft | Status::Active => None,
            },
            file: page.file.clone(),
        }
    }

    /// From the top down to the page's parent.
    fn breadcrumb(&self, page: &Page) -> Vec<LinkCard> {
        let mut trail = Vec::new();
        let mut rest = page.id.as_str();
        while let Some((parent, _)) = rest.rsplit_once('/') {
            if parent == "library" {
                break;
            }
            trail.push(self.link(parent).unwrap_or_else(|| LinkCard {
                id: parent.to_owned(),
                title: self.section_title(parent),
                summary: String::new(),
                kind: "folder".to_owned(),
            }));
            rest = parent;
        }
        if page.id.starts_with("library/") {
            trail.push(LinkCard {
                id: "library".to_owned(),
                title: "Library".to_owned(),
                summary: String::new(),
                kind: "library".to_owned(),
            });
        }
        trail.reverse();
        trail
    }

    pub(crate) fn link(&self, id: &str) -> Option<LinkCard> {
        self.book().page(id).map(link_to)
    }

    pub(crate) fn links(&self, ids: &[String]) -> Vec<LinkCard> {
        ids.iter().filter_map(|id| self.link(id)).collect()
    }
}

/// Prefix of the addresses of pictures, as the platform's webview spells custom schemes.
pub(crate) const ASSETS: &str = if cfg!(windows) {
    "http://content.localhost/"
} else {
    "content://localhost/"
};

pub(crate) fn link_to(page: &Page) -> LinkCard {
    LinkCard {
        id: page.id.clone(),
        title: page.title.clone(),
        summary: page.summary.clone(),
        kind: page.kind.word().to_owned(),
    }
}
