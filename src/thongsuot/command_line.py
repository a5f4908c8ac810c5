"""`thongsuot COMMAND`: reading, placing and benchmarks by themselves, everything else through Django."""

import importlib.util
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from thongsuot.kernel.frames import with_room

SETTINGS = "thongsuot.site.settings"
OWN = {
    "read": "read reports into records",
    "place": "place people on job positions: a problem file in, a plan out",
    "bench": "run one benchmark of the repository",
}


def _repository() -> Path | None:
    """The folder that holds benchmarks/: from where the command runs, or from where the code lies."""
    for start in (Path.cwd(), Path(__file__).resolve().parent):
        for folder in (start, *start.parents):
            if (folder / "benchmarks").is_dir() and (folder / "pyproject.toml").is_file():
                return folder
    return None


def _benchmarks(root: Path | None) -> list[str]:
    return sorted(file.stem for file in (root / "benchmarks").glob("[!_]*.py")) if root else []


def _bench(arguments: list[str]) -> int:
    root = _repository()
    known = _benchmarks(root)
    if root is None or not arguments or arguments[0] not in known:
        return _refuse(f"thongsuot bench NAME [--json]; benchmarks here: {', '.join(known) or 'none'}")
    file = root / "benchmarks" / f"{arguments[0]}.py"
    sys.path.insert(0, str(file.parent))
    spec = importlib.util.spec_from_file_location(f"benchmarks_{file.stem}", file)
    if spec is None or spec.loader is None:
        return _refuse(f"cannot load {file.name}")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return int(module.main(arguments[1:]) or 0)


def _django(arguments: list[str]) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    import django  # noqa: PLC0415  # only the commands that need it pay for it
    from django.core.management import ManagementUtility, get_commands  # noqa: PLC0415

    django.setup()
    known = get_commands()
    if not arguments or arguments[0] in ("-h", "--help"):
        sys.stdout.write(_overview(known) + "\n")
        return 0
    if arguments[0] not in {*known, "help", "version"}:
        return _refuse(f"unknown command {arguments[0]!r}; " + _list(known))
    ManagementUtility(["thongsuot", *arguments]).execute()
    return 0


def _ours(known: dict[str, str]) -> list[str]:
    return sorted(
        name for name, app in known.items() if str(getattr(app, "__module__", app)).startswith("thongsuot.")
    )


def _list(known: dict[str, str]) -> str:
    core = [
        name
        for name in ("migrate", "createsuperuser", "check", "shell", "test", "help")
        if name in known or name == "help"
    ]
    return "commands: " + ", ".join([*OWN, *_ours(known), *core])


def _overview(known: dict[str, str]) -> str:
    lines = [f"  {name:<6} {what}" for name, what in OWN.items()]
    return "thongsuot COMMAND [options]\n" + "\n".join(lines) + "\n" + _list(known)


def _refuse(reason: str) -> int:
    sys.stderr.write(reason + "\n")
    return 2


@with_room
def main(argv: Sequence[str] | None = None) -> int:
    arguments = list(sys.argv[1:] if argv is None else argv)
    if arguments[:1] == ["read"]:
        from thongsuot.reading.command import main as read  # noqa: PLC0415  # loaded alone: reading must not wait for Django

        return read(arguments[1:])
    if arguments[:1] == ["place"]:
        from thongsuot.placement.command import main as place  # noqa: PLC0415  # the solver loads only where it is asked

        return place(arguments[1:])
    if arguments[:1] == ["bench"]:
        return _bench(arguments[1:])
    return _django(arguments)


if __name__ == "__main__":
    sys.exit(main())
