//! The first answer to a front end: what is open, what was chosen, what has to be known.

use ::journey::Journey;

use crate::folders::Folders;
use crate::wire::{BookCard, Code, ContactCard, Failure, Notice, OwnerCard, RoleCard, Start};
use crate::{Engine, clock};

/// Notices that stay until they are dismissed.
const NOTICES: &str = "notices";

/// Opens the store. One that cannot be used leaves a notice, so that the roadbook can still be read.
pub(crate) fn open_journey(folders: &Folders) -> Result<(Journey, Vec<Notice>), Failure> {
    match Journey::open(&folders.journey(), clock::now()) {
        Ok(opened) => {
            if let Some(aside) = opened.set_aside {
                let notice = Notice {
                    id: "journey-set-aside".to_owned(),
                    message: "The file with your progress was damaged, so a new one was begun.".to_owned(),
                    hint: format!(
                        "The damaged file was kept as {}. Your platform team may be able to read it.",
                        aside.display()
                    ),
                };
                opened.journey.set_value(NOTICES, &vec![stored(&notice)])?;
            }
            Ok((opened.journey, Vec::new()))
        }
        Err(error) => {
            let notice = Notice {
                id: "journey-not-kept".to_owned(),
                message: format!("Your progress is not being saved. {error}"),
                hint: error.hint().to_owned(),
            };
            Ok((Journey::in_memory_copy(&folders.journey())?, vec![notice]))
        }
    }
}

impl Engine {
    /// What the window needs to draw its frame.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn start(&self) -> Result<Start, Failure> {
        let manifest = &self.book().manifest;
        let roles = manifest.roles.iter().map(|role| RoleCard {
            id: role.id.clone(),
            name: role.name.clone(),
            paths: self
                .book()
                .paths
                .iter()
                .filter(|path| path.roles.is_empty() || path.roles.contains(&role.id))
                .count(),
        });
        Ok(Start {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            book: BookCard {
                id: manifest.id.clone(),
                title: manifest.title.clone(),
                summary: manifest.summary.clone(),
                version: manifest.version.clone(),
                language: manifest.language.clone(),
                owner: self.owner(None, ""),
            },
            roles: roles.collect(),
            settings: self.settings()?,
            place: self.place()?,
            notices: self.notices()?,
            os: std::env::consts::OS.to_owned(),
            diagnostics: self.inner.diagnostics.len(),
        })
    }

    /// What the person has to know.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn notices(&self) -> Result<Vec<Notice>, Failure> {
        let kept: Vec<StoredNotice> = self.journey().value(NOTICES)?.unwrap_or_default();
        let kept = kept.into_iter().map(|(id, message, hint)| Notice { id, message, hint });
        Ok(self.inner.notices.iter().cloned().chain(kept).collect())
    }

    /// Forgets a notice that was read.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn dismiss_notice(&self, id: &str) -> Result<(), Failure> {
        let mut kept: Vec<StoredNotice> = self.journey().value(NOTICES)?.unwrap_or_default();
        kept.retain(|notice| notice.0 != id);
        Ok(self.journey().set_value(NOTICES, &kept)?)
    }

    /// Who answers for a page: the owner that it names with the roadbook's contacts, or the roadbook's owner.
    /// `about` is filled into the contacts' addresses.
    pub(crate) fn owner(&self, named: Option<&str>, about: &str) -> Option<OwnerCard> {
        let owner = self.book().manifest.owner.as_ref();
        let name = named
            .map(str::to_owned)
            .or_else(|| owner.map(|owner| owner.name.clone()))?;
        let contacts = owner
            .map_or(&[][..], |owner| &owner.contacts[..])
            .iter()
            .map(|contact| {
                let body = if about.is_empty() {
                    String::new()
                } else {
                    format!("Page: {about}\n\n")
                };
                ContactCard {
                    kind: contact.kind.clone(),
                    label: contact.label.clone(),
                    url: contact
                        .url
                        .replace("{title}", &encode(about))
                        .replace("{body}", &encode(&body)),
                }
            });
        Some(OwnerCard {
            name,
            contacts: contacts.collect(),
        })
    }
}

/// A notice in the store: id, message, hint.
type StoredNotice = (String, String, String);

fn stored(notice: &Notice) -> StoredNotice {
    (notice.id.clone(), notice.message.clone(), notice.hint.clone())
}

/// Percent-encodes all but RFC 3986's unreserved characters.
fn encode(text: &str) -> String {
    use std::fmt::Write as _;
    let mut out = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

/// A failure that only a front end can cause.
pub(crate) fn invalid(message: impl Into<String>, hint: impl Into<String>) -> Failure {
    Failure::new(Code::Invalid, message, hint)
}
