//! Whose tools the toolchain screen shows: those of all paths, of one path, or of a folder.

use std::path::Path;

use ::toolchain::requirements_in;

use crate::repository::file_rows;
use crate::wire::{CarriedFinding, Failure, ToolRow, ToolScope, ToolScopeCard, ToolchainView};
use crate::{Engine, clock};

impl Engine {
    /// The tools of a scope, with the last findings.
    ///
    /// # Errors
    /// For an unknown path, and when the store cannot be read. A folder that is not there is told in the view.
    pub fn toolchain(&self, scope: &ToolScope) -> Result<ToolchainView, Failure> {
        let mut view = ToolchainView {
            scope: ToolScopeCard {
                scope: scope.clone(),
                title: String::new(),
            },
            scopes: self.scopes()?,
            groups: Vec::new(),
            conflicts: Vec::new(),
            problems: Vec::new(),
            checked: None,
            environment: self.checked_environment().origin().to_owned(),
        };
        let oldest = match scope {
            ToolScope::All => {
                let (groups, oldest) = self.tool_groups(None)?;
                view.groups = groups;
                oldest
            }
            ToolScope::Path { id } => {
                view.scope.title.clone_from(&self.known_path(id)?.page.title);
                let (groups, oldest) = self.tool_groups(Some(id))?;
                view.groups = groups;
                oldest
            }
            ToolScope::Folder { folder } => self.show_folder(folder, &mut view)?,
        };
        view.checked = oldest.map(|at| clock::ago(at, clock::now()));
        Ok(view)
    }

    /// The rows of a scope that were checked, as [`Engine::report_of`] writes them.
    ///
    /// # Errors
    /// As [`Engine::toolchain`].
    pub fn tools_report_on(&self, scope: &ToolScope) -> Result<String, Failure> {
        let groups = self.toolchain(scope)?.groups.into_iter();
        let mut rows: Vec<ToolRow> = groups.flat_map(|group| group.rows).collect();
        if let ToolScope::Folder { folder } = scope {
            rows.extend(file_rows(&requirements_in(&self.inner.folders.expand(folder))));
        }
        Ok(self.report_of(&rows))
    }

    fn show_folder(&self, folder: &str, view: &mut ToolchainView) -> Result<Option<i64>, Failure> {
        let path = self.inner.folders.expand(folder);
        let title = self.inner.folders.shorten(&path);
        view.scope = card_of(&path, title.clone());
        if !path.is_dir() {
            view.problems.push(CarriedFinding {
                source: String::new(),
                message: format!("There is no folder {title}."),
                hint: "Choose another folder.".to_owned(),
            });
            return Ok(None);
        }
        let found = self.folder_groups(&path)?;
        view.groups = found.groups;
        view.conflicts = found.conflicts;
        view.problems = found.problems;
        Ok(found.oldest)
    }

    /// The paths that ask for tools, the projects that are still there, and the folders that were checked.
    fn scopes(&self) -> Result<Vec<ToolScopeCard>, Failure> {
        let mut scopes: Vec<_> = self
            .paths_with_tools()?
            .into_iter()
            .map(|path| ToolScopeCard {
                scope: ToolScope::Path {
                    id: path.page.id.clone(),
                },
                title: path.page.title.clone(),
            })
            .collect();
        let projects = self.projects()?.into_iter().map(|project| project.folder.into());
        let mut folders = Vec::new();
        for folder in self.checked_folders()?.into_iter().chain(projects) {
            if folder.is_dir() && !folders.contains(&folder) {
                folders.push(folder);
            }
        }
        let cards = folders
            .into_iter()
            .map(|folder| card_of(&folder, self.inner.folders.shorten(&folder)));
        scopes.extend(cards);
        Ok(scopes)
    }
}

fn card_of(folder: &Path, title: String) -> ToolScopeCard {
    ToolScopeCard {
        scope: ToolScope::Folder {
            folder: folder.display().to_string(),
        },
        title,
    }
}
