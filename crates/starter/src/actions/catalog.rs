//! `catalog:write`: an entity becomes `catalog-info.yaml`.

use serde_json::Value;

use super::Site;
use crate::contain;
use crate::workspace::Trouble;

pub(super) fn write(input: &Value, site: &mut Site<'_, '_>) -> Result<(), Trouble> {
    let entity = &input["entity"];
    if !entity.is_object() {
        return Err(Trouble::Why("its input `entity` is missing".to_owned()));
    }
    let path = contain::relative(input["filePath"].as_str().unwrap_or("catalog-info.yaml"))?;
    let text = serde_saphyr::to_string(entity).map_err(|e| Trouble::Why(format!("the entity is no YAML: {e}")))?;
    site.job.workspace.write(&path, text.as_bytes(), false, true)
}
