//! JSON Lines: one object per line.
//!
//! Lines are read one at a time into one buffer. Of an object only the mapped fields are kept; the rest is passed over
//! without being built. A name with dots (`meta.title`) is looked up as it stands and, step by step, in nested objects.

use std::collections::BTreeMap;
use std::fmt;
use std::io::BufRead;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::charset;
use super::input::{self, Line, read_line};
use super::record::{Entry, FIELDS, FieldNames, Record, too_large};
use crate::config::DocumentField;
use crate::stage::Rejection;

/// The records of a JSON Lines stream; numbers are line numbers, blank lines count but give nothing.
pub(super) struct JsonLines<'a, R> {
    reader: R,
    names: &'a FieldNames,
    wanted: Wanted,
    max_document_bytes: u64,
    line: Vec<u8>,
    line_number: i64,
    is_done: bool,
}

impl<'a, R: BufRead> JsonLines<'a, R> {
    pub fn new(reader: R, names: &'a FieldNames, max_document_bytes: u64) -> Self {
        JsonLines {
            reader,
            names,
            wanted: Wanted::new(names),
            max_document_bytes,
            line: Vec::new(),
            line_number: 0,
            is_done: false,
        }
    }

    fn parse(&self) -> Result<Record, Rejection> {
        let text = charset::decode(&self.line, None);
        let mut found = Found::default();
        let mut json = serde_json::Deserializer::from_str(&text);
        let seed = WantedValue {
            wanted: &self.wanted,
            found: &mut found,
        };
        seed.deserialize(&mut json)
            .and_then(|()| json.end())
            .map_err(|error| self.bad_json(&error))?;
        if !found.is_object {
            return Err(Rejection::new(
                "bad_json",
                format!("line {}: an object in braces is expected", self.line_number),
            ));
        }
        if !found.has_text {
            let keys: BTreeMap<String, IgnoredAny> = serde_json::from_str(&text).unwrap_or_default();
            return Err(self
                .names
                .no_text_field(&format!("line {}", self.line_number), keys.keys().map(String::as_str)));
        }
        Ok(found.record)
    }

    fn bad_json(&self, error: &serde_json::Error) -> Rejection {
        // The parser saw one line, so its own "at line 1" would mislead.
        let message = error.to_string();
        let message = message.split(" at line ").next().unwrap_or_default();
        Rejection::new(
            "bad_json",
            format!("line {}, column {}: {message}", self.line_number, error.column()),
        )
    }
}

impl<R: BufRead> Iterator for JsonLines<'_, R> {
    type Item = Entry;

    fn next(&mut self) -> Option<Entry> {
        while !self.is_done {
            let line = match read_line(&mut self.reader, &mut self.line, self.max_document_bytes) {
                Ok(line) => line,
                Err(error) => {
                    self.is_done = true;
                    let left_behind = format!("what comes after line {} is left out", self.line_number);
                    return Some(Entry::rejected(None, input::rejection(&error, &left_behind)));
                }
            };
            self.line_number += 1;
            let number = Some(self.line_number);
            match line {
                Line::End => self.is_done = true,
                Line::TooLong => {
                    let rejection = too_large(&format!("line {}", self.line_number), self.max_document_bytes);
                    return Some(Entry::rejected(number, rejection));
                }
                Line::Whole if self.line.trim_ascii().is_empty() => {}
                Line::Whole => {
                    return Some(Entry {
                        number,
                        found: self.parse(),
                    });
                }
            }
        }
        None
    }
}

/// The mapped names as a tree: what to do with a value, and with the members of an object.
#[derive(Debug, Default)]
struct Wanted {
    fields: Vec<DocumentField>,
    members: Vec<(String, Wanted)>,
}

impl Wanted {
    fn new(names: &FieldNames) -> Self {
        let mut root = Wanted::default();
        for field in FIELDS {
            let name = names.name(field);
            root.member(name).fields.push(field);
            if name.contains('.') {
                let node = name.split('.').fold(&mut root, |node, step| node.member(step));
                node.fields.push(field);
            }
        }
        root
    }

    /// The member of that name, made if it is not there.
    fn member(&mut self, name: &str) -> &mut Wanted {
        let index = self.members.iter().position(|(known, _)| known == name);
        let index = index.unwrap_or_else(|| {
            self.members.push((name.to_owned(), Wanted::default()));
            self.members.len() - 1
        });
        &mut self.members[index].1
    }

    fn holds_text(&self) -> bool {
        let is_text = |field: &DocumentField| matches!(field, DocumentField::Text | DocumentField::Html);
        self.fields.iter().any(is_text)
    }
}

/// What a line gave.
#[derive(Default)]
struct Found {
    record: Record,
    is_object: bool,
    /// Text or HTML is there, if only as null.
    has_text: bool,
}

/// Takes one value of the line: keeps it where it is wanted, passes over it where not.
struct WantedValue<'w, 'f> {
    wanted: &'w Wanted,
    found: &'f mut Found,
}

impl WantedValue<'_, '_> {
    fn keep(self, value: impl fmt::Display) {
        self.found.has_text |= self.wanted.holds_text();
        for field in &self.wanted.fields {
            self.found.record.set(*field, value.to_string());
        }
    }
}

impl<'de> DeserializeSeed<'de> for WantedValue<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for WantedValue<'_, '_> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter.write_str("a JSON value")
    }

    fn visit_str<E>(self, value: &str) -> Result<(), E> {
        self.keep(value);
        Ok(())
    }

    fn visit_u64<E>(self, value: u64) -> Result<(), E> {
        self.keep(value);
        Ok(())
    }

    fn visit_i64<E>(self, value: i64) -> Result<(), E> {
        self.keep(value);
        Ok(())
    }

    fn visit_f64<E>(self, value: f64) -> Result<(), E> {
        self.keep(value);
        Ok(())
    }

    fn visit_bool<E>(self, value: bool) -> Result<(), E> {
        self.keep(value);
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        self.found.has_text |= self.wanted.holds_text();
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        while items.next_element::<IgnoredAny>()?.is_some() {}
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<(), A::Error> {
        self.found.is_object = true;
        while let Some(member) = members.next_key_seed(MemberName(self.wanted))? {
            match member {
                Some(wanted) => members.next_value_seed(WantedValue {
                    wanted,
                    found: self.found,
                })?,
                None => {
                    members.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(())
    }
}

/// Takes a member's name: which wanted member it is, if any.
struct MemberName<'w>(&'w Wanted);

impl<'de, 'w> DeserializeSeed<'de> for MemberName<'w> {
    type Value = Option<&'w Wanted>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'w> Visitor<'_> for MemberName<'w> {
    type Value = Option<&'w Wanted>;

    fn expecting(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter.write_str("a member's name")
    }

    fn visit_str<E>(self, name: &str) -> Result<Self::Value, E> {
        let member = self.0.members.iter().find(|(known, _)| known == name);
        Ok(member.map(|(_, wanted)| wanted))
    }
}
