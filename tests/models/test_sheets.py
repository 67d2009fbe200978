"""Cue sheets as kept: whole, immutable, saved side by side without losing anything."""

import copy

import pytest

from companion import database
from companion.commands import bundled
from companion.models.drafts import sheet_of_author
from companion.models.sheet import new_sheet, sheet_named
from companion.rules.refused import Refused

NOW = 1000.0


@pytest.fixture
def document():
    return bundled.read(bundled.BUNDLED / "three-minutes.json")


@pytest.fixture
def written(app, document):
    """The number of the first revision of a sheet somebody writes; `change(fn)` works on it in the writer."""
    slug = database.write(lambda s: first(s, document))

    def change(fn):
        return database.write(lambda s: fn(sheet_named(s, slug)))

    return change


def first(session, document):
    sheet = new_sheet(session, "mine", "studio", NOW)
    sheet.save(document, NOW)
    return sheet.slug


def with_title(document, cue_id, title):
    changed = copy.deepcopy(document)
    next(cue for cue in changed["cues"] if cue["id"] == cue_id)["title"]["en"] = title
    return changed


def title(document, cue_id):
    return next(cue for cue in document["cues"] if cue["id"] == cue_id)["title"]["en"]


def test_every_save_is_a_revision_and_the_old_one_stays(written, document):
    number = written(lambda sheet: sheet.save(with_title(document, "eleven-keys", "Twelve keys"), NOW).number)
    assert number == 2
    assert title(written(lambda sheet: sheet.revision(1).document), "eleven-keys") == title(
        document, "eleven-keys"
    )


def test_what_has_errors_is_not_published(written, document):
    broken = copy.deepcopy(document)
    broken["cues"][4]["answer"] = "nonsense"
    broken["cues"][4]["scene"] = "no-such-scene"
    number = written(lambda sheet: sheet.save(broken, NOW).number)
    with pytest.raises(Refused):
        written(lambda sheet: sheet.publish(number))
    assert written(lambda sheet: sheet.published) is None
    assert written(lambda sheet: sheet.publish(1).published)


def test_unknown_fields_of_a_document_are_kept(written, document):
    number = written(lambda sheet: sheet.save({**document, "my_notes": [1, 2]}, NOW).number)
    assert written(lambda sheet: sheet.revision(number).document)["my_notes"] == [1, 2]


def test_bringing_in_the_same_document_again_makes_no_new_revision(written, document):
    assert written(lambda sheet: sheet.bring_in(document, NOW).number) == 1
    assert written(lambda sheet: sheet.bring_in(document, NOW).number) == 1
    assert written(lambda sheet: sheet.bring_in(with_title(document, "eleven-keys", "New"), NOW).number) == 2


def test_an_authors_link_opens_its_sheet_until_it_is_renewed(written):
    token = written(lambda sheet: sheet.new_key("author", NOW))
    slug = written(lambda sheet: sheet.slug)
    with database.reading() as session:
        assert sheet_of_author(session, slug, token).slug == slug
        assert sheet_of_author(session, "three-minutes", token) is None
    newer = written(lambda sheet: sheet.renew_keys(NOW))
    with database.reading() as session:
        assert sheet_of_author(session, slug, token) is None
        assert sheet_of_author(session, slug, newer).slug == slug


def test_two_sheets_of_one_name_get_two_slugs(written, document):
    other = database.write(lambda s: first(s, document))
    assert other != written(lambda sheet: sheet.slug) and other.startswith("mine-")
