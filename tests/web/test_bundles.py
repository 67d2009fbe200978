"""A page's modules joined into one script do what they do apart."""

import importlib.util
import platform
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from companion.web.bundles import joined

STATIC = Path(__file__).parent.parent.parent / "static"
PAGES = sorted(path.name for path in (STATIC / "js" / "pages").glob("*.js"))
needs_node = pytest.mark.skipif(shutil.which("node") is None, reason="NOT RUN: needs Node.js on this machine")


def node(*arguments):
    return subprocess.run(["node", *arguments], capture_output=True, text=True, timeout=30, check=False)


@pytest.fixture(params=["minified", "as it is written"])
def travels(request, monkeypatch):
    """With the minifier, and as on a machine that has no wheel of it."""
    if request.param != "minified":
        monkeypatch.setitem(sys.modules, "minify", None)
    return request.param


def test_this_machine_has_the_minifier_where_it_should():
    assert importlib.util.find_spec("minify") or platform.machine() not in ("x86_64", "AMD64", "aarch64")


@needs_node
@pytest.mark.parametrize("page", PAGES)
def test_every_page_joins_to_a_program(page, tmp_path, travels):
    script = tmp_path / "page.mjs"
    script.write_bytes(joined(STATIC, f"js/pages/{page}") or b"!")
    checked = node("--check", str(script))
    assert checked.returncode == 0, checked.stderr
    assert '\nimport "' not in script.read_text() and "\nexport " not in script.read_text()


@needs_node
def test_names_renames_and_shared_modules_come_out_right(tmp_path, travels):
    (tmp_path / "js" / "pages").mkdir(parents=True)
    (tmp_path / "js" / "lib").mkdir()
    (tmp_path / "js/lib/count.js").write_text(
        "let n = 0\nexport function next() {\n  n += 1\n  return n\n}\nexport const K = 7\n"
    )
    (tmp_path / "js/lib/twice.js").write_text(
        'import { next } from "./count.js"\nclass Two {}\nexport { Two, next }\nexport async function later() {\n  return next()\n}\n'
    )
    (tmp_path / "js/pages/p.js").write_text(
        'import { next as one, K } from "../lib/count.js"\nimport * as twice from "../lib/twice.js"\nimport { Two } from "../lib/twice.js"\n'
        "console.log(one(), twice.next(), await twice.later(), K, new Two() instanceof twice.Two)\n"
    )
    (tmp_path / "p.mjs").write_bytes(joined(tmp_path, "js/pages/p.js"))
    assert node(str(tmp_path / "p.mjs")).stdout == "1 2 3 7 true\n"


def test_scripts_and_sheets_travel_without_what_is_only_for_readers(tmp_path):
    (tmp_path / "js/pages").mkdir(parents=True)
    (tmp_path / "css").mkdir()
    (tmp_path / "js/pages/p.js").write_text(
        "/** Says. */\nfunction a(number) {\n  return `${number} // stays`\n}\na(1)\n"
    )
    (tmp_path / "css/s.css").write_text("/* why */\n.s :is(b) {\n  flex: 1 1 0; /* 0, not 0% */\n}\n")
    assert joined(tmp_path, "js/pages/p.js") == b"function a(e){return`${e} // stays`}a(1)"
    assert joined(tmp_path, "css/s.css") == b".s :is(b) {\n  flex: 1 1 0; }\n"


def test_a_script_is_not_shortened_with_words_that_televisions_do_not_know(tmp_path):
    (tmp_path / "js/pages").mkdir(parents=True)
    (tmp_path / "js/pages/p.js").write_text(
        "try {\n  f(a === null || a === undefined ? b : a, c == null ? c : c.d)\n} catch (error) {\n  g()\n}\n"
    )
    short = joined(tmp_path, "js/pages/p.js").decode()
    assert "??" not in short and "?." not in short and "catch{" not in short


def test_modules_in_a_ring_are_refused(tmp_path):
    (tmp_path / "js/pages").mkdir(parents=True)
    (tmp_path / "js/pages/a.js").write_text('import "./b.js"\n')
    (tmp_path / "js/pages/b.js").write_text('import "./a.js"\n')
    with pytest.raises(ValueError, match="imports itself"):
        joined(tmp_path, "js/pages/a.js")


@pytest.mark.parametrize(
    "path",
    [
        "js/lib/dom.js",
        "js/pages/../lib/dom.js",
        "js/pages/nothing.js",
        "css/../x.css",
        "css/tokens+nothing.css",
        "x",
    ],
)
def test_only_pages_and_sheets_are_joined(path):
    assert joined(STATIC, path) is None


def test_style_sheets_keep_their_order():
    both = joined(STATIC, "css/tokens+reset.css").decode()
    assert both.index("--palette-night") < both.index("box-sizing")
