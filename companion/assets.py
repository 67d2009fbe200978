"""Where templates/ and static/ are, and a name for what is in static/ now."""

import hashlib
import time
from functools import lru_cache
from pathlib import Path

PACKAGE = Path(__file__).parent
LOOK_EVERY = 1.0

_seen = (0.0, "")


@lru_cache(maxsize=1)
def assets() -> Path:
    """The folder with both: inside the package once installed, beside it in a checkout."""
    both = ("templates", "static")
    return next(p for p in (PACKAGE, PACKAGE.parent) if all((p / name).is_dir() for name in both))


def build() -> str:
    """A name for the scripts and styles that this server gives out; pages hold one in their addresses.

    Looks at the disk once a second at most.
    """
    global _seen
    looked_at, name = _seen
    if not name or time.monotonic() - looked_at > LOOK_EVERY:
        root = assets() / "static"
        files = sorted(path for path in root.rglob("*") if path.is_file())
        name = contents_hash(
            root, tuple((str(p), s.st_mtime_ns, s.st_size) for p in files if (s := p.stat()))
        )
        _seen = (time.monotonic(), name)
    return name


@lru_cache(maxsize=8)
def contents_hash(root: Path, files: tuple[tuple[str, int, int], ...]) -> str:
    found = hashlib.sha256()
    for path, _, size in files:
        found.update(f"{Path(path).relative_to(root)}\0{size}\0".encode())
        found.update(Path(path).read_bytes())
    return found.hexdigest()[:12]
