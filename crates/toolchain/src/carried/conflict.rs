//! Requirements of one repository that no version meets.

use super::{CarriedKind, CarriedRequirement, Conflict};
use crate::{Catalogue, Range, Scheme};

/// Each requirement that disagrees with one before it, with the first such one. Hints disagree with nobody.
pub(super) fn conflicts(requirements: &[CarriedRequirement]) -> Vec<Conflict> {
    let binding: Vec<_> = requirements
        .iter()
        .filter(|one| one.kind != CarriedKind::Hint)
        .filter_map(|one| Some((one, Range::parse(&one.range).ok()?)))
        .collect();
    let disagrees = |(at, (second, range)): (usize, &(&CarriedRequirement, Range))| {
        let scheme = Catalogue::builtin()
            .tool(&second.tool)
            .map_or(Scheme::Semver, |tool| tool.scheme);
        let before = binding.get(..at).unwrap_or_default().iter();
        let (first, _) = before
            .filter(|(first, _)| first.tool == second.tool)
            .find(|(_, other)| !range.overlaps(other, scheme))?;
        Some(Conflict {
            tool: second.tool.clone(),
            first: (*first).clone(),
            second: (*second).clone(),
        })
    };
    binding.iter().enumerate().filter_map(disagrees).collect()
}

/// The tool's name for people.
pub(super) fn title(tool: &str) -> &str {
    Catalogue::builtin()
        .tool(tool)
        .map_or(tool, |known| known.title.as_str())
}
