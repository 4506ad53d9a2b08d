"""Graph: parties, places, events and claims as nodes, and every link between them as an edge."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from jpkr_drills.dataset import Dataset
from jpkr_drills.export import MARK, Source
from jpkr_drills.frames import need
from jpkr_drills.show import TELLING

if TYPE_CHECKING:
    import networkx

_NODES = ("parties", "places", "events", "claims")
"""The tables whose records are nodes, ``table/id``: a party and a place may have the same id."""


def contents(source: Source) -> dict[str, bytes]:
    """The graph as GraphML."""
    graph = to_networkx(source.dataset)
    graph.graph.update(generator=MARK, title=source.dataset.title, version=source.dataset.version)
    out = BytesIO()
    need("networkx", "graph").write_graphml(graph, out)
    return {source.name: out.getvalue()}


def to_networkx(dataset: Dataset) -> networkx.MultiDiGraph[str]:  # pyright: ignore[reportUnknownParameterType]
    """See ``Dataset.to_networkx``."""
    graph: networkx.MultiDiGraph[str] = need("networkx", "graph").MultiDiGraph()
    for name in _NODES:
        for record in dataset.tables[name]:
            label = getattr(record, TELLING[name])
            graph.add_node(f"{name}/{record.key()}", kind=name, label=label, **record.model_dump(exclude_none=True))
    for name, table in dataset.tables.items():
        spec = table.record.TABLE
        ends = {column: target for column, target in spec.foreign_keys.items() if target in _NODES}
        for record in table:
            said = record.model_dump(exclude_none=True)  # GraphML knows no empty value
            nodes = {column: f"{target}/{said[column]}" for column, target in ends.items() if column in said}
            if name in _NODES:
                own = f"{name}/{record.key()}"
                for column, node in nodes.items():
                    if node != own:  # as a proposition's first claim is
                        graph.add_edge(own, node, kind=column.removesuffix("_id"), table=name)
            elif nodes and len(spec.key) > 1:
                more = {column: value for column, value in said.items() if column not in ends}
                kind = more.get("relation") or more.get("role") or "about"
                graph.add_edge(*nodes.values(), kind=kind, table=name, **more)
    return graph
