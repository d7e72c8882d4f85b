//! Keys, types and ranges: the TOML tree walked against the JSON Schema of the pipeline file.
//!
//! Every mistake gets its own problem with its own place, which a deserializer that stops at the first cannot give.
//! The part of JSON Schema that is known here is the part that the types in `config` make use of.

use std::ops::Range;

use regex::Regex;
use serde_json::{Map, Value};
use toml::Spanned;
use toml::de::{DeArray, DeTable, DeValue};

use super::problem::Problem;

/// Checks a whole file against its schema. Missing sections are reported at `end`, and missing keys at the head of their
/// section, unless a syntax error may have hidden them (`report_missing`).
pub(super) fn check(
    table: &DeTable<'_>,
    schema: &Value,
    end: Range<usize>,
    report_missing: bool,
    problems: &mut Vec<Problem>,
) {
    let mut walk = Walk {
        root: schema,
        report_missing,
        problems,
    };
    walk.table(schema, table, end, "");
}

struct Walk<'a> {
    root: &'a Value,
    report_missing: bool,
    problems: &'a mut Vec<Problem>,
}

impl Walk<'_> {
    /// `path` is the dotted key of the value, empty for the file.
    fn value(&mut self, schema: &Value, value: &Spanned<DeValue<'_>>, path: &str) {
        let span = value.span();
        let Some(expected) = schema["type"]
            .as_str()
            .or_else(|| choices(schema).first().map(|_| "string"))
        else {
            return;
        };
        match (expected, value.get_ref()) {
            ("object", DeValue::Table(table)) => self.table(schema, table, span, path),
            ("array", DeValue::Array(array)) => self.array(schema, array, span, path),
            ("string", DeValue::String(text)) => self.text(schema, text, span, path),
            ("boolean", DeValue::Boolean(_)) => {}
            ("integer" | "number", DeValue::Integer(number)) => {
                match i64::from_str_radix(number.as_str(), number.radix()) {
                    Ok(number) => self.range(schema, number as f64, span, path),
                    Err(_) => self
                        .problems
                        .push(Problem::error(span, format!("`{path}` is too large: {number}"))),
                }
            }
            ("number", DeValue::Float(number)) => {
                // Only nan fails to parse as less than, equal to or greater than the limits, so `range` refuses it.
                let number = number.as_str().parse().unwrap_or(f64::NAN);
                self.range(schema, number, span, path);
            }
            (_, found) => {
                let problem = Problem::error(
                    span,
                    format!(
                        "`{path}` must be {}, not {}",
                        described(expected),
                        found_description(found)
                    ),
                );
                self.problems.push(problem.with_hint(type_hint(expected, found, path)));
            }
        }
    }

    fn table(&mut self, schema: &Value, table: &DeTable<'_>, span: Range<usize>, path: &str) {
        let no_properties = Map::new();
        let properties = schema["properties"].as_object().unwrap_or(&no_properties);
        for (key, value) in table {
            let name = key.get_ref().as_ref();
            match properties.get(name) {
                Some(property) => self.value(property, value, &join(path, name)),
                None => {
                    let what = if path.is_empty() { "section" } else { "key" };
                    let problem = Problem::error(key.span(), format!("unknown {what} `{}`", join(path, name)));
                    self.problems
                        .push(problem.with_hint(self.unknown_key_hint(properties, name, path)));
                }
            }
        }
        let required = schema["required"].as_array().into_iter().flatten();
        for name in required.filter_map(Value::as_str) {
            if self.report_missing && table.get(name).is_none() {
                let message = if path.is_empty() {
                    format!("the section [{name}] is missing")
                } else {
                    format!("`{}` is missing", join(path, name))
                };
                let hint = properties[name]["description"].as_str().map(str::to_owned);
                self.problems
                    .push(Problem::error(span.clone(), message).with_hint(hint));
            }
        }
    }

    fn unknown_key_hint(&self, properties: &Map<String, Value>, name: &str, path: &str) -> String {
        if let Some(similar) = most_similar(name, properties.keys()) {
            return format!("did you mean `{similar}`?");
        }
        let sections = self.root["properties"].as_object().into_iter().flatten();
        let home = sections
            .filter(|(section, _)| *section != path)
            .find(|(_, schema)| schema["properties"].get(name).is_some());
        if let Some((section, _)) = home {
            return format!("`{name}` belongs to the section [{section}]");
        }
        let known: Vec<String> = properties.keys().map(|key| format!("`{key}`")).collect();
        format!("known here: {}", known.join(", "))
    }

    fn array(&mut self, schema: &Value, array: &DeArray<'_>, span: Range<usize>, path: &str) {
        if (array.len() as u64) < schema["minItems"].as_u64().unwrap_or(0) {
            let problem = Problem::error(span, format!("`{path}` must not be empty"));
            self.problems.push(problem.with_hint(choices_hint(&schema["items"])));
        }
        let unique = schema["uniqueItems"] == Value::Bool(true);
        for (index, item) in array.iter().enumerate() {
            self.value(&schema["items"], item, path);
            let twice = |other: &Spanned<DeValue<'_>>| {
                other.get_ref().as_str().is_some() && other.get_ref().as_str() == item.get_ref().as_str()
            };
            if unique && array.iter().take(index).any(twice) {
                let problem = Problem::error(item.span(), format!("`{path}` names this twice"));
                self.problems.push(problem);
            }
        }
    }

    fn text(&mut self, schema: &Value, text: &str, span: Range<usize>, path: &str) {
        let choices = choices(schema);
        if !choices.is_empty() && !choices.contains(&text) {
            let hint = match most_similar(text, &choices) {
                Some(similar) => Some(format!("did you mean \"{similar}\"?")),
                None => choices_hint(schema),
            };
            let problem = Problem::error(span, format!("`{path}` does not know \"{text}\""));
            self.problems.push(problem.with_hint(hint));
        } else if text.trim().is_empty() && schema["minLength"].as_u64() > Some(0) {
            self.problems
                .push(Problem::error(span, format!("`{path}` must not be empty")));
        } else if let Some(pattern) = schema["pattern"].as_str() {
            let pattern = Regex::new(pattern).expect("the patterns in the types are tested");
            if !pattern.is_match(text) {
                let hint = schema["description"].as_str().map(str::to_owned);
                let problem = Problem::error(span, format!("`{path}` cannot be \"{text}\""));
                self.problems.push(problem.with_hint(hint));
            }
        }
    }

    fn range(&mut self, schema: &Value, number: f64, span: Range<usize>, path: &str) {
        let (minimum, maximum) = (schema["minimum"].as_f64(), schema["maximum"].as_f64());
        let inside = minimum.is_none_or(|minimum| number >= minimum) && maximum.is_none_or(|maximum| number <= maximum);
        if inside && number.is_finite() {
            return;
        }
        let limits = match (minimum, maximum) {
            (Some(minimum), Some(maximum)) => format!("between {minimum} and {maximum}"),
            (Some(minimum), None) => format!("{minimum} or more"),
            (None, Some(maximum)) => format!("{maximum} or less"),
            (None, None) => "finite".to_owned(),
        };
        let hint = match &schema["default"] {
            Value::Null => None,
            default => Some(format!("the default is {default}")),
        };
        let problem = Problem::error(span, format!("`{path}` must be {limits}, not {number}"));
        self.problems.push(problem.with_hint(hint));
    }
}

/// The known word that is most like `word`, if any is like enough for a slip of the pen or a part left out.
pub(super) fn most_similar<'a>(
    word: &str,
    known: impl IntoIterator<Item = &'a (impl AsRef<str> + ?Sized + 'a)>,
) -> Option<&'a str> {
    let normalized = word.to_lowercase().replace('-', "_");
    let distance = |candidate: &str| {
        let is_part =
            normalized.len() >= 4 && (candidate.starts_with(&normalized) || normalized.starts_with(candidate));
        if is_part {
            1
        } else {
            strsim::damerau_levenshtein(&normalized, candidate)
        }
    };
    known
        .into_iter()
        .map(|candidate| (distance(candidate.as_ref()), candidate.as_ref()))
        .filter(|(distance, candidate)| *distance <= 1 + candidate.chars().count() / 5)
        .min()
        .map(|(_, candidate)| candidate)
}

/// The words that a schema of fixed words allows; empty for any other.
fn choices(schema: &Value) -> Vec<&str> {
    let constants = schema["oneOf"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|choice| &choice["const"]);
    let words = schema["enum"].as_array().into_iter().flatten();
    constants.chain(words).filter_map(Value::as_str).collect()
}

fn choices_hint(schema: &Value) -> Option<String> {
    let quoted: Vec<String> = choices(schema).iter().map(|choice| format!("\"{choice}\"")).collect();
    (!quoted.is_empty()).then(|| format!("possible: {}", quoted.join(", ")))
}

fn join(path: &str, key: &str) -> String {
    if path.is_empty() {
        key.to_owned()
    } else {
        format!("{path}.{key}")
    }
}

fn described(json_type: &str) -> &'static str {
    match json_type {
        "object" => "a table",
        "array" => "a list",
        "string" => "a text in quotes",
        "boolean" => "true or false",
        "integer" => "a whole number",
        _ => "a number",
    }
}

fn found_description(value: &DeValue<'_>) -> String {
    match value {
        DeValue::String(_) => "a text".to_owned(),
        DeValue::Integer(number) => number.to_string(),
        DeValue::Float(number) => number.to_string(),
        DeValue::Boolean(value) => value.to_string(),
        DeValue::Datetime(_) => "a date".to_owned(),
        DeValue::Array(_) => "a list".to_owned(),
        DeValue::Table(_) => "a table".to_owned(),
    }
}

fn type_hint(expected: &str, found: &DeValue<'_>, path: &str) -> Option<String> {
    match (expected, found) {
        ("array", DeValue::String(text)) => Some(format!("write it as a list: [\"{text}\"]")),
        ("array", DeValue::Table(_)) => Some(format!("write [[{path}]], in double brackets: there can be many")),
        ("object", DeValue::Array(_)) => Some(format!("write [{path}], in single brackets: there is only one")),
        ("integer" | "number", DeValue::String(text)) if text.trim().parse::<f64>().is_ok() => {
            Some(format!("write it without quotes: {}", text.trim()))
        }
        ("boolean", DeValue::String(text)) if matches!(text.as_ref(), "true" | "false") => {
            Some(format!("write it without quotes: {text}"))
        }
        ("string", DeValue::Integer(_) | DeValue::Float(_) | DeValue::Boolean(_) | DeValue::Datetime(_)) => {
            Some("put it in quotes".to_owned())
        }
        _ => None,
    }
}
