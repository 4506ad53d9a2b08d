"""Mutation testing of the validating code: does a test fail when the code is wrong?

``python tests/mutation.py`` changes one thing at a time (a comparison, a number, a word, a decorator)
in the validating modules and runs against each change the unit tests that reach the changed function,
the quickest first, then packages of the corpus with the rules that the function names. A change that
every test passes is a survivor: a test is missing, or ``tests/mutants.md`` says why it can live.

The changes are cosmic-ray's (``pip install -e '.[test,mutation]'``), and one of our own: a word in the
code, such as a code or a column's name, becomes another. Nothing is written to the source: a forked
child imports the changed module from memory. Needs ``os.fork``. Not part of the test suite.

    python tests/mutation.py                       # every module; takes some hours
    python tests/mutation.py cells.py checks/meaning.py
    python tests/mutation.py --survivors cells.py  # only what survived without a known reason
    python tests/mutation.py --all-tests --survivors cells.py
    python tests/mutation.py --whole-corpus --survivors cells.py
    python tests/mutation.py --report              # what is known, without a run
"""

from __future__ import annotations

import argparse
import ast
import contextlib
import csv
import gc
import importlib
import importlib.util
import json
import os
import re
import signal
import sys
import tempfile
import time
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, SourceFileLoader
from itertools import islice
from pathlib import Path
from types import CodeType
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "jpkr_drills"

MODULES = (
    "cells.py",
    "text.py",
    "csvfile.py",
    "issues.py",
    "records.py",
    "report.py",
    "validation.py",
    "models.py",
    "jsonfile.py",
    "files.py",
    "package.py",
    *(path.relative_to(SOURCE).as_posix() for path in sorted((SOURCE / "checks").rglob("[!_]*.py"))),
    "checks/meaning/__init__.py",
)
"""The validating modules."""

TESTS = tuple(
    f"tests/test_{name}.py"
    for name in (
        *("cells", "text", "csvfile", "issues", "records", "report", "models", "meaning", "english"),
        *("jsonfile", "files", "package", "descriptor", "schemas", "rules", "article", "references"),
        *("by_frictionless", "by_jsonschema", "agreement", "integrity", "checks", "validation"),
    )
)
"""The unit tests that are asked, each about what it runs."""

SLOW = ("threads_do_not_disturb", "processes_return", "is_edtf", "nothing_is_written")
"""Unit tests that take seconds and look at the whole rather than at one function."""

UNASKED = re.compile(
    r"core/(?:"
    # operators that these operands don't have: only a TypeError would be tested
    r"ReplaceBinaryOperator_(?!(?:Add_Sub|Add_Mul|Sub_Add|Sub_Mul|Mul_Add|Mul_Sub|BitOr_BitAnd"
    r"|BitOr_BitXor|BitOr_Sub|BitAnd_BitOr|RShift_LShift)$)"
    # what kills the three that stay for each comparison kills the others
    r"|ReplaceComparisonOperator_(?!(?:Eq_NotEq|NotEq_Eq|Eq_LtE|Eq_GtE|NotEq_Lt|NotEq_Gt|Lt_LtE|Lt_NotEq|LtE_Lt|LtE_Eq"
    r"|Gt_GtE|Gt_NotEq|GtE_Gt|GtE_Eq|Is_IsNot|IsNot_Is)$)"
    r"|ReplaceUnaryOperator_(?:UAdd|Invert)_"
    r"|NoOp|Variable)"
)
"""cosmic-ray's operators that are left out."""

_OPPOSITES = ("_NotEq_Eq", "_Eq_NotEq")
_ORDERS = ("_Eq_LtE", "_Eq_GtE", "_NotEq_Lt", "_NotEq_Gt")
_COUNTS = r"(?:start|end|size|line|number|index|position|depth|count|length|year)s?$"
"""Names of what is counted or measured."""

SECONDS = 120
CORPUS = "tests/test_corpus.py::test_defect_leads_to_its_issues_and_no_other"
CORPUS_SHARE = 10
TESTS_AT_MOST = 80
OPTIONS = (
    *("-x", "-q", "-o", "addopts=", "-p", "no:cacheprovider", "-p", "no:cov"),
    *("-W", "ignore::pytest.PytestAssertRewriteWarning"),  # of what is imported before
    *("-k", " and ".join(f"not {word}" for word in SLOW)),
)
PRELOADED = (
    "edtf_validate.valid_edtf",
    "frictionless",
    "frictionless.resources",
    "hypothesis",
    "hypothesis.strategies",
    "jsonschema",
    "pydantic",
    "pytest",
)


@dataclass(frozen=True)
class Mutant:
    """One change of one module."""

    module: str
    function: str
    line: int
    operator: str
    old: str
    new: str
    source: str = ""

    @property
    def name(self) -> tuple[str, str, str, str]:
        """What tells it from others, wherever its line may move to."""
        return (self.module, self.function, self.old, self.new)


# --- changes ---------------------------------------------------------------------------------


def mutants(module: str) -> Iterator[Mutant]:
    """Every change of a module, each once; none that only changes a function's annotations."""
    source = (SOURCE / module).read_text(encoding="utf-8")
    seen = {_meant(source)}
    for operator, changed in (*_by_cosmic_ray(source), *_words(source)):
        try:
            meant = _meant(changed)
        except SyntaxError:
            continue
        if meant in seen:
            continue
        mutant = _mutant(module, operator, source, changed)
        if re.match(r"_?[A-Z_]*(?:LIMIT|TOTAL) = ", mutant.old) and not operator.startswith("Word"):
            continue
        if mutant.old in ("@cache", "@lru_cache"):
            continue
        if _unguarded(mutant.old) == _unguarded(mutant.new):
            continue
        # What is no number has no order; of numbers, what kills the orders kills the opposite.
        if operator.endswith(_OPPOSITES) and _ordered(source, changed):
            continue
        if operator.endswith(_ORDERS) and not _ordered(source, changed):
            continue
        seen.add(meant)
        yield mutant


def _unguarded(code: str) -> str:
    return re.sub(r"\b(frozen|slots|strict)=(True|False)", "", code)


def _ordered(source: str, changed: str) -> bool:
    """Whether the comparison that was changed is one of numbers, as far as the code shows it."""
    pairs = zip(ast.walk(ast.parse(source)), ast.walk(ast.parse(changed)), strict=False)
    for old, new in pairs:
        if (
            isinstance(old, ast.Compare)
            and isinstance(new, ast.Compare)
            and type(old.ops[0]) is not type(new.ops[0])
        ):
            return any(_number(side) for side in (old.left, *old.comparators))
    return True


def _number(node: ast.AST) -> bool:
    if isinstance(node, ast.Call):
        return ast.unparse(node.func) in {"len", "sum", "int", "min", "max"}
    if isinstance(node, ast.Constant):
        return type(node.value) in {int, float}
    return isinstance(node, ast.BinOp) or bool(re.search(_COUNTS, ast.unparse(node)))


def _by_cosmic_ray(source: str) -> Iterator[tuple[str, str]]:
    from cosmic_ray.ast import ast_nodes, get_ast
    from cosmic_ray.mutating import mutate_code
    from cosmic_ray.plugins import get_operator, operator_names

    for name in operator_names():
        if UNASKED.match(name) or (operator_class := get_operator(name)).arguments():
            continue
        operator = operator_class()
        places = sum(1 for node in ast_nodes(get_ast(source)) for _ in operator.mutation_positions(node))
        for place in range(places):
            try:
                changed = mutate_code(source, operator, place)
            except AttributeError:  # it can't replace an exception with a dot in its name
                continue
            if changed is not None:
                yield name.removeprefix("core/"), changed


def _words(source: str) -> Iterator[tuple[str, str]]:
    """Each string that is a word of the code, not of a sentence, becomes ``XX``."""
    tree = ast.parse(source)
    left_out = {
        id(inner) for node in ast.walk(tree) for part in _left_out(node) for inner in ast.walk(part)
    }
    lines = source.encode().splitlines(keepends=True)
    for node in ast.walk(tree):
        if not isinstance(node, ast.Constant) or not isinstance(node.value, str) or id(node) in left_out:
            continue
        if re.search(r"\s", node.value) or node.end_lineno is None or node.end_col_offset is None:
            continue
        before = b"".join(lines[: node.lineno - 1]) + lines[node.lineno - 1][: node.col_offset]
        after = lines[node.end_lineno - 1][node.end_col_offset :] + b"".join(lines[node.end_lineno :])
        yield "Word", (before + b'"XX"' + after).decode()


def _left_out(node: ast.AST) -> Iterator[ast.AST]:
    """Annotations, descriptions with their examples, names of types, and the texts of f-strings."""
    described = isinstance(node, ast.Call) and ast.unparse(node.func) in ("_column", "TypeVar")
    if described or (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)):
        yield node
    elif isinstance(node, ast.JoinedStr):
        yield from (part for part in node.values if isinstance(part, ast.Constant))
    elif isinstance(node, ast.arg | ast.AnnAssign) and node.annotation:
        yield node.annotation
    elif isinstance(node, ast.FunctionDef) and node.returns:
        yield node.returns


def _meant(source: str) -> str:
    """The code without the annotations that nothing evaluates."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            node.returns = None
            for inner in ast.walk(node):
                if isinstance(inner, ast.arg):
                    inner.annotation = None
        if isinstance(node, ast.FunctionDef) or _is_dataclass(node):
            for inner in ast.walk(node):
                if isinstance(inner, ast.AnnAssign):
                    inner.annotation = ast.Constant(None)
    return ast.dump(tree)


def _is_dataclass(node: ast.AST) -> bool:
    if not isinstance(node, ast.ClassDef):
        return False
    return any("dataclass" in ast.unparse(decorator) for decorator in node.decorator_list)


def _mutant(module: str, operator: str, source: str, changed: str) -> Mutant:
    before, after = source.splitlines(), changed.splitlines()
    first = next(i for i, (old, new) in enumerate(zip(before, after, strict=False)) if old != new)
    if operator == "RemoveDecorator":  # the lines behind it move up, blank ones first
        first = next(i for i in range(first, len(before)) if before[i].lstrip().startswith("@"))
    last = 0
    while before[-1 - last] == after[-1 - last]:
        last += 1
    old, new = before[first : len(before) - last], after[first : len(after) - last]
    function = _functions(module)[first + 1]
    return Mutant(module, function, first + 1, operator, _joined(old), _joined(new), changed)


def _joined(lines: Iterable[str]) -> str:
    return " ".join(" ".join(lines).split()) or "(nothing)"


@cache
def _functions(module: str) -> dict[int, str]:
    """Line to the outermost function, or else the class, that it is in, for a module as it is."""
    source = (SOURCE / module).read_text(encoding="utf-8")
    names = dict.fromkeys(range(1, source.count("\n") + 2), "(module)")
    for node in ast.parse(source).body:
        for one in (node, *(node.body if isinstance(node, ast.ClassDef) else ())):
            if isinstance(one, ast.FunctionDef | ast.ClassDef):
                first = min([one.lineno, *(d.lineno for d in one.decorator_list)])
                name = one.name if one is node else f"{node.name}.{one.name}"  # type: ignore[attr-defined]
                names |= dict.fromkeys(range(first, (one.end_lineno or one.lineno) + 1), name)
    return names


# --- tests -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Reach:
    """Which unit tests run which lines, and how long each test takes."""

    seconds: Mapping[str, float]
    tests: Mapping[str, Mapping[int, Collection[str]]]
    """Module to line to tests."""

    def own(self, mutant: Mutant) -> Sequence[str]:
        """The tests in the module's own file: where the function names a rule, those of the rule."""
        found = self._of_file(mutant)
        rules = _rules(mutant)
        of_rules = {test for test in found if _is_about(test, rules)}
        return _some(self._sorted(mutant, of_rules or found & self._reaching(mutant) or found))

    def others(self, mutant: Mutant) -> Sequence[str]:
        """The rest of the module's own file, for what is cached has run for others; and others that run
        the function, or else the module."""
        lines = self.tests.get(mutant.module, {})
        near = self._of_file(mutant) - set(self.own(mutant))
        found = self._reaching(mutant) or {test for tests in lines.values() for test in tests}
        found -= self._of_file(mutant)
        far = self._sorted(mutant, found)[: TESTS_AT_MOST // 4]  # they validate whole packages
        return [*_some(self._sorted(mutant, near)), *far]

    def _reaching(self, mutant: Mutant) -> set[str]:
        return {
            test
            for module, function in _users(mutant)
            for line, tests in self.tests.get(module, {}).items()
            if _functions(module)[line] == function
            for test in tests
        }

    def _of_file(self, mutant: Mutant) -> set[str]:
        path = Path(mutant.module)
        own = tuple(f"tests/test_{name}.py::" for name in (path.stem, path.parent.name))
        return {test for test in self.seconds if test.startswith(own)}

    def _sorted(self, mutant: Mutant, tests: Iterable[str]) -> list[str]:
        """Those first that name a rule of the function, then those that run the line."""
        first = self.tests.get(mutant.module, {}).get(mutant.line, ())
        rules = _rules(mutant)

        def order(test: str) -> tuple[bool, bool, float]:
            return (not _is_about(test, rules), test not in first, self.seconds[test])

        return sorted(tests, key=order)


def _some(tests: Sequence[str]) -> Sequence[str]:
    """No more tests than take a few seconds: of many the first, and of the rest here and there one."""
    first, rest = tests[:TESTS_AT_MOST], tests[TESTS_AT_MOST:]
    return [*first, *rest[:: -(-len(rest) // TESTS_AT_MOST) or 1]]


def _is_about(test: str, rules: Collection[str]) -> bool:
    """Whether a test, or the function that it is a case of, names one of the rules."""
    path, _, name = test.partition("::")
    code = _tests(path).get(name.partition("[")[0], "")
    return any(rule in test or f'"{rule}"' in code for rule in rules)


@cache
def _tests(path: str) -> dict[str, str]:
    """Function to its code, for a file of tests."""
    source = (ROOT / path).read_text(encoding="utf-8")
    lines = source.splitlines(keepends=True)
    return {
        node.name: "".join(lines[node.lineno - 1 : node.end_lineno])
        for node in ast.parse(source).body
        if isinstance(node, ast.FunctionDef)
    }


def reach(place: Path) -> Reach:
    """Learn it from one run of the unit tests, in a child of its own."""
    sources = (*SOURCE.rglob("*.py"), *(ROOT / "tests").rglob("*.py"))
    old = place.stat().st_mtime if place.is_file() else 0
    child = -1 if old > max(path.stat().st_mtime for path in sources) else os.fork()
    if child == 0:
        failed = 1
        try:
            failed = _watch(place)
        finally:
            os._exit(failed)
    if child > 0 and os.waitpid(child, 0)[1]:
        raise SystemExit("the unit tests fail without any change")
    said = json.loads(place.read_text(encoding="utf-8"))
    tests = {
        module: {int(line): names for line, names in lines.items()}
        for module, lines in said["tests"].items()
    }
    return Reach(said["seconds"], tests)


def _watch(place: Path) -> int:
    _silence()
    import coverage
    import pytest

    watching = coverage.Coverage(data_file=None, branch=False, source=[str(SOURCE)], config_file=False)
    seconds: dict[str, float] = {}

    class Watch:
        @pytest.hookimpl(hookwrapper=True)
        def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
            watching.switch_context(item.nodeid)
            start = time.perf_counter()
            yield
            seconds[item.nodeid] = time.perf_counter() - start
            watching.switch_context("")

    watching.start()
    there = [test for test in TESTS if (ROOT / test).is_file()]
    failed = int(pytest.main([*OPTIONS, *there], plugins=[Watch()]))
    watching.stop()
    data = watching.get_data()
    tests = {
        module: {
            line: [name for name in names if name]
            for line, names in data.contexts_by_lineno(str(SOURCE / module)).items()
        }
        for module in MODULES
    }
    place.write_text(json.dumps({"seconds": seconds, "tests": tests}), encoding="utf-8")
    return failed


def corpus_tests(mutant: Mutant, whole: bool) -> list[str]:
    """Packages of the corpus: those with the rules that the function names, and a share of the rest."""
    with (ROOT / "tests/corpus/expected.csv").open(encoding="utf-8", newline="") as stream:
        expected = list(csv.DictReader(stream))
    every = list(dict.fromkeys(row["name"] for row in expected))
    if whole:
        return [f"{CORPUS}[{name}]" for name in every]
    named = _rules(mutant)
    chosen = [row["name"] for row in expected if row["rule"] in named][: 4 * CORPUS_SHARE]
    chosen += every[:: len(every) // CORPUS_SHARE]
    good = "tests/test_corpus.py::test_good_packages_have_no_issue"
    return [good, *(f"{CORPUS}[{name}]" for name in dict.fromkeys(chosen))]


def _rules(mutant: Mutant) -> set[str]:
    """The rules that the changed function names, its decorators too, or else those that need it."""
    users, seen = _users(mutant), set[tuple[str, str]]()
    while users:
        text = "".join(_code(module).get(function, "") for module, function in users)
        if rules := set(re.findall(r'"([a-z0-9]+(?:-[a-z0-9]+)+)"', text)):
            return rules
        seen.update(users)
        private = {name for _, name in users if name.startswith("_")}  # others are needed everywhere
        users = {user for name in private for user in _users_of(name)} - seen
    return set()


def _users(mutant: Mutant) -> Collection[tuple[str, str]]:
    """Module and name of the changed function; of a constant, all functions that need it."""
    if mutant.function != "(module)":
        return {(mutant.module, mutant.function)}
    for node in _constants(mutant.module).values():
        if node.lineno <= mutant.line <= (node.end_lineno or node.lineno):
            return _users_of(
                ast.unparse(node.targets[0] if isinstance(node, ast.Assign) else node.target)
            )
    return ()


@cache
def _users_of(name: str) -> Collection[tuple[str, str]]:
    found: set[tuple[str, str]] = set()
    waiting, seen = [name], set[str]()
    while waiting:
        seen.add(name := waiting.pop())
        for module in MODULES:
            named = [one for one, code in _code(module).items() if re.search(rf"\b{name}\b", code)]
            found.update((module, one) for one in named if one not in _constants(module))
            waiting += [one for one in named if one in _constants(module) and one not in seen]
    return found


@cache
def _constants(module: str) -> dict[str, ast.Assign | ast.AnnAssign]:
    """Name to what gives it its value, at the top of a module."""
    tree = ast.parse((SOURCE / module).read_text(encoding="utf-8"))
    nodes = [node for node in tree.body if isinstance(node, ast.Assign | ast.AnnAssign)]
    targets = [node.targets[0] if isinstance(node, ast.Assign) else node.target for node in nodes]
    return {ast.unparse(target): node for target, node in zip(targets, nodes, strict=True)}


@cache
def _code(module: str) -> dict[str, str]:
    """Function, class or constant to its code."""
    lines = (SOURCE / module).read_text(encoding="utf-8").splitlines(keepends=True)
    code: dict[str, str] = {}
    for number, line in enumerate(lines, 1):
        name = _functions(module)[number]
        if name != "(module)":
            code[name] = code.get(name, "") + line
    for name, node in _constants(module).items():
        code[name] = "".join(lines[node.lineno - 1 : node.end_lineno])
    return code


class _Loader(SourceFileLoader):
    """Loads a module with other code than its file has."""

    def __init__(self, name: str, path: str, source: str) -> None:
        super().__init__(name, path)
        self._changed = source

    def get_code(self, fullname: str) -> CodeType:
        code: CodeType = compile(self._changed, self.get_filename(fullname), "exec")
        return code


class _Finder(MetaPathFinder):
    """Finds a mutant's module before its file is found."""

    def __init__(self, module: str, source: str) -> None:
        self._name = "jpkr_drills." + module.removesuffix(".py").removesuffix("/__init__").replace(
            "/", "."
        )
        self._path = str(SOURCE / module)
        self._source = source

    def find_spec(self, fullname: str, path: object = None, target: object = None) -> ModuleSpec | None:
        if fullname != self._name:
            return None
        loader = _Loader(fullname, self._path, self._source)
        inner = [str(Path(self._path).parent)] if self._path.endswith("__init__.py") else None
        return importlib.util.spec_from_file_location(
            fullname, self._path, loader=loader, submodule_search_locations=inner
        )


def survives(module: str, source: str, tests: Sequence[str], scratch: Path) -> bool:
    """Whether all ``tests`` pass with ``source`` in the place of the module's own."""
    child = os.fork()
    if child:
        return os.waitpid(child, 0)[1] == 0
    failed = 1
    try:
        signal.alarm(SECONDS)  # ends the child: what never ends is noticed too
        _silence()
        sys.meta_path.insert(0, _Finder(module, source))
        import pytest

        class Chosen:
            """Pytest takes long to find many tests by their names: it gets their files."""

            def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
                found = {item.nodeid: item for item in items}
                items[:] = [found[test] for test in tests if test in found]

        files = dict.fromkeys(test.partition("::")[0] for test in tests)
        failed = int(pytest.main([*OPTIONS, f"--basetemp={scratch}", *files], plugins=[Chosen()]))
    finally:
        os._exit(failed)
    raise AssertionError


def _silence() -> None:
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)


# --- results ---------------------------------------------------------------------------------


def explained() -> set[tuple[str, str, str, str]]:
    """The mutants that ``tests/mutants.md`` gives a reason for."""
    found = set()
    for line in (ROOT / "tests/mutants.md").read_text(encoding="utf-8").splitlines():
        if parts := re.fullmatch(
            r"\| `(.+?)` \| `(.+?)` \| `+ ?(.+?) ?`+ \| `+ ?(.+?) ?`+ \| .+ \|", line
        ):
            module, function, old, new = (part.replace(r"\|", "|") for part in parts.groups())
            found.add((module, function, old, new))
    return found


def _results(place: Path) -> dict[tuple[str, str, str, str], dict[str, Any]]:
    known: dict[tuple[str, str, str, str], dict[str, Any]] = {}
    if place.is_file():
        for line in place.read_text(encoding="utf-8").splitlines():
            result = json.loads(line)
            known[tuple(result[name] for name in ("module", "function", "old", "new"))] = result
    return known


def run(module: str, place: Path, known_reach: Reach, asked: argparse.Namespace) -> None:
    """Run a module's mutants that have no result yet, or only its survivors without a reason again."""
    known, reasons = _results(place), explained()
    with tempfile.TemporaryDirectory() as folder, place.open("a", encoding="utf-8") as out:
        scratch = Path(folder) / "tests"
        for mutant in islice(mutants(module), 0, None, asked.every):
            last = known.get(mutant.name)
            lives = bool(last and not last["killed"])
            if (last and not lives) or asked.survivors != lives or (lives and mutant.name in reasons):
                continue
            rounds = [known_reach.own(mutant), known_reach.others(mutant)]
            if not asked.quick:
                rounds.insert(1, corpus_tests(mutant, asked.whole_corpus))
            killed = any(
                tests and not survives(module, mutant.source, tests, scratch) for tests in rounds
            )
            result = {name: value for name, value in asdict(mutant).items() if name != "source"}
            out.write(json.dumps(result | {"killed": killed}, ensure_ascii=False) + "\n")
            out.flush()


def report(modules: Iterable[str], place: Path) -> int:
    """Print the score of each module; the number of survivors that nobody has explained."""
    known, reasons = _results(place), explained()
    total = [0, 0, 0, 0]
    print(f"{'module':<28}{'mutants':>8}{'killed':>8}{'explained':>10}{'survived':>9}{'not run':>8}")
    for module in modules:
        all_of_it = list(mutants(module))
        results = [known[one.name] for one in all_of_it if one.name in known]
        alive = [one for one in all_of_it if one.name in known and not known[one.name]["killed"]]
        reasoned = sum(one.name in reasons for one in alive)
        killed = len(results) - len(alive)
        missing = len(all_of_it) - len(results)
        figures = (len(all_of_it), killed, reasoned, len(alive) - reasoned)
        total = [old + new for old, new in zip(total, figures, strict=True)]
        print(f"{module:<28}{figures[0]:>8}{killed:>8}{reasoned:>10}{figures[3]:>9}{missing:>8}")
        for one in alive:
            if one.name not in reasons:
                print(f"  {module}:{one.line} {one.function}\n    - {one.old}\n    + {one.new}")
    ran = sum(total[1:])
    if ran:
        print(f"score: {total[1]} of {ran} killed, {100 * total[1] / ran:.1f} %", end="")
        print(f"; {total[2]} survivors explained, {total[3]} not")
    return total[3]


def main() -> int:
    """Run mutants and report; exit code 1 where a survivor has no reason."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("modules", nargs="*", help="paths below src/jpkr_drills, default: all")
    parser.add_argument("--results", type=Path, default=ROOT / "mutants" / "results.jsonl")
    parser.add_argument(
        "--survivors", action="store_true", help="only what survived, for no known reason"
    )
    parser.add_argument("--every", type=int, default=1, metavar="N", help="take one mutant in N")
    parser.add_argument("--quick", action="store_true", help="ask the unit tests alone")
    parser.add_argument("--all-tests", action="store_true", help="ask every unit test that may notice")
    parser.add_argument("--whole-corpus", action="store_true", help="ask every package of the corpus")
    parser.add_argument("--report", action="store_true", help="run nothing")
    asked = parser.parse_args()
    if asked.all_tests:
        globals()["TESTS_AT_MOST"] = sys.maxsize
    modules = asked.modules or list(MODULES)
    os.chdir(ROOT)
    asked.results.parent.mkdir(exist_ok=True)
    if not asked.report:
        for name in PRELOADED:
            with contextlib.suppress(ImportError):
                importlib.import_module(name)
        known_reach = reach(asked.results.with_suffix(".reach.json"))
        gc.freeze()  # a child has no need to walk over all this
        for module in modules:
            run(module, asked.results, known_reach, asked)
    return bool(report(modules, asked.results))


if __name__ == "__main__":
    sys.exit(main())
