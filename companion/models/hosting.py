"""Who runs a room: hosts with their own secrets, and what they may do to door, people and room."""

from functools import partial
from typing import TYPE_CHECKING, Any

from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from companion.models.act import Done
from companion.models.base import Base, hashed, new_id, new_token
from companion.models.codes import new_code
from companion.models.guest import Guest
from companion.models.names import clean_name, clean_words
from companion.models.playing import Playing
from companion.models.screen import admit_screen
from companion.rules.refused import Refused

if TYPE_CHECKING:
    from companion.models.room import Room

NAME_LENGTH = 80
CODE_FOR = 60.0


class RoomHost(Base):
    """One way to be host: the room's link (`is_link`), a browser that opened it, or a guest who was promoted.

    `token_hash` None: this host is recognised as the guest `guest_id` and holds no secret of its own.
    `seen_it`: whether this person has seen the film; if not, their remote tells kinds and times only.
    """

    __tablename__ = "room_hosts"

    host_id: Mapped[str] = mapped_column(primary_key=True)
    room_id: Mapped[str] = mapped_column(ForeignKey("rooms.room_id", ondelete="CASCADE"), index=True)
    token_hash: Mapped[str | None] = mapped_column(unique=True)
    guest_id: Mapped[str | None] = mapped_column(
        ForeignKey("guests.guest_id", ondelete="CASCADE"), index=True
    )
    is_link: Mapped[bool] = mapped_column(default=False)
    seen_it: Mapped[bool] = mapped_column(default=True)
    lang: Mapped[str] = mapped_column(default="en")
    made_at: Mapped[float]
    room: Mapped["Room"] = relationship(back_populates="hosts")


class Hosting(Playing):
    __abstract__ = True

    def new_host(
        self, now: float, *, is_link: bool = False, seen_it: bool = True, lang: str = "en"
    ) -> tuple[RoomHost, str]:
        """A new host and the one time its token is told."""
        token = new_token()
        host = self._host(now, token_hash=hashed(token), is_link=is_link, seen_it=seen_it, lang=lang)
        return host, token

    def promote(self, guest_id: str, on: bool, now: float) -> Done:
        """A guest becomes a host as well; until they say otherwise, one who has not seen the film."""
        guest = self.guest(guest_id)
        others = [host for host in self.hosts if host.guest_id != guest_id]
        if on == (len(others) < len(self.hosts)):
            return Done()
        if on:
            self._host(now, guest_id=guest_id, lang=guest.lang, seen_it=False)
        else:
            self.hosts[:] = others
        return Done(("promote", {"guest_id": guest_id, "on": not on}))

    def renew_hosts(self, host_id: str, now: float) -> Done:
        """A new host link; everybody but this host is none any more. Its secret is told once."""
        link = next(host for host in self.hosts if host.is_link)
        token = new_token()
        link.token_hash = hashed(token)
        self.hosts[:] = [host for host in self.hosts if host is link or host.host_id == host_id]
        self.changed("room")
        return Done(secret={"host_token": token})

    def lock(self, on: bool) -> Done:
        """A locked room lets nobody new in; who is inside stays, and comes back when the phone wakes."""
        return self.restore_room(locked=on)

    def new_number(self, digits: int) -> Done:
        """Another number on the door; those inside stay inside."""
        self.code = new_code(digits, partial(self.is_taken, self.session))
        self.changed("room")
        return Done(ack={"code": self.code})

    def guest(self, guest_id: str) -> Guest:
        guest = self.session.get(Guest, guest_id)
        if guest is None or guest.room_id != self.room_id:
            raise Refused("bad_field", "Nobody here by that name any more.", field="guest_id")
        return guest

    def remove_guest(self, guest_id: str, now: float) -> Done:
        """The guest's token is refused from now on; votes already counted stay counted (ROOM 28)."""
        guest = self.guest(guest_id)
        if guest.removed_at is not None:
            return Done()
        guest.removed_at = now
        was_host = any(host.guest_id == guest_id for host in self.hosts)
        self.hosts[:] = [host for host in self.hosts if host.guest_id != guest_id]
        return Done(("bring_back", {"guest_id": guest_id, "as_host": was_host}))

    def bring_back(self, guest_id: str, as_host: bool, now: float) -> Done:
        """Takes a removal back."""
        self.guest(guest_id).removed_at = None
        if as_host:
            self.promote(guest_id, True, now)
        return Done(("remove_guest", {"guest_id": guest_id}))

    def rename_guest(self, guest_id: str, name: str) -> Done:
        guest = self.guest(guest_id)
        was, guest.name = guest.name, clean_name(name)
        return Done(("rename_guest", {"guest_id": guest_id, "name": was}))

    def let_in(self, letters: str, now: float) -> Done:
        """The television that shows these four letters."""
        return Done(ack={"screen_id": admit_screen(self.session, self, letters, now).screen_id})

    def set_room(self, **given: Any) -> Done:
        """`guests_may_pause`, `scores`, `name`: those that are given."""
        if given.get("name") is not None:
            given["name"] = clean_words(given["name"], NAME_LENGTH, "name")
        if given.get("scores") and not self.sheet.score:
            raise Refused("bad_field", "These notes keep no scores.", field="scores")
        return self.restore_room(**{key: value for key, value in given.items() if value is not None})

    def restore_room(self, **given: Any) -> Done:
        was = {key: getattr(self, key) for key in given}
        for key, value in given.items():
            setattr(self, key, value)
        self.changed("room")
        return Done(None if was == given else ("restore_room", was))

    def blacken(self, on: bool) -> Done:
        """Television and phones go black at once, until the host says otherwise; nothing is lost by it."""
        return self.restore_room(black=on)

    def show_code(self, on: bool, now: float) -> Done:
        """The number stands on the television for a minute, also while the film plays."""
        return self.restore_room(code_until=now + CODE_FOR if on else None)

    def _host(self, now: float, **fields: object) -> RoomHost:
        given = {
            "token_hash": None,
            "guest_id": None,
            "is_link": False,
            "seen_it": True,
            "lang": "en",
            **fields,
        }
        host = RoomHost(host_id=new_id(), room_id=self.room_id, made_at=now, **given)
        self.hosts.append(host)
        return host


def host_of(session: Session, token: str) -> RoomHost | None:
    """The host who holds this token."""
    return session.scalar(select(RoomHost).where(RoomHost.token_hash == hashed(token)))
