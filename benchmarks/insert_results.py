#!/usr/bin/env python3
"""Puts the table of `outpaint evaluate` between the markers of Markdown files.

    benchmarks/insert_results.py evaluation/results.md README.md docs/evaluation.md

The block between `<!-- results -->` and `<!-- /results -->` is replaced; `<!-- results: LPIPS, FID-768 -->` takes only these
columns. The best values are bold. The line below the table tells how many photos there were and which commit measured them.
"""
import re
import subprocess
import sys
from pathlib import Path

BLOCK = re.compile(r"(<!-- results(?:: (?P<columns>[^>]*?))? -->\n).*?(<!-- /results -->)", re.DOTALL)


def read_table(report: Path) -> tuple[list[list[str]], str]:
    lines = report.read_text().splitlines()
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("|")]
    photos = next(line for line in lines if re.match(r"\d+ photos, ", line)).split(";")[0]
    return rows, photos


def select(rows: list[list[str]], names: str | None) -> list[list[str]]:
    if not names:
        return [row.copy() for row in rows]
    # A heading is a name, a space and an arrow.
    headings = [heading.rpartition(" ")[0] for heading in rows[0]]
    try:
        wanted = [0, *(headings.index(name.strip()) for name in names.split(","))]
    except ValueError as missing:
        sys.exit(f"error: {missing} of {headings}; mend the marker")
    return [[row[i] for i in wanted] for row in rows]


def block(rows: list[list[str]], caption: str) -> str:
    heading, rule, *methods, originals = rows
    for column in range(1, len(heading)):
        best = best_of(heading[column][-1], [row[column] for row in methods], originals[column])
        for row in methods:
            if row[column] == best:
                row[column] = f"**{best}**"
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join([*lines, "", caption, ""])


def best_of(arrow: str, values: list[str], originals: str) -> str:
    rank = {"↑": lambda value: -value, "↓": lambda value: value, "≈": lambda value: abs(value - float(originals))}[arrow]
    return min((value for value in values if value != "-"), key=lambda value: rank(float(value.replace("∞", "inf"))))


def main() -> None:
    report, *files = map(Path, sys.argv[1:])
    rows, photos = read_table(report)
    describe = ["git", "describe", "--always", "--dirty", "--exclude=*"]
    commit = subprocess.run(describe, capture_output=True, text=True, check=True).stdout.strip()
    caption = f"{photos}; commit {commit}. ↑ higher is better, ↓ lower is better, ≈ best at the originals' own value."
    for file in files:
        text, count = BLOCK.subn(lambda match: match[1] + block(select(rows, match["columns"]), caption) + match[3], file.read_text())
        if count == 0:
            sys.exit(f"error: {file} has no <!-- results --> ... <!-- /results -->")
        file.write_text(text)
        print(f"{file}: results of {photos}")


if __name__ == "__main__":
    main()
