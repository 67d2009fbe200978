"""Cue sheets: whole documents, immutable per revision, saved with optimistic concurrency."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column, object_session, relationship

from companion.models.base import Base, hashed, new_token
from companion.rules.checks import check
from companion.rules.cue_sheet import CueSheet
from companion.rules.refused import Refused

READ_AT_MOST = 64
_read: dict[tuple[str, int, float, str], CueSheet] = {}


class Sheet(Base):
    """`origin`: bundled, file (imported or dropped by a host) or studio. `listed`: offered to hosts."""

    __tablename__ = "sheets"

    sheet_id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(unique=True)
    origin: Mapped[str]
    listed: Mapped[bool] = mapped_column(default=True)
    latest: Mapped[int] = mapped_column(default=0)
    published: Mapped[int | None]
    created_at: Mapped[float]
    revisions: Mapped[list["Revision"]] = relationship(
        back_populates="sheet", cascade="all, delete-orphan", passive_deletes=True, lazy="write_only"
    )
    keys: Mapped[list["AuthorKey"]] = relationship(
        back_populates="sheet", cascade="all, delete-orphan", passive_deletes=True
    )

    @property
    def session(self) -> Session:
        session = object_session(self)
        assert session is not None, "a sheet acts inside a session only"
        return session

    def revision(self, number: int) -> "Revision":
        kept = select(Revision).where(Revision.sheet_id == self.sheet_id, Revision.number == number)
        found = self.session.scalar(kept)
        if found is None:
            raise Refused("bad_field", "That version of these notes is not kept any more.")
        return found

    def save(self, document: dict[str, Any], now: float, by: str = "", note: str = "") -> "Revision":
        """A new revision, which nobody sees until it is published."""
        self.latest += 1
        revision = Revision(
            sheet_id=self.sheet_id,
            number=self.latest,
            document=document,
            published=False,
            at=now,
            by=by,
            note=note,
        )
        self.session.add(revision)
        self.session.flush()
        return revision

    def publish(self, number: int) -> "Revision":
        """Rooms in progress keep theirs. Refused while the checks find errors."""
        revision = self.revision(number)
        errors = [f.sentence for f in check(revision.document) if f.severity == "error"]
        if errors:
            raise Refused("bad_field", errors[0], findings=errors)
        revision.published = True
        self.published = max(number, self.published or 0)
        return revision

    def bring_in(self, document: dict[str, Any], now: float, by: str = "") -> "Revision":
        """Stores and publishes a whole document, unless the newest revision is that document already."""
        if self.latest and (newest := self.revision(self.latest)).document == document:
            return newest if newest.published else self.publish(self.latest)
        return self.publish(self.save(document, now, by).number)

    def new_key(self, label: str, now: float) -> str:
        """A secret for one author's edit link; told once, kept hashed."""
        token = new_token()
        self.keys.append(AuthorKey(token_hash=hashed(token), label=label, created_at=now))
        return token

    def renew_keys(self, now: float, label: str = "author") -> str:
        """Signs every author out and answers with the one secret that is valid from now on."""
        self.keys.clear()
        return self.new_key(label, now)


class Revision(Base):
    __tablename__ = "revisions"
    __table_args__ = (
        UniqueConstraint("sheet_id", "number"),
        Index("ix_revisions_sheet_published", "sheet_id", "published"),
    )

    revision_id: Mapped[int] = mapped_column(primary_key=True)
    sheet_id: Mapped[int] = mapped_column(ForeignKey("sheets.sheet_id", ondelete="CASCADE"))
    number: Mapped[int]
    document: Mapped[dict[str, Any]] = mapped_column(JSON, deferred=True)
    published: Mapped[bool] = mapped_column(default=False)
    at: Mapped[float]
    by: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")
    sheet: Mapped[Sheet] = relationship(back_populates="revisions", lazy="joined")

    def cue_sheet(self, edition: str = "") -> CueSheet:
        """Timed for one edition (its id, or "" for the sheet's own). Immutable, so read only once."""
        key = (self.sheet.slug, self.number, self.at, edition)
        if (read := _read.get(key)) is None:
            sheet = CueSheet.read(self.document)
            is_known = edition in {other.id for other in sheet.other_editions}
            read = _remember(key, sheet.in_edition(edition) if is_known else sheet)
        return read


class AuthorKey(Base):
    __tablename__ = "author_keys"

    key_id: Mapped[int] = mapped_column(primary_key=True)
    sheet_id: Mapped[int] = mapped_column(ForeignKey("sheets.sheet_id", ondelete="CASCADE"), index=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    label: Mapped[str]
    created_at: Mapped[float]
    sheet: Mapped[Sheet] = relationship(back_populates="keys")


def new_sheet(session: Session, slug: str, origin: str, now: float, listed: bool = True) -> Sheet:
    sheet = Sheet(slug=free_slug(session, slug), origin=origin, listed=listed, latest=0, created_at=now)
    session.add(sheet)
    session.flush()
    return sheet


def sheet_named(session: Session, slug: str) -> Sheet | None:
    return session.scalar(select(Sheet).where(Sheet.slug == slug))


def published_sheets(session: Session) -> list[Revision]:
    """The newest published revision of every listed sheet."""
    kept = (
        select(Revision)
        .join(Sheet, (Sheet.sheet_id == Revision.sheet_id) & (Sheet.published == Revision.number))
        .where(Sheet.listed.is_(True))
        .order_by(Sheet.slug)
    )
    return list(session.scalars(kept))


def bring_in_all(
    session: Session, documents: Iterable[tuple[str, dict[str, Any]]], now: float, origin: str = "bundled"
) -> list[Revision]:
    """(slug, document) pairs of a folder: each becomes the newest published revision of its sheet."""
    kept = []
    for slug, document in documents:
        sheet = sheet_named(session, slug) or new_sheet(session, slug, origin, now)
        kept.append(sheet.bring_in(document, now, by=origin))
    return kept


def free_slug(session: Session, slug: str) -> str:
    taken = set(session.scalars(select(Sheet.slug).where(Sheet.slug.startswith(slug, autoescape=True))))
    return next(name for name in _numbered(slug) if name not in taken)


def _numbered(slug: str) -> Iterable[str]:
    yield slug
    for n in range(2, 10_000):
        yield f"{slug}-{n}"


def _remember(key: tuple[str, int, float, str], sheet: CueSheet) -> CueSheet:
    if len(_read) >= READ_AT_MOST:
        _read.pop(next(iter(_read)))
    _read[key] = sheet
    return sheet
