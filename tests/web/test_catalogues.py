"""What people read exists in every language we ship, with every hole it has, and in one voice."""

import ast
import re
from pathlib import Path

import pytest

from companion import languages
from companion.translations import LISTS_OF_SENTENCES, PACKAGE, gathered

CODES = [code for code in languages.languages() if code != "en"]
HOLES = re.compile(r"%\(\w+\)s|\{\w+\}|<[^>]+>")
POLITE = re.compile(r"요[.!?:,”…) ]|요$")
FORMAL = re.compile(r"(습니다|습니까|하십시오|십시오)")


@pytest.fixture(scope="module", params=CODES)
def catalogue(request):
    return languages.catalogue(request.param)


def forms(message):
    return message.string if isinstance(message.string, tuple) else (message.string,)


def test_nothing_people_read_lacks_a_translation(catalogue):
    kept = {message.id: message for message in catalogue if message.id}
    missing = [
        message.id
        for message in gathered()
        if message.id and (message.id not in kept or not all(forms(kept[message.id])))
    ]
    assert missing == [], "run make translations and fill in what is new"


def test_every_hole_is_kept(catalogue):
    for message in catalogue:
        ids = message.id if isinstance(message.id, tuple) else (message.id,)
        for said in forms(message) if message.id else ():
            wanted = [set(HOLES.findall(one)) for one in ids]
            assert set(HOLES.findall(said)) in wanted, message.id


def test_korean_speaks_in_one_register():
    catalogue = languages.catalogue("ko")
    stiff = [said for message in catalogue if message.id for said in forms(message) if FORMAL.search(said)]
    assert stiff == []
    sentences = [
        said
        for message in catalogue
        if message.id
        for said in forms(message)
        if said.endswith(".") and " " in said
    ]
    polite = [said for said in sentences if POLITE.search(said)]
    assert len(polite) >= 0.9 * len(sentences)


def test_no_sentence_is_translated_from_a_place_nobody_gathers():
    """`_(variable)` is only for sentences that stand in N_(…), Refused(…) or a listed constant."""
    known = {"refused", "sentence", "finding", "said", *LISTS_OF_SENTENCES, "HEADINGS"}
    for path in sorted(PACKAGE.rglob("*.py")):
        if path.parent == Path(languages.CATALOGUES) or path.name == "languages.py":
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("_", "gettext") and node.args:
                names = {inner.id for inner in ast.walk(node.args[0]) if isinstance(inner, ast.Name)}
                assert isinstance(node.args[0], ast.Constant) or names & known, f"{path.name}:{node.lineno}"


@pytest.mark.parametrize(
    ("wished", "kept", "accepted", "found"),
    [
        ("ko", "en", ["en"], "ko"),
        (None, "ko", ["en"], "ko"),
        (None, None, ["fr", "ko-KR", "en"], "ko"),
        (None, None, ["fr"], "en"),
        ("xx", None, ["ko"], "ko"),
        ("en-XA", None, ["ko"], "en-XA"),
        ("<script>", None, [], "en"),
        ("ko-KR", None, [], "ko"),
    ],
)
def test_the_address_wins_over_the_cookie_and_the_cookie_over_the_browser(wished, kept, accepted, found):
    assert languages.negotiate(wished, kept, accepted) == found


def test_a_pseudo_language_is_longer_by_two_fifths_and_keeps_holes():
    with languages.speaking("en-XA"):
        said = languages.gettext("Back to “%(name)s”", name="Friday")
    assert "Friday" in said and len(said) >= 1.4 * len("Back to “Friday”")
    assert languages.text_direction("ar-XB") == "rtl"


def test_scripts_get_the_words_they_can_say_and_no_others():
    page = Path(PACKAGE).parent / "static" / "js" / "pages" / "poster.js"
    room = page.with_name("room.js")
    assert languages.words_for_script(room, "en") == {}
    words = languages.words_for_script(room, "ko")
    assert words["A note."] == "노트." and words["{count} second left."] == "{count}초 남았어요."
    assert "Nothing plays here" not in words and languages.words_for_script(page, "ko") == {}


def test_words_inside_a_template_string_are_gathered_and_sent_too():
    """`${t("paused")} …`: half of what a line of numbers says stands there."""
    script = PACKAGE.parent / "static" / "js" / "pages" / "remote.js"
    said = languages.words_for_script(script, "ko")
    assert said["{count} in"] == "{count}명" and said["closed"] == "닫힘"
