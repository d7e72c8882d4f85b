"""`parc_etl.extract` and `parc_etl.explain`."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pandas
import polars
import pyarrow as pa
import pytest
from conftest import ARTICLE, PIPELINE, ROOT

import parc_etl


def rows(tables: parc_etl.Tables, table: str) -> list[dict]:
    return tables[table].to_arrow().to_pylist()


def test_a_text_gives_all_tables() -> None:
    tables = parc_etl.extract(ARTICLE)
    assert [meeting["kind"] for meeting in rows(tables, "meetings")] == ["hội nghị"]
    assert [part["role"] for part in rows(tables, "participations")] == ["chair"]
    (figure,) = rows(tables, "indicators")
    assert (figure["value"], figure["unit"]) == (98.5, "%")
    (document,) = rows(tables, "documents")
    assert document["text"][figure["start"] : figure["end"]] == figure["quote"]
    assert rows(tables, "meetings_by_month")[0]["n_meetings"] == 1
    assert tables["meetings"].to_polars().collect()["chairs"].to_list() == [["Lê Văn An"]]
    assert tables["officials"].duckdb().project("name").fetchall() == [("Lê Văn An",)]


def test_texts_are_told_apart_and_short_ones_rejected() -> None:
    tables = parc_etl.extract([ARTICLE, "Tin ngắn\nChưa có gì.", ARTICLE])
    assert [document["source_record"] for document in rows(tables, "documents")] == [1]
    assert [(reject["code"], reject["source_record"]) for reject in rows(tables, "rejects")] == [("too_short", 2)]
    assert rows(parc_etl.extract([]), "documents") == []


@pytest.mark.parametrize(
    "made",
    [
        lambda columns: pa.table(columns),
        lambda columns: pa.table({name: pa.array(values, pa.string_view()) for name, values in columns.items()}),
        lambda columns: pa.table({name: pa.array(values, pa.large_string()) for name, values in columns.items()}),
        lambda columns: pa.record_batch(columns),
        lambda columns: pa.table(columns).to_reader(),
        lambda columns: polars.DataFrame(columns),
        lambda columns: pandas.DataFrame(columns),
        lambda columns: duckdb.from_arrow(pa.table(columns)),
    ],
    ids=["pyarrow", "views", "large", "batch", "reader", "polars", "pandas", "duckdb"],
)
def test_whatever_speaks_arrow_is_taken_with_what_is_known_of_the_documents(made) -> None:
    columns = {"text": [ARTICLE], "url": ["https://langson.gov.vn/tin/1"], "published_at": ["2020-05-13"]}
    (document,) = rows(parc_etl.extract(made(columns)), "documents")
    assert (document["url"], str(document["published_at"])) == ("https://langson.gov.vn/tin/1", "2020-05-13")


def is_utf8(page: Path) -> bool:
    try:
        return bool(page.read_text(encoding="utf-8"))
    except UnicodeDecodeError:
        return False


def test_pages_are_taken_as_a_run_takes_them(samples: parc_etl.RunResult) -> None:
    pages = [page for page in (ROOT / "raw").glob("*.html") if is_utf8(page)]
    tables = parc_etl.extract(pa.table({"html": [page.read_text(encoding="utf-8") for page in pages]}))
    sources = {f"raw/{page.name}" for page in pages}
    expected = {row["text"] for row in rows(samples.tables, "documents") if row["source_path"] in sources}
    assert {row["text"] for row in rows(tables, "documents")} == expected


def test_options_come_from_a_pipeline(tmp_path: Path) -> None:
    weather = "Hôm nay ông Lê Văn An, Chủ tịch UBND tỉnh Lạng Sơn, đi xem bóng đá cùng gia đình. " * 3
    assert rows(parc_etl.extract(weather), "officials") == []
    assert len(rows(parc_etl.extract(weather, on_topic_only=False), "officials")) == 1
    file = tmp_path / "p.toml"
    file.write_text('[pipeline]\nname = "p"\n[ingest]\ninputs = ["*"]\n[clean]\nmin_chars = 2\n')
    assert rows(parc_etl.extract("Tin ngắn\nCó.", pipeline=file), "rejects") == []


def test_data_without_text_are_errors() -> None:
    with pytest.raises(parc_etl.RunError, match="the data has neither `text` nor `html`; its names: body"):
        parc_etl.extract(pa.table({"body": [ARTICLE]}))
    with pytest.raises(TypeError, match="give a text, texts, or Arrow data"):
        parc_etl.extract([1, 2])
    with pytest.raises(parc_etl.ConfigError, match="there is no file"):
        parc_etl.extract(ARTICLE, pipeline="missing.toml")


def test_an_explanation_is_shown_marked() -> None:
    explanation = parc_etl.explain("Sáng 12/5/2020, ông Lê Văn An, Chủ tịch UBND tỉnh Lạng Sơn, chủ trì hội nghị.")
    assert "[ông Lê Văn An, " in str(explanation) and "\x1b" not in str(explanation)
    assert "<mark" in explanation._repr_html_() and ">ông Lê Văn An, </mark>" in explanation.html
    (official,) = explanation.facts["officials"]
    text = explanation.facts["document"]["text"]
    assert text[official["evidence"]["start"] : official["evidence"]["end"]] == official["evidence"]["quote"]
    assert PIPELINE.is_file() and parc_etl.explain("họp", pipeline=PIPELINE).facts["meetings"] == []


def test_markup_in_a_text_stays_text() -> None:
    hostile = "Ông Lê Văn An, Chủ tịch UBND tỉnh Lạng Sơn, <img src=x onerror=alert(1)> & <script>alert(2)</script> họp."
    shown = parc_etl.explain(hostile).html
    assert "&lt;img src=x onerror=alert(1)&gt; &amp; &lt;script&gt;" in shown
    assert "<img" not in shown and "<script" not in shown


def test_tables_are_scored_against_gold(samples: parc_etl.RunResult) -> None:
    scores = parc_etl.evaluate(ROOT / "tests" / "gold", samples.output)
    assert "officials" in str(scores)
    with pytest.raises(parc_etl.ParcEtlError):
        parc_etl.evaluate(ROOT / "src", samples.output)
