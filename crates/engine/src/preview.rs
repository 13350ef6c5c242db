//! What a template would make, shown before anything is written.

use tokio_util::sync::CancellationToken;

use crate::Engine;
use crate::jobs::Events;
use crate::starter::answers;
use crate::wire::{Code, Failure, JobEvent, NewProject, PreviewedFile, ProjectPreview};

/// Of a longer file only the beginning is shown, in bytes.
const LONGEST: usize = 64 * 1024;

/// Of all files together no more is shown, in bytes.
const MOST: usize = 4 * 1024 * 1024;

impl Engine {
    /// The files that a template would make with these answers, with their texts; a job. Nothing is written into the
    /// project's folder, and where that will be does not matter.
    ///
    /// # Errors
    /// For answers that the form does not accept, and where the template cannot be rendered.
    pub async fn preview(&self, job: &str, request: NewProject, events: Events<'_>) -> Result<ProjectPreview, Failure> {
        self.job(job, events, async |cancel| {
            let engine = self.clone();
            let preview = tokio::task::spawn_blocking(move || engine.rendered(&request, &cancel))
                .await
                .map_err(|error| {
                    Failure::new(Code::Failed, format!("The preview ended early: {error}."), "Try again.")
                })??;
            events(JobEvent::Previewed {
                preview: preview.clone(),
            });
            Ok(preview)
        })
        .await
    }

    fn rendered(&self, request: &NewProject, cancel: &CancellationToken) -> Result<ProjectPreview, Failure> {
        let starter = self.known_starter(&request.starter)?;
        let values = answers(starter, request)?;
        let name = Some(request.name.trim()).filter(|name| !name.is_empty());
        let made = ::starter::dry_run(starter, &values, name.unwrap_or("project"), cancel)?;
        let mut left = MOST;
        let files = made.files.iter().map(|file| {
            let text = file.text(LONGEST).filter(|(text, _)| text.len() <= left);
            left -= text.map_or(0, |(text, _)| text.len());
            PreviewedFile {
                path: file.path.clone(),
                size: file.size,
                text: text.map(|(text, _)| text.to_owned()),
                cut: text.is_some_and(|(_, cut)| cut),
                executable: file.executable,
                link: file.link,
            }
        });
        Ok(ProjectPreview {
            files: files.collect(),
            deferred: self.left_out_of(&request.starter, starter, &made.deferred),
        })
    }

    /// A file's text as a code block, highlighted by its name; safe HTML.
    pub fn code_block(&self, path: &str, text: &str) -> String {
        let name = path.rsplit('/').next().unwrap_or(path);
        let language = match name.rsplit_once('.') {
            Some((stem, extension)) if !stem.is_empty() => extension,
            _ => name,
        };
        let plain = |letter: &char| letter.is_alphanumeric() || "+#_-".contains(*letter);
        let language: String = language.chars().filter(plain).collect();
        // A fence ends only at one that is at least as long.
        let fence = "`".repeat(longest_run(text) + 3);
        let title = path.replace(['"', '`', '\n'], "");
        let end = if text.ends_with('\n') { "" } else { "\n" };
        let markdown = format!("{fence}{language} title=\"{title}\"\n{text}{end}{fence}\n");
        ::book::render_text(self.book(), "", &markdown)
    }
}

/// The longest run of backticks.
fn longest_run(text: &str) -> usize {
    text.split(|letter| letter != '`')
        .map(str::len)
        .max()
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::longest_run;

    #[test]
    fn the_longest_run_of_backticks_is_found() {
        assert_eq!(longest_run("no"), 0);
        assert_eq!(longest_run("`a` ```b``` ``"), 3);
    }
}
