"""Sheets drawn at random, in Korean, Arabic and emoji, as their authors might leave them half-way."""

from hypothesis import strategies as st

LETTERS = "abcXYZ ,.'!?&;:…—가나다라마바사한글영화는았다 مرحباالفيلم 😭🎬👨‍👩‍👧 0123456789=+-@|"
words = (
    st.text(LETTERS, min_size=1, max_size=40)
    .map(lambda t: " ".join(t.split()))
    .filter(lambda t: t and t[0] != "|")
)
paragraphs = st.lists(words, min_size=1, max_size=3).map("\n".join)
millis = st.integers(0, 7_600_000).map(lambda n: n / 1000)
ids = st.from_regex(r"[a-z][a-z0-9-]{0,11}", fullmatch=True)


def texts(languages, text=words, every=False):
    chosen = st.just(languages) if every else st.lists(st.sampled_from(languages), unique=True, min_size=1)
    return chosen.flatmap(lambda ls: st.fixed_dictionaries({lang: text for lang in ls}))


@st.composite
def scenes(draw, languages):
    starts = sorted(draw(st.sets(millis, min_size=1, max_size=6)))
    names = draw(st.lists(ids, min_size=len(starts) + 2, max_size=len(starts) + 2, unique=True))
    film = [
        {
            "id": name,
            "title": draw(texts(languages)),
            "start": start,
            "timing": draw(st.sampled_from(["guessed", "tapped", "measured"])),
            **draw(
                st.fixed_dictionaries(
                    {},
                    optional={
                        "within": st.integers(1, 480),
                        "quiet": st.booleans(),
                        "checkpoint": st.booleans(),
                        "watch_for": texts(languages),
                    },
                )
            ),
        }
        for name, start in zip(names[1:-1], starts, strict=True)
    ]
    return [
        {"id": names[0], "part": "before", "title": draw(texts(languages))},
        *film,
        {"id": names[-1], "part": "after", "title": draw(texts(languages))},
    ]


@st.composite
def cues(draw, the_scenes, languages):
    def optional(kind):
        poll = (
            {"results": st.sampled_from(["closed", "live", "host"]), "explanation": texts(languages)}
            if kind in ("poll", "quiz")
            else {}
        )
        return {
            "push": st.sampled_from(["always", "talkative", "never"]),
            "anywhere": st.booleans(),
            "title": texts(languages),
            "confidence": st.sampled_from(["high", "medium", "low"]),
            "safe_after": st.sampled_from([scene["id"] for scene in the_scenes]),
            "source": st.fixed_dictionaries(
                {"label": words}, optional={"url": st.just("https://example.org/a?b=1,2")}
            ),
            **({"lead": st.integers(1, 60)} if kind == "warning" else {}),
            **poll,
        }

    made = []
    for name in draw(st.lists(ids.map(lambda i: f"n-{i}"), max_size=8, unique=True)):
        scene = draw(st.sampled_from(the_scenes))
        kind = draw(st.sampled_from(["trivia", "theme", "poll", "quiz", "discussion", "warning"]))
        cue = {
            "id": name,
            "kind": kind,
            "scene": scene["id"],
            "duration": draw(st.integers(1, 90_000)) / 1000,
            "text": draw(texts(languages, paragraphs)),
        }
        if scene.get("part", "film") == "film":
            cue["offset"] = draw(st.integers(0, 600_000)) / 1000
        if kind in ("poll", "quiz"):
            count = draw(st.integers(2, 6))
            cue["options"] = [
                {"id": chr(97 + n), "text": draw(texts(languages, every=True))} for n in range(count)
            ]
            if kind == "quiz":
                cue["answer"] = "a"
        made.append({**cue, **draw(st.fixed_dictionaries({}, optional=optional(kind)))})
    return made


@st.composite
def documents(draw):
    languages = draw(
        st.lists(st.sampled_from(["en", "ko", "ar", "pt-BR"]), min_size=1, max_size=3, unique=True)
    )
    the_scenes = draw(scenes(languages))
    return {
        "format": "companion-sheet/1",
        "film": {
            "title": draw(texts(languages)),
            "year": 2013,
            "country": "KR",
            "runtime": 7620,
            "made_up": [1, {"two": None}],
        },
        "edition": {"name": draw(words), "runtime": 7620},
        "languages": languages,
        "scenes": the_scenes,
        "cues": draw(cues(the_scenes, languages)),
        "credits": {"author": draw(words), "licence": "CC BY 4.0"},
        "x_unknown": {"kept": True},
    }
