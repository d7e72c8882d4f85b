//! The JSON Schema of the pipeline file, generated from the types.
//!
//! `pipelines/pipeline.schema.json` holds its text for editors; a test keeps that file true. The structural checks walk
//! the same schema, so that an editor and `parc-etl check` never disagree.

use std::sync::LazyLock;

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde_json::{Map, Value};

use super::{Config, DocumentField, LexiconList};

/// The JSON Schema (draft 7, which editors know best) of a pipeline file, without references.
pub fn json_schema() -> &'static Value {
    static SCHEMA: LazyLock<Value> = LazyLock::new(|| {
        let settings = SchemaSettings::draft07().with(|settings| settings.inline_subschemas = true);
        let mut schema = settings.into_generator().into_root_schema_for::<Config>();
        schema.insert("title".to_owned(), Value::from("parc-etl pipeline"));
        schema.to_value()
    });
    &SCHEMA
}

/// The JSON Schema as the text of a file.
pub fn json_schema_text() -> String {
    format!("{:#}\n", json_schema())
}

/// `[ingest.fields]`: one optional key for each [`DocumentField`].
pub(super) fn fields(generator: &mut SchemaGenerator) -> Schema {
    keys(
        &DocumentField::json_schema(generator),
        &serde_json::json!({ "type": "string", "minLength": 1 }),
    )
}

/// `[lexicon]`: one optional list of files for each [`LexiconList`].
pub(super) fn lexicon(generator: &mut SchemaGenerator) -> Schema {
    let files = serde_json::json!({
        "type": "array",
        "items": { "type": "string", "minLength": 1 },
        "uniqueItems": true,
    });
    keys(&LexiconList::json_schema(generator), &files)
}

/// A table with an optional key for each variant of an enumeration, all with values like `value`.
fn keys(variants: &Schema, value: &Value) -> Schema {
    let properties: Map<String, Value> = variants
        .get("oneOf")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(|variant| {
            let mut property = value.clone();
            property["description"] = variant["description"].clone();
            Some((variant["const"].as_str()?.to_owned(), property))
        })
        .collect();
    schemars::json_schema!({
        "type": "object",
        "properties": properties,
        "additionalProperties": false,
    })
}
