use std::fs;
use std::sync::Arc;

use ::parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use ::parquet::file::reader::{FileReader, SerializedFileReader};
use arrow::array::{ArrayRef, Float64Array, Int32Array, StringArray};
use arrow::datatypes::{DataType, Field, Schema};
use chrono::NaiveDate;

use super::*;
use crate::schema::rows::{DocumentRow, IndicatorRow, MeetingRow, ProgrammeRow, RejectRow};
use crate::schema::{DESCRIPTION, to_batch};

fn options(formats: &[OutputFormat]) -> WriteOptions {
    WriteOptions {
        formats: formats.to_vec(),
        compression_level: 3,
    }
}

fn document(id: &str) -> DocumentRow {
    DocumentRow {
        document_id: id.to_owned(),
        source_path: format!("raw/{id}.txt"),
        title: Some(format!("Bài {id}")),
        authors: vec!["An".to_owned(), "Bình".to_owned()],
        published_at: NaiveDate::from_ymd_opt(2021, 3, 18),
        programmes: vec![ProgrammeRow {
            name: "Chương trình \"số\"".to_owned(),
            start: 2021,
            end: 2030,
        }],
        text: "Dòng một\nDòng hai".to_owned(),
        n_chars: 17,
        content_hash: "c".to_owned(),
        topic_score: 0.75,
        ..Default::default()
    }
}

/// Writes the rows, sorted as those of the table are.
fn write_table(
    folder: &Path,
    table: &OutputTable,
    batches: &[RecordBatch],
    formats: &[OutputFormat],
) -> Vec<TableFile> {
    let mut writer = TableWriter::create(folder, table, &options(formats)).unwrap();
    for batch in sorted_batches(table.key, batches, 7).unwrap() {
        writer.write(&batch).unwrap();
    }
    writer.finish().unwrap()
}

/// The CSV text of a one-column table of texts, without byte order mark and header.
fn csv_of(column: ArrayRef) -> String {
    let schema = Arc::new(Schema::new(vec![Field::new("x", column.data_type().clone(), true)]));
    let batch = RecordBatch::try_new(schema, vec![column]).unwrap();
    let table = OutputTable::summary("t".to_owned(), String::new(), batch.schema());
    let folder = tempfile::tempdir().unwrap();
    let mut writer = TableWriter::create(folder.path(), &table, &options(&[OutputFormat::Csv])).unwrap();
    writer.write(&batch).unwrap();
    writer.finish().unwrap();
    let csv = fs::read_to_string(folder.path().join("t.csv")).unwrap();
    csv.strip_prefix("\u{feff}x\n")
        .expect("a byte order mark and a header")
        .to_owned()
}

#[test]
fn a_text_that_would_run_as_a_formula_is_made_harmless() {
    let check = |text: &str, expected: &str| {
        let cells: ArrayRef = Arc::new(StringArray::from(vec![text]));
        assert_eq!(csv_of(cells), format!("{expected}\n"), "{text:?}");
    };
    check("=SUM(A1:A9)", "'=SUM(A1:A9)");
    check("+84 24 3733", "'+84 24 3733");
    check("-13 sở", "'-13 sở");
    check("@ubnd", "'@ubnd");
    check("＝SUM(A1:A9)", "'＝SUM(A1:A9)");
    check("\t=1", "'\t=1");
    check("\r=1", "\"'\r=1\"");
    check("giảm 13 sở", "giảm 13 sở");
    check("7-9 %", "7-9 %");
    check("ông \"A\", bà B", "\"ông \"\"A\"\", bà B\"");
}

#[test]
fn numbers_stay_numbers() {
    let floats: ArrayRef = Arc::new(Float64Array::from(vec![
        Some(-13.0),
        Some(86.1),
        None,
        Some(5_400_000.0),
    ]));
    assert_eq!(csv_of(floats), "-13\n86.1\n\"\"\n5400000\n");
    let not_finite: ArrayRef = Arc::new(Float64Array::from(vec![f64::NAN, f64::INFINITY, f64::NEG_INFINITY]));
    assert_eq!(csv_of(not_finite), "NaN\nINF\n-INF\n");
    let integers: ArrayRef = Arc::new(Int32Array::from(vec![-236, 0]));
    assert_eq!(csv_of(integers), "-236\n0\n");
}

#[test]
fn lists_are_joined_and_nested_values_are_json() {
    let folder = tempfile::tempdir().unwrap();
    let batch = to_batch(Table::Documents, &[document("d1")]).unwrap();
    let table = OutputTable::new(Table::Documents);
    write_table(folder.path(), &table, &[batch], &[OutputFormat::Csv]);
    let mut reader = ::csv::Reader::from_path(folder.path().join("documents.csv")).unwrap();
    let header = reader.headers().unwrap().clone();
    let record = reader.records().next().unwrap().unwrap();
    let cell = |name: &str| {
        record
            .get(header.iter().position(|column| column == name).unwrap())
            .unwrap()
    };
    assert_eq!(cell("authors"), "An; Bình");
    assert_eq!(
        cell("programmes"),
        r#"[{"name":"Chương trình \"số\"","start":2021,"end":2030}]"#
    );
    assert_eq!(cell("published_at"), "2021-03-18");
    assert_eq!(cell("text"), "Dòng một\nDòng hai");
    assert_eq!(cell("url"), "");
}

#[test]
fn rows_are_sorted_by_key_and_ties_by_the_rest() {
    let reject = |path: &str, record: Option<i64>, message: &str| RejectRow {
        source_path: path.to_owned(),
        source_record: record,
        message: message.to_owned(),
        ..Default::default()
    };
    let rows = [
        reject("a", None, "x"),
        reject("a", Some(2), "x"),
        reject("a", Some(2), "y"),
        reject("a", Some(10), "x"),
        reject("b", None, "x"),
    ];
    let sorted_rows = |order: &[usize], split: usize| {
        let shuffled: Vec<RejectRow> = order.iter().map(|&index| rows[index].clone()).collect();
        let batches = [
            to_batch(Table::Rejects, &shuffled[..split]).unwrap(),
            to_batch(Table::Rejects, &shuffled[split..]).unwrap(),
        ];
        let sorted = sorted(Table::Rejects.key(), &batches).unwrap();
        crate::schema::from_batch::<RejectRow>(&sorted).unwrap()
    };
    for (order, split) in [([4, 3, 2, 1, 0], 0), ([2, 4, 0, 3, 1], 3), ([1, 2, 3, 0, 4], 5)] {
        assert_eq!(sorted_rows(&order, split), rows);
    }
}

#[test]
fn parquet_files_do_not_depend_on_the_batches_and_carry_descriptions() {
    let rows: Vec<DocumentRow> = (0..3000).map(|number| document(&format!("d{number:05}"))).collect();
    let write = |batch_rows: usize| {
        let batches: Vec<RecordBatch> = rows
            .chunks(batch_rows)
            .rev()
            .map(|rows| to_batch(Table::Documents, rows).unwrap())
            .collect();
        let folder = tempfile::tempdir().unwrap();
        let table = OutputTable::new(Table::Documents);
        let files = write_table(folder.path(), &table, &batches, &[OutputFormat::Parquet]);
        let bytes = fs::read(folder.path().join("documents.parquet")).unwrap();
        assert_eq!(files[0].rows, 3000);
        assert_eq!(files[0].bytes, bytes.len() as u64);
        assert_eq!(files[0].blake3, blake3::hash(&bytes).to_hex().to_string());
        bytes
    };
    let bytes = write(7);
    assert!(bytes == write(3000), "the bytes depend on the batch size");

    let mut file = tempfile::tempfile().unwrap();
    file.write_all(&bytes).unwrap();
    let metadata = SerializedFileReader::new(file.try_clone().unwrap())
        .unwrap()
        .metadata()
        .clone();
    let row_group = metadata.row_group(0);
    let first = row_group.column(0);
    assert!(first.statistics().is_some());
    assert_eq!(row_group.sorting_columns().unwrap()[0].column_idx, 0);
    let reader = ParquetRecordBatchReaderBuilder::try_new(file).unwrap();
    assert_eq!(**reader.schema(), *Table::Documents.schema());
    assert!(reader.schema().field(0).metadata().contains_key(DESCRIPTION));
}

#[test]
fn an_empty_table_is_a_file_with_columns() {
    let folder = tempfile::tempdir().unwrap();
    let table = OutputTable::new(Table::Meetings);
    let formats = [OutputFormat::Csv, OutputFormat::Parquet];
    let files = write_table(folder.path(), &table, &[], &formats);
    let names: Vec<&str> = files.iter().map(|file| file.path.as_str()).collect();
    assert_eq!(names, ["meetings.parquet", "meetings.csv"]);
    let csv = fs::read_to_string(folder.path().join("meetings.csv")).unwrap();
    assert!(csv.starts_with("\u{feff}meeting_id,name,kind,"), "{csv}");
    let file = fs::File::open(folder.path().join("meetings.parquet")).unwrap();
    let reader = ParquetRecordBatchReaderBuilder::try_new(file).unwrap();
    assert_eq!(reader.schema().fields().len(), Table::Meetings.schema().fields().len());
}

#[test]
fn the_data_package_names_types_keys_and_references() {
    let folder = tempfile::tempdir().unwrap();
    let documents = to_batch(Table::Documents, &[document("d1")]).unwrap();
    let meetings = to_batch(Table::Meetings, &[MeetingRow::default()]).unwrap();
    let indicators = to_batch(Table::Indicators, &[IndicatorRow::default()]).unwrap();
    let count = Arc::new(Schema::new(vec![Field::new("n", DataType::Int64, true)]));
    let tables = [
        (OutputTable::new(Table::Documents), vec![documents]),
        (OutputTable::new(Table::Meetings), vec![meetings]),
        (OutputTable::new(Table::Indicators), vec![indicators]),
        (OutputTable::new(Table::Rejects), vec![]),
        (
            OutputTable::summary("totals".to_owned(), "One row.".to_owned(), count),
            vec![],
        ),
    ];
    let formats = [OutputFormat::Parquet, OutputFormat::Csv];
    let files: Vec<TableFile> = tables
        .iter()
        .flat_map(|(table, batches)| write_table(folder.path(), table, batches, &formats))
        .collect();
    let tables = tables.map(|(table, _)| table);
    write_data_package(folder.path(), "Đề án cải cách 2021", &tables, &files).unwrap();
    let json = fs::read(folder.path().join(DATA_PACKAGE_FILE)).unwrap();
    let package: serde_json::Value = serde_json::from_slice(&json).unwrap();
    let resource = |name: &str| {
        let resources = package["resources"].as_array().unwrap();
        resources
            .iter()
            .find(|resource| resource["name"] == name)
            .unwrap()
            .clone()
    };

    assert_eq!(package["name"], "de-an-cai-cach-2021");
    assert_eq!(package["title"], "Đề án cải cách 2021");
    let schema = &resource("documents")["schema"];
    assert_eq!(schema["primaryKey"], serde_json::json!(["document_id"]));
    assert_eq!(
        schema["foreignKeys"][0]["reference"]["resource"], "",
        "duplicate_of refers to its own table"
    );
    let types: Vec<&str> = ["document_id", "source_record", "authors", "published_at", "topic_score"]
        .into_iter()
        .map(|name| {
            let fields = schema["fields"].as_array().unwrap();
            let field = fields.iter().find(|field| field["name"] == name).unwrap();
            assert!(
                field["description"].as_str().is_some_and(|text| text.ends_with('.')),
                "{name}"
            );
            field["type"].as_str().unwrap()
        })
        .collect();
    assert_eq!(types, ["string", "integer", "string", "date", "number"]);

    let targets: Vec<String> = resource("indicators")["schema"]["foreignKeys"]
        .as_array()
        .unwrap()
        .iter()
        .map(|key| key["reference"]["resource"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(targets, ["documents", "meetings"], "areas is not written");
    assert!(
        resource("rejects")["schema"]["primaryKey"].is_null(),
        "a reject may lack a record number"
    );
    assert!(resource("rejects")["schema"]["foreignKeys"].is_null());
    assert_eq!(resource("totals")["description"], "One row.");
    assert_eq!(resource("documents-parquet")["format"], "parquet");
}
