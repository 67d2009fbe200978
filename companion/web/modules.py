"""Which scripts a page will need: preloaded at once, so that no import waits for the one before it."""

import re
from functools import lru_cache
from pathlib import Path

from flask import current_app

from companion.web.static_files import tree_hash

IMPORT = re.compile(r"""^\s*(?:import|export)\b[^"'\n]*["'](\.[^"']+)["']""", re.MULTILINE)


def modules_of(script: str) -> tuple[str, ...]:
    """The page script and all it imports at once, as paths below static/, nearest first."""
    root = Path(str(current_app.static_folder))
    return reached(root, script, tree_hash(root))


@lru_cache(maxsize=64)
def reached(root: Path, script: str, _contents: str) -> tuple[str, ...]:
    found: dict[str, None] = {}
    waiting = [(root / script).resolve()]
    while waiting:
        path = waiting.pop(0)
        name = path.relative_to(root.resolve()).as_posix()
        if name in found or not path.is_file():
            continue
        found[name] = None
        if "vendor" not in path.parts:
            waiting += [
                (path.parent / target).resolve() for target in IMPORT.findall(path.read_text("utf-8"))
            ]
    return tuple(found)
