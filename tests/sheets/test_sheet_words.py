"""What people read on the bundled cards: two whole languages, short, calm and spelled one way."""

import re

import pytest

from .bundled import FILM, NAMES, document, words_of

HANGUL = re.compile(r"[가-힣]")
BANNED = re.compile(
    r"did you know|suffers? from|retarded|handicapped|mentally challenged|mental age|true story|"
    r"must-see|masterpiece|iconic|알고 계셨|알고 있었나요|정신지체|장애우|불구|바보",
    re.I,
)
HOUSE_WORDS = re.compile(r"\b(cue|cue sheet|nudge|alignment|revision)\b", re.I)
OTHER_SPELLINGS = re.compile(r"Ye-?sung|Yeseung|Ye Seung|Yong-?goo|Yonggu|Yong Gu|예성|예슴|용규", re.I)
POLITE = re.compile(r"(요|죠)[.?]?['’]?$")
FORMAL = re.compile(r"(습니다|습니까|ㅂ니다|니다|한다|이다|된다|하라|하오|는가|구나)[.?]?$")


@pytest.mark.parametrize("name", NAMES)
def test_every_text_is_there_in_english_and_in_korean(name):
    assert document(name)["languages"] == ["en", "ko"]
    for place, words in words_of(name):
        assert set(words) == {"en", "ko"}, place
        assert all(text.strip() == text and text for text in words.values()), place


@pytest.mark.parametrize("name", NAMES)
def test_korean_is_written_in_hangul_and_english_is_not(name):
    for place, words in words_of(name):
        assert not HANGUL.search(words["en"]), place
        assert HANGUL.search(words["ko"]) or words["ko"].isdigit(), place


@pytest.mark.parametrize("name", NAMES)
def test_a_card_fits_one_glance(name):
    for cue in document(name)["cues"]:
        assert len(cue["text"]["en"]) <= 140, cue["id"]
        assert len(cue["text"]["ko"]) <= 90, cue["id"]
        for words in (cue["title"], *(option["text"] for option in cue.get("options", ()))):
            assert len(words["en"]) <= 40, cue["id"]
            assert len(words["ko"]) <= 24, cue["id"]
        assert len(cue.get("explanation", {}).get("en", "")) <= 140, cue["id"]


@pytest.mark.parametrize("name", NAMES)
def test_nothing_shouts_teases_or_demeans(name):
    for place, words in words_of(name):
        for text in words.values():
            assert "!" not in text and "！" not in text, place
            assert "…" not in text and "..." not in text, place
            assert not BANNED.search(text), (place, BANNED.search(text))
            assert not HOUSE_WORDS.search(text), place


@pytest.mark.parametrize("name", NAMES)
def test_korean_keeps_one_polite_everyday_register(name):
    for cue in document(name)["cues"]:
        for field in ("text", "explanation"):
            if field in cue:
                sentences = re.findall(r"[^.?]+[.?]", cue[field]["ko"])
                assert sentences, cue["id"]
                assert POLITE.search(sentences[-1].strip()), (cue["id"], sentences[-1])
                assert not any(FORMAL.search(sentence.strip()) for sentence in sentences), cue["id"]


def test_the_film_spells_its_people_one_way():
    for place, words in words_of(FILM):
        assert not any(OTHER_SPELLINGS.search(text) for text in words.values()), place
    everything = " ".join(words["en"] for _, words in words_of(FILM))
    assert "Ye-seung" in everything and "Yong-gu" in everything


def test_the_film_leaves_out_what_would_hurt_real_people():
    for place, words in words_of(FILM):
        for text in words.values():
            assert not re.search(r"Oh Dal-?su|오달수|\bhanging|\bhanged|교수형", text), place


@pytest.mark.parametrize("name", NAMES)
def test_nobody_is_named_as_proofreader_who_did_not_read(name):
    assert document(name)["read_by"] == {"en": None, "ko": None}


@pytest.mark.parametrize("name", NAMES)
def test_a_sheet_may_be_passed_on(name):
    owed = document(name)["credits"]
    assert owed["licence"] == "CC BY 4.0"
    assert owed["author"] and owed["sources"]
