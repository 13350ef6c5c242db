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
            .filter(|(first, _)| first.tool == second.tool && meet(first, second, requirements))
            .find(|(_, other)| !range.overlaps(other, scheme))?;
        Some(Conflict {
            tool: second.tool.clone(),
            first: (*first).clone(),
            second: (*second).clone(),
        })
    };
    binding.iter().enumerate().filter_map(disagrees).collect()
}

/// Whether two requirements are about one folder: files of different workspace members are not, and the pin of a member
/// stands in the place of those above it.
fn meet(first: &CarriedRequirement, second: &CarriedRequirement, all: &[CarriedRequirement]) -> bool {
    let member = match (&first.member, &second.member) {
        (first, second) if first == second => return true,
        (None, Some(member)) | (Some(member), None) => member,
        _ => return false,
    };
    let own = |one: &&CarriedRequirement| one.member.as_ref() == Some(member) && one.tool == first.tool;
    !all.iter().filter(own).any(|one| one.kind == CarriedKind::Pin)
}

/// The tool's name for people.
pub(super) fn title(tool: &str) -> &str {
    Catalogue::builtin()
        .tool(tool)
        .map_or(tool, |known| known.title.as_str())
}
