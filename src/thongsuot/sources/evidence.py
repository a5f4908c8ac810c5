"""Files attached to a record as evidence. The app that reads files registers how; what may not be kept it refuses."""

from collections.abc import Callable
from dataclasses import dataclass

PLAIN = "application/octet-stream"


@dataclass(frozen=True, slots=True)
class ReadFile:
    """What could be read without delay; a photograph or scan is kept as it is, without its text."""

    text: str = ""
    media_type: str = PLAIN
    offset_runs: tuple[int, ...] = ()


# Bytes and name in; kernel.verdicts.Refused for what may not be kept.
Reader = Callable[[bytes, str], ReadFile]

_READERS: list[Reader] = []


def register_reader(reader: Reader) -> None:
    _READERS[:] = [reader]


def read(data: bytes, name: str) -> ReadFile:
    return _READERS[0](data, name)
