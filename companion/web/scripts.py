"""Scripts and style sheets as they travel: without the comments and indentation that are for readers."""

import re

TOKEN = re.compile(
    r"""
    (?P<comment> //[^\n]* | /\*.*?\*/ )
  | (?P<text> "(?:\\.|[^"\\\n])*" | '(?:\\.|[^'\\\n])*' )
  | (?P<template> ` )
  | (?P<regex> (?<![\w)\]}$.\s])\s* / (?![/*]) (?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\[\n])+ / [a-z]* )
  | (?P<brace> [{}] )
    """,
    re.VERBOSE | re.DOTALL,
)
STYLE_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
PLAIN = re.compile(r"(?:\\.|\$(?!\{)|[^`\\$])*", re.DOTALL)


def lean(source: str) -> str:
    """The same program in fewer bytes. Line ends stay, because our scripts end statements with them."""
    kept, strings = _without_comments(source)
    lines = (line.strip() for line in kept.split("\n"))
    short = "\n".join(line for line in lines if line)
    return re.sub("\0(\\d+)\0", lambda found: strings[int(found[1])], short)


def lean_style(sheet: str) -> str:
    """The same style sheet without comments and indentation."""
    return re.sub(r"\n\s+", "\n", STYLE_COMMENT.sub("", sheet)).lstrip()


def _without_comments(source: str) -> tuple[str, list[str]]:
    """The program with its comments gone and its strings set aside, so that nothing in them is touched."""
    out: list[str] = []
    strings: list[str] = []
    depths: list[int] = []  # open braces inside each ${…} we stand in
    at = 0
    while found := TOKEN.search(source, at):
        out.append(source[at : found.start()])
        at, kind = found.end(), found.lastgroup
        if kind in ("text", "regex"):
            out.append(_aside(found[0], strings))
        elif kind == "brace" and depths:
            depths[-1] += 1 if found[0] == "{" else -1
            if depths[-1] == 0:
                depths.pop()
                at = _template(source, at, out, strings, depths, found[0])
            else:
                out.append(found[0])
        elif kind == "brace":
            out.append(found[0])
        elif kind == "template":
            at = _template(source, at, out, strings, depths, "`")
    return "".join(out) + source[at:], strings


def _template(
    source: str, at: int, out: list[str], strings: list[str], depths: list[int], opened: str
) -> int:
    """The plain part of a template string, up to its end or its next ${."""
    plain = PLAIN.match(source, at)
    assert plain is not None
    closed = source[plain.end() : plain.end() + (2 if source.startswith("${", plain.end()) else 1)]
    out.append(_aside(opened + plain[0] + closed, strings))
    if closed == "${":
        depths.append(1)
    return plain.end() + len(closed)


def _aside(text: str, strings: list[str]) -> str:
    strings.append(text)
    return f"\0{len(strings) - 1}\0"
