"""Browsers inside other apps: they forget guests and sleep badly, so one line leads out."""

from dataclasses import dataclass
from urllib.parse import quote

from flask import Request

APPS = (
    ("KAKAOTALK", "KakaoTalk"),
    ("NAVER(inapp", "Naver"),
    ("Instagram", "Instagram"),
    ("FBAN", "Facebook"),
    ("FBAV", "Facebook"),
    (" Line/", "LINE"),
)


@dataclass(frozen=True)
class InApp:
    """`address` opens the real browser; None where only the app's own menu can."""

    name: str
    address: str | None


def in_app_browser(request: Request) -> InApp | None:
    agent = request.headers.get("User-Agent", "")
    name = next((name for mark, name in APPS if mark in agent), None)
    return InApp(name, way_out(name, agent, request.url)) if name else None


def way_out(name: str, agent: str, url: str) -> str | None:
    """KakaoTalk and LINE open links outside when asked; on Android an intent does; on iOS nothing."""
    if name == "KakaoTalk":
        return "kakaotalk://web/openExternal?url=" + quote(url, safe="")
    if name == "LINE":
        return url + ("&" if "?" in url else "?") + "openExternalBrowser=1"
    if "Android" in agent:
        scheme, rest = url.split("://", 1)
        return f"intent://{rest}#Intent;scheme={scheme};action=android.intent.action.VIEW;end"
    return None
