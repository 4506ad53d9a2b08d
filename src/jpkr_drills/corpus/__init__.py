"""Many packages: validated and gathered on all cores, or on the cluster that is there.

>>> from jpkr_drills import corpus
>>> from jpkr_drills.package import bundled
>>> [(package.valid, package.findings) for package in corpus.validate([bundled()], jobs=1)]
[(True, [])]

``validate`` gives one result a package as they come, ``collect`` writes one set of Parquet tables. Both have
adapters with the same rows: ``corpus.on_dask`` and ``corpus.on_spark``. Their part for one package or a few,
``checking.check`` and ``parquet.gather``, are plain functions, to run on anything else.
"""

from __future__ import annotations

from jpkr_drills.corpus.checking import Checked, Finding, check, find, validate
from jpkr_drills.corpus.parquet import Collecting, collect
from jpkr_drills.corpus.summary import Summary

__all__ = ["Checked", "Collecting", "Finding", "Summary", "check", "collect", "find", "validate"]
