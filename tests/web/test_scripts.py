"""Scripts travel without comments and mean exactly what was written."""

import re
from pathlib import Path

import pytest
from babel.messages.jslexer import tokenize

from companion.web.scripts import lean

ROOT = Path(__file__).parent.parent.parent
SCRIPTS = sorted((ROOT / "static" / "js").rglob("*.js"))


def meaning(source):
    """Every token but comments, as an independent lexer reads them; it takes a template string as one token."""
    tokens = [token for token in tokenize(source) if "comment" not in token.type]
    return [(token.type, re.sub(r"/\*\*.*?\*/|\s", "", token.value)) for token in tokens]


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_script_means_the_same_without_its_comments(path):
    source = path.read_text("utf-8")
    short = lean(source)
    assert meaning(short) == meaning(source)
    assert "/**" not in short and "// @ts-check" not in short


@pytest.mark.parametrize(
    "kept",
    [
        'const a = "http://x/*y*/"',
        "const a = 'it\\'s // fine'",
        "const a = `one // two\n   three ${b ? `/* ${c} */` : {}} // four`",
        "const a = b.replace(/\\/\\*[\"'/]/g, '')",
        "const a = b / c / d",
    ],
)
def test_what_only_looks_like_a_comment_stays(kept):
    assert lean(kept) == kept


def test_comments_and_indentation_go_and_lines_stay():
    assert (
        lean("/** Says. */\nfunction a() {\n  // why\n  return 1 // what\n}\n")
        == "function a() {\nreturn 1\n}"
    )
