//! The Parquet tables of a run as annotations.

use std::collections::BTreeMap;
use std::path::Path;

use super::EvalError;
use super::annotations::{Annotations, Citation, Figure, Meeting, Official, Role};
use crate::output::read_table;
use crate::schema::Table;
use crate::schema::rows::{
    CitationRow, DocumentRow, IndicatorRow, MeetingReportRow, OfficialMentionRow, ParticipationRow,
};

/// Reads what a run wrote into `folder`, by stem of each document's source file.
pub(super) fn read(folder: &Path) -> Result<BTreeMap<String, Annotations>, EvalError> {
    let documents: Vec<DocumentRow> = read_table(folder, Table::Documents)?;
    let mut found: BTreeMap<String, Annotations> = BTreeMap::new();
    let mut stems: BTreeMap<String, String> = BTreeMap::new();
    for document in documents {
        let stem = Path::new(&document.source_path).file_stem().unwrap_or_default();
        let stem = stem.to_string_lossy().into_owned();
        found.entry(stem.clone()).or_default();
        stems.insert(document.document_id, stem);
    }
    let stem_of = |table: Table, document_id: &str| -> Result<&String, EvalError> {
        stems.get(document_id).ok_or_else(|| EvalError::Dangling {
            table: table.name(),
            id: document_id.to_owned(),
            missing_from: Table::Documents.name(),
        })
    };
    for row in read_table::<MeetingReportRow>(folder, Table::MeetingReports)? {
        let stem = stem_of(Table::MeetingReports, &row.document_id)?;
        found.entry(stem.clone()).or_default().meetings.push(Meeting {
            reference: row.meeting_id,
            name: row.name,
            kind: row.kind,
            date: row.date_edtf,
            part_of_day: row.part_of_day,
            format: row.format,
            host: row.host,
            chairs: row.chairs,
            places: row.places,
            secondary: !row.is_primary,
        });
    }
    for (document_id, officials) in officials(folder)? {
        let stem = stem_of(Table::OfficialMentions, &document_id)?;
        found.entry(stem.clone()).or_default().officials.extend(officials);
    }
    for row in read_table::<IndicatorRow>(folder, Table::Indicators)? {
        let stem = stem_of(Table::Indicators, &row.document_id)?;
        found.entry(stem.clone()).or_default().indicators.push(Figure {
            quote: row.quote,
            value: Some(row.value),
            value_max: row.value_max,
            of: row.denominator,
            unit: Some(row.unit),
            qualifier: row.qualifier,
            label: Some(row.label),
            period: row.period,
            place: row.place,
            target: row.is_target,
            optional: false,
        });
    }
    for row in read_table::<CitationRow>(folder, Table::Citations)? {
        let stem = stem_of(Table::Citations, &row.document_id)?;
        found.entry(stem.clone()).or_default().citations.push(Citation {
            kind: row.kind,
            number: row.number,
            name: row.name,
        });
    }
    Ok(found)
}

/// The persons of each document with their parts in its meetings.
fn officials(folder: &Path) -> Result<BTreeMap<String, Vec<Official>>, EvalError> {
    let mut found: BTreeMap<String, Vec<Official>> = BTreeMap::new();
    let mut places: BTreeMap<(String, String), usize> = BTreeMap::new();
    for row in read_table::<OfficialMentionRow>(folder, Table::OfficialMentions)? {
        let officials = found.entry(row.document_id.clone()).or_default();
        places.insert((row.document_id, row.official_id), officials.len());
        officials.push(Official {
            name: row.name,
            positions: row.positions,
            roles: Vec::new(),
        });
    }
    for row in read_table::<ParticipationRow>(folder, Table::Participations)? {
        let role = Role {
            meeting: row.meeting_id,
            role: row.role,
        };
        let key = (row.document_id, row.official_id);
        match places.get(&key).zip(found.get_mut(&key.0)) {
            Some((&place, officials)) => officials[place].roles.push(role),
            None => {
                return Err(EvalError::Dangling {
                    table: Table::Participations.name(),
                    id: key.1,
                    missing_from: Table::OfficialMentions.name(),
                });
            }
        }
    }
    Ok(found)
}
