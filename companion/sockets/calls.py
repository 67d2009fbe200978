"""Commands: declared beside their function, parsed into a shape, allowed by role, and always answered."""

import logging
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

import msgspec
from prometheus_client import Counter

from companion import limits, roles
from companion.database import NotSaved
from companion.identity import Caller
from companion.languages import N_, gettext, speaking
from companion.rules.refused import Refused

log = logging.getLogger(__name__)
F = TypeVar("F", bound=Callable[..., Any])

RATES = {"vote": limits.VOTES, "react": limits.REACTIONS}
ANSWERED = Counter("companion_commands_total", "Commands by what they were answered.", ["name", "answer"])
FAILED = N_("Something went wrong on the server. Try again in a moment.")
NO_OP = ("time", "snapshot")
FIELD = re.compile(r"(?:\$\.|field `)(\w+)")


@dataclass(frozen=True)
class Command:
    """One thing a phone, a remote or a screen may ask for."""

    name: str
    shape: type[msgspec.Struct]
    answer: Callable[[Caller, Any], dict[str, Any] | None]
    who: frozenset[str]
    looks_up: bool

    @property
    def rate(self) -> tuple[float, int] | None:
        return RATES.get(self.name) or (limits.HOST_COMMANDS if self.who == roles.HOSTS else None)


COMMANDS: dict[str, Command] = {}
joined: list[Callable[[Caller], None]] = []
left: list[Callable[[Caller], None]] = []


def command(
    name: str, shape: type[msgspec.Struct], who: frozenset[str] | None = None, *, looks_up: bool = True
) -> Callable[[F], F]:
    """Make `def pause(caller, message)` the answer to a command; what it returns is added to the ack.

    `shape` forbids unknown fields and (but for time and snapshot) has an op_id. Who may send it is for
    roles.py to say; `who`, where given, must agree. `looks_up=False` spares the database (time).
    """
    if not shape.__struct_config__.forbid_unknown_fields:
        raise TypeError(f"{shape.__name__} must forbid unknown fields")
    if name not in NO_OP and "op_id" not in shape.__struct_fields__:
        raise TypeError(f"{shape.__name__} needs an op_id")
    if name not in roles.COMMANDS:
        raise TypeError(f"roles.py has no row for {name}")
    allowed = roles.COMMANDS[name]
    if who is not None and frozenset(who) != allowed:
        raise TypeError(f"roles.py says otherwise about {name}")

    def register(answer: F) -> F:
        COMMANDS[name] = Command(name, shape, answer, allowed, looks_up)
        return answer

    return register


def on_joined(fn: Callable[[Caller], None]) -> Callable[[Caller], None]:
    """Call fn(caller) whenever a socket has been recognised; Refused turns it away."""
    joined.append(fn)
    return fn


def on_left(fn: Callable[[Caller], None]) -> Callable[[Caller], None]:
    """Call fn(caller) when a recognised socket has gone."""
    left.append(fn)
    return fn


def parse(asked: Command, args: tuple[Any, ...]) -> msgspec.Struct:
    if len(args) > 1:
        raise Refused("bad_field", "A command carries one object with its fields.", field=None)
    return convert(args[0] if args else {}, asked.shape)


def convert(given: Any, shape: type[Any]) -> Any:
    """The message as its shape; Refused names the field that is missing, extra, too long or mistyped."""
    try:
        return msgspec.convert(given, shape)
    except msgspec.ValidationError as wrong:
        found = FIELD.search(str(wrong))
        name = found[1] if found else None
        said = f"The field “{name}” is not right: {wrong}" if name else f"That message is not right: {wrong}"
        raise Refused("bad_field", said, field=name) from None


def answered(work: Callable[[], dict[str, Any] | None], name: str, lang: str) -> dict[str, Any]:
    """What the acknowledgement says; nothing that goes wrong leaves a phone without one."""
    try:
        answer = {"ok": True, **(work() or {})}
    except Refused as refused:
        answer = refusal(refused, lang)
    except NotSaved:
        answer = refusal(Refused("not_saved", "The server could not save that. Try again in a moment."), lang)
    except Exception:
        log.exception("%s failed", name)
        answer = refusal(
            Refused("failed", "Something went wrong on the server. Try again in a moment."), lang
        )
    ANSWERED.labels(name, answer["refused"]["code"] if not answer["ok"] else "ok").inc()
    return answer


def refusal(refused: Refused, lang: str = "en") -> dict[str, Any]:
    with speaking(lang):
        sentence = gettext(refused.sentence)
    return {"ok": False, "refused": {"code": refused.code, "sentence": sentence, **refused.facts}}


def may(caller: Caller, asked: Command) -> None:
    """Refuse whoever roles.py does not name for this command."""
    if not caller.roles & asked.who:
        if asked.who == roles.HOSTS:
            raise Refused("not_host", "Only a host may do that.")
        raise Refused("not_guest", "Only a guest may do that.")
