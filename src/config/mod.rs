//! The pipeline file: its types, with the defaults that hold where a key is left out.
//!
//! The source tree mirrors the file: `[clean]` configures `stages::clean`, and so on. [`load`] reads and checks it and
//! reports every mistake at once. The types are the one source of truth: the JSON Schema that editors use and that the
//! checks walk is generated from them ([`json_schema`]).

mod checks;
mod decisions;
mod inputs;
mod json_schema;
mod lexicon;
mod load;
mod named_files;
mod problem;
mod sql;
mod structure;
#[cfg(test)]
mod tests;
mod toml_string;

use std::collections::BTreeMap;
use std::path::PathBuf;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::lexicon::Class;
pub use decisions::decision_files;
pub use inputs::{PatternError, matching_files};
pub use json_schema::{json_schema, json_schema_text};
pub use lexicon::lexicon_files;
pub use load::{Overrides, Pipeline, load, load_with};
pub use problem::{Problem, Problems, Severity, SourceFile};

/// A whole pipeline file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Config {
    pub pipeline: PipelineConfig,
    pub ingest: IngestConfig,
    #[serde(default)]
    pub clean: CleanConfig,
    #[serde(default)]
    pub extract: ExtractConfig,
    #[serde(default)]
    pub resolve: ResolveConfig,
    /// `[lexicon]`: further entries for the lists of words, and further indicators; CSV files with the columns of the
    /// built-in lists (src/lexicon/data/README.md).
    #[serde(default)]
    #[schemars(schema_with = "json_schema::lexicon")]
    pub lexicon: BTreeMap<LexiconList, Vec<PathBuf>>,
    /// Summary tables: SQL over the tables of the run.
    #[serde(default)]
    pub aggregate: Vec<AggregateConfig>,
    #[serde(default)]
    pub output: OutputConfig,
    /// Where runs keep what they worked out of documents; without this section they keep nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<StateConfig>,
}

impl Config {
    /// The defaults of every option, with `inputs` as the patterns of the input files.
    pub fn with_inputs(inputs: Vec<String>) -> Config {
        Config {
            pipeline: PipelineConfig {
                name: "default".to_owned(),
                root: default_root(),
                max_reject_share: default_max_reject_share(),
                batch_rows: default_batch_rows(),
                memory_mib: default_memory_mib(),
            },
            ingest: IngestConfig {
                inputs,
                fields: BTreeMap::new(),
                max_document_bytes: default_max_document_bytes(),
                max_decompressed_bytes: default_max_decompressed_bytes(),
            },
            clean: CleanConfig::default(),
            extract: ExtractConfig::default(),
            resolve: ResolveConfig::default(),
            lexicon: BTreeMap::new(),
            aggregate: Vec::new(),
            output: OutputConfig::default(),
            state: None,
        }
    }
}

/// `[pipeline]`: what it is called, where its paths start, when a run counts as failed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PipelineConfig {
    /// Name of the pipeline, for reports and datapackage.json.
    #[schemars(length(min = 1))]
    pub name: String,
    /// Folder from which all paths in the file start, relative to the file itself.
    #[serde(default = "default_root")]
    pub root: PathBuf,
    /// Share of rejected documents (0 to 1) above which the run ends with exit code 1.
    #[serde(default = "default_max_reject_share")]
    #[schemars(range(min = 0.0, max = 1.0))]
    pub max_reject_share: f64,
    /// Rows per record batch between stages.
    #[serde(default = "default_batch_rows")]
    #[schemars(range(min = 1, max = 1_000_000))]
    pub batch_rows: usize,
    /// Rows that wait for the next step are kept in memory up to this size, in MiB; more of them go to temporary files
    /// beside the output folder. Working on them needs memory besides.
    #[serde(default = "default_memory_mib")]
    #[schemars(range(min = 0, max = 1_000_000))]
    pub memory_mib: u64,
}

fn default_root() -> PathBuf {
    PathBuf::from(".")
}

fn default_max_reject_share() -> f64 {
    0.2
}

fn default_memory_mib() -> u64 {
    128
}

fn default_batch_rows() -> usize {
    256
}

/// `[ingest]`: which files to read and how.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct IngestConfig {
    /// Glob patterns of the input files (`raw/**/*.html`): txt, html, htm, jsonl, ndjson, csv, parquet, warc, each also .gz and .zst.
    #[schemars(length(min = 1), inner(length(min = 1)))]
    pub inputs: Vec<String>,
    /// For structured inputs: field of the table of raw documents, and the name that the input gives it.
    #[serde(default)]
    #[schemars(schema_with = "json_schema::fields")]
    pub fields: BTreeMap<DocumentField, String>,
    /// Largest document, in bytes, after decompression.
    #[serde(default = "default_max_document_bytes")]
    #[schemars(range(min = 1))]
    pub max_document_bytes: u64,
    /// Largest file, in bytes, after decompression.
    #[serde(default = "default_max_decompressed_bytes")]
    #[schemars(range(min = 1))]
    pub max_decompressed_bytes: u64,
}

fn default_max_document_bytes() -> u64 {
    8 << 20
}

fn default_max_decompressed_bytes() -> u64 {
    8 << 30
}

/// A field that a structured input can give.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DocumentField {
    /// The record's own id.
    Id,
    /// Address of the page.
    Url,
    /// Title.
    Title,
    /// Plain text.
    Text,
    /// HTML, used where there is no text.
    Html,
    /// Time of publication.
    PublishedAt,
    /// Host name or publisher.
    Site,
}

/// `[clean]`: main text, furniture and metadata.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct CleanConfig {
    /// Shortest text, in characters, that counts as a document.
    pub min_chars: usize,
    /// Topic score from which a document counts as public administration.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub min_topic_score: f64,
    /// Further lines of page furniture: CSV files as in src/lexicon/data/furniture.csv.
    pub furniture: Vec<PathBuf>,
}

impl Default for CleanConfig {
    fn default() -> Self {
        CleanConfig {
            min_chars: 80,
            min_topic_score: 0.4,
            furniture: Vec::new(),
        }
    }
}

/// `[extract]`: what is looked for, and where.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ExtractConfig {
    /// Extract only from documents about public administration.
    pub on_topic_only: bool,
    /// Facts with a lower confidence (0 to 1) are left out.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub min_confidence: f64,
}

impl Default for ExtractConfig {
    fn default() -> Self {
        ExtractConfig {
            on_topic_only: true,
            min_confidence: 0.0,
        }
    }
}

/// `[resolve]`: which reports are one meeting, which mentions one person.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ResolveConfig {
    /// Evidence score (0 to 1) from which two reports count as one meeting.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub min_link_score: f64,
    /// Most days between the day of a mention by post alone (`Chủ tịch UBND tỉnh Bắc Ninh`) and a day on which somebody is
    /// seen in that post, for the mention to be taken as theirs.
    #[schemars(range(min = 0))]
    pub max_holder_gap_days: u32,
    /// Decisions of an analyst that override what is found: CSV files with the columns
    /// action,kind,id,other,value,reason,author.
    #[schemars(inner(length(min = 1)), extend("uniqueItems" = true))]
    pub decisions: Vec<PathBuf>,
    pub duplicates: DuplicatesConfig,
}

impl Default for ResolveConfig {
    fn default() -> Self {
        ResolveConfig {
            min_link_score: 0.5,
            max_holder_gap_days: 180,
            decisions: Vec::new(),
            duplicates: DuplicatesConfig::default(),
        }
    }
}

/// `[resolve.duplicates]`: which texts are reprints of others.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct DuplicatesConfig {
    /// Syllables in a row that make a shingle, the unit in which texts are compared.
    #[schemars(range(min = 1, max = 64))]
    pub shingle_syllables: usize,
    /// Bands of each text; texts that agree in one of them are compared.
    #[schemars(range(min = 1, max = 1024))]
    pub bands: usize,
    /// MinHash values in a band.
    #[schemars(range(min = 1, max = 16))]
    pub hashes_per_band: usize,
    /// Texts that share a band with many others are compared with this number of the most similar ones.
    #[schemars(range(min = 1, max = 1000))]
    pub max_neighbours: usize,
    /// Shingles, figures and names kept of a text to compare it, at most this number of each.
    #[schemars(range(min = 16, max = 65536))]
    pub sketch_size: usize,
    /// Share (0 to 1) of the shorter text's shingles that the other text must have.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub min_overlap: f64,
    /// Share (0 to 1) of all shingles of both texts that both must have.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub min_similarity: f64,
    /// Share (0 to 1) of the figures, and of the names, of the text with fewer of them that the other must have.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub min_details: f64,
}

impl Default for DuplicatesConfig {
    fn default() -> Self {
        DuplicatesConfig {
            shingle_syllables: 5,
            bands: 32,
            hashes_per_band: 2,
            max_neighbours: 2,
            sketch_size: 128,
            min_overlap: 0.7,
            min_similarity: 0.3,
            min_details: 0.4,
        }
    }
}

/// A list of words, or the registry of indicators, that a pipeline can extend.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum LexiconList {
    /// Family names.
    Surnames,
    /// The dead of history, after whom much is named.
    HistoricalNames,
    /// What stands before a name: ông, đồng chí, ranks, degrees.
    Honorifics,
    /// Heads of posts: chủ tịch, phó giám đốc.
    Titles,
    /// What the name of an organisation starts with: sở, ubnd.
    Organizations,
    /// Places with their variants.
    Places,
    /// Nouns for gatherings: hội nghị, phiên họp.
    MeetingNouns,
    /// Verbs that tell a part in a gathering: chủ trì, nhấn mạnh.
    RoleVerbs,
    /// Kinds of legal documents, names of laws, issuers in symbols.
    LegalKinds,
    /// Counted nouns, currencies, measures.
    Units,
    /// How exact a figure is: khoảng, không quá.
    Qualifiers,
    /// Words that tell aims from facts: phấn đấu.
    TargetCues,
    /// Verbs between what is measured and its figure: đạt, tăng.
    MeasureVerbs,
    /// Heads of what is measured: tỷ lệ, kim ngạch.
    MeasureNouns,
    /// Words whose number is a name: khóa, quận.
    NumberedNouns,
    /// Words by which a text shows its topic, with their weights.
    Topics,
    /// Definitions of indicators.
    Indicators,
}

impl LexiconList {
    /// Every list, in the order of the documentation.
    pub const ALL: [LexiconList; 17] = [
        LexiconList::Surnames,
        LexiconList::HistoricalNames,
        LexiconList::Honorifics,
        LexiconList::Titles,
        LexiconList::Organizations,
        LexiconList::Places,
        LexiconList::MeetingNouns,
        LexiconList::RoleVerbs,
        LexiconList::LegalKinds,
        LexiconList::Units,
        LexiconList::Qualifiers,
        LexiconList::TargetCues,
        LexiconList::MeasureVerbs,
        LexiconList::MeasureNouns,
        LexiconList::NumberedNouns,
        LexiconList::Topics,
        LexiconList::Indicators,
    ];

    /// The class of its entries; none for definitions of indicators.
    pub fn class(self) -> Option<Class> {
        match self {
            LexiconList::Surnames => Some(Class::Surname),
            LexiconList::HistoricalNames => Some(Class::HistoricalName),
            LexiconList::Honorifics => Some(Class::Honorific),
            LexiconList::Titles => Some(Class::Title),
            LexiconList::Organizations => Some(Class::Organization),
            LexiconList::Places => Some(Class::Place),
            LexiconList::MeetingNouns => Some(Class::MeetingNoun),
            LexiconList::RoleVerbs => Some(Class::RoleVerb),
            LexiconList::LegalKinds => Some(Class::LegalKind),
            LexiconList::Units => Some(Class::Unit),
            LexiconList::Qualifiers => Some(Class::Qualifier),
            LexiconList::TargetCues => Some(Class::TargetCue),
            LexiconList::MeasureVerbs => Some(Class::MeasureVerb),
            LexiconList::MeasureNouns => Some(Class::MeasureNoun),
            LexiconList::NumberedNouns => Some(Class::NumberedNoun),
            LexiconList::Topics => Some(Class::Topic),
            LexiconList::Indicators => None,
        }
    }

    /// The key in the file.
    pub fn name(self) -> &'static str {
        self.class().map_or("indicators", Class::name)
    }
}

/// `[[aggregate]]`: one summary table.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AggregateConfig {
    /// Name of the table and its files: lower-case letters, digits and underscores, a letter first.
    #[schemars(regex(pattern = r"^[a-z][a-z0-9_]*$"))]
    pub name: String,
    /// One sentence on what a row is.
    #[serde(default)]
    pub description: String,
    /// A SELECT over the tables of the run.
    #[schemars(length(min = 1))]
    pub sql: String,
}

/// `[output]`: where the tables go and in which formats.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct OutputConfig {
    /// Folder for the tables, of its own: a run replaces what is in it.
    #[schemars(length(min = 1))]
    pub dir: PathBuf,
    /// File formats to write.
    #[schemars(length(min = 1), extend("uniqueItems" = true))]
    pub formats: Vec<OutputFormat>,
    /// zstd level of the Parquet files, 1 to 22.
    #[schemars(range(min = 1, max = 22))]
    pub compression_level: i32,
}

impl Default for OutputConfig {
    fn default() -> Self {
        OutputConfig {
            dir: PathBuf::from("output"),
            formats: vec![OutputFormat::Parquet, OutputFormat::Csv],
            compression_level: 3,
        }
    }
}

/// `[state]`: what runs keep for later ones, so that no document is cleaned and extracted twice by the same rules.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct StateConfig {
    /// Folder for it. It can be deleted at any time, unless it holds documents whose inputs are gone.
    #[schemars(length(min = 1))]
    pub dir: PathBuf,
    /// Documents stay in the tables when their inputs are gone; the folder then holds a copy of each as it was read.
    pub keep_missing: bool,
}

impl Default for StateConfig {
    fn default() -> Self {
        StateConfig {
            dir: PathBuf::from("state"),
            keep_missing: false,
        }
    }
}

/// A file format for tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum OutputFormat {
    /// Apache Parquet, zstd.
    Parquet,
    /// CSV with a byte order mark, for Excel.
    Csv,
}
