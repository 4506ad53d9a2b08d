"""Graph: parties, places, events and claims as nodes, and every link between them as an edge."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

from jpkr_drills.dataset import Dataset
from jpkr_drills.export import MARK, Source
from jpkr_drills.frames import need

if TYPE_CHECKING:
    import networkx

_NODES = {"parties": "name", "places": "name", "events": "title", "claims": "statement"}
"""Table to the column that labels its records."""


def contents(source: Source) -> dict[str, bytes]:
    """The graph as GraphML."""
    graph = to_networkx(source.dataset)
    graph.graph.update(generator=MARK, title=source.dataset.title, version=source.dataset.version)
    out = BytesIO()
    need("networkx", "graph").write_graphml(graph, out)
    return {source.name: out.getvalue()}


def to_networkx(dataset: Dataset) -> networkx.MultiDiGraph[str]:  # pyright: ignore[reportUnknownParameterType]
    """See ``Dataset.to_networkx``."""
    graph: Any = need("networkx", "graph").MultiDiGraph()
    for name, label in _NODES.items():
        for record in dataset.tables[name]:
            graph.add_node(_node(name, record.key()), kind=name, label=getattr(record, label), **_said(record))
    for table in dataset.tables.values():
        spec = table.record.TABLE
        ends = {column: target for column, target in spec.foreign_keys.items() if target in _NODES}
        linking = len(spec.key) > 1
        for record in table if linking or table.name in _NODES else ():
            said = _said(record)
            nodes = {column: _node(target, said[column]) for column, target in ends.items() if column in said}
            if linking and nodes:
                more = {name: value for name, value in said.items() if name not in ends}
                kind = more.get("relation") or more.get("role") or "about"
                graph.add_edge(*nodes.values(), kind=kind, table=table.name, **more)
            elif not linking:
                own = _node(table.name, record.key())
                for column, node in nodes.items():
                    if node != own:  # as a proposition's first claim is
                        graph.add_edge(own, node, kind=column.removesuffix("_id"), table=table.name)
    made: networkx.MultiDiGraph[str] = graph
    return made


def _node(table: str, key: str) -> str:
    """The node of a record: a party and a place may have the same id."""
    return f"{table}/{key}"


def _said(record: Any) -> dict[str, Any]:
    """What a record says; GraphML knows no empty value."""
    return {name: value for name, value in record if value is not None}
