//! `roadbook show`

use engine::Engine;

use crate::arguments::Show;
use crate::{Found, Outcome, output};

pub(crate) fn run(engine: &Engine, show: &Show, json: bool) -> Outcome {
    if json {
        output::json(&engine.page(&show.page)?);
    } else if show.html {
        output::line(engine.page_html(&show.page)?.trim_end());
    } else {
        output::line(engine.page_markdown(&show.page)?.trim_end());
    }
    Ok(Found::Fine)
}
