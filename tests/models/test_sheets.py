"""Cue sheets as kept: whole, immutable, saved side by side without losing anything."""

import copy

import pytest

from companion import database
from companion.commands import bundled
from companion.models.sheet import new_sheet, sheet_named, sheet_of_key
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
    sheet.save(document, 0, NOW)
    return sheet.slug


def with_title(document, cue_id, title):
    changed = copy.deepcopy(document)
    next(cue for cue in changed["cues"] if cue["id"] == cue_id)["title"]["en"] = title
    return changed


def title(document, cue_id):
    return next(cue for cue in document["cues"] if cue["id"] == cue_id)["title"]["en"]


def test_every_save_is_a_revision_and_the_old_one_stays(written, document):
    number = written(
        lambda sheet: sheet.save(with_title(document, "eleven-keys", "Twelve keys"), 1, NOW).number
    )
    assert number == 2
    assert title(written(lambda sheet: sheet.revision(1).document), "eleven-keys") == title(
        document, "eleven-keys"
    )


def test_edits_of_different_cues_both_stand(written, document):
    written(lambda sheet: sheet.save(with_title(document, "eleven-keys", "Hers"), 1, NOW))
    merged = written(lambda sheet: sheet.save(with_title(document, "stopped-clock", "Mine"), 1, NOW).document)
    assert (title(merged, "eleven-keys"), title(merged, "stopped-clock")) == ("Hers", "Mine")


def test_two_edits_of_one_cue_are_refused_with_both_versions(written, document):
    written(lambda sheet: sheet.save(with_title(document, "eleven-keys", "Hers"), 1, NOW))
    with pytest.raises(Refused) as refused:
        written(lambda sheet: sheet.save(with_title(document, "eleven-keys", "Mine"), 1, NOW))
    assert refused.value.code == "stale"
    assert refused.value.facts["theirs"]["title"]["en"] == "Hers"
    assert refused.value.facts["mine"]["title"]["en"] == "Mine"
    assert written(lambda sheet: sheet.latest) == 2


def test_a_cue_taken_out_here_and_changed_there_is_refused(written, document):
    written(lambda sheet: sheet.save_cue("eleven-keys", None, 1, NOW))
    with pytest.raises(Refused):
        written(lambda sheet: sheet.save(with_title(document, "eleven-keys", "Mine"), 1, NOW))


def test_a_new_cue_joins_beside_the_one_it_was_written_after(written, document):
    cue = {**document["cues"][3], "id": "brand-new"}
    mine = {**document, "cues": [*document["cues"][:4], cue, *document["cues"][4:]]}
    written(lambda sheet: sheet.save_cue("eleven-keys", None, 1, NOW))
    merged = written(lambda sheet: sheet.save(mine, 1, NOW).document)
    ids = [cue["id"] for cue in merged["cues"]]
    assert "eleven-keys" not in ids and ids.index("brand-new") == ids.index(document["cues"][3]["id"]) + 1


def test_the_same_edit_made_twice_is_no_conflict(written, document):
    same = with_title(document, "eleven-keys", "Same")
    written(lambda sheet: sheet.save(same, 1, NOW))
    assert written(lambda sheet: sheet.save(same, 1, NOW).number) == 3


def test_an_old_revision_can_be_brought_back(written, document):
    written(lambda sheet: sheet.save(with_title(document, "eleven-keys", "Oops"), 1, NOW))
    assert title(written(lambda sheet: sheet.restore(1, NOW).document), "eleven-keys") == title(
        document, "eleven-keys"
    )


def test_what_has_errors_is_not_published(written, document):
    broken = copy.deepcopy(document)
    broken["cues"][4]["answer"] = "nonsense"
    broken["cues"][4]["scene"] = "no-such-scene"
    number = written(lambda sheet: sheet.save(broken, 1, NOW).number)
    with pytest.raises(Refused):
        written(lambda sheet: sheet.publish(number))
    assert written(lambda sheet: sheet.published) is None
    assert written(lambda sheet: sheet.publish(1).published)


def test_unknown_fields_of_a_document_are_kept(written, document):
    number = written(lambda sheet: sheet.save({**document, "my_notes": [1, 2]}, 1, NOW).number)
    assert written(lambda sheet: sheet.revision(number).document)["my_notes"] == [1, 2]


def test_bringing_in_the_same_document_again_makes_no_new_revision(written, document):
    assert written(lambda sheet: sheet.bring_in(document, NOW).number) == 1
    assert written(lambda sheet: sheet.bring_in(document, NOW).number) == 1
    assert written(lambda sheet: sheet.bring_in(with_title(document, "eleven-keys", "New"), NOW).number) == 2


def test_thinning_forgets_old_drafts_and_never_what_was_published(written, document):
    written(lambda sheet: sheet.publish(1))
    for n in range(205):
        written(lambda sheet, n=n: sheet.save(with_title(document, "eleven-keys", str(n)), sheet.latest, NOW))
    assert written(lambda sheet: sheet.thin(NOW + 2 * 86_400)) == 5
    assert written(lambda sheet: sheet.revision(1).published)
    with pytest.raises(Refused):
        written(lambda sheet: sheet.revision(3))


def test_an_authors_link_opens_its_sheet_until_it_is_renewed(written):
    token = written(lambda sheet: sheet.new_key("author", NOW))
    with database.reading() as session:
        assert sheet_of_key(session, token).slug == written(lambda sheet: sheet.slug)
    newer = written(lambda sheet: sheet.renew_keys(NOW))
    with database.reading() as session:
        assert sheet_of_key(session, token) is None and sheet_of_key(session, newer) is not None


def test_two_sheets_of_one_name_get_two_slugs(written, document):
    other = database.write(lambda s: first(s, document))
    assert other != written(lambda sheet: sheet.slug) and other.startswith("mine-")
