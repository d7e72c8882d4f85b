//! The stage that reads the texts: a sketch of each, and its bands.

use arrow::array::{Array, RecordBatch};

use super::features::{Features, features, mix};
use super::minhash::{Band, MinHash};
use super::sketch::sample;
use super::{column, text_column};
use crate::config::DuplicatesConfig;
use crate::schema::Table;
use crate::schema::rows::{TextBandRow, TextSketch, TextSketchRow};
use crate::stage::{Partitioning, Stage, StageError, StageOutput, table_of};

/// Gives of each text what is needed to find and compare texts that are like it.
pub struct Shingles {
    shingle_syllables: usize,
    sketch_size: usize,
    minhash: MinHash,
}

impl Shingles {
    /// Samples and bands as `config` asks for them.
    pub fn new(config: &DuplicatesConfig) -> Self {
        Shingles {
            shingle_syllables: config.shingle_syllables,
            sketch_size: config.sketch_size,
            minhash: MinHash::new(config.bands, config.hashes_per_band),
        }
    }
}

const OUTPUTS: [Table; 2] = [Table::TextSketches, Table::TextBands];

impl Stage for Shingles {
    fn name(&self) -> &'static str {
        "resolve.shingles"
    }

    fn input(&self) -> Table {
        Table::Documents
    }

    fn outputs(&self) -> &'static [Table] {
        &OUTPUTS
    }

    fn partitioning(&self) -> Partitioning {
        Partitioning::Map
    }

    fn apply(&self, batch: &RecordBatch) -> Result<StageOutput, StageError> {
        let texts = text_column(self, batch, "text")?;
        let ids = text_column(self, batch, "document_id")?;
        let content_hashes = text_column(self, batch, "content_hash")?;
        let times = text_column(self, batch, "published_edtf")?;
        let days = column(self, batch, "published_at", Some)?;
        let mut sketches = Vec::with_capacity(batch.num_rows());
        let mut bands = Vec::new();
        for row in 0..batch.num_rows() {
            let document_id = ids.value(row);
            let content_hash = content_hashes.value(row);
            let features = features(texts.value(row), self.shingle_syllables);
            let of_text = self.minhash.bands(&features.shingles).into_iter();
            bands.extend(
                of_text
                    .chain([band_of_equal_texts(content_hash)])
                    .map(|band| TextBandRow {
                        band: band.key,
                        witness: band.witness,
                        document_id: document_id.to_owned(),
                    }),
            );
            let published = (days.is_valid(row) && times.is_valid(row)).then(|| times.value(row).to_owned());
            sketches.push(TextSketchRow {
                document_id: document_id.to_owned(),
                sketch: self.sketch(&features, content_hash, published),
            });
        }
        let tables = vec![
            table_of(self.name(), OUTPUTS[0], &sketches)?,
            table_of(self.name(), OUTPUTS[1], &bands)?,
        ];
        Ok(StageOutput::kept(batch.num_rows(), tables))
    }
}

impl Shingles {
    fn sketch(&self, features: &Features, content_hash: &str, published: Option<String>) -> TextSketch {
        let sample = |set: &[u64]| (sample(set, self.sketch_size), set.len() as i32);
        let (shingles, n_shingles) = sample(&features.shingles);
        let (figures, n_figures) = sample(&features.figures);
        let (names, n_names) = sample(&features.names);
        TextSketch {
            content_hash: content_hash.to_owned(),
            published,
            shingles,
            n_shingles,
            figures,
            n_figures,
            names,
            n_names,
        }
    }
}

/// A band for equal texts, which may be too short for a shingle.
fn band_of_equal_texts(content_hash: &str) -> Band {
    let key = content_hash
        .bytes()
        .fold(0, |hash: u64, byte| mix(hash.rotate_left(23) ^ u64::from(byte)));
    Band { key, witness: key }
}
