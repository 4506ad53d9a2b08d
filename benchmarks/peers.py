"""What people would use instead: each peer as a whole process, ``python -m benchmarks.peers NAME DIR``.

A loader prints how many rows it read, a checker how many problems it found. The plain checks in pandas,
polars and DuckDB are what somebody would write from the package's Table Schemas: types, required cells,
codes, patterns, unique keys, foreign keys.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

Schema = dict[str, Any]


def schemas(root: Path) -> Iterator[tuple[Path, Schema]]:
    """Each table's file and Table Schema."""
    for resource in json.loads((root / "datapackage.json").read_text())["resources"]:
        if "schema" in resource:
            yield root / resource["path"], json.loads((root / resource["schema"]).read_text())


# --- loading ---------------------------------------------------------------------------------------


def load_pydantic(root: Path) -> int:
    """The bare cost: pydantic and one model."""
    from pydantic import BaseModel

    class Claim(BaseModel):
        claim_id: str

    return len([Claim(claim_id="p0s1-1")])


def load_ours(root: Path) -> int:
    """Typed, checked and linked records."""
    from jpkr_drills import load

    return sum(len(table) for table in load(root).tables.values())


def load_pandas(root: Path) -> int:
    """Frames of text."""
    import pandas

    paths = [path for path, _ in schemas(root)]
    return sum(len(pandas.read_csv(path, dtype=str, keep_default_na=False)) for path in paths)


def load_polars(root: Path) -> int:
    """Frames of text."""
    import polars

    return sum(len(polars.read_csv(path, infer_schema=False)) for path, _ in schemas(root))


def load_frictionless(root: Path) -> int:
    """Typed rows."""
    from frictionless import Package

    package = Package(str(root / "datapackage.json"))
    tables: list[Any] = [one for one in package.resources if one.type == "table"]
    return sum(len(one.read_rows()) for one in tables)


# --- checking --------------------------------------------------------------------------------------


def check_frictionless(root: Path) -> int:
    """The library on the whole package."""
    from frictionless import validate

    return int(validate(str(root / "datapackage.json")).stats["errors"])


def _document(root: Path) -> tuple[Any, Any]:
    schema = json.loads((root / "schemas/json/dataset.schema.json").read_text())
    return schema, json.loads((root / "data/dataset.json").read_text())


def check_jsonschema(root: Path) -> int:
    """The JSON document against its schema."""
    import jsonschema

    schema, document = _document(root)
    return sum(1 for _ in jsonschema.Draft202012Validator(schema).iter_errors(document))


def check_jsonschema_rs(root: Path) -> int:
    """The same in Rust."""
    import jsonschema_rs

    schema, document = _document(root)
    return sum(1 for _ in jsonschema_rs.Draft202012Validator(schema).iter_errors(document))


def check_pandas(root: Path) -> int:
    """A plain check."""
    import pandas

    found = 0
    ids: dict[str, set[str]] = {}
    tables = [(path, schema, pandas.read_csv(path, dtype=str, keep_default_na=False)) for path, schema in schemas(root)]
    for path, schema, frame in tables:
        ids[path.stem] = set(frame[schema["primaryKey"][0]])
        found += int(frame.duplicated(schema["primaryKey"]).sum())
        for field in schema["fields"]:
            said = field.get("constraints", {})
            cells = frame[field["name"]]
            filled = cells[cells != ""]
            found += int((cells == "").sum()) if said.get("required") else 0
            found += int((~filled.isin(said["enum"])).sum()) if "enum" in said else 0
            found += int((~filled.str.fullmatch(said["pattern"])).sum()) if "pattern" in said else 0
            if field["type"] != "string":
                found += int(pandas.to_numeric(filled, errors="coerce").isna().sum())
    for path, schema, frame in tables:
        for key in schema.get("foreignKeys", []):
            cells = frame[key["fields"][0]]
            found += int((~cells[cells != ""].isin(ids[key["reference"]["resource"] or path.stem])).sum())
    return found


def check_polars(root: Path) -> int:
    """A plain check, each table's rules in one query."""
    import polars
    from polars import col

    found = 0
    tables = [(path, schema, polars.read_csv(path, infer_schema=False)) for path, schema in schemas(root)]
    ids = {path.stem: frame[schema["primaryKey"][0]] for path, schema, frame in tables}
    for path, schema, frame in tables:
        rules = [polars.struct(schema["primaryKey"]).is_duplicated()]
        for field in schema["fields"]:
            said, name = field.get("constraints", {}), field["name"]
            rules += [col(name).is_null()] if said.get("required") else []
            rules += [~col(name).is_in(said["enum"])] if "enum" in said else []
            rules += [~col(name).str.contains(said["pattern"])] if "pattern" in said else []
            if field["type"] != "string":
                rules.append(col(name).is_not_null() & col(name).cast(polars.Float64, strict=False).is_null())
        for key in schema.get("foreignKeys", []):
            target = ids[key["reference"]["resource"] or path.stem]
            rules.append(~col(key["fields"][0]).is_in(target.implode()))
        found += int(frame.select([rule.sum().alias(str(at)) for at, rule in enumerate(rules)]).sum_horizontal()[0])
    return found


def check_duckdb(root: Path) -> int:
    """A plain check in SQL."""
    import duckdb

    run = duckdb.connect().execute
    found = 0

    def count(sql: str, values: list[Any] | None = None) -> int:
        return int(run(sql, values).fetchone()[0])  # type: ignore[index]

    tables = list(schemas(root))
    for path, schema in tables:
        columns = {field["name"]: "VARCHAR" for field in schema["fields"]}
        run(f"CREATE TABLE {path.stem} AS FROM read_csv('{path}', columns={columns}, header=true, auto_detect=false)")
        key = ", ".join(f'"{name}"' for name in schema["primaryKey"])
        found += count(f"SELECT count(*) FROM (SELECT 1 FROM {path.stem} GROUP BY {key} HAVING count(*) > 1)")
        tests: list[str] = []
        for field in schema["fields"]:
            said, name = field.get("constraints", {}), f'"{field["name"]}"'
            tests += [f"{name} IS NULL"] if said.get("required") else []
            tests += [f"{name} NOT IN ({str(said['enum'])[1:-1]})"] if "enum" in said else []
            tests += [f"NOT regexp_matches({name}, '{_re2(said['pattern'])}')"] if "pattern" in said else []
            if field["type"] != "string":
                tests.append(f"{name} IS NOT NULL AND TRY_CAST({name} AS DOUBLE) IS NULL")
        found += count(f"SELECT {' + '.join(f'count(*) FILTER ({test})' for test in tests)} FROM {path.stem}")
    for path, schema in tables:
        for key in schema.get("foreignKeys", []):
            other, target = key["reference"]["resource"] or path.stem, key["reference"]["fields"][0]
            name = key["fields"][0]
            sql = f'SELECT count(*) FROM {path.stem} a ANTI JOIN {other} b ON a."{name}" = b."{target}"'
            found += count(f'{sql} WHERE a."{name}" IS NOT NULL')
    return found


def _re2(pattern: str) -> str:
    return re.sub(r"\\u([0-9a-f]{4})", r"\\x{\1}", pattern).replace("'", "''")


PEERS: dict[str, Callable[[Path], int]] = {
    name: function for name, function in list(globals().items()) if name.startswith(("load_", "check_"))
}
"""Name to peer."""

if __name__ == "__main__":
    print(PEERS[sys.argv[1]](Path(sys.argv[2])))
