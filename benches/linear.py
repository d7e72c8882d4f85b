#!/usr/bin/env python3
"""Fail where some input makes a stage do more than linear work.

    linear.py PROGRAM [--kilobytes 500] [--only NAME …] [--folder FOLDER]

PROGRAM    parc-etl, built with --release

Each family is a text or page that repeats what one kind of rule looks for, with nothing that would let it stop. It is run
alone, on one thread, at a size, its double and its fourfold; what counts is the time that each stage is busy, the least of
three runs. A stage that takes more than 2.6 times as long for twice as much, twice in a row, is not linear. Times below
what can be measured are passed over. Prints a table and the families that failed; exit code 1 if there are any.
"""
import argparse
import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

MOST_PER_DOUBLING = 2.6
LEAST_SECONDS = 0.05
REPEATS = 3

PIPELINE = """
[pipeline]
name = "linear"
max_reject_share = 1.0

[ingest]
inputs = ["none.txt"]
max_document_bytes = 100_000_000

[extract]
on_topic_only = false
"""

OPENING = "Sáng 14/6/2022, UBND tỉnh Cao Bằng họp về cải cách hành chính. "
PARAGRAPH = "<p>" + OPENING + "Ông Nguyễn Văn An, Chủ tịch UBND tỉnh, chủ trì hội nghị.</p>"


def repeated(unit: str, opening: str = OPENING) -> Callable[[int], str]:
    return lambda size: opening + unit * (size // len(unit.encode()))


def numbered(unit: str, opening: str = OPENING) -> Callable[[int], str]:
    """`{}` in the unit becomes a number of its own."""
    length = len(unit.encode()) + 4
    return lambda size: opening + "".join(unit.format(number) for number in range(size // length))


def named(unit: str) -> Callable[[int], str]:
    """`{}` in the unit becomes a name of its own: no two are one person."""
    family = ["Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Bế", "Nông", "Đàm", "Lương", "Triệu", "Vũ", "Đặng", "Bùi"]
    middle = ["Văn", "Thị", "Đức", "Hữu", "Quang", "Minh", "Xuân", "Ngọc", "Thanh", "Công", "Đình", "Trọng"]
    given = ["An", "Bình", "Cường", "Dũng", "Giang", "Hà", "Khánh", "Lan", "Mai", "Nam", "Oanh", "Phúc", "Quý", "Sơn", "Tâm"]

    def text(size: int) -> str:
        parts, n_bytes, number = [OPENING], 0, 0
        while n_bytes < size:
            name = f"{family[number % 13]} {middle[number // 13 % 12]} {given[number // 156 % 15]}"
            parts.append(unit.replace("{}", name))
            n_bytes += len(parts[-1].encode())
            number += 1
        return "".join(parts)

    return text


TEXTS = {
    "dates": repeated("ngày 14/6/2022 "),
    "dates in one list": repeated("14/6/2022, "),
    "days and months": repeated("ngày 14 và 15 tháng 6, "),
    "periods": repeated("6 tháng đầu năm 2022, quý III năm 2023, giai đoạn 2021-2025, "),
    "open periods": repeated("từ ngày 1/1 đến "),
    "one name": repeated("Nguyễn Văn A "),
    "names in a list": named("{}, "),
    "names with posts": named("đồng chí {}, Phó Chủ tịch UBND tỉnh; "),
    "honorifics": repeated("ông "),
    "honorifics with names": named("ông {} "),
    "capitals": repeated("Ab Cd Ef Gh "),
    "upper case": repeated("HỘI NGHỊ TRỰC TUYẾN "),
    "titles": repeated("Phó Chủ tịch Thường trực "),
    "titles in a list": repeated("Chủ tịch UBND tỉnh, "),
    "bodies": repeated("Ủy ban nhân dân tỉnh Cao Bằng, "),
    "bodies without end": repeated("Sở Nội vụ, Sở Tài chính và "),
    "provinces": repeated("Cao Bằng, Hà Nội, Lạng Sơn, "),
    "commas": repeated("a, "),
    "semicolons": repeated("a; "),
    "and": repeated("và "),
    "colons": repeated("gồm: "),
    "quotes": repeated("“"),
    "quoted words": repeated("“a "),
    "straight quotes": repeated('" '),
    "brackets": repeated("("),
    "bracketed words": repeated("(a "),
    "bracketed abbreviations": repeated("Ủy ban nhân dân (UBND) "),
    "dashes": repeated("- "),
    "dots": repeated(". "),
    "ellipses": repeated("... "),
    "initials": repeated("A. "),
    "abbreviations": repeated("TS. "),
    "numbers": repeated("1.234,5 "),
    "percents": repeated("12,5% "),
    "numbers with units": repeated("1.234 hồ sơ, "),
    "figures": repeated("tỷ lệ hồ sơ đúng hạn đạt 98,5%, "),
    "changes": repeated("tăng 5% so với cùng kỳ, "),
    "targets": repeated("phấn đấu đến năm 2025 đạt trên 95% "),
    "number words": repeated("hai trăm ba mươi mốt nghìn "),
    "ranks": repeated("xếp thứ 5/63 tỉnh, "),
    "measures": repeated("chỉ số cải cách hành chính "),
    "meetings": repeated("hội nghị trực tuyến toàn quốc về cải cách hành chính "),
    "meetings in sentences": numbered("Ngày 14/6, hội nghị lần thứ {} do Chủ tịch UBND tỉnh chủ trì. "),
    "meeting verbs": repeated("chủ trì hội nghị "),
    "roles": repeated("phát biểu tại hội nghị, "),
    "chairs": named("{} chủ trì. "),
    "attendees": repeated("Tham dự có đồng chí "),
    "citations": numbered("Quyết định số {}/QĐ-TTg ngày 14/6/2022 của Thủ tướng Chính phủ, "),
    "laws": repeated("Luật Tổ chức chính quyền địa phương năm 2015, "),
    "citations without end": repeated("Quyết định số "),
    "law words": repeated("Nghị quyết "),
    "one word": repeated("a"),
    "one syllable": repeated("hành "),
    "lines": repeated("a\n"),
    "lines of names": named("{}\n"),
    "blank lines": repeated("\n \n"),
    "bylines": repeated("Tác giả: Lan\n"),
    "tones apart": repeated("e\u0302\u0323"),
    "marks on one letter": repeated("\u0323"),
    "marks of two kinds": repeated("\u0323\u0301"),
    "right to left": repeated("\u202eab\u202c "),
    "spaces": repeated("  "),
    "prose": numbered("Theo báo cáo thứ {}, các xã đã giải quyết thủ tục cho người dân, "),
    "sentences": numbered("Theo báo cáo thứ {}, xã đã giải quyết 120 hồ sơ cho người dân trong tháng 6. "),
}

PAGES = {
    "page: paragraphs": repeated(PARAGRAPH, ""),
    "page: nested elements": lambda size: "<div>" * 500 + PARAGRAPH * (size // 200) + "</div>" * 500,
    "page: many nested": repeated("<div><div><div><div><b>a</b></div></div></div></div>", PARAGRAPH),
    "page: unclosed elements": repeated("<p><b>a", PARAGRAPH),
    "page: wrong end tags": repeated("</span><i>x</i></b>", PARAGRAPH),
    "page: rows": lambda size: "<table>" + "<tr><td>a<td>b" * (size // 15) + "</table>" + PARAGRAPH,
    "page: one row": lambda size: "<table><tr>" + "<td>a" * (size // 5) + "</table>" + PARAGRAPH,
    "page: tables within tables": lambda size: "<table><tr><td>" * 120 + "a " * (size // 2) + "</table>" * 120 + PARAGRAPH,
    "page: links": repeated("<a href=x>y</a>\n", PARAGRAPH),
    "page: list": lambda size: "<ul>" + "<li>Sở Nội vụ" * (size // 20) + "</ul>" + PARAGRAPH,
    "page: breaks": repeated("<br>a", PARAGRAPH),
    "page: inline": repeated("<span>a</span> ", PARAGRAPH),
    "page: comments": repeated("<!-- a -->b", PARAGRAPH),
    "page: brackets": repeated("< ", PARAGRAPH),
    "page: entities": repeated("&amp;&#7897;", PARAGRAPH),
    "page: scripts": repeated("<script>a</script>", PARAGRAPH),
    "page: script without end": repeated("</scrip", "<script>"),
    "page: long attribute": lambda size: f'<div class="{"nav-" * (size // 4)}">' + PARAGRAPH + "</div>",
    "page: classes": repeated('<div class="menu content sapo">a</div>', PARAGRAPH),
    "page: images": repeated("<figure><img src=a.jpg><figcaption>a</figcaption></figure>", PARAGRAPH),
    "page: metadata": lambda size: '<meta property="og:title" content="a">' * (size // 40) + PARAGRAPH,
    "page: headings": repeated("<h2>Hội nghị</h2>", PARAGRAPH),
    "page: one text": repeated("a ", "<p>"),
}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program", type=Path)
    parser.add_argument("--kilobytes", type=int, default=500)
    parser.add_argument("--only", nargs="+", default=None, help="families whose names contain one of these")
    parser.add_argument("--folder", type=Path, default=Path("/tmp/parc-etl-linear"))
    arguments = parser.parse_args()
    families = [(name, "txt", text) for name, text in TEXTS.items()]
    families += [(name, "html", page) for name, page in PAGES.items()]
    if arguments.only:
        families = [family for family in families if any(part in family[0] for part in arguments.only)]
    failed = []
    print("| family | stage | seconds | twice | four times | growth |")
    print("|---|---|---|---|---|---|")
    for name, ending, content in families:
        sizes = [arguments.kilobytes * 1000 * factor for factor in (1, 2, 4)]
        runs = [least(arguments.program, content(size), ending, arguments.folder) for size in sizes]
        if any(growth_of(runs, stage) > MOST_PER_DOUBLING**2 for stage in runs[-1]):
            # A busy machine looks like it too.
            again = [least(arguments.program, content(size), ending, arguments.folder) for size in sizes]
            pairs = zip(runs, again)
            runs = [{stage: min(one[stage], other[stage]) for stage in one} for one, other in pairs]
        for stage in sorted(runs[-1]):
            seconds = [run.get(stage, 0.0) for run in runs]
            if seconds[-1] < LEAST_SECONDS:
                continue
            growth = growth_of(runs, stage)
            is_linear = growth <= MOST_PER_DOUBLING**2
            if not is_linear:
                failed.append(f"{name}: {stage}")
            mark = "" if is_linear else " **not linear**"
            print(f"| {name} | {stage} | " + " | ".join(f"{value:.3f}" for value in seconds) + f" | {growth:.1f}{mark} |")
        sys.stdout.flush()
    shutil.rmtree(arguments.folder, ignore_errors=True)
    print(f"\n{len(families)} families; not linear: {', '.join(failed) or 'none'}")
    return 1 if failed else 0


def growth_of(runs: list[dict[str, float]], stage: str) -> float:
    """How many times as long the stage takes for four times as much; 0 where that is too short to tell."""
    first, last = runs[0].get(stage, 0.0), runs[-1][stage]
    return last / max(first, LEAST_SECONDS / 8) if last >= LEAST_SECONDS else 0.0


def least(program: Path, content: str, ending: str, folder: Path) -> dict[str, float]:
    """The least busy seconds of each stage over some runs with one document."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    (folder / "linear.toml").write_text(PIPELINE)
    document = folder / f"document.{ending}"
    document.write_text(content)
    command = [program, "run", folder / "linear.toml", "--input", document, "--output", folder / "tables"]
    command += ["--jobs", "1", "--log-format", "json"]
    runs: list[dict[str, float]] = []
    for _ in range(REPEATS):
        shutil.rmtree(folder / "tables", ignore_errors=True)
        try:
            run = subprocess.run(command, capture_output=True, text=True, check=True, timeout=300)
        except subprocess.TimeoutExpired:
            sys.exit(f"{len(content) // 1000} kB take more than five minutes: {content[:80]!r}")
        lines = [json.loads(line) for line in run.stderr.splitlines() if line.startswith("{")]
        stages = [line.get("fields", line) for line in lines]
        runs.append({line["stage"]: line["busy_seconds"] for line in stages if "busy_seconds" in line})
    return {stage: min(run[stage] for run in runs) for stage in runs[0]}


if __name__ == "__main__":
    sys.exit(main())
