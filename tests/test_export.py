"""Exports: each is read back with the library it is for and says what the tables say."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import socket
import sqlite3
import subprocess
import time
import urllib.request
import xml.etree.ElementTree as ET
import zipfile
from pathlib import Path
from typing import Any

import pytest

from helpers import ROOT, contents, descriptor, replace, rows, rules, write_json, write_rows
from jpkr_drills import Dataset, InvalidPackage, cli, load, validate
from jpkr_drills.build import build
from jpkr_drills.export import FORMATS, MARK, export
from jpkr_drills.frames import need
from jpkr_drills.model.records import TABLES, Claim, Mention
from jpkr_drills.validator import OWN_ENGINES
from jpkr_drills.views import VIEWS

LOADABLE = ("zip", "sqlite", "duckdb", "xlsx", "parquet", "jsonl")
SAME_BYTES = [name[1:] for name in FORMATS if name != ".duckdb"]
NAMES = [*TABLES, *(view.title for view in VIEWS.values())]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every format of this repository's package, each as ``a`` with its ending."""
    place = tmp_path_factory.mktemp("exports")
    for ending in FORMATS:
        assert export(ROOT, place / f"a{ending}") == []
    return place


# --- what holds for every format ---------------------------------------------------------------


@pytest.mark.parametrize("ending", LOADABLE)
def test_what_has_every_table_loads_as_an_equal_dataset(dataset: Dataset, folder: Path, ending: str) -> None:
    again = load(folder / f"a.{ending}")
    assert again == dataset
    assert (again.title, again.version) == (dataset.title, dataset.version)


@pytest.mark.parametrize("ending", SAME_BYTES)
def test_the_same_content_gives_the_same_bytes(folder: Path, tmp_path: Path, ending: str) -> None:
    export(ROOT, tmp_path / f"a.{ending}")
    one, other = folder / f"a.{ending}", tmp_path / f"a.{ending}"
    if one.is_dir():
        assert contents(one) == contents(other)
    else:
        assert one.read_bytes() == other.read_bytes()


@pytest.mark.parametrize("ending", FORMATS)
def test_every_export_has_the_mark(folder: Path, ending: str) -> None:
    place = folder / f"a{ending}"
    assert MARK.encode() in (place / "README.md" if place.is_dir() else place).read_bytes()


@pytest.mark.parametrize("ending", [".sqlite", ".json", ".jsonl"])
def test_an_export_replaces_its_own_and_nothing_else(folder: Path, tmp_path: Path, ending: str) -> None:
    target = tmp_path / f"a{ending}"
    if (folder / f"a{ending}").is_dir():
        shutil.copytree(folder / f"a{ending}", target)
        (target / "README.md").write_text("mine")
    else:
        target.write_text("mine")
    before = contents(tmp_path)
    with pytest.raises(FileExistsError, match="--force"):
        export(ROOT, target)
    assert contents(tmp_path) == before
    assert export(ROOT, target, force=True) == []
    some = target / "README.md" if target.is_dir() else target
    some.write_bytes(some.read_bytes() + b" ")
    assert export(ROOT, target) == []


def test_what_stands_beside_a_database_is_replaced_if_it_is_ours(folder: Path, tmp_path: Path) -> None:
    shutil.copy(folder / "a.sqlite", tmp_path)
    (tmp_path / "a.metadata.json").write_text("mine")
    with pytest.raises(FileExistsError, match=r"a\.metadata\.json"):
        export(ROOT, tmp_path / "a.sqlite")
    assert (tmp_path / "a.metadata.json").read_text() == "mine"


def test_an_archive_holds_what_the_descriptor_declares(package: Path, tmp_path: Path) -> None:
    for name in ("Events.csv", ".DS_Store", "a:b.txt"):
        (package / "data" / name).write_text("x")
    assert export(package, tmp_path / "a.zip") == []
    assert validate(tmp_path / "a.zip", only=OWN_ENGINES) == []


def test_every_kind_of_author_is_named(package: Path, tmp_path: Path) -> None:
    people = [{"title": "A"}, {"givenName": "B", "familyName": "C"}, {"organization": "D"}]
    write_json(
        package / "datapackage.json", {**descriptor(package), "contributors": people, "licenses": [{"path": "L"}]}
    )
    assert export(package, tmp_path / "a.jsonld") == export(package, tmp_path / "out", format="jsonl") == []
    assert [one["name"] for one in json.loads((tmp_path / "a.jsonld").read_text())["creator"]] == ["A", "B C", "D"]
    assert "author = {{A} and {B C} and {D}}" in (tmp_path / "out/README.md").read_text()


def test_a_folder_with_anything_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(FileExistsError, match="no export wrote"):
        export(ROOT, tmp_path, format="jsonl")
    assert [place.name for place in tmp_path.iterdir()] == ["notes.txt"]


def test_an_unknown_ending_is_refused_with_the_list(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"no format for '\.csv'(?s:.*)\.sqlite(?s:.*)\.parquet"):
        export(ROOT, tmp_path / "a.csv")


@pytest.mark.parametrize("ending", [".zip", ".parquet"])
def test_an_invalid_package_is_not_exported(package: Path, tmp_path: Path, ending: str) -> None:
    replace(package / "data/events.csv", ",occurred,", ",planned,")
    assert rules(export(package, tmp_path / f"new/a{ending}")) >= {"hash-mismatch"}
    assert not (tmp_path / "new").exists()


def test_the_command_writes_by_ending_or_format(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["export", str(tmp_path / "a.sqlite")]) == 0
    assert cli.main(["export", str(tmp_path / "tables"), "--format", "jsonl"]) == 0
    assert cli.main(["export", str(tmp_path / "a.csv")]) == 2
    assert "no format" in capsys.readouterr().err
    assert load(tmp_path / "tables") == load(tmp_path / "a.sqlite")


def test_a_package_in_another_script_survives_every_format(package: Path, tmp_path: Path) -> None:
    said = descriptor(package)
    said["accepted"] = [{"rule": "none", "record": str(at), "reason": "東" * 1500} for at in range(30)]
    write_json(package / "datapackage.json", said)  # longer than a cell of Excel
    title = '=SUM(A1) "東京"; _x0041_ — نص \U0001f600'
    replace(package / "data/places.csv", "Café Möwe", f'"{title.replace(chr(34), chr(34) * 2)}"')
    assert build(package)[1] == []
    for ending in LOADABLE:
        assert export(package, tmp_path / f"a.{ending}") == []
        assert load(tmp_path / f"a.{ending}").places["cafe-moewe"].name == title, ending


@pytest.mark.parametrize("ending", [".sqlite", ".duckdb", ".xlsx"])
def test_what_only_looks_like_an_export_is_not_loaded(tmp_path: Path, ending: str) -> None:
    (tmp_path / f"a{ending}").write_bytes(b"nothing of the kind")
    with pytest.raises(InvalidPackage, match="can't be read as an export"):
        load(tmp_path / f"a{ending}")


def test_a_link_that_leads_nowhere_is_found_in_an_export_too(folder: Path, tmp_path: Path) -> None:
    place = shutil.copytree(folder / "a.jsonl", tmp_path / "a")
    replace(place / "claim_events.jsonl", "resumed-drills", "resumed-drill")
    with pytest.raises(InvalidPackage) as caught:
        load(place)
    assert rules(caught.value.issues) == {"foreign-key"}


# --- zip ---------------------------------------------------------------------------------------


def test_the_archive_has_the_package_its_licence_and_its_views(folder: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(folder / "a.zip") as archive:
        assert archive.testzip() is None
        files = {name: archive.read(name) for name in archive.namelist()}
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    for name in ("LICENSE", "CITATION.cff", "data/CODEBOOK.md", "datapackage.json", "data/claims.csv"):
        assert files[name] == (ROOT / name).read_bytes()
    assert {name for name in files if name.startswith("views/")} == {f"views/{name}.csv" for name in VIEWS}
    assert validate(folder / "a.zip") == []
    assert export(folder / "a.zip", tmp_path / "b.zip") == []
    assert (tmp_path / "b.zip").read_bytes() == (folder / "a.zip").read_bytes()


def test_the_archive_depends_on_the_content_alone(package: Path, tmp_path: Path) -> None:
    export(package, tmp_path / "a.zip")
    for place in package.rglob("*"):
        os.utime(place, (10**9, 10**9))
    export(package, tmp_path / "b.zip")
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()


# --- databases ---------------------------------------------------------------------------------


def test_sqlite_declares_keys_and_checks_and_keeps_them(folder: Path) -> None:
    base = sqlite3.connect(f"file:{folder / 'a.sqlite'}?mode=ro", uri=True)
    copy = sqlite3.connect(":memory:")
    base.backup(copy)
    copy.execute("PRAGMA foreign_keys = ON")
    assert copy.execute("PRAGMA foreign_key_check").fetchall() == []
    assert copy.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    for statement in (
        "UPDATE claims SET voice = 'nobody'",
        "UPDATE segments SET start = -1",
        "UPDATE segments SET start = 'x'",
        "INSERT INTO claim_places VALUES ('p0s1-1', NULL)",
        "INSERT INTO claim_places SELECT * FROM claim_places",
        "UPDATE parties SET name = 'Japan'",
    ):
        with pytest.raises(sqlite3.IntegrityError):
            copy.execute(statement)
        copy.rollback()
    copy.execute("INSERT INTO claim_places VALUES ('p0s1-1', 'nowhere')")
    with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
        copy.commit()


def test_sqlite_searches_statements_and_describes_columns(dataset: Dataset, folder: Path) -> None:
    base = sqlite3.connect(folder / "a.sqlite")
    found = base.execute(
        "SELECT claim_id FROM claims WHERE rowid IN (SELECT rowid FROM claims_search WHERE claims_search MATCH 'drill')"
    ).fetchall()
    assert {one for (one,) in found} == {
        claim.claim_id for claim in dataset.claims if re.search(r"\bdrill(s|ing)?\b", claim.statement.lower())
    }
    ((said,),) = base.execute(
        "SELECT description FROM descriptions WHERE (table_name, column_name) = ('claims', 'voice')"
    )
    assert "source" in said


def test_duckdb_has_keys_checks_and_comments(folder: Path) -> None:
    duckdb = need("duckdb", "duckdb")
    with duckdb.connect(str(folder / "a.duckdb"), read_only=True) as base:
        kinds = {kind for (kind,) in base.execute("SELECT constraint_type FROM duckdb_constraints()").fetchall()}
        assert kinds >= {"PRIMARY KEY", "FOREIGN KEY", "CHECK", "UNIQUE", "NOT NULL"}
        assert (
            base.execute("SELECT count(*) FROM duckdb_columns() WHERE comment IS NULL AND NOT internal").fetchone()[0]
            <= 1
        )
        (said,) = base.execute("SELECT speaker_names FROM view_claims WHERE claim_id = 'p2s1-2'").fetchone()
        assert isinstance(said, list)


# --- tables in files ---------------------------------------------------------------------------


def test_parquet_is_typed_and_described(dataset: Dataset, folder: Path) -> None:
    reader = need("pyarrow.parquet", "arrow")
    for name in NAMES:
        table = reader.read_table(folder / f"a.parquet/{name}.parquet")
        view = name.removeprefix("view_")
        assert table.to_pylist() == list(dataset.tables[name].frame() if name in TABLES else dataset.view(view))
        assert all(field.metadata[b"description"] for field in table.schema)
    schema = reader.read_schema(folder / "a.parquet/view_claims.parquet")
    assert str(schema.field("voice").type).startswith("dictionary")
    assert str(schema.field("speaker_names").type).startswith("list")
    assert str(schema.field("start").type) == "int64"


def test_parquet_opens_in_pandas_polars_and_duckdb(folder: Path) -> None:
    place = str(folder / "a.parquet/events.parquet")
    assert "020" in set(need("pandas", "pandas").read_parquet(place)["cameo"])
    assert "020" in set(need("polars", "polars").read_parquet(place)["cameo"])
    assert ("020",) in need("duckdb", "duckdb").sql(f"SELECT cameo FROM '{place}'").fetchall()  # noqa: S608


@pytest.mark.parametrize("ending", ["parquet", "jsonl"])
def test_the_card_of_a_folder_configures_every_table(folder: Path, ending: str) -> None:
    card = (folder / f"a.{ending}/README.md").read_text()
    head = need("yaml", "test").safe_load(card.split("---\n")[1])
    assert {one["config_name"]: one["data_files"] for one in head["configs"]} == {n: f"{n}.{ending}" for n in NAMES}
    assert [one["config_name"] for one in head["configs"] if one.get("default")] == ["view_claims"]
    assert head["license"] == "cc-by-4.0"
    assert head["language"] == ["en"]


def test_json_lines_say_what_the_tables_say(dataset: Dataset, folder: Path) -> None:
    lines = (folder / "a.jsonl/view_claims.jsonl").read_text().splitlines()
    assert [json.loads(line) for line in lines] == list(dataset.view("claims"))


def test_excel_has_texts_frozen_heads_filters_and_notes(dataset: Dataset, folder: Path) -> None:
    book = need("openpyxl", "xlsx").load_workbook(folder / "a.xlsx")
    assert set(book.sheetnames) == {*NAMES, "about"}
    assert book.sheetnames[0] == "view_claims"
    for name in NAMES:
        sheet = book[name]
        assert sheet.freeze_panes == "B2"
        assert sheet.auto_filter.ref == sheet.dimensions
        assert all(cell.comment.text for cell in sheet[1])
    column = [cell.value for cell in book["events"][1]].index("cameo")
    assert [row[column].value for row in book["events"].iter_rows(min_row=2)] == [e.cameo for e in dataset.events]
    assert book["segments"]["D2"].value == dataset.segments[0].start


# --- documents ---------------------------------------------------------------------------------


def test_nested_json_gives_every_table_back(folder: Path) -> None:
    document = json.loads((folder / "a.json").read_text())
    for table in ("segments", "parties", "places", "mentions", "codes", "events", "claims"):
        known = list(TABLES[table].model_fields)
        flat = [{name: "" if row[name] is None else str(row[name]) for name in known} for row in document[table]]
        assert flat == rows(table)

    def linked(kind: str, key: str, names: dict[str, dict[str, str]]) -> list[dict[str, Any]]:
        return [
            {key: one[key], **link, **more}
            for one in document[kind]
            for name, more in names.items()
            for link in one[name]
        ]

    roles = {"speakers": {"role": "speaker"}, "relays": {"role": "relayed_by"}, "about": {"role": "about"}}
    for table, found in {
        "claim_parties": linked("claims", "claim_id", roles),
        "claim_events": linked("claims", "claim_id", {"events": {}}),
        "claim_places": linked("claims", "claim_id", {"places": {}}),
        "claim_relations": linked("claims", "claim_id", {"relations": {}}),
        "event_parties": linked("events", "event_id", {"parties": {}}),
        "event_places": linked("events", "event_id", {"places": {}}),
        "event_relations": linked("events", "event_id", {"relations": {}}),
    }.items():
        keys = list(TABLES[table].model_fields)
        assert sorted(tuple(row.get(k, "") for k in keys) for row in found) == sorted(
            tuple(row[k] for k in keys) for row in rows(table)
        )
    claims = {claim["claim_id"]: claim for claim in document["claims"]}
    assert all(claim == claims[claim["claim_id"]] for event in document["events"] for claim in event["claims"])


def test_the_graph_has_a_node_a_record_and_an_edge_a_link(dataset: Dataset, folder: Path) -> None:
    graph = need("networkx", "graph").read_graphml(folder / "a.graphml", force_multigraph=True)
    built = dataset.to_networkx()
    assert dict(graph.nodes(data=True)) == dict(built.nodes(data=True))
    assert sorted(map(str, graph.edges(data=True))) == sorted(map(str, built.edges(data=True)))
    assert len(graph) == sum(len(dataset.tables[name]) for name in ("parties", "places", "events", "claims"))
    links = [name for name, record in TABLES.items() if len(record.TABLE.key) > 1 and record.TABLE.foreign_keys]
    for table in links:
        assert sum(kind == table for *_, kind in graph.edges(data="table")) == len(dataset.tables[table])
    assert graph.nodes["parties/japan"]["label"] == "Japan"


def test_croissant_holds_every_record(dataset: Dataset, folder: Path) -> None:
    document = json.loads((folder / "a.jsonld").read_text())
    assert document["conformsTo"] == "http://mlcommons.org/croissant/1.1"
    assert {one["@id"]: len(one["data"]) for one in document["recordSet"]} == {
        **{name: len(table) for name, table in dataset.tables.items()},
        **{view.title: len(dataset.view(name)) for name, view in VIEWS.items()},
    }
    assert {one["contentUrl"] for one in document["distribution"]} >= {"data/claims.csv", "data/CODEBOOK.md"}


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")  # its own libraries warn of each other
def test_croissant_loads_in_its_reader(folder: Path) -> None:
    reader = pytest.importorskip("mlcroissant")
    loaded = reader.Dataset(str(folder / "a.jsonld"))
    for one in json.loads((folder / "a.jsonld").read_text())["recordSet"]:
        found = [
            {name: None if str(value) == "nan" else value for name, value in row.items()}
            for row in loaded.records(one["@id"])
        ]
        assert found == one["data"]


# --- annotations -------------------------------------------------------------------------------

ARTICLE = "\U0001f600 Japan spoke.\nIt said: rain\nmay come."


@pytest.fixture
def coded(package: Path, tmp_path: Path) -> tuple[Path, Path]:
    """A package of another article, in which a claim runs over a line break, and that article."""
    article = tmp_path / "article.txt"
    article.write_bytes(ARTICLE.encode())

    def digest(start: int, end: int) -> str:
        return hashlib.sha256(ARTICLE[start:end].encode()).hexdigest()

    end, at = len(ARTICLE), ARTICLE.index("rain")
    segment = {
        "segment_id": "p0s1",
        "paragraph": "0",
        "sentence": "1",
        "start": "0",
        "end": str(end),
        "sha256": digest(0, end),
    }
    claim = next(row for row in rows("claims") if row["claim_id"] == "p0s1-1")
    claim |= {
        "start": str(at),
        "end": str(end),
        "sha256": digest(at, end),
        "statement": "Showers can be expected.",
        "voice": "article",
    }
    mention = next(row for row in rows("mentions") if row["party_id"] == "japan")
    mention |= {
        "mention_id": "p0s1-m1",
        "segment_id": "p0s1",
        "start": "2",
        "end": "7",
        "surface": "Japan",
        "form": "name",
    }
    kept = {
        "segments": segment,
        "claims": claim,
        "mentions": mention,
        "parties": rows("parties")[0] | {"party_id": "japan", "name": "Japan"},
    }
    for table in TABLES:
        if table in kept:
            write_rows(package, table, [kept[table]])
        elif table != "codes":
            place = package / f"data/{table}.csv"
            place.write_text(place.read_text().splitlines()[0] + "\n")
    said = descriptor(package)
    raw = article.read_bytes()
    said["sources"][0] |= {"sha256": hashlib.sha256(raw).hexdigest(), "bytes": len(raw), "characters": end}
    write_json(package / "datapackage.json", said)
    assert build(package)[1] == []
    return package, article


def test_web_annotations_select_by_position_and_hold_no_text(dataset: Dataset, folder: Path) -> None:
    page = json.loads((folder / "a.annotations/annotations.jsonld").read_text())
    assert page["@context"] == "http://www.w3.org/ns/anno.jsonld"
    assert len(page["items"]) == len(dataset.claims) + len(dataset.mentions)
    found = {one["id"].rpartition(":")[2]: one["target"]["selector"] for one in page["items"]}
    records: list[Claim | Mention] = [*dataset.claims, *dataset.mentions]
    for record in records:
        assert found[record.key()] == {"type": "TextPositionSelector", "start": record.start, "end": record.end}
    assert not (folder / "a.annotations/brat").exists()


def test_with_the_article_brat_and_label_studio_show_its_words(coded: tuple[Path, Path], tmp_path: Path) -> None:
    package, article = coded
    assert export(package, tmp_path / "out", format="annotations", article=article) == []
    text = (tmp_path / "out/brat/article.txt").read_bytes().decode()
    assert text == ARTICLE
    spans = {}
    for line in (tmp_path / "out/brat/article.ann").read_text().splitlines():
        if line.startswith("T"):
            _, where, words = line.split("\t")
            kind, _, places = where.partition(" ")
            pieces = [tuple(map(int, piece.split())) for piece in places.split(";")]
            assert words == " ".join(text[first:last] for first, last in pieces)
            spans[kind] = words
    assert spans == {"Claim": "rain may come.", "Mention": "Japan"}
    (task,) = json.loads((tmp_path / "out/label-studio/tasks.json").read_text())
    utf16 = task["data"]["text"].encode("utf-16-le")
    for one in task["annotations"][0]["result"]:
        if one["type"] == "labels":
            value = one["value"]
            assert utf16[2 * value["start"] : 2 * value["end"]].decode("utf-16-le") == value["text"]
    config = ET.parse(tmp_path / "out/label-studio/config.xml")  # noqa: S314
    assert {one.get("name") for one in config.iter("Choices")} >= {"voice", "certainty", "form"}
    assert "private use" in (tmp_path / "out/README.md").read_text()


def test_another_article_is_refused(package: Path, tmp_path: Path) -> None:
    (tmp_path / "other.txt").write_text("Another text.")
    assert export(package, tmp_path / "out", format="annotations", article=tmp_path / "other.txt")
    assert not (tmp_path / "out").exists()


# --- Datasette in a browser --------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.skipif(not (shutil.which("datasette") and shutil.which("chromium")), reason="needs Datasette and Chromium")
def test_datasette_shows_views_with_facets_and_search(folder: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = ["datasette", str(folder / "a.sqlite"), "-m", str(folder / "a.metadata.json"), "-p", str(port)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            _wait(f"http://127.0.0.1:{port}/")
            page = _seen(f"http://127.0.0.1:{port}/a/view_claims")
            assert "speaker_names" in page
            assert "facet-info-name" in page
            assert "Who says what" in page
            found = _seen(f"http://127.0.0.1:{port}/a/claims?_search=summit")
            assert "rows where search matches" in found
            assert 'href="/a/parties/japan">Japan</a>' in _seen(f"http://127.0.0.1:{port}/a/claim_parties")
        finally:
            server.terminate()


def _wait(url: str) -> None:
    for _ in range(100):
        try:
            urllib.request.urlopen(url).close()  # noqa: S310
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise AssertionError(url)


def _seen(url: str) -> str:
    options = ["--headless", "--no-sandbox", "--disable-gpu", "--virtual-time-budget=8000", "--dump-dom"]
    return subprocess.run(["chromium", *options, url], capture_output=True, encoding="utf-8", check=True).stdout
