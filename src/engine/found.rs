//! Making a company file that takes its name only when everything in it stands.

use std::path::Path;
use std::sync::Arc;

use crate::base::error::Result;
use crate::engine::clock::Clock;
use crate::engine::open;
use crate::engine::store::{Business, Store};
use crate::platform;

impl Store {
    /// Makes a company file, fills it and gives it its name; what the filling answered. Nothing is left where it was
    /// refused. Rejected when something is there already.
    pub fn found<T>(
        path: &Path,
        business: &'static Business,
        clock: Arc<dyn Clock>,
        fill: impl FnOnce(&mut Store) -> Result<T>,
    ) -> Result<T> {
        if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            platform::private_folder(folder)?;
        }
        let begun = open::begin(path, clock.now())?;
        let mut store = Store::open(&begun.part, business, clock)?;
        let answer = fill(&mut store)?;
        store.close()?;
        begun.publish()?;
        Ok(answer)
    }
}
