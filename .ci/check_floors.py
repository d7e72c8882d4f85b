#!/usr/bin/env python3
"""Compare measured F1 with the floors of one section of floors.toml.

    check_floors.py SCORE_JSON FLOORS_TOML SECTION

Exit code 1 when a figure lies below its floor or is not there at all, or when a document of the gold was not read.
"""
import json
import sys
import tomllib


def main() -> int:
    score_path, floors_path, section = sys.argv[1:]
    with open(score_path, encoding="utf-8") as file:
        score = json.load(file)
    with open(floors_path, "rb") as file:
        floors = tomllib.load(file)[section]
    below = 0
    print(f"{section}: {score['documents']} documents")
    print(f"{'':24}{'precision':>10}{'recall':>8}{'F1':>8}{'floor':>8}")
    for key, figures in score["figures"].items():
        floor = floors.pop(key, None)
        is_below = floor is not None and not figures["f1"] >= floor
        below += is_below
        floor_text = "-" if floor is None else f"{floor:.3f}"
        print(
            f"{key:24}{figures['precision']:10.3f}{figures['recall']:8.3f}{figures['f1']:8.3f}{floor_text:>8}"
            f"{'  BELOW' if is_below else ''}"
        )
    for key in floors:
        print(f"{key:24} has a floor but was not measured")
    for document in score["not_in_prediction"]:
        print(f"{document}: not among the documents of the run")
    return 1 if below or floors or score["not_in_prediction"] else 0


if __name__ == "__main__":
    sys.exit(main())
