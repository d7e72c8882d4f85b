use proptest::prelude::*;

use super::*;
use crate::fill::Fill;
use crate::schema::rows::{MeetingReportRow, ParticipationRow};
use crate::schema::{from_batch, to_batch};

fn report(document: &str, meeting: &str) -> MeetingReportRow {
    MeetingReportRow {
        document_id: document.to_owned(),
        meeting_id: meeting.to_owned(),
        places: vec![format!("nơi {document}"), meeting.to_owned()],
        quote: "họp ".repeat(document.len() * 20),
        ..Default::default()
    }
}

fn part(document: &str, official: &str) -> ParticipationRow {
    ParticipationRow {
        document_id: document.to_owned(),
        official_id: official.to_owned(),
        role: format!("vai {document}"),
        quote: "dự ".repeat(200),
        ..Default::default()
    }
}

/// All rows in one order.
fn sorted_rows(rows: &TableRows) -> Vec<MeetingReportRow> {
    let found = std::sync::Mutex::new(Vec::new());
    rows.visit(|batch| {
        found
            .lock()
            .unwrap()
            .extend(from_batch::<MeetingReportRow>(&batch).unwrap());
        Ok(())
    })
    .unwrap();
    let mut found = found.into_inner().unwrap();
    found.sort_by(|a, b| (&a.document_id, &a.meeting_id).cmp(&(&b.document_id, &b.meeting_id)));
    found
}

/// Rows in a folder that holds `memory` bytes of them in memory.
struct Kept {
    folder: tempfile::TempDir,
    store: Store,
}

impl Kept {
    fn new(memory: u64) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::new(folder.path(), memory);
        Kept { folder, store }
    }

    fn rows<T: serde::Serialize>(&self, table: Table, rows: &[T], batch_rows: usize) -> TableRows {
        let kept = Rows::new(table.schema(), &self.store);
        for batch in rows.chunks(batch_rows) {
            kept.push(to_batch(table, batch).unwrap()).unwrap();
        }
        TableRows::of(kept, &self.store)
    }
}

const HOST: Fill = Fill {
    table: Table::MeetingReports,
    key: &["document_id"],
    from: Table::Participations,
    from_key: &["document_id"],
    columns: &[("host", "official_id"), ("name", "role")],
};

/// By another column, so that the rows are split by both.
const KIND: Fill = Fill {
    key: &["meeting_id"],
    columns: &[("kind", "official_id")],
    ..HOST
};

/// By a column that [`HOST`] fills.
const NAME: Fill = Fill {
    key: &["host"],
    columns: &[("name", "official_id")],
    ..HOST
};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn rows_come_back_filled_from_memory_and_from_files(
        reports in prop::collection::btree_set((0..40u8, 0..40u8), 0..200),
        parts in prop::collection::btree_map(0..40u8, 0..40u8, 0..40),
        memory in prop_oneof![Just(0), Just(20_000), Just(u64::MAX)],
        batch_rows in 1..50usize,
    ) {
        let id = |number: u8| format!("id-{number:02}");
        let reports: Vec<_> = reports.into_iter().map(|(a, b)| report(&id(a), &id(b))).collect();
        let parts: Vec<_> = parts.into_iter().map(|(a, b)| part(&id(a), &id(b))).collect();
        let kept = Kept::new(memory);
        let mut rows = kept.rows(Table::MeetingReports, &reports, batch_rows);
        let from = kept.rows(Table::Participations, &parts, batch_rows);
        let mut expected = vec![to_batch(Table::MeetingReports, &reports).unwrap()];
        for fill in [HOST, KIND, NAME] {
            expected = fill.apply(&expected, &[to_batch(Table::Participations, &parts).unwrap()]).unwrap();
            rows.fill(Filling::new(&fill, &from, &kept.store).unwrap()).unwrap();
        }
        let expected = from_batch::<MeetingReportRow>(&expected[0]).unwrap();
        prop_assert_eq!(rows.num_rows(), reports.len());
        prop_assert_eq!(sorted_rows(&rows), expected);
        prop_assert_eq!(kept.folder.path().read_dir().unwrap().count(), 0, "files have no names");
    }
}

#[test]
fn what_is_added_later_is_not_filled() {
    let kept = Kept::new(0);
    let mut rows = kept.rows(Table::MeetingReports, &[report("a", "1")], 1);
    let from = kept.rows(Table::Participations, &[part("a", "p"), part("b", "q")], 1);
    rows.fill(Filling::new(&HOST, &from, &kept.store).unwrap()).unwrap();
    let later = Rows::new(Table::MeetingReports.schema(), &kept.store);
    later
        .push(to_batch(Table::MeetingReports, &[report("b", "1")]).unwrap())
        .unwrap();
    rows.append(later).unwrap();
    let hosts: Vec<_> = sorted_rows(&rows).into_iter().map(|row| row.host).collect();
    assert_eq!(hosts, [Some("p".to_owned()), None]);
}

#[test]
fn memory_is_given_back() {
    let kept = Kept::new(1 << 20);
    let many: Vec<_> = (0..2000).map(|number| report(&format!("{number}"), "m")).collect();
    for _ in 0..5 {
        let rows = kept.rows(Table::MeetingReports, &many, 100);
        assert!(rows.bytes() > 200_000);
        assert_eq!(sorted_rows(&rows).len(), 2000);
    }
    assert_eq!(kept.store.free(), 1 << 20);
}

#[test]
fn parts_of_a_batch_are_together_as_large_as_it() {
    let kept = Kept::new(0);
    let many: Vec<_> = (0..2000).map(|number| report(&format!("{number}"), "m")).collect();
    let bytes = kept.rows(Table::MeetingReports, &many, 2000).bytes();
    let batch = to_batch(Table::MeetingReports, &many).unwrap();
    let parts = Rows::new(batch.schema(), &kept.store);
    (0..200).for_each(|part| parts.push(batch.slice(10 * part, 10)).unwrap());
    assert!(parts.bytes() < bytes + bytes / 10, "{} of {bytes} bytes", parts.bytes());
}
