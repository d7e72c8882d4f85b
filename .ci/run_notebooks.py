"""Executes the notebooks from the first cell to the last, as a reader would; an error in a cell is an error here.

    python .ci/run_notebooks.py            executes them and leaves the files alone
    python .ci/run_notebooks.py --keep     writes what the cells show into the files, where GitHub shows it
"""

import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient

FOLDER = Path(__file__).resolve().parents[1] / "notebooks"
TIMEOUT_SECS = 300


def main() -> None:
    keep = sys.argv[1:] == ["--keep"]
    for path in sorted(FOLDER.glob("*.ipynb")):
        notebook = nbformat.read(path, as_version=4)
        kept = cells_that_show(notebook)
        NotebookClient(
            notebook, timeout=TIMEOUT_SECS, resources={"metadata": {"path": str(FOLDER)}}, record_timing=False
        ).execute()
        if keep:
            nbformat.write(notebook, path)
        elif kept != cells_that_show(notebook):
            sys.exit(f"{path.name} is kept without what its cells show: python .ci/run_notebooks.py --keep")
        print(f"{path.name}: {len(notebook.cells)} cells")


def cells_that_show(notebook: nbformat.NotebookNode) -> list[str]:
    return [cell.id for cell in notebook.cells if cell.get("outputs")]


if __name__ == "__main__":
    main()
