"""The same tables from Spark, in one process with two threads."""

from __future__ import annotations

from pathlib import Path

import pytest
from comparing import assert_equal
from conftest import ARTICLE, PIPELINE, ROOT

import parc_etl
import parc_etl.spark
from parc_etl.spark._flow import bins_of
from parc_etl.spark._sql import spark_sql

pyspark_sql = pytest.importorskip("pyspark.sql")

ANNOTATED = ROOT.parent / "shared" / "gold" / "dev" / "docs"

# The sample pages and, where they are, annotated documents beside the checkout.
INPUTS = [str(ROOT / "raw" / "**" / f"*.{ending}") for ending in ("txt", "html", "jsonl*", "csv*")]
if ANNOTATED.is_dir():
    INPUTS.append(str(ANNOTATED / "*.txt"))


@pytest.fixture(scope="module")
def spark():
    session = (
        pyspark_sql.SparkSession.builder.master("local[2]")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "4")
        .getOrCreate()
    )
    yield session
    session.stop()


@pytest.fixture(scope="module")
def local(tmp_path_factory: pytest.TempPathFactory) -> parc_etl.RunResult:
    return parc_etl.run(PIPELINE, input=INPUTS, output=tmp_path_factory.mktemp("local") / "output", progress=False)


@pytest.mark.parametrize("partitions", [1, 7])
def test_tables_equal_those_of_a_local_run(spark, local, tmp_path: Path, partitions: int) -> None:
    output = tmp_path / "output"
    result = parc_etl.spark.run(spark, PIPELINE, INPUTS, output, partitions=partitions)
    assert_equal(local.output, output)
    assert result.rows == local.rows
    assert result.stages == local.stages
    assert [path.name for path in tmp_path.iterdir()] == ["output"]
    assert spark.catalog.listTables() == []


def test_copies_decisions_and_word_lists_count_as_in_a_local_run(spark, tmp_path: Path) -> None:
    pages = tmp_path / "pages"
    pages.mkdir()
    other = ARTICLE.replace("Lạng Sơn", "Cao Bằng").replace("Lê Văn An", "Bế Đình Lượng")
    lines = "".join(f'{{"text": "{text}"}}\n' for text in (other, ARTICLE, other, "ngắn"))
    for name in ("a.jsonl", "c.jsonl"):
        (pages / name).write_text(lines, encoding="utf-8")
    first = parc_etl.extract(ARTICLE)["meetings"].to_arrow()["meeting_id"][0].as_py()
    official = parc_etl.extract(other)["officials"].to_arrow()["official_id"][0].as_py()
    (tmp_path / "decisions.csv").write_text(
        "action,kind,id,other,value,reason,author\n"
        f"rename,official,{official},,Bế Đình Lượng Hai,another name,Lan\n"
        f"drop,meeting,{first},,,not one,Lan\n"
        "rename,official,p-0000000000000000,,Không Ai,nobody,Lan\n"
    )
    pipeline = tmp_path / "p.toml"
    pipeline.write_text(
        '[pipeline]\nname = "p"\n[ingest]\ninputs = ["pages/*"]\n[resolve]\ndecisions = ["decisions.csv"]\n'
    )
    local = parc_etl.run(pipeline, output=tmp_path / "local", progress=False)
    result = parc_etl.spark.run(spark, pipeline, output=tmp_path / "spark")
    assert_equal(local.output, tmp_path / "spark")
    assert result.stages == local.stages
    assert result.stages[0].merged == 5 and result.rows["documents"] == 2
    applied = result.tables["decisions"].to_arrow()["applied"].to_pylist()
    assert sorted(applied) == [False, True, True]


def test_an_output_folder_is_not_replaced_unasked(spark, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(ARTICLE, encoding="utf-8")
    (tmp_path / "p.toml").write_text('[pipeline]\nname = "p"\n[ingest]\ninputs = ["a.txt"]\n')
    parc_etl.spark.run(spark, tmp_path / "p.toml")
    with pytest.raises(parc_etl.ParcEtlError, match="is there already; .* overwrite=True"):
        parc_etl.spark.run(spark, tmp_path / "p.toml")
    (tmp_path / "a.txt").write_text(ARTICLE * 2, encoding="utf-8")
    result = parc_etl.spark.run(spark, tmp_path / "p.toml", overwrite=True)
    assert len(result.tables["documents"].to_arrow()["text"][0].as_py()) > len(ARTICLE)
    (tmp_path / "output" / "mine.txt").write_text("x")
    with pytest.raises(parc_etl.ParcEtlError, match="mine.txt is in the way"):
        parc_etl.spark.run(spark, tmp_path / "p.toml", overwrite=True)


def test_sql_that_spark_cannot_run_is_refused_before_anything_is_read(spark, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(ARTICLE, encoding="utf-8")
    (tmp_path / "p.toml").write_text(
        '[pipeline]\nname = "p"\n[ingest]\ninputs = ["a.txt"]\n'
        '[[aggregate]]\nname = "x"\ndescription = "d"\nsql = "SELECT COUNT(*) AS n FROM meetings"\n'
        '[[aggregate]]\nname = "y"\ndescription = "d"\nsql = "SELECT kind, ARRAY_AGG(name ORDER BY meeting_id) AS names FROM meetings GROUP BY kind"\n'
    )
    with pytest.raises(parc_etl.ParcEtlError, match="Spark cannot run the SQL of the pipeline:\nsummary table y: ") as raised:
        parc_etl.spark.run(spark, tmp_path / "p.toml")
    assert not isinstance(raised.value, parc_etl.ConfigError) and "summary table x" not in str(raised.value)
    assert not (tmp_path / "output").exists()


def test_mistakes_in_the_pipeline_file_are_told_on_the_driver(spark, tmp_path: Path) -> None:
    (tmp_path / "p.toml").write_text('[pipeline]\nname = "p"\n')
    with pytest.raises(parc_etl.ConfigError, match="ingest"):
        parc_etl.spark.run(spark, tmp_path / "p.toml")


def test_sql_keeps_its_meaning() -> None:
    assert spark_sql("SELECT STRFTIME(date, '%Y-%m') AS month FROM meetings") == (
        "SELECT DATE_FORMAT(date, 'yyyy-MM') AS month FROM meetings"
    )
    assert "[0]" in spark_sql("SELECT successor_ids[1] AS id FROM areas")
    assert "SORT_ARRAY(COLLECT_LIST(x), TRUE)" in spark_sql("SELECT ARRAY_AGG(x ORDER BY x) AS xs FROM t")


def test_files_are_shared_out_by_size() -> None:
    sizes = [5, 1, 9, 1, 1, 3]
    bins = bins_of(sizes, 3)
    totals = [sum(size for size, found in zip(sizes, bins) if found == number) for number in range(3)]
    assert sorted(totals) == [5, 6, 9] and bins_of([1, 1], 5) == [0, 1]
