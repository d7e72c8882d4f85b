use ::arrow::array::{
    BinaryArray, BooleanArray, Date32Array, Float64Array, Int64Array, LargeStringArray, ListArray, StringViewArray,
    StructArray, TimestampMicrosecondArray,
};
use ::arrow::datatypes::{DataType, Field, Int32Type};
use ::parquet::arrow::ArrowWriter;
use ::parquet::basic::{Compression, ZstdLevel};
use ::parquet::file::properties::WriterProperties;

use super::*;

fn parquet(columns: Vec<(&str, ArrayRef)>, max_group_rows: usize) -> Vec<u8> {
    let batch =
        RecordBatch::try_from_iter_with_nullable(columns.into_iter().map(|(name, array)| (name, array, true))).unwrap();
    let properties = WriterProperties::builder()
        .set_max_row_group_row_count(Some(max_group_rows))
        .set_compression(Compression::ZSTD(ZstdLevel::default()))
        .build();
    let mut bytes = Vec::new();
    let mut writer = ArrowWriter::try_new(&mut bytes, batch.schema(), Some(properties)).unwrap();
    writer.write(&batch).unwrap();
    writer.close().unwrap();
    bytes
}

fn texts(values: &[Option<&str>]) -> ArrayRef {
    Arc::new(StringArray::from(values.to_vec()))
}

/// A hundred rows in row groups of thirty.
fn hundred_rows() -> Vec<u8> {
    let ids: ArrayRef = Arc::new(Int64Array::from_iter_values(1..=100));
    let text: ArrayRef = Arc::new(StringArray::from_iter_values(
        (1..=100).map(|n| format!("Kỳ họp thứ {n}")),
    ));
    parquet(vec![("id", ids), ("text", text)], 30)
}

#[test]
fn each_row_is_a_document_across_batches_and_row_groups() {
    let file = hundred_rows();
    for (name, bytes) in [
        ("a.parquet", file.clone()),
        ("a.parquet.gz", gzip(&file)),
        ("a.parquet.zst", zstd(&file)),
    ] {
        let found = read(name, &bytes);
        let expected: Vec<String> = (1..=100).map(|n| format!("{n}: id={n} text=Kỳ họp thứ {n}")).collect();
        assert_eq!(found.iter().map(render).collect::<Vec<_>>(), expected, "{name}");
    }
}

#[test]
fn every_type_that_can_be_text_is_read_as_text() {
    let cases: Vec<(ArrayRef, &str)> = vec![
        (texts(&[Some("Họp")]), "Họp"),
        (Arc::new(LargeStringArray::from(vec!["Họp"])), "Họp"),
        (Arc::new(StringViewArray::from(vec!["Họp"])), "Họp"),
        (Arc::new(BinaryArray::from_vec(vec!["Họp".as_bytes()])), "Họp"),
        (
            Arc::new(
                vec!["Họp"]
                    .into_iter()
                    .collect::<::arrow::array::DictionaryArray<Int32Type>>(),
            ),
            "Họp",
        ),
        (Arc::new(Int64Array::from(vec![i64::MAX])), "9223372036854775807"),
        (Arc::new(Float64Array::from(vec![1.5])), "1.5"),
        (Arc::new(BooleanArray::from(vec![true])), "true"),
        (Arc::new(Date32Array::from(vec![18_704])), "2021-03-18"),
        (
            Arc::new(TimestampMicrosecondArray::from(vec![1_616_054_400_000_000])),
            "2021-03-18T08:00:00",
        ),
        (
            Arc::new(TimestampMicrosecondArray::from(vec![1_616_022_000_000_000]).with_timezone("UTC")),
            "2021-03-18T06:00:00+07:00",
        ),
        (
            Arc::new(TimestampMicrosecondArray::from(vec![1_616_022_000_000_000]).with_timezone("Asia/Ho_Chi_Minh")),
            "2021-03-18T06:00:00+07:00",
        ),
    ];
    for (array, expected) in cases {
        let file = parquet(vec![("text", texts(&[Some("x")])), ("published_at", array)], 10);
        check("a.parquet", file, &[&format!("1: text=x at={expected}")]);
    }
}

#[test]
fn nulls_are_absent() {
    let file = parquet(
        vec![
            ("title", texts(&[Some("t"), None, None])),
            ("text", texts(&[None, None, Some("x")])),
            ("html", texts(&[Some("<p>"), None, Some("no")])),
            ("other", texts(&[None, Some("y"), None])),
        ],
        10,
    );
    check("a.parquet", file, &["1: title=t html=<p>", "2: empty", "3: text=x"]);
}

#[test]
fn columns_are_found_by_name_and_by_path() {
    let inner: ArrayRef = Arc::new(StructArray::from(vec![
        (
            Arc::new(Field::new("title", DataType::Utf8, true)),
            texts(&[Some("t"), None]),
        ),
        (
            Arc::new(Field::new("x", DataType::Utf8, true)),
            texts(&[Some("no"), None]),
        ),
    ]));
    let columns = vec![
        ("body", texts(&[Some("x"), Some("y")])),
        ("meta", inner),
        ("a.b", texts(&[Some("s"), None])),
    ];
    let file = parquet(columns, 10);
    let fields = [
        (DocumentField::Text, "body"),
        (DocumentField::Title, "meta.title"),
        (DocumentField::Site, "a.b"),
    ];
    check_with(
        &config(&fields),
        "a.parquet",
        &file,
        &["1: title=t text=x site=s", "2: text=y"],
    );
    check("a.parquet", &file, &["-: no_text_field"]);
    assert!(message("a.parquet", &file).contains("its names: body, meta, a.b. Say which"));
}

#[test]
fn a_list_is_no_text() {
    let list: ArrayRef = Arc::new(ListArray::from_iter_primitive::<Int32Type, _, _>([Some([Some(1)])]));
    check("a.parquet", parquet(vec![("text", list)], 10), &["-: no_text_field"]);
}

#[test]
fn files_that_are_no_parquet_are_rejected() {
    let file = hundred_rows();
    check("a.parquet", "", &["-: bad_parquet"]);
    check("a.parquet", "PAR1 no footer PAR1", &["-: bad_parquet"]);
    check("a.parquet", &file[..file.len() - 5], &["-: bad_parquet"]);
    // The footer is there, and the four row groups are not where it says.
    check("a.parquet", &file[file.len() / 2..], &["-: bad_parquet"; 4]);
    check("a.parquet.gz", &gzip(&file)[..300], &["-: bad_compression"]);
    check("a.parquet", parquet(vec![("text", texts(&[]))], 10), &["-: empty"]);
}

#[test]
fn a_damaged_row_group_is_left_out_alone() {
    let mut file = hundred_rows();
    // The first column chunk begins after the four bytes of the magic: break its first page header.
    file[4..24].fill(0xFF);
    let found = read("a.parquet", &file);
    assert_eq!(render(&found[0]), "-: bad_parquet");
    assert!(
        found[0]
            .as_ref()
            .unwrap_err()
            .message
            .ends_with("rows 1 to 30 are left out"),
        "{found:?}"
    );
    assert_eq!(found[1..].len(), 70);
    assert_eq!(render(&found[1]), "31: id=31 text=Kỳ họp thứ 31");
}

#[test]
fn limits_hold_for_rows_and_for_the_file() {
    let config = |max_document_bytes, max_decompressed_bytes| IngestConfig {
        max_document_bytes,
        max_decompressed_bytes,
        ..config(&[])
    };
    let long = "x".repeat(50);
    let file = parquet(vec![("text", texts(&[Some("a"), Some(&long), Some("b")]))], 10);
    check_with(
        &config(49, MAX_BYTES),
        "a.parquet",
        file,
        &["1: text=a", "2: document_too_large", "3: text=b"],
    );
    let long: ArrayRef = Arc::new(StringArray::from_iter_values(
        (1..=100).map(|n| format!("{n} {}", "x".repeat(5000))),
    ));
    let file = parquet(vec![("text", long)], 30);
    let found = read_with(&config(MAX_BYTES, 350_000), "a.parquet", &file);
    let (last, kept) = found.split_last().unwrap();
    assert_eq!(render(last), "-: decompressed_too_large");
    assert!(
        last.as_ref()
            .unwrap_err()
            .message
            .ends_with("what comes after row 60 is left out"),
        "{last:?}"
    );
    assert_eq!(kept.len(), 60);
}
