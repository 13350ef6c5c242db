//! Where the window was, to come back to exactly there.

use crate::Engine;
use crate::wire::Failure;

impl Engine {
    /// The route of the window when it was last used.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn place(&self) -> Result<Option<String>, Failure> {
        Ok(self.journey().value(&self.place_key())?)
    }

    /// Remembers the route of the window.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn set_place(&self, route: &str) -> Result<(), Failure> {
        // Longer ones are no routes of ours.
        if route.len() > 512 {
            return Ok(());
        }
        Ok(self.journey().set_value(&self.place_key(), &route)?)
    }

    fn place_key(&self) -> String {
        format!("place:{}", self.book_id())
    }
}
