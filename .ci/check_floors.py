#!/usr/bin/env python3
"""Compare measured F1 with the floors of one section of floors.toml.

    check_floors.py EVAL_JSON FLOORS_TOML SECTION [SCORE_JSON]

EVAL_JSON   what `parc-etl eval --format json` prints
SCORE_JSON  what the annotated documents' own score says of the same tables; its figures must be the same

Exit code 1 when a figure lies below its floor or is not there at all, when a document of the gold was not read, or when
the two scores differ.
"""
import json
import sys
import tomllib


def main() -> int:
    eval_path, floors_path, section = sys.argv[1:4]
    measured = read_json(eval_path)
    with open(floors_path, "rb") as file:
        floors = tomllib.load(file)[section]
    mistakes = []
    print(f"{section}: {measured['documents']} documents")
    print(f"{'':24}{'precision':>10}{'recall':>8}{'F1':>8}{'floor':>8}")
    for key, figures in measured["figures"].items():
        precision, recall, f1 = (figures[name] or 0.0 for name in ("precision", "recall", "f1"))
        floor = floors.pop(key, None)
        is_below = floor is not None and f1 < floor
        floor_text = "-" if floor is None else f"{floor:.3f}"
        print(f"{key:24}{precision:10.3f}{recall:8.3f}{f1:8.3f}{floor_text:>8}{'  BELOW' if is_below else ''}")
        if is_below:
            mistakes.append(f"{key}: F1 {f1:.3f} lies below its floor {floor:.3f}")
    mistakes += [f"{key} has a floor but was not measured" for key in floors]
    mistakes += [f"{document}: not among the documents of the run" for document in measured["not_in_output"]]
    if len(sys.argv) > 4:
        mistakes += differences(measured["figures"], read_json(sys.argv[4])["figures"])
    for mistake in mistakes:
        print(f"WRONG: {mistake}")
    return 1 if mistakes else 0


def read_json(path: str) -> dict:
    with open(path, encoding="utf-8") as file:
        return json.load(file)


def differences(ours: dict, theirs: dict) -> list[str]:
    counts = ("tp", "fp", "fn")
    return [
        f"{key}: parc-etl eval counts {ours.get(key)}, the score {theirs.get(key)}"
        for key in ours.keys() | theirs.keys()
        if [ours.get(key, {}).get(name) for name in counts] != [theirs.get(key, {}).get(name) for name in counts]
    ]


if __name__ == "__main__":
    sys.exit(main())
