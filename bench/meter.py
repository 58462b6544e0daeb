"""What a measurement costs the machine: the generator of load sits on the same cores."""

import os
import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import psutil


@dataclass
class Spent:
    """Seconds by the clock, and CPU time of each named family of processes and of everybody."""

    wall: float = 0
    cpu: dict[str, float] = field(default_factory=dict[str, float])

    def shares(self) -> dict[str, float]:
        """The part of all cores that each took."""
        whole = self.wall * (os.cpu_count() or 1)
        return {f"CPU of {name}, share of all cores": of / whole for name, of in self.cpu.items()}


@contextmanager
def metered(**roots: int) -> Iterator[Spent]:
    """Watch these processes with their children, this one without, and the whole machine."""
    spent, before, begin = Spent(), _cpu(roots), time.perf_counter()
    yield spent
    spent.wall, after = time.perf_counter() - begin, _cpu(roots)
    spent.cpu.update({name: after[name] - before[name] for name in after})


def family(pid: int) -> list[psutil.Process]:
    """A process and everything that it has started."""
    root = psutil.Process(pid)
    return [root, *root.children(recursive=True)]


def cpu_seconds(process: psutil.Process) -> float:
    """CPU time of a process so far; none of one that has ended."""
    try:
        times = process.cpu_times()
    except psutil.NoSuchProcess:
        return 0
    return times.user + times.system


def p95(values: list[float]) -> float:
    """Of a hundred values five are larger."""
    return statistics.quantiles(values, n=20)[-1] if len(values) > 1 else sum(values)


def _cpu(roots: dict[str, int]) -> dict[str, float]:
    machine, own = psutil.cpu_times(), time.process_time()
    known = {name: sum(map(cpu_seconds, family(pid))) for name, pid in roots.items()}
    return {"the generator": own, **known, "everybody": sum(machine) - _idle(machine)}


def _idle(machine: object) -> float:
    # guests are counted within `user` and `nice`, and waiting for a disk is no work
    names = ("idle", "iowait", "guest", "guest_nice", "steal")
    return sum(getattr(machine, name, 0.0) for name in names)
