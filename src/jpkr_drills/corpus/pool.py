"""A pool of processes: a function over many items, results as they come, whatever becomes of a process."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from itertools import islice
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")
AHEAD = 4
"""Items that wait for each process, so that none idles and few are held."""


def run(
    function: Callable[[T], R],
    items: Iterable[T],
    lost: Callable[[T, str], R],
    *,
    jobs: int | None = None,
    modules: Sequence[str] = (),
) -> Iterator[R]:
    """``function`` of each item on ``jobs`` processes (without it: all cores), results as they come.

    ``modules`` are imported once, before processes start. For an item that ends its process, the result is
    ``lost(item, why)``. With ``jobs=1`` no process is started.
    """
    jobs = jobs or (len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1)
    if jobs == 1:
        yield from map(function, items)
        return
    waiting = iter(items)
    pool = _pool(jobs, modules)
    running: dict[Future[R], T] = {}
    try:
        while True:
            unlucky: list[T] = []
            for item in islice(waiting, jobs * AHEAD - len(running)):
                try:
                    with _held():
                        running[pool.submit(function, item)] = item
                except BrokenProcessPool:
                    unlucky.append(item)
                    break
            for future in wait(running, return_when=FIRST_COMPLETED).done:
                item = running.pop(future)
                try:
                    yield future.result()
                except BrokenProcessPool:
                    unlucky.append(item)
            if unlucky:  # one of those that ran ended its process: now each gets one of its own
                for item in (*unlucky, *running.values()):
                    yield _alone(function, item, lost)
                running.clear()
                pool.shutdown()
                pool = _pool(jobs, modules)
            elif not running:
                return
    finally:
        _end(pool)


def _alone(function: Callable[[T], R], item: T, lost: Callable[[T, str], R]) -> R:
    with _pool(1, ()) as pool:
        try:
            return pool.submit(function, item).result()
        except BrokenProcessPool:
            return lost(item, "it ended its process; there may be too little memory")


def _pool(jobs: int, modules: Sequence[str]) -> ProcessPoolExecutor:
    if sys.platform == "win32":
        context = multiprocessing.get_context("spawn")
    else:  # a server imports the modules and makes the processes: start-up is paid once
        from multiprocessing import forkserver, resource_tracker

        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(list(modules))
        # Who presses Ctrl-C interrupts this process, which ends the others: they don't hear of it.
        resource_tracker.ensure_running()  # which would lift the block
        before = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
        forkserver.ensure_running()
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
    return ProcessPoolExecutor(jobs, mp_context=context, initializer=_start)


@contextmanager
def _held() -> Generator[None]:
    """Meanwhile Ctrl-C waits: a process that is being started or ended would be left behind."""
    if threading.current_thread() is not threading.main_thread():  # no other hears of it
        yield
        return
    heard: list[int] = []
    before = signal.signal(signal.SIGINT, lambda number, _: heard.append(number))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
        if heard:
            raise KeyboardInterrupt


def _end(pool: ProcessPoolExecutor) -> None:
    """End the processes, whatever they are at."""
    with _held():
        processes = list((pool._processes or {}).values())  # pyright: ignore[reportPrivateUsage]
        for process in processes:
            process.terminate()
        for process in processes:
            process.join()
        pool.shutdown(cancel_futures=True)


def _start() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.freeze()  # what is imported stays: it needn't be looked through for garbage
