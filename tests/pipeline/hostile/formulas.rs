//! Cells that a spreadsheet would run.

use super::*;

#[test]
fn no_cell_runs_as_a_formula() {
    let project = Project::new();
    let mut lines = String::new();
    for (number, start) in ["=", "+", "-", "@", "\t=", "\r=", "\n=", " =", "\u{feff}=", "\0="]
        .into_iter()
        .enumerate()
    {
        let formula = format!("{start}HYPERLINK(\"http://a.vn/{number}\";\"x\")");
        let document = serde_json::json!({
            "id": formula, "url": formula, "title": formula, "site": formula, "published_at": formula,
            "text": format!("{formula}\n{ARTICLE}\n{formula}"),
        });
        lines.push_str(&format!("{document}\n"));
    }
    project.write("=cmd|' -C calc'!A0.jsonl", &lines);
    project.write("-2+3.jsonl", "{}\n");
    project.write("@sum.txt", "=1+1");
    project.write("bad.csv", "=1+1,@a\n\"=2\"\n");
    project.run();
    let mut n_cells = 0;
    for entry in fs::read_dir(project.output()).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|ending| ending != "csv") {
            continue;
        }
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_path(&path).unwrap();
        for record in reader.records() {
            for cell in &record.unwrap() {
                let runs = cell.starts_with(['=', '+', '@', '\t', '\r', '\n'])
                    || (cell.starts_with('-') && cell.parse::<f64>().is_err());
                assert!(!runs, "{}: {cell:?}", path.display());
                n_cells += 1;
            }
        }
    }
    assert!(n_cells > 1000, "{n_cells}");
}
