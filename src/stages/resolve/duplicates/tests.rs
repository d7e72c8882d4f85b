use std::collections::BTreeSet;

use arrow::compute::concat_batches;
use proptest::prelude::*;

use super::*;
use crate::config::DuplicatesConfig;
use crate::schema::rows::{DocumentRow, DuplicateRow, TextBandRow, TextLinkRow, TextPairRow};
use crate::schema::{from_batch, to_batch};

/// Text, published.
type Text<'t> = (&'t str, Option<&'t str>);

/// A document for each text, with ids `0`, `1`, …
fn documents(texts: &[Text]) -> RecordBatch {
    let row = |(number, &(text, published)): (usize, &Text)| DocumentRow {
        document_id: number.to_string(),
        text: text.to_owned(),
        content_hash: text.to_lowercase(),
        published_at: published.and_then(|time| time.get(..10)?.parse().ok()),
        published_edtf: published.map(str::to_owned),
        ..Default::default()
    };
    let rows: Vec<DocumentRow> = texts.iter().enumerate().map(row).collect();
    to_batch(Table::Documents, &rows).unwrap()
}

/// The only output of a stage.
fn apply(stage: &dyn Stage, batch: &RecordBatch) -> RecordBatch {
    let output = stage.apply(batch).unwrap();
    assert_eq!(output.kept + output.merged, batch.num_rows());
    output.tables.into_iter().next().unwrap().1
}

/// All stages one after the other.
fn find(texts: &[Text]) -> Vec<DuplicateRow> {
    let config = DuplicatesConfig::default();
    let [(_, sketches), (_, bands)] = Shingles::new(&config)
        .apply(&documents(texts))
        .unwrap()
        .tables
        .try_into()
        .unwrap();
    let pairs = apply(&Distinct, &apply(&Near::new(&config), &bands));
    let sketches = [sketches];
    let pairs = SKETCH.apply(&[pairs], &sketches).unwrap();
    let pairs = OTHER_SKETCH.apply(&pairs, &sketches).unwrap();
    let links = apply(&Compare::new(&config, Default::default()), &pairs[0]);
    from_batch(&apply(&Duplicates, &links)).unwrap()
}

/// Pairs of a document and its original.
fn originals(texts: &[Text]) -> Vec<(String, String)> {
    let duplicates = find(texts).into_iter();
    duplicates.map(|row| (row.document_id, row.duplicate_of)).collect()
}

/// Checks whether two texts are found to be one.
fn check(one: &str, other: &str, is_one_text: bool) {
    assert_eq!(
        originals(&[(one, None), (other, None)]).len(),
        usize::from(is_one_text),
        "{one}\n{other}"
    );
}

const MEETING: &str = "Sáng 12/5/2020, tại trụ sở UBND tỉnh, ông Lê Văn Hòa chủ trì buổi làm việc với các sở về thủ tục đất đai. \
    Theo báo cáo, ba tháng qua bộ phận một cửa nhận 1.240 hồ sơ, trong đó 96,5% được trả đúng hạn cho người dân. \
    Bà Trần Thị Thúy, Giám đốc Sở Nội vụ, cho rằng phần mềm dùng chung còn chậm và hay lỗi vào giờ cao điểm. \
    Ông Lê Văn Hòa giao Sở Thông tin và Truyền thông nâng cấp đường truyền trước ngày 30/6 cho 58 xã vùng cao.";

#[test]
fn an_edited_text_is_the_same_text() {
    let spelt = MEETING
        .replace("Hòa", "Hoà")
        .replace("Thúy", "Thuý")
        .replace("Sáng", "SÁNG");
    check(MEETING, &spelt, true);
    let sentences: Vec<&str> = MEETING.split_inclusive(". ").collect();
    let moved = [sentences[2], sentences[0], "\n", sentences[3], " ", sentences[1]].concat();
    check(MEETING, &moved, true);
    let cut = ["Nhiều việc vừa được tỉnh nêu ra. ", sentences[0], sentences[1]].concat();
    check(MEETING, &cut, true);
    let framed = ["In bài viết\n", MEETING, "\nChia sẻ lên mạng xã hội"].concat();
    check(MEETING, &framed, true);
}

#[test]
fn the_same_words_about_something_else_are_another_text() {
    let other_day = MEETING
        .replace("12/5/2020", "9/8/2021")
        .replace("1.240", "2.715")
        .replace("96,5", "91,2")
        .replace("30/6", "25/9")
        .replace("58", "71");
    check(MEETING, &other_day, false);
    let other_people = other_day
        .replace("Lê Văn Hòa", "Đỗ Minh Quân")
        .replace("Trần Thị Thúy", "Vũ Ngọc Lan");
    check(MEETING, &other_people, false);
    let digest = [MEETING, &other_day, &other_people, OTHER_NEWS].join("\n");
    check(OTHER_NEWS, &digest, false);
}

const OTHER_NEWS: &str = "Chiều cùng ngày, huyện Tân Lạc khánh thành cây cầu treo dài 86 m nối hai bản bên sông sau bảy tháng thi công. \
    Công trình do ba doanh nghiệp góp vốn, phần còn lại lấy từ ngân sách huyện và ngày công của bà con trong bản.";

#[test]
fn texts_too_short_for_a_shingle_are_one_only_where_they_are_equal() {
    check("Họp báo", "HỌP BÁO", true);
    check("Họp báo", "Họp kín", false);
    check("", "Họp kín", false);
}

#[test]
fn the_earliest_is_the_original_of_all_others() {
    let texts = [
        (MEETING, None),
        (MEETING, Some("2020-05-13T08:00")),
        (OTHER_NEWS, Some("2020-05-01")),
        (MEETING, Some("2020-05-12T17:30")),
        (MEETING, Some("2020-05-12T17:30")),
    ];
    let pair = |id: &str, original: &str| (id.to_owned(), original.to_owned());
    assert_eq!(originals(&texts), [pair("0", "3"), pair("1", "3"), pair("4", "3")]);
}

fn links(pairs: &[(u8, u8)]) -> Vec<TextLinkRow> {
    let published = |id: u8| (!id.is_multiple_of(4)).then(|| format!("2020-05-{:02}", 1 + id % 3));
    let row = |&(a, b): &(u8, u8)| TextLinkRow {
        document_id: a.to_string(),
        other_id: b.to_string(),
        published: published(a),
        other_published: published(b),
        overlap: f64::from(a.abs_diff(b)) / 100.0,
    };
    pairs.iter().map(row).collect()
}

fn grouped(pairs: &[(u8, u8)]) -> Vec<DuplicateRow> {
    from_batch(&apply(&Duplicates, &to_batch(Table::TextLinks, &links(pairs)).unwrap())).unwrap()
}

#[test]
fn links_connect_what_is_not_linked_itself() {
    let rows = grouped(&[(1, 2), (2, 3), (5, 4)]);
    let found: Vec<(&str, &str, f64)> = rows
        .iter()
        .map(|row| (row.document_id.as_str(), row.duplicate_of.as_str(), row.overlap))
        .collect();
    // 3 appeared on the first of the month, 4 nobody knows when.
    assert_eq!(found, [("1", "3", 0.01), ("2", "3", 0.01), ("4", "5", 0.01)]);
}

fn bands(rows: &[(u8, u8, u8)]) -> RecordBatch {
    let row = |&(band, witness, id): &(u8, u8, u8)| TextBandRow {
        band: band.into(),
        // In some of the minima documents of one band agree.
        witness: u64::from(witness) << 56 | u64::from(id),
        document_id: id.to_string(),
    };
    to_batch(Table::TextBands, &rows.iter().map(row).collect::<Vec<_>>()).unwrap()
}

fn pairs(batch: &RecordBatch) -> BTreeSet<(String, String)> {
    let rows: Vec<TextPairRow> = from_batch(&apply(&Distinct, batch)).unwrap();
    rows.into_iter().map(|row| (row.document_id, row.other_id)).collect()
}

#[test]
fn a_band_with_many_documents_is_not_compared_with_itself_throughout() {
    let rows: Vec<TextBandRow> = (0..5000u64)
        .map(|number| TextBandRow {
            band: 7,
            witness: number << 32,
            document_id: number.to_string(),
        })
        .collect();
    let config = DuplicatesConfig::default();
    let found = apply(&Near::new(&config), &to_batch(Table::TextBands, &rows).unwrap());
    assert!(found.num_rows() > 5000, "{}", found.num_rows());
    assert!(found.num_rows() <= 5000 * config.max_neighbours, "{}", found.num_rows());
}

proptest! {
    #[test]
    fn any_split_by_band_gives_the_same_pairs(
        rows in prop::collection::btree_set((0..6u8, 0..3u8, 0..40u8), 0..120),
        owners in prop::collection::vec(0..3usize, 6),
        shift in 0..120usize,
    ) {
        let near = Near::new(&DuplicatesConfig { max_neighbours: 3, ..DuplicatesConfig::default() });
        let mut rows: Vec<_> = rows.into_iter().collect();
        let whole = pairs(&apply(&near, &bands(&rows)));
        let middle = shift.min(rows.len());
        rows.rotate_left(middle);
        let parts: Vec<RecordBatch> = (0..3)
            .map(|owner| rows.iter().copied().filter(|row| owners[usize::from(row.0)] == owner).collect::<Vec<_>>())
            .map(|rows| apply(&near, &bands(&rows)))
            .collect();
        let split = concat_batches(&Table::TextPairs.schema(), &parts).unwrap();
        prop_assert_eq!(whole, pairs(&split));
    }

    #[test]
    fn groups_do_not_depend_on_the_order_of_links(
        pairs in prop::collection::vec((0..30u8, 0..30u8), 0..40),
        shift in 0..40usize,
    ) {
        let mut turned: Vec<(u8, u8)> = pairs.iter().map(|&(a, b)| (b, a)).collect();
        let middle = shift.min(turned.len());
        turned.rotate_left(middle);
        prop_assert_eq!(grouped(&pairs), grouped(&turned));
    }

    #[test]
    fn the_order_of_documents_does_not_matter(order in Just((0..6).collect::<Vec<usize>>()).prop_shuffle()) {
        let half: String = MEETING.split_inclusive(". ").take(3).collect();
        let capitals = MEETING.to_uppercase();
        let texts: [Text; 6] = [
            (MEETING, Some("2020-05-12")),
            (&half, Some("2020-05-14")),
            (&capitals, Some("2020-05-13")),
            (OTHER_NEWS, Some("2020-05-01")),
            (OTHER_NEWS, None),
            ("Họp báo", None),
        ];
        let shuffled: Vec<Text> = order.iter().map(|&number| texts[number]).collect();
        let groups: BTreeSet<(usize, usize)> = originals(&shuffled)
            .into_iter()
            .map(|(id, original)| (order[id.parse::<usize>().unwrap()], order[original.parse::<usize>().unwrap()]))
            .collect();
        prop_assert_eq!(groups, BTreeSet::from([(1, 0), (2, 0), (4, 3)]));
    }
}
