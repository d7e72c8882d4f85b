#!/usr/bin/env python3
"""Measure other ways to find names, dates and figures in Vietnamese text beside parc-etl, on the same documents.

    peers.py PROGRAM DOCUMENTS [--documents 300] [--folder FOLDER]

PROGRAM    parc-etl, built with --release
DOCUMENTS  JSON Lines with the field `text`, plain or as .gz, such as the example `generate` makes

Makes a virtual environment in FOLDER with underthesea and spaCy, runs each on one thread over the cleaned texts, and
prints a Markdown table. None of the peers does all of what parc-etl does; the table says what each gives.
"""
import argparse
import csv
import gzip
import json
import os
import re
import shutil
import subprocess
import sys
import time
import venv
from collections.abc import Callable, Iterable
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent
LEXICON = REPOSITORY / "src/lexicon/data"
PACKAGES = ["underthesea==9.5.0", "spacy==3.8.18"]
ONE_THREAD = {name: "1" for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "RAYON_NUM_THREADS")}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program", type=Path)
    parser.add_argument("documents", type=Path)
    parser.add_argument("--documents", dest="n_documents", type=int, default=300)
    parser.add_argument("--folder", type=Path, default=Path("/tmp/parc-etl-peers"))
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.inside:
        measure_peers(arguments.folder)
        return
    arguments.folder.mkdir(parents=True, exist_ok=True)
    write_sample(arguments.documents, arguments.n_documents, arguments.folder)
    rows = parc_etl(arguments.program, arguments.folder)
    python = python_with_peers(arguments.folder)
    command = [python, Path(__file__).resolve(), arguments.program, arguments.documents, "--inside"]
    command += ["--folder", arguments.folder]
    inside = subprocess.run(command, check=True, stdout=subprocess.PIPE, env={**os.environ, **ONE_THREAD})
    rows += json.loads(inside.stdout)
    print_table(rows, [len(text.encode()) for text in texts(arguments.folder)])


def write_sample(documents: Path, n_documents: int, folder: Path) -> None:
    open_file = gzip.open if documents.suffix == ".gz" else open
    with open_file(documents, "rt", encoding="utf-8") as lines, open(folder / "sample.jsonl", "w") as sample:
        for _, line in zip(range(n_documents), lines):
            sample.write(line)


def parc_etl(program: Path, folder: Path) -> list[dict]:
    """Busy time of the stages of one run on one thread, the least of three; their texts are what the peers read."""
    tables = folder / "tables"
    command = [program, "run", REPOSITORY / "pipelines/default.toml", "--input", folder / "sample.jsonl"]
    command += ["--output", tables, "--jobs", "1", "--log-format", "json"]
    runs = []
    for _ in range(3):
        shutil.rmtree(tables, ignore_errors=True)
        started = time.perf_counter()
        run = subprocess.run(command, check=True, capture_output=True, text=True)
        lines = [json.loads(line) for line in run.stderr.splitlines() if line.startswith("{")]
        stages = {line["stage"]: line["busy_seconds"] for line in lines if "busy_seconds" in line}
        runs.append({**stages, "run": time.perf_counter() - started})
    least = {stage: min(run[stage] for run in runs) for stage in runs[0]}
    with open(tables / "documents.csv", encoding="utf-8-sig", newline="") as file:
        csv.field_size_limit(1 << 30)
        (folder / "texts.json").write_text(json.dumps([row["text"] for row in csv.DictReader(file)]))
    extracted = least["clean"] + least["extract"]
    return [
        row("parc-etl, clean", "text of the article, metadata, topic", least["clean"]),
        row("parc-etl, extract", "meetings, persons with posts and roles, figures, citations", least["extract"]),
        row("parc-etl, clean and extract", "both", extracted),
        row("parc-etl, whole run", "all tables, ids, summaries, as Parquet and CSV", least["run"]),
    ]


def row(name: str, gives: str, seconds: float) -> dict:
    return {"name": name, "gives": gives, "seconds": seconds}


def python_with_peers(folder: Path) -> Path:
    environment = folder / "venv"
    python = environment / "bin/python"
    if not python.exists():
        venv.create(environment, with_pip=True)
    subprocess.run([python, "-m", "pip", "install", "--quiet", *PACKAGES], check=True, stdout=sys.stderr)
    return python


def texts(folder: Path) -> list[str]:
    return json.loads((folder / "texts.json").read_text())


def measure_peers(folder: Path) -> None:
    """Runs in the virtual environment; prints the rows as JSON."""
    documents = texts(folder)
    rows = [
        timed("regular expressions", "names after a title, dates, figures, citations", pattern_finder(), documents),
        timed("spaCy, blank `xx` with EntityRuler", "titles and bodies of the lexicon", ruler(), documents),
        timed("underthesea `sent_tokenize`", "sentences", sentence_splitter(), documents),
    ]
    # The tagger is slow: a tenth of the documents tells its speed.
    few = documents[:: max(1, len(documents) // 30)]
    rows.append(timed("underthesea `ner`", "persons, places, bodies", tagger(), few, len(documents) / len(few)))
    json.dump(rows, sys.stdout)


def timed(name: str, gives: str, find: Callable[[str], int], documents: Iterable[str], factor: float = 1.0) -> dict:
    """The least of two passes, times `factor`; what is loaded once is loaded before."""
    documents = list(documents)
    find(documents[0])
    passes, n_found = [], 0
    for _ in range(2):
        started = time.perf_counter()
        n_found = sum(find(document) for document in documents)
        passes.append(time.perf_counter() - started)
    print(f"{name}: {n_found} found in {len(documents)} documents", file=sys.stderr)
    return row(name, gives, factor * min(passes))


def phrases(file: str) -> list[str]:
    with open(LEXICON / file, encoding="utf-8", newline="") as lines:
        return [line["phrase"] for line in csv.DictReader(lines)]


def pattern_finder() -> Callable[[str], int]:
    """A careful script of the kind that is written for such pages: one pattern per fact, compiled once."""
    capital = "[A-ZĐÀ-ÝĂĨŨƠƯẠ-Ỹ]"
    name = rf"{capital}\w*(?: {capital}\w*){{1,3}}"
    titles = "|".join(re.escape(title) for title in sorted(phrases("titles.csv"), key=len, reverse=True))
    patterns = [
        re.compile(rf"(?:[ôÔ]ng|[bB]à|đồng chí|Đồng chí) ({name})"),
        re.compile(rf"(?i:{titles})[^.;\n]{{0,40}}? ({name})"),
        re.compile(rf"({name}),? (?i:{titles})"),
        re.compile(r"(?:ngày )?\b\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{4})?\b|ngày \d{1,2} tháng \d{1,2}(?: năm \d{4})?"),
        re.compile(r"\b\d[\d.,]*(?:\s?%| (?:hồ sơ|thủ tục|tỷ đồng|triệu đồng|đơn vị|người|xã|dịch vụ))"),
        re.compile(r"\b\d+/(?:\d{4}/)?(?:NĐ|QĐ|NQ|CT|TT|KH)-[A-ZĐ]+\b"),
        re.compile(r"(?i:hội nghị|cuộc họp|phiên họp|hội thảo|buổi làm việc) [^.\n]{0,120}"),
    ]
    return lambda text: sum(len(pattern.findall(text)) for pattern in patterns)


def ruler() -> Callable[[str], int]:
    import spacy

    model = spacy.blank("xx")
    entities = model.add_pipe("entity_ruler", config={"phrase_matcher_attr": "LOWER"})
    patterns = [{"label": "TITLE", "pattern": phrase} for phrase in phrases("titles.csv")]
    patterns += [{"label": "ORG", "pattern": phrase} for phrase in phrases("organizations.csv")]
    entities.add_patterns(patterns)
    return lambda text: len(model(text).ents)


def sentence_splitter() -> Callable[[str], int]:
    from underthesea import sent_tokenize

    return lambda text: len(sent_tokenize(text))


def tagger() -> Callable[[str], int]:
    from underthesea import ner

    return lambda text: sum(tag.startswith("B-") for *_, tag in ner(text))


def print_table(rows: list[dict], sizes: list[int]) -> None:
    megabytes = sum(sizes) / 1e6
    print(f"{len(sizes)} documents, {megabytes:.1f} MB of cleaned text\n")
    print("| | gives | MB/s | documents/s | times as long as parc-etl's clean and extract |")
    print("|---|---|---|---|---|")
    own = next(row["seconds"] for row in rows if row["name"] == "parc-etl, clean and extract")
    for row in rows:
        seconds = row["seconds"]
        ratio = f"{seconds / own:,.0f}" if seconds >= 10 * own else f"{seconds / own:.1f}"
        per_second = len(sizes) / seconds
        documents = f"{per_second:,.0f}" if per_second >= 10 else f"{per_second:.2g}"
        speed = f"{megabytes / seconds:.2g} | {documents}"
        print(f"| {row['name']} | {row['gives']} | {speed} | {ratio} |")


if __name__ == "__main__":
    main()
