"""`python -m companion`: make blocking calls cooperative before any other import, then run the command."""

import gc
import os
import sys
import warnings

gc.disable()  # what is imported stays: looking for garbage among it took a third of the time to start

if os.environ.get("COMPANION_ASYNC", "").strip() in ("", "eventlet"):
    os.environ.setdefault("EVENTLET_NO_GREENDNS", "yes")
    warnings.filterwarnings("ignore", message=r"\s*Eventlet is deprecated")
    import eventlet

    eventlet.monkey_patch()


def main() -> None:
    """The command line; a wrong setting ends it with one sentence and status 2."""
    from companion.commands import cli
    from companion.config import WrongSetting

    gc.freeze()
    gc.enable()
    try:
        cli.companion(prog_name="companion")
    except WrongSetting as wrong:
        print(f"companion: {wrong}", file=sys.stderr)
        sys.exit(2)


if __name__ == "__main__":
    main()
