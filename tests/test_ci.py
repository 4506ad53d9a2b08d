"""What other people's CI relies on: the path that is taken, the formats of the report, the hooks, the action."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
from datetime import datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as Xml

import pytest
import yaml

from helpers import ROOT, rows, write_rows
from jpkr_drills.checks.witnesses import refusals
from jpkr_drills.cli import main

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def broken(package: Path) -> Path:
    """A package with an unknown code on line 2 of events.csv and a piece of advice about line 3."""
    events = rows("events", package)
    events[0]["event_type"] = "meting"
    events[1]["description"] = f"<b>{events[1]['description']}"
    write_rows(package, "events", events)
    return package


# --- which package ---------------------------------------------------------------------------


@pytest.mark.parametrize("command", ["validate --fast", "show events", "export a.zip", "diff ."])
def test_the_package_in_the_current_folder_is_taken_and_named(
    command: str, broken: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(broken)
    assert main(shlex.split(command)) == (2 if "show" in command else 0 if "diff" in command else 1)
    assert f"taking the package in the current folder, {broken}\n" in capsys.readouterr().err


def test_elsewhere_it_is_the_bundled_one(tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["validate", "--fast"]) == 0
    out, err = capsys.readouterr()
    assert out.startswith("no errors in 6 of 9 engines: the bundled package")
    assert err == "jpkr-drills: taking the bundled package\n"
    assert main(["validate", "--fast", str(ROOT)]) == 0
    assert capsys.readouterr().err == ""


# --- formats ---------------------------------------------------------------------------------

REQUIRED = {
    "testsuite": {"name", "timestamp", "hostname", "tests", "failures", "errors", "time"},
    "testcase": {"name", "classname", "time"},
    "failure": {"type"},
}
"""Element to the attributes that the schema of the Apache Ant JUnit reports requires."""


@pytest.mark.parametrize("name", ["good", "broken"])
def test_junit_is_as_its_common_schema_asks(name: str, package: Path, broken: Path, capsys: Capture) -> None:
    code = main(["validate", str(broken if name == "broken" else ROOT), "--format", "junit"])
    suite = Xml.fromstring(capsys.readouterr().out)  # noqa: S314
    assert suite.tag == "testsuite"
    assert re.fullmatch("properties(,testcase)+,system-out,system-err", ",".join(one.tag for one in suite))
    for element in suite.iter():
        assert REQUIRED.get(element.tag, set()) <= set(element.keys())
        assert [one.tag for one in element] in ([], ["skipped"], ["failure"]) or element is suite
    datetime.strptime(suite.get("timestamp", ""), "%Y-%m-%dT%H:%M:%S")
    cases = suite.findall("testcase")
    assert suite.get("tests") == str(len(cases))
    assert suite.get("failures") == str(len(suite.findall("testcase/failure"))) == str(code)
    assert code == (name == "broken")
    if code:
        assert [case.get("classname") for case in cases if case.find("failure") is not None] == ["data/events.csv"]
        assert "text-damaged" in str(suite.findtext("system-out"))


@pytest.mark.parametrize("options", [[], ["--fast"], ["--only", "article", "--article", "README.md"]])
def test_the_json_report_is_as_its_schema_says(
    options: list[str], broken: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    schema = json.loads((ROOT / "schemas/json/report.schema.json").read_text(encoding="utf-8"))
    for package in (broken, ROOT, broken / "data"):
        main(["validate", str(package), "--format", "json", *options])
        report = json.loads(capsys.readouterr().out)
        assert list(refusals(schema, report)) == []
        assert list(report) == schema["required"]
    report["issues"][0]["line"] = "three"
    assert len(list(refusals(schema, report))) == 1


@pytest.mark.parametrize(
    ("here", "path"), [("packages/drills", "."), ("packages/drills", None), ("tools", "../packages/drills")]
)
def test_lines_are_annotated_from_the_workspace_and_all_issues_are_in_the_summary(
    here: str, path: str | None, broken: Path, tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(broken, tmp_path / "space/packages/drills")
    (tmp_path / "space/tools").mkdir()
    monkeypatch.chdir(tmp_path / "space" / here)
    monkeypatch.setenv("GITHUB_WORKSPACE", str(tmp_path / "space"))
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "summary.md"))
    (tmp_path / "summary.md").write_text("before\n", encoding="utf-8")
    assert main(["validate", "--fast", *([path] if path else []), "--format", "github"]) == 1
    out = capsys.readouterr().out
    assert "::error file=packages/drills/data/events.csv,line=2,title=enum::" in out
    assert "::warning file=packages/drills/data/events.csv,line=3,title=text-damaged::" in out
    summary = (tmp_path / "summary.md").read_text(encoding="utf-8")
    assert summary.startswith("before\n## jpkr-drills: invalid: 1 error, 1 piece of advice")
    assert "<summary><code>enum</code>: 1 error</summary>\n\nA coded column holds one of its codes." in summary
    assert r"has \<b\>" in summary


# --- hooks and action ------------------------------------------------------------------------


def test_the_hooks_run_as_they_stand(broken: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert [hook["id"] for hook in hooks] == ["jpkr-drills-fmt", "jpkr-drills-validate"]
    for folder, codes in ((ROOT, [0, 0]), (broken, [0, 1])):
        monkeypatch.chdir(folder)
        ran = [main([*shlex.split(hook["entry"])[1:], *hook["args"]]) for hook in hooks]
        assert ran == codes
    for path in ("data/events.csv", "packages/drills/data/events.csv"):
        assert all(re.search(hook["files"], path) for hook in hooks)
    assert not any(re.search(hook["files"], "notes.csv") for hook in hooks)


def _run_action(workspace: Path, temp: Path, inputs: dict[str, str]) -> tuple[int, str, str]:
    """Run the action's steps as a runner does: expressions filled in, each step with its own shell and
    environment; exit code, log and summary."""
    action: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
    values = {f"inputs.{name}": str(said["default"]) for name, said in action["inputs"].items()}
    values |= {f"inputs.{name}": value for name, value in inputs.items()} | {"github.action_path": str(ROOT)}
    for name in ("env", "summary"):
        (temp / name).write_text("", encoding="utf-8")
    runner = {
        **{name: os.environ[name] for name in ("HOME", "PATH")},
        **{name: value for name, value in os.environ.items() if name.startswith(("PIP_", "SSL_"))},
        "RUNNER_TEMP": str(temp),
        "GITHUB_WORKSPACE": str(workspace),
        "GITHUB_ENV": str(temp / "env"),
        "GITHUB_STEP_SUMMARY": str(temp / "summary"),
    }
    log = ""
    for step in action["runs"]["steps"]:
        assert step["shell"] == "bash"
        assert "${{" not in step["run"]  # inputs come by the environment, never into the script
        given = {name: re.sub(r"\$\{\{ (\S+) \}\}", lambda m: values[m[1]], v) for name, v in step["env"].items()}
        set_ = dict(line.split("=", 1) for line in (temp / "env").read_text(encoding="utf-8").splitlines())
        (temp / "step.sh").write_text(step["run"], encoding="utf-8")
        shell = ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", str(temp / "step.sh")]
        environment = {**runner, **set_, **given}
        done = subprocess.run(shell, cwd=workspace, env=environment, capture_output=True, encoding="utf-8", check=False)
        log += done.stdout + done.stderr
        if done.returncode:
            break
    return done.returncode, log, (temp / "summary").read_text(encoding="utf-8")


@pytest.mark.slow
def test_the_action_marks_the_line_of_a_package_in_a_subfolder(
    good: tuple[Path, Path], broken: Path, tmp_path: Path
) -> None:
    workspace, temp = tmp_path / "space", tmp_path / "temp"
    temp.mkdir()
    odd = "packages/a b; echo $(id)"
    shutil.copytree(broken, workspace / odd)
    code, log, summary = _run_action(workspace, temp, {"path": odd})
    assert code == 1, log
    assert f"::error file={odd}/data/events.csv,line=2,title=enum::" in log
    assert "<code>enum</code>: 1 error" in summary
    shutil.copy(good[0] / "data/events.csv", workspace / odd / "data/events.csv")
    code, log, _ = _run_action(workspace, temp, {"path": odd, "strict": "true"})
    assert code == 0, log
    assert _run_action(workspace, temp, {"path": odd, "article": "none.txt"})[0] == 2


# --- the README's blocks ---------------------------------------------------------------------

BLOCKS = {
    block.split(":")[0]: yaml.safe_load(block)
    for block in re.findall(r"^```yaml\n(.*?)^```", (ROOT / "README.md").read_text(encoding="utf-8"), re.M | re.S)
}
COPY = "tools/jpkr-drills"


def test_the_blocks_take_the_tools_from_a_copy_of_this_repository(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    assert list(BLOCKS) == ["name", "validate", "repos"]
    steps = BLOCKS["name"]["jobs"]["validate"]["steps"]
    assert steps[1]["uses"] == f"./{COPY}"
    action = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
    assert steps[1]["with"].keys() <= action["inputs"].keys()
    install, validate = BLOCKS["validate"]["validate"]["script"]
    assert install == f"pip install './{COPY}[validate]'"
    assert main(shlex.split(validate.partition(" > ")[0])[1:]) == 0
    (source,) = BLOCKS["repos"]["repos"]
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert source["repo"] == f"./{COPY}"
    assert {hook["id"] for hook in source["hooks"]} == {hook["id"] for hook in hooks}


@pytest.mark.slow
def test_pre_commit_runs_the_hooks_of_a_submodule(broken: Path, good: tuple[Path, Path], tmp_path: Path) -> None:
    if shutil.which("pre-commit") is None:
        pytest.skip("pre-commit isn't installed")
    git = ["git", "-c", "protocol.file.allow=always", "-c", "user.name=x", "-c", "user.email=x@example.org"]

    def run(*command: str) -> subprocess.CompletedProcess[str]:
        environment = {**os.environ, "PRE_COMMIT_HOME": str(tmp_path / "cache")}
        return subprocess.run(command, cwd=broken, env=environment, capture_output=True, encoding="utf-8", check=False)

    run(*git, "init", "-q", ".")
    assert run(*git, "submodule", "add", str(ROOT), COPY).returncode == 0
    assert run(*git, "-C", COPY, "tag", str(BLOCKS["repos"]["repos"][0]["rev"])).returncode == 0
    (broken / ".pre-commit-config.yaml").write_text(yaml.safe_dump(BLOCKS["repos"]), encoding="utf-8")
    run(*git, "add", "-A")
    done = run("pre-commit", "run", "--all-files")
    assert done.returncode == 1
    assert "is not one of the column's codes [enum]" in done.stdout
    shutil.copy(good[0] / "data/events.csv", broken / "data/events.csv")
    done = run("pre-commit", "run", "--all-files")
    assert done.returncode == 0, done.stdout
