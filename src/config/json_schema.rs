//! The JSON Schema of the pipeline file, generated from the types.
//!
//! `pipelines/pipeline.schema.json` holds its text for editors; a test keeps that file true. The structural checks walk
//! the same schema, so that an editor and `parc-etl check` never disagree.

use std::sync::LazyLock;

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde_json::{Map, Value};

use super::{Config, DocumentField};

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
    let variants = DocumentField::json_schema(generator);
    let properties: Map<String, Value> = variants
        .get("oneOf")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(|variant| {
            let property = serde_json::json!({
                "description": variant["description"],
                "type": "string",
                "minLength": 1,
            });
            Some((variant["const"].as_str()?.to_owned(), property))
        })
        .collect();
    schemars::json_schema!({
        "type": "object",
        "properties": properties,
        "additionalProperties": false,
    })
}
