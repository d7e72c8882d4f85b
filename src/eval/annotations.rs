//! What is annotated in a document, and the JSON files that hold it.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::{CLUSTERS, EvalError};

/// Everything annotated in one document.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
pub struct Annotations {
    pub meetings: Vec<Meeting>,
    #[serde(default)]
    pub officials: Vec<Official>,
    #[serde(default)]
    pub indicators: Vec<Figure>,
    #[serde(default)]
    pub citations: Vec<Citation>,
}

/// A gathering.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default)]
pub struct Meeting {
    /// Name of the meeting within its document, or its id across documents.
    #[serde(rename = "ref")]
    pub reference: String,
    pub name: String,
    pub kind: String,
    /// EDTF.
    pub date: Option<String>,
    pub part_of_day: Option<String>,
    pub format: Option<String>,
    pub host: Option<String>,
    pub chairs: Vec<String>,
    pub places: Vec<String>,
    /// Only mentioned in passing.
    pub secondary: bool,
}

/// A person with a post.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default)]
pub struct Official {
    pub name: String,
    pub positions: Vec<String>,
    pub roles: Vec<Role>,
}

/// A person's part in a meeting.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default)]
pub struct Role {
    /// [`Meeting::reference`].
    pub meeting: String,
    pub role: String,
}

/// A reported figure.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default)]
pub struct Figure {
    pub quote: String,
    pub value: Option<f64>,
    pub value_max: Option<f64>,
    /// The whole of which `value` is a part: 16 in `16/16`.
    pub of: Option<f64>,
    pub unit: Option<String>,
    pub qualifier: Option<String>,
    pub label: Option<String>,
    pub period: Option<String>,
    pub place: Option<String>,
    pub target: bool,
    /// It may be found or not.
    pub optional: bool,
}

/// A cited document.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default)]
pub struct Citation {
    pub kind: String,
    pub number: Option<String>,
    pub name: Option<String>,
}

/// Reads the annotated documents of a folder: every JSON object with `meetings`, by file stem.
pub(super) fn read_folder(folder: &Path) -> Result<BTreeMap<String, Annotations>, EvalError> {
    let io_error = |source| EvalError::Io {
        path: folder.to_owned(),
        source,
    };
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).map_err(io_error)? {
        let path = entry.map_err(io_error)?.path();
        let is_json = path.extension().is_some_and(|extension| extension == "json");
        if !is_json || path.file_name().is_some_and(|name| name == CLUSTERS) {
            continue;
        }
        let value: Value = read_json(&path)?;
        if value.get("meetings").is_some() {
            let annotations = Annotations::deserialize(&value).map_err(|source| EvalError::Json {
                path: path.clone(),
                source,
            })?;
            let stem = path.file_stem().unwrap_or_default();
            found.insert(stem.to_string_lossy().into_owned(), annotations);
        }
    }
    Ok(found)
}

/// Reads one JSON file.
pub(super) fn read_json<T: DeserializeOwned>(path: &Path) -> Result<T, EvalError> {
    let bytes = fs::read(path).map_err(|source| EvalError::Io {
        path: path.to_owned(),
        source,
    })?;
    serde_json::from_slice(&bytes).map_err(|source| EvalError::Json {
        path: path.to_owned(),
        source,
    })
}
