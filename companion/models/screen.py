"""The television: a read-only onlooker with its own token, let into a locked room by four letters."""

import secrets

from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from companion.models.base import Base, hashed, new_id, new_token
from companion.models.room_row import RoomRow
from companion.rules.refused import Refused

LETTERS = "BCDFGHJKLMNPQRSTVWXZ"  # RFC 8628 section 6.1: no vowels, so no words


class Screen(Base):
    __tablename__ = "screens"

    screen_id: Mapped[str] = mapped_column(primary_key=True)
    room_id: Mapped[str] = mapped_column(ForeignKey("rooms.room_id", ondelete="CASCADE"), index=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    letters: Mapped[str]
    lang: Mapped[str] = mapped_column(default="en")
    admitted_at: Mapped[float | None]
    made_at: Mapped[float]


def open_screen(session: Session, room: RoomRow, now: float, lang: str = "en") -> tuple[Screen, str]:
    """A new television and the one time its token is told. In an open room it is let in at once."""
    token = new_token()
    screen = Screen(
        screen_id=new_id(),
        room_id=room.room_id,
        token_hash=hashed(token),
        letters="".join(secrets.choice(LETTERS) for _ in range(4)),
        lang=lang,
        admitted_at=None if room.locked else now,
        made_at=now,
    )
    session.add(screen)
    return screen, token


def admit_screen(session: Session, room: RoomRow, letters: str, now: float) -> Screen:
    """The host lets in the television that shows these letters."""
    wanted = letters.strip().upper()
    kept = select(Screen).where(
        Screen.room_id == room.room_id, Screen.letters == wanted, Screen.admitted_at.is_(None)
    )
    screen = session.scalar(kept.order_by(Screen.made_at.desc()))
    if screen is None:
        raise Refused("bad_field", "No television here shows these letters.", field="letters")
    screen.admitted_at = now
    return screen
