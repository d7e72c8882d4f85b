use super::rows::*;
use super::*;

fn round_trip<T: Serialize + DeserializeOwned + PartialEq + std::fmt::Debug>(table: Table, row: T) {
    let rows = [row];
    let batch = to_batch(table, &rows).unwrap_or_else(|error| panic!("{}: {error}", table.name()));
    assert_eq!(batch.num_columns(), table.schema().fields().len());
    let back: Vec<T> = from_batch(&batch).unwrap_or_else(|error| panic!("{}: {error}", table.name()));
    assert_eq!(back, rows, "{}", table.name());
}

#[test]
fn rows_fit_their_schemas() {
    let date = chrono::NaiveDate::from_ymd_opt(2021, 3, 18);
    round_trip(
        Table::RawDocuments,
        RawDocumentRow {
            text: Some("Chào".into()),
            ..Default::default()
        },
    );
    round_trip(
        Table::Documents,
        DocumentRow {
            published_at: date,
            authors: vec!["A".into()],
            programmes: vec![ProgrammeRow {
                name: "P".into(),
                start: 2011,
                end: 2020,
            }],
            ..Default::default()
        },
    );
    let evidence = Evidence {
        start: 1,
        end: 2,
        quote: "q".into(),
        rule: "r".into(),
        confidence: 0.5,
    };
    round_trip(
        Table::Extractions,
        ExtractionRow {
            meetings: vec![MeetingFact {
                date,
                evidence: evidence.clone(),
                ..Default::default()
            }],
            officials: vec![OfficialFact {
                positions: vec![PositionFact::default()],
                roles: vec![RoleFact {
                    evidence: evidence.clone(),
                    ..Default::default()
                }],
                ..Default::default()
            }],
            indicators: vec![IndicatorFact {
                period_end: date,
                meeting: Some(0),
                ..Default::default()
            }],
            citations: vec![CitationFact {
                evidence: evidence.clone(),
                ..Default::default()
            }],
            posts_mentioned: vec![PostFact {
                roles: vec![RoleFact::default()],
                evidence,
                ..Default::default()
            }],
            ..Default::default()
        },
    );
    let sketch = TextSketch {
        shingles: vec![1, u32::MAX],
        n_shingles: 2,
        ..Default::default()
    };
    round_trip(
        Table::TextSketches,
        TextSketchRow {
            sketch: sketch.clone(),
            ..Default::default()
        },
    );
    round_trip(
        Table::TextBands,
        TextBandRow {
            band: u64::MAX,
            ..Default::default()
        },
    );
    round_trip(Table::TextPairs, TextPairRow::default());
    round_trip(
        Table::TextComparisons,
        TextComparisonRow {
            sketch: Some(sketch),
            ..Default::default()
        },
    );
    round_trip(Table::TextLinks, TextLinkRow::default());
    round_trip(Table::Duplicates, DuplicateRow::default());
    round_trip(
        Table::MeetingCandidates,
        MeetingCandidateRow {
            participations: vec![ParticipationFact::default()],
            posts: vec![PostPartFact::default()],
            ..Default::default()
        },
    );
    round_trip(
        Table::MeetingProfiles,
        MeetingProfileRow {
            date,
            words: vec![u64::MAX],
            ..Default::default()
        },
    );
    round_trip(Table::MeetingClusters, MeetingClusterRow::default());
    round_trip(Table::OfficialEvidence, OfficialEvidenceRow::default());
    round_trip(
        Table::Meetings,
        MeetingRow {
            date,
            ..Default::default()
        },
    );
    round_trip(
        Table::MeetingReports,
        MeetingReportRow {
            date,
            ..Default::default()
        },
    );
    round_trip(Table::Officials, OfficialRow::default());
    round_trip(Table::OfficialMentions, OfficialMentionRow::default());
    round_trip(Table::Positions, PositionRow::default());
    round_trip(
        Table::PostEvidence,
        PostEvidenceRow {
            day: date,
            ..Default::default()
        },
    );
    round_trip(Table::PostMentions, PostMentionRow::default());
    round_trip(Table::IdAliases, IdAliasRow::default());
    round_trip(Table::Participations, ParticipationRow::default());
    round_trip(Table::Indicators, IndicatorRow::default());
    round_trip(Table::IndicatorDefinitions, IndicatorDefinitionRow::default());
    round_trip(Table::Citations, CitationRow::default());
    round_trip(
        Table::Areas,
        AreaRow {
            valid_to: date,
            ..Default::default()
        },
    );
    round_trip(
        Table::Rejects,
        RejectRow {
            source_record: Some(3),
            ..Default::default()
        },
    );
}

#[test]
fn every_column_says_what_it_is() {
    for table in Table::PUBLISHED {
        let schema = table.schema();
        for field in schema.fields() {
            assert!(
                field.metadata().contains_key(DESCRIPTION),
                "{}.{}",
                table.name(),
                field.name()
            );
        }
        for key in table.key() {
            assert!(schema.field_with_name(key).is_ok(), "{}: key {key}", table.name());
        }
    }
}

#[test]
fn tables_stand_at_their_own_index() {
    for (index, table) in ALL.iter().enumerate() {
        assert_eq!(*table as usize, index);
    }
}
