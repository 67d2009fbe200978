"""The cue sheets that come with the program or lie in the operator's folder, brought into the database."""

import json
import logging
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

from companion import clock, database
from companion.config import Settings
from companion.limits import IMPORT_BYTES
from companion.models.sheet import bring_in_all
from companion.rules.refused import Refused

log = logging.getLogger(__name__)
BUNDLED = Path(__file__).parent.parent / "sheets"


def bring_in(settings: Settings) -> None:
    """New and changed sheets become the newest published revision; a faulty file is named and left out."""
    for path, origin in files(settings):
        try:
            database.write(partial(keep, path=path, document=read(path), origin=origin))
        except (OSError, ValueError, Refused) as wrong:
            log.error("%s was left out: %s", path.name, wrong)
        except Exception:
            log.exception("%s was left out", path.name)


def keep(session: Any, path: Path, document: dict[str, Any], origin: str) -> None:
    bring_in_all(session, [(path.stem, document)], clock.now(), origin)


def files(settings: Settings) -> Iterator[tuple[Path, str]]:
    for folder, origin in ((BUNDLED, "bundled"), (settings.sheets_dir, "file")):
        if folder is not None:
            yield from ((path, origin) for path in sorted(folder.glob("*.json")))


def read(path: Path) -> dict[str, Any]:
    if path.stat().st_size > IMPORT_BYTES:
        raise ValueError("it is larger than 2 MiB")
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except RecursionError:
        raise ValueError("it is nested too deeply") from None
    if not isinstance(document, dict):
        raise ValueError("it is not a cue sheet")
    return document
