//! Any bytes under any name give rows or rejects, and no reader panics.
#![no_main]

use std::io::Write;
use std::sync::{Arc, LazyLock};

use arrow::array::{ArrayRef, BinaryArray, RecordBatch, StringArray};
use libfuzzer_sys::fuzz_target;
use parc_etl::config::Config;
use parc_etl::schema::Table;
use parc_etl::stage::Stage;
use parc_etl::stages::ingest::Ingest;

const NAMES: [&str; 6] = ["a.txt", "a.html", "a.jsonl", "a.csv", "a.warc", "a.parquet"];

static INGEST: LazyLock<Ingest> = LazyLock::new(|| {
    let mut config = Config::with_inputs(Vec::new()).ingest;
    config.max_document_bytes = 1 << 16;
    config.max_decompressed_bytes = 1 << 18;
    Ingest::new(&config)
});

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(bytes).expect("memory can be written to");
    encoder.finish().expect("memory can be written to")
}

// The first byte says the format, and whether the rest is compressed, or is to be taken as compressed.
fuzz_target!(|data: &[u8]| {
    let Some((&first, content)) = data.split_first() else {
        return;
    };
    let name = NAMES[usize::from(first) % NAMES.len()];
    let (name, content) = match usize::from(first) / NAMES.len() % 5 {
        0 => (name.to_owned(), content.to_vec()),
        1 => (format!("{name}.gz"), content.to_vec()),
        2 => (format!("{name}.zst"), content.to_vec()),
        3 => (format!("{name}.gz"), gzip(content)),
        _ => {
            let frame = zstd::encode_all(content, 1).expect("memory can be written to");
            (format!("{name}.zst"), frame)
        }
    };
    let names: ArrayRef = Arc::new(StringArray::from_iter_values([name]));
    let contents: ArrayRef = Arc::new(BinaryArray::from_iter_values([content]));
    let batch = RecordBatch::try_new(Table::Sources.schema(), vec![names, contents]).expect("the columns fit");
    let output = INGEST.apply(&batch).expect("no input fails the run");
    assert!(output.kept + output.rejects.len() > 0);
    for reject in output.rejects {
        assert_ne!(reject.code, "panic", "{}", reject.message);
    }
});
