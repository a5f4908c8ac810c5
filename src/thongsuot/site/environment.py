"""Reading settings from the environment."""

import os
import secrets
from pathlib import Path


def setting(name: str, default: str) -> str:
    return os.environ.get(name, default)


def flag(name: str, *, default: bool = False) -> bool:
    return os.environ.get(name, str(default)).strip().lower() in {"1", "true", "yes", "on"}


def words(name: str, *, default: str) -> list[str]:
    return os.environ.get(name, default).replace(",", " ").split()


def secret_key(data_dir: Path) -> str:
    """The key from the environment, else one made once and kept beside the data for its owner's eyes."""
    if key := os.environ.get("THONGSUOT_SECRET_KEY"):
        return key
    kept = data_dir / "secret_key"
    if not kept.exists():
        data_dir.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(kept, os.O_WRONLY | os.O_CREAT, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(48))
    return kept.read_text().strip()
