use super::*;
use crate::text::analysis::{Analysis, Scratch};

#[test]
fn data_files_are_sorted_and_free_of_duplicates() {
    for &class in Class::ALL {
        let mut lines = class.embedded().lines();
        assert_eq!(lines.next(), Some("phrase,value,tag"), "{}.csv: header", class.name());
        let rows: Vec<&str> = lines.collect();
        let phrase = |row: &str| {
            let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(row.as_bytes());
            reader.records().next().unwrap().unwrap()[0].to_owned()
        };
        for pair in rows.windows(2) {
            let key = |row: &str| crate::text::fold::fold(&phrase(row));
            assert!(
                pair[0] < pair[1],
                "{}.csv: `{}` stands before `{}`",
                class.name(),
                pair[0],
                pair[1]
            );
            assert_ne!(key(pair[0]), key(pair[1]), "{}.csv: twice", class.name());
        }
    }
}

#[test]
fn compounds_are_sorted_pairs() {
    let words: Vec<&str> = COMPOUNDS.lines().skip(1).collect();
    assert!(words.is_sorted_by(|a, b| a < b));
    assert!(words.iter().all(|word| word.split(' ').count() == 2));
    let lexicon = Lexicon::embedded();
    let id = |word| lexicon.vocabulary().get(word);
    assert!(lexicon.is_compound(id("xây"), id("dựng")));
    assert!(!lexicon.is_compound(id("dựng"), id("xây")));
}

#[test]
fn finds_the_longest_phrase_first() {
    let mut lexicon = Lexicon::default();
    lexicon
        .add(
            Class::Title,
            "titles",
            "phrase,value,tag\nchủ tịch,,\nphó chủ tịch,,deputy\n",
        )
        .unwrap();
    let mut scratch = Scratch::default();
    let analysis = Analysis::new("Phó Chủ tịch, chủ tịch", &lexicon, &mut scratch);
    let found = |token| {
        analysis
            .longest(token, Class::Title)
            .map(|(len, entry)| (len, &*entry.phrase))
    };
    assert_eq!(found(0), Some((3, "phó chủ tịch")));
    assert_eq!(found(1), Some((2, "chủ tịch")));
    assert_eq!(found(4), Some((2, "chủ tịch")));
    assert_eq!(found(3), None);
}
