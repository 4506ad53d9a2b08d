"""Many packages: checked and gathered on all cores, on Dask and on Spark; a bad one stops nobody."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from helpers import ROOT, contents, python, replace
from jpkr_drills import corpus, load, validate
from jpkr_drills.cli import main
from jpkr_drills.corpus import pool
from jpkr_drills.validator import OWN_ENGINES

ROWS = sum(len(table) for table in load().tables.values())
FAST: dict[str, Any] = {"only": OWN_ENGINES}
ONE_BY_ONE = ("validate", "--fast", "--jobs", "1")
Capture = pytest.CaptureFixture[str]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four packages: two valid ones, one with two wrong cells, one whose descriptor is no JSON."""
    root = tmp_path_factory.mktemp("many")
    for name in ("a", "b", "broken", "wrong"):
        for part in ("data", "schemas"):
            shutil.copytree(ROOT / part, root / name / part)
        shutil.copy(ROOT / "datapackage.json", root / name)
        replace(root / name / "datapackage.json", '"name": "jpkr-drills"', f'"name": "package-{name}"')
    replace(root / "wrong/data/events.csv", ",single,", ",double,")
    replace(root / "wrong/data/claims.csv", ",certain,", ",sure,")
    (root / "broken/datapackage.json").write_text("{")
    return root


def rows(checked: Iterator[corpus.Checked]) -> list[corpus.Finding]:
    return sorted((finding for one in checked for finding in one.findings), key=str)


@pytest.mark.parametrize("jobs", [1, 2])
def test_findings_are_the_issues_of_each_package(folder: Path, jobs: int) -> None:
    expected = [
        corpus.Finding.of(str(folder / name), issue)
        for name in ("a", "b", "broken", "wrong")
        for issue in validate(folder / name, strict=True, **FAST)
    ]
    assert rows(corpus.validate([folder], jobs=jobs, **FAST)) == sorted(expected, key=str)


def test_a_path_by_itself_is_one_path(folder: Path) -> None:
    found = [*corpus.validate(str(folder / "a"), jobs=1, **FAST), *corpus.validate(folder / "b", jobs=1, **FAST)]
    assert [one.package for one in found] == [str(folder / "a"), str(folder / "b")]


def test_what_cannot_be_opened_is_a_finding(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(b"no zip")
    found = rows(corpus.validate([tmp_path, tmp_path / "nowhere"], jobs=1, **FAST))
    assert [finding.rule for finding in found] == ["zip-unreadable", "package-not-checked"]


def test_an_engine_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ValueError, match="no engine 'x'"):
        corpus.validate([ROOT], only=["x"])


def ends_its_process(number: int) -> int:
    if number == 3:
        os._exit(1)
    return number


@pytest.mark.slow
def test_an_item_that_ends_its_process_is_lost_alone() -> None:
    assert sorted(pool.run(ends_its_process, range(20), lambda item, why: -item, jobs=2)) == [
        -3,
        *(number for number in range(20) if number != 3),
    ]


def test_a_summary_counts_causes_and_packages(folder: Path) -> None:
    summary = corpus.Summary()
    new = [finding for one in corpus.validate([folder, folder], jobs=1, **FAST) for finding in summary.add(one)]
    assert (summary.packages, summary.valid) == (8, 4)
    assert {(group.findings, group.packages) for group in summary.causes.values()} == {(2, 2)}
    assert len(new) == len(summary.causes)
    assert str(summary).endswith(f"8 packages, {8 * ROWS} rows: 4 valid, 4 invalid")


def test_the_command_tells_each_cause_once(folder: Path, capsys: Capture) -> None:
    assert main([*ONE_BY_ONE, str(folder / "wrong"), str(folder / "a"), "nowhere"]) == 1
    out, err = capsys.readouterr()
    assert out.count(" enum: data/events.csv: extent: 1 in 1 package; first ") == 1
    assert f"3 packages, {2 * ROWS} rows: 1 valid, 2 invalid" in out
    assert "package-not-checked" in err


def test_the_command_gives_findings_as_lines_of_json(folder: Path, capsys: Capture) -> None:
    main([*ONE_BY_ONE, "--format", "json", str(folder)])
    found = sorted((corpus.Finding(**json.loads(line)) for line in capsys.readouterr().out.splitlines()), key=str)
    assert found == rows(corpus.validate([folder], jobs=1, **FAST))


@pytest.mark.parametrize("option", [["--article", "x"], ["--format", "github"], ["--max-rows", "9"]])
def test_what_is_for_one_package_is_refused_for_many(folder: Path, option: list[str], capsys: Capture) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(["validate", str(folder), *option])
    assert capsys.readouterr().out == ""


def collected(out: Path) -> dict[str, Any]:
    """The manifest; its hashes are those of the files, and there is no other file."""
    manifest: dict[str, Any] = json.loads((out / "manifest.json").read_text())
    found = {path: hashlib.sha256(content).hexdigest() for path, content in contents(out).items()}
    assert {file["path"]: file["sha256"] for file in manifest["files"]} == {
        path: digest for path, digest in found.items() if path != "manifest.json"
    }
    return manifest


def test_collect_gathers_valid_packages(folder: Path, tmp_path: Path) -> None:
    polars = pytest.importorskip("polars")
    told: list[corpus.Checked] = []
    done = corpus.collect([folder], tmp_path / "out", jobs=1, told=told.append, **FAST)
    assert (done.packages, done.known, len(told)) == (2, 0, 4)
    assert collected(tmp_path / "out")["packages"] == 2
    for name, table in load().tables.items():
        found = polars.read_parquet(tmp_path / f"out/{name}/*.parquet")
        assert found["package"].unique(maintain_order=True).to_list() == ["package-a", "package-b"]
        ours = found.filter(package="package-b").drop("package", "version", "article")
        assert ours.to_dicts() == [dict(record) for record in table], name


def test_a_second_run_adds_what_is_new(folder: Path, tmp_path: Path) -> None:
    corpus.collect([folder / "a"], tmp_path / "out", jobs=1, **FAST)
    before = contents(tmp_path / "out")
    again = corpus.collect([folder / "a", folder / "b"], tmp_path / "out", jobs=1, **FAST)
    assert (again.packages, again.known) == (1, 1)
    after = contents(tmp_path / "out")
    assert {path: content for path, content in after.items() if path in before} | {"manifest.json": b""} == (
        before | {"manifest.json": b""}
    )
    assert collected(tmp_path / "out")["packages"] == 2


def test_of_two_packages_of_one_name_and_version_the_second_is_refused(folder: Path, tmp_path: Path) -> None:
    shutil.copytree(folder / "a", tmp_path / "c")
    replace(tmp_path / "c/datapackage.json", '"title": "', '"title": "Another ')
    done = corpus.collect([folder / "a", tmp_path / "c"], tmp_path / "out", jobs=1, **FAST)
    assert done.packages == 1
    assert [finding.rule for one in done.refused for finding in one.findings] == ["package-twice"]


def test_collect_leaves_what_others_wrote(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(FileExistsError, match="collect didn't write it"):
        corpus.collect([folder], folder / "a", **FAST)
    (tmp_path / "manifest.json").write_text('{"columns": {}}')
    with pytest.raises(ValueError, match="other columns"):
        corpus.collect([folder], tmp_path, **FAST)


def test_a_run_that_fails_leaves_the_folder_as_it_was(folder: Path, tmp_path: Path) -> None:
    corpus.collect([folder / "a"], tmp_path / "out", jobs=1, **FAST)
    before = contents(tmp_path / "out")

    def full(checked: corpus.Checked) -> None:
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        corpus.collect([folder / "b"], tmp_path / "out", jobs=1, told=full, **FAST)
    assert contents(tmp_path / "out") == before


def test_a_table_without_rows_is_collected(tmp_path: Path) -> None:
    done = corpus.collect(ROOT / "tests/articles/recall", tmp_path / "out", jobs=1, **FAST)
    assert done.packages == 1
    assert 0 in {file["rows"] for file in collected(tmp_path / "out")["files"]}


def test_the_command_collects(folder: Path, tmp_path: Path) -> None:
    ran = python("-m", "jpkr_drills", "collect", "--fast", str(folder), str(tmp_path / "out"))
    assert ran.returncode == 1  # for two of the four are invalid
    assert ran.stdout.endswith("2 packages added, 0 there before\n")


DEADLY = """
import os
from jpkr_drills import package

opened = package.open_package
package.open_package = lambda path, *more: os._exit(1) if "broken" in str(path) else opened(path, *more)
"""


def test_a_package_that_ends_its_process_costs_no_other(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(DEADLY)
    out = str(tmp_path / "out")
    path = os.pathsep.join((str(tmp_path), *sys.path))
    ran = python("-m", "jpkr_drills", "collect", "--fast", "--jobs", "2", str(folder), out, PYTHONPATH=path)
    assert "broken: could not be checked: it ended its process" in ran.stderr
    assert ran.stdout.endswith("2 packages added, 0 there before\n")
    assert collected(tmp_path / "out")["packages"] == 2


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="signals")
@pytest.mark.parametrize("command", ["validate", "collect"])
def test_an_interrupted_run_ends_and_leaves_nothing(folder: Path, tmp_path: Path, command: str) -> None:
    shutil.copytree(folder / "wrong", tmp_path / "in/0")  # whose findings say that the run is under way
    for number in range(1, 60):
        shutil.copytree(folder / "a", tmp_path / f"in/{number}")
        replace(tmp_path / f"in/{number}/datapackage.json", '"package-a"', f'"package-{number}"')
    out = [str(tmp_path / "out")] * (command == "collect")
    run = [sys.executable, "-m", "jpkr_drills", command, "--fast", str(tmp_path / "in"), *out]
    with subprocess.Popen(
        run,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509 - the tests may ignore it
    ) as process:
        assert process.stderr is not None
        assert "[enum]" in process.stderr.readline()
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=60)
    assert (process.returncode, said.splitlines()[-1]) == (2, "jpkr-drills: interrupted")
    assert not list(tmp_path.glob("out/*"))


@pytest.mark.slow
def test_dask_gives_the_same_rows_and_files(folder: Path, tmp_path: Path) -> None:
    pytest.importorskip("dask")
    from jpkr_drills.corpus import on_dask

    bag = on_dask.validate([folder], **FAST)
    assert sorted(bag.compute(scheduler="synchronous"), key=str) == rows(corpus.validate([folder], jobs=1, **FAST))
    corpus.collect([folder], tmp_path / "pool", jobs=1, per_part=1, **FAST)
    on_dask.collect([folder], tmp_path / "dask", per_part=1, **FAST)
    assert contents(tmp_path / "dask") == contents(tmp_path / "pool")


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
def test_spark_gives_the_same_rows_and_files(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    session = pytest.importorskip("pyspark.sql").SparkSession
    if shutil.which("java") is None:
        pytest.skip("Spark needs Java")
    from jpkr_drills.corpus import on_spark

    monkeypatch.setenv("PYSPARK_PYTHON", sys.executable)
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(sys.path))
    spark = session.builder.master("local[2]").config("spark.ui.enabled", "false").getOrCreate()
    try:
        found = [corpus.Finding(*row) for row in on_spark.validate(spark, [folder], **FAST).collect()]
        assert sorted(found, key=str) == rows(corpus.validate([folder], jobs=1, **FAST))
        corpus.collect([folder], tmp_path / "pool", jobs=1, per_part=1, **FAST)
        on_spark.collect(spark, [folder], tmp_path / "spark", per_part=1, **FAST)
    finally:
        spark.stop()
    assert contents(tmp_path / "spark") == contents(tmp_path / "pool")
