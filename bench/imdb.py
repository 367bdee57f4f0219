"""Building a catalogue from files of IMDb's form and size: seconds and peak memory.

    python bench/imdb.py [--titles 11500000] [--folder FOLDER]

The files are made up, for IMDb's own are not ours to pass on: as many titles of each kind, alternative titles, credits
and people as IMDb has (its files of 2026 hold about 11.5 million titles, 4.5 alternative titles and 8 credits each,
and 14 million people), with names put together from syllables. Made and built in processes of their own, so that the
peak memory is the build's alone. Prints a table and writes docs/figures/imdb.json.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import duckdb
from machine import machine, sentence
from table import markdown

from pullquote.catalogue.build import build

ROOT = Path(__file__).resolve().parent.parent
IMDB = 11_500_000
#: Share of each kind, in thousandths, in the order of the numbers that choose it.
KINDS = (
    ("tvEpisode", 763), ("short", 93), ("movie", 62), ("video", 27), ("tvSeries", 25), ("tvMovie", 13),
    ("tvMiniSeries", 6), ("tvSpecial", 5), ("videoGame", 4), ("tvShort", 2),
)  # fmt: skip
_SYLLABLES = "['la','mor','ti','den','ka','ro','vel','san','gri','po','chu','ber','lin','zo','mar','ne']"
_PART = f"{_SYLLABLES}[1 + (hash({{0}}, {{1}}) % 16)::INT]"


def _word(number: str) -> str:
    """SQL for a word from a number: three syllables, capital first."""
    one, two, three = (_PART.format(number, n) for n in (1, 2, 3))
    return f"upper(left({one}, 1)) || substr({one}, 2) || {two} || {three}"


def _name(number: str) -> str:
    """Two words."""
    return f"{_word(number + ' // 7')} || ' ' || {_word(number + ' + 1')}"


def files(folder: Path, titles: int) -> None:
    """Write the six files, packed as IMDb packs them."""
    people = titles * 14 // 11
    kind = "CASE " + " ".join(
        f"WHEN hash(i, 9) % 1000 < {sum(n for _, n in KINDS[: at + 1])} THEN '{name}'"
        for at, (name, _) in enumerate(KINDS)
    ) + " END"  # fmt: skip
    film, person = "'tt' || lpad(({0})::VARCHAR, 8, '0')", "'nm' || lpad(({0})::VARCHAR, 8, '0')"
    tables = {
        "title.basics": f"""
            SELECT {film.format("i")} AS tconst, {kind} AS titleType, {_name("i")} AS primaryTitle,
                   primaryTitle AS originalTitle, 0 AS isAdult, 1900 + hash(i, 8) % 126 AS startYear, NULL AS endYear,
                   90 AS runtimeMinutes, 'Drama' AS genres FROM range({titles}) t(i)""",
        "title.akas": f"""
            SELECT {film.format("i % " + str(titles))} AS titleId, i // {titles} + 1 AS ordering,
                   {_name("i * 3")} AS title, 'XX' AS region, NULL AS language, 'imdbDisplay' AS types,
                   NULL AS attributes, 0 AS isOriginalTitle FROM range({titles * 9 // 2}) t(i)""",
        "title.principals": f"""
            SELECT {film.format("i // 8")} AS tconst, i % 8 + 1 AS ordering,
                   {person.format(f"hash(i, 5) % {people}")} AS nconst,
                   ['actor','actress','actor','actress','director','writer','producer','composer'][1 + i % 8]
                   AS category, NULL AS job, CASE WHEN i % 8 < 4 THEN '["' || {_word("i")} || '"]' END
                   AS characters FROM range({titles * 8}) t(i)""",
        "title.crew": f"""
            SELECT {film.format("i")} AS tconst, {person.format(f"hash(i, 6) % {people}")} AS directors,
                   {person.format(f"hash(i, 7) % {people}")} AS writers FROM range({titles}) t(i)""",
        "title.ratings": f"""
            SELECT {film.format("i * 7")} AS tconst, 6.5 AS averageRating, 5 + hash(i, 4) % 10000 AS numVotes
            FROM range({titles // 7}) t(i)""",
        "name.basics": f"""
            SELECT {person.format("i")} AS nconst, {_name("i * 11")} AS primaryName, NULL AS birthYear,
                   NULL AS deathYear, 'actor' AS primaryProfession, NULL AS knownForTitles FROM range({people}) t(i)""",
    }
    connection = duckdb.connect()
    for name, query in tables.items():
        path = folder / f"{name}.tsv.gz"
        connection.execute(
            f"COPY ({query}) TO '{path}' (FORMAT csv, DELIMITER '\t', QUOTE '', ESCAPE '', NULLSTR '\\N', HEADER, "
            "COMPRESSION gzip)"
        )
        print(f"{name}: {path.stat().st_size / 2**20:,.0f} MB", file=sys.stderr)


def built(folder: Path) -> dict[str, float]:
    """Build from the files in ``folder``."""
    began = time.perf_counter()
    target = folder / "catalogue.duckdb"
    made = build([folder], target, lambda line: print(line, file=sys.stderr))
    return {
        "seconds": time.perf_counter() - began,
        "peak memory, MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**10,
        "files read, MB": sum(p.stat().st_size for p in folder.glob("*.tsv.gz")) / 2**20,
        "catalogue, MB": target.stat().st_size / 2**20,
        "films": made.films,
        "titles": made.titles,
        "people": made.people,
    }


def main() -> None:
    """Make the files, build, print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--titles", type=int, default=IMDB)
    parser.add_argument("--folder", type=Path, help="where the files are made; default: a temporary folder")
    parser.add_argument("--stage", choices=["files", "build"])
    parser.add_argument("--output", type=Path, default=ROOT / "docs" / "figures" / "imdb.json")
    options = parser.parse_args()
    if options.stage == "files":
        files(options.folder, options.titles)
        return
    if options.stage == "build":
        print(json.dumps(built(options.folder)))
        return
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        base = [sys.executable, __file__, "--titles", str(options.titles), "--folder", folder, "--stage"]
        subprocess.run([*base, "files"], check=True)
        done = subprocess.run([*base, "build"], check=True, stdout=subprocess.PIPE, text=True)
    found = json.loads(done.stdout)
    here = machine(["duckdb"])
    options.output.write_text(
        json.dumps({"titles": options.titles, "figures": found, "machine": here}, indent=1) + "\n", encoding="utf-8"
    )
    print(markdown([f"{options.titles:,} titles", ""], [[name, f"{value:,.0f}"] for name, value in found.items()]))
    print(f"\n{sentence(here)}")


if __name__ == "__main__":
    main()
