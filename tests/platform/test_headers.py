"""What every answer carries, who may ask at all, and what an error says."""

import gzip
import re

import pytest
import requests

from companion import limits
from tests.servers import ROOT, Server

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; media-src 'self'; connect-src 'self'; "
    "manifest-src 'self'; form-action 'self'; img-src 'self' data:; base-uri 'none'; frame-ancestors 'none'"
)


@pytest.fixture(scope="module")
def server():
    with Server(COMPANION_TRUSTED_HOSTS="party.example.org") as started:
        yield started


@pytest.fixture(scope="module")
def behind_a_proxy():
    with Server(COMPANION_PROXY_HOPS="1", COMPANION_PUBLIC_URL="https://party.example.org") as started:
        yield started


ASKED = [
    ("GET", "/"),
    ("GET", "/healthz"),
    ("GET", "/readyz"),
    ("GET", "/metrics"),
    ("GET", "/nothing/here"),
    ("GET", "/api/nothing"),
    ("POST", "/healthz"),
    ("PUT", "/socket.io/"),
    ("GET", "/socket.io/?EIO=4&transport=polling"),
    ("GET", "/socket.io/?EIO=3&transport=polling"),
    ("GET", "/static/any/css/tokens.css"),
    ("GET", "/static/any/../../pyproject.toml"),
    ("GET", "/j/123456"),
    ("GET", "/r/123456"),
    ("POST", "/api/rooms"),
    ("OPTIONS", "/"),
    ("HEAD", "/"),
]


@pytest.mark.parametrize(("method", "path"), ASKED)
def test_every_answer_carries_the_security_headers(server, method, path):
    answer = requests.request(method, server.url + path, timeout=10, allow_redirects=False)
    told = answer.headers
    assert told["Content-Security-Policy"] == POLICY
    assert told["X-Content-Type-Options"] == "nosniff"
    assert told["Referrer-Policy"] == "no-referrer"
    assert told["Cross-Origin-Opener-Policy"] == told["Cross-Origin-Resource-Policy"] == "same-origin"
    granted = re.findall(r"([\w-]+)=\(self\)", told["Permissions-Policy"])
    assert sorted(granted) == ["clipboard-write", "fullscreen", "screen-wake-lock"]
    assert "camera=()" in told["Permissions-Policy"] and "*" not in told["Permissions-Policy"]
    assert "Cache-Control" in told and "Server" not in told and "Strict-Transport-Security" not in told
    assert "Traceback" not in answer.text and "Access-Control-Allow-Origin" not in told


def test_pages_are_kept_by_nobody(server):
    for path in ("/", "/j/123456", "/api/sheets", "/socket.io/?EIO=4&transport=polling"):
        assert requests.get(server.url + path, timeout=10).headers["Cache-Control"] == "no-store"


def test_static_files_are_compressed_and_kept_for_ever_under_the_name_of_their_tree(server):
    page = requests.get(f"{server.url}/", timeout=10).text
    address = re.search(r"/static/[0-9a-f]{12}/", page)[0] + "css/tokens.css"
    told = requests.get(server.url + address, timeout=10, headers={"Accept-Encoding": "gzip"}, stream=True)
    assert told.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert told.headers["Content-Encoding"] == "gzip" and "Accept-Encoding" in told.headers["Vary"]
    contents = (ROOT / "static" / "css" / "tokens.css").read_bytes()
    assert gzip.decompress(told.raw.read()) == contents
    plain = requests.get(server.url + address, timeout=10, headers={"Accept-Encoding": "identity"})
    assert plain.content == contents and "Content-Encoding" not in plain.headers
    stale = requests.get(server.url + address.replace("/static/", "/static/0"), timeout=10)
    assert stale.content == contents and stale.headers["Cache-Control"] == "no-cache"


def test_scripts_have_a_type_that_browsers_run(server):
    for script in ("lib/dom.js", "live/room.js"):
        told = requests.get(f"{server.url}/static/x/js/{script}", timeout=10)
        assert told.headers["Content-Type"].startswith("text/javascript")


@pytest.mark.parametrize(
    "path", ["../pyproject.toml", "..%2fpyproject.toml", "%2e%2e/pyproject.toml", "/etc/passwd", "css"]
)
def test_nothing_outside_of_static_is_served(server, path):
    assert requests.get(f"{server.url}/static/x/{path}", timeout=10).status_code == 404


@pytest.mark.parametrize(
    "host", ["party.example.org", "PARTY.example.org:8080", "localhost", "192.168.1.7:8080", "[::1]"]
)
def test_known_hosts_are_answered(server, host):
    assert requests.get(f"{server.url}/healthz", headers={"Host": host}, timeout=10).status_code == 200


@pytest.mark.parametrize(
    "host", ["evil.example", "party.example.org.evil.example", "evil.example:80", "", "a b", "@", "["]
)
@pytest.mark.parametrize("path", ["/", "/socket.io/?EIO=4&transport=polling", "/static/x/css/tokens.css"])
def test_a_name_that_is_not_ours_is_refused_before_flask_and_socket_io(server, host, path):
    answer = requests.get(server.url + path, headers={"Host": host}, timeout=10)
    assert answer.status_code in (400, 421)
    assert "party.example.org" not in answer.text


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "http://127.0.0.1:1"},
        {"Origin": "null", "Sec-Fetch-Site": "cross-site"},
    ],
)
def test_another_site_changes_nothing(server, headers):
    answer = requests.post(
        f"{server.url}/api/rooms", json={"sheet": "three-minutes"}, headers=headers, timeout=10
    )
    assert answer.status_code == 403


@pytest.mark.parametrize(
    "headers", [{}, {"Origin": "null"}, {"Origin": "null", "Sec-Fetch-Site": "same-origin"}]
)
def test_programs_and_our_own_forms_may_change_things(server, headers):
    answer = requests.post(
        f"{server.url}/api/rooms", json={"sheet": "three-minutes"}, headers=headers, timeout=10
    )
    assert answer.status_code == 201


def test_forwarded_headers_are_not_believed_without_a_proxy(server):
    said = {
        "X-Forwarded-Proto": "https",
        "X-Forwarded-Host": "party.example.org",
        "X-Forwarded-For": "1.2.3.4",
    }
    answer = requests.post(
        f"{server.url}/api/rooms", json={"sheet": "three-minutes"}, headers=said, timeout=10
    )
    assert answer.json()["join_url"].startswith(f"{server.url}/j/")
    assert requests.get(f"{server.url}/metrics", headers=said, timeout=10).status_code == 403


def test_behind_one_proxy_https_brings_hsts_and_host_prefixed_cookies(behind_a_proxy):
    said = {
        "X-Forwarded-Proto": "https",
        "X-Forwarded-Host": "party.example.org",
        "X-Forwarded-For": "1.2.3.4",
    }
    url = behind_a_proxy.url
    made = requests.post(f"{url}/api/rooms", json={"sheet": "three-minutes"}, headers=said, timeout=10)
    assert made.headers["Strict-Transport-Security"].startswith("max-age=31536000")
    assert made.json()["join_url"].startswith("https://party.example.org/j/")
    for mine in ("192.168.0.7", "[fd00::7]:8443", "localhost"):
        answer = requests.get(url, headers={**said, "X-Forwarded-Host": mine}, timeout=10)
        assert answer.ok and "Strict-Transport-Security" not in answer.headers, mine
    came = requests.post(f"{url}/api/rooms/{made.json()['code']}/guests", json={}, headers=said, timeout=10)
    cookie = came.headers["Set-Cookie"]
    assert cookie.startswith("__Host-guest-")
    assert (
        all(word in cookie for word in ("Secure", "HttpOnly", "Path=/", "SameSite=Lax"))
        and "Domain" not in cookie
    )


def test_plain_http_has_cookies_that_scripts_and_other_sites_cannot_use(server):
    made = requests.post(f"{server.url}/api/rooms", json={"sheet": "three-minutes"}, timeout=10).json()
    here = f"{server.url}/api/rooms/{made['code']}"
    guest = requests.post(f"{here}/guests", json={}, timeout=10).headers["Set-Cookie"]
    host = requests.post(f"{here}/hosts", json={"host_token": made["host_token"]}, timeout=10).headers[
        "Set-Cookie"
    ]
    assert (
        guest.startswith("guest-")
        and "HttpOnly" in guest
        and "SameSite=Lax" in guest
        and "Secure" not in guest
    )
    assert host.startswith("host-") and "HttpOnly" in host and "SameSite=Strict" in host


def test_errors_of_the_api_are_problem_documents_with_a_sentence(server):
    answer = requests.get(f"{server.url}/api/rooms/000000", timeout=10)
    assert answer.headers["Content-Type"] == "application/problem+json"
    told = answer.json()
    assert told["status"] == answer.status_code == 404 and told["detail"].endswith(".") and told["title"]


def test_a_body_over_64_kib_is_refused(server):
    answer = requests.post(f"{server.url}/api/rooms", data=b"x" * (limits.BODY_BYTES + 1), timeout=10)
    assert answer.status_code == 413 and answer.json()["detail"]


def test_an_endless_address_or_header_is_refused(server):
    assert requests.get(f"{server.url}/{'x' * 20_000}", timeout=10).status_code == 414
    assert requests.get(f"{server.url}/", headers={"X-Long": "x" * 20_000}, timeout=10).status_code == 400


def test_metrics_are_for_this_machine_or_whoever_holds_the_operators_token(server):
    assert "companion_sockets_open" in requests.get(f"{server.url}/metrics", timeout=10).text
    with Server(COMPANION_OPERATOR_TOKEN="the-operators-secret") as guarded:
        assert requests.get(f"{guarded.url}/metrics", timeout=10).status_code == 403
        told = {"Authorization": "Bearer the-operators-secret"}
        assert requests.get(f"{guarded.url}/metrics", headers=told, timeout=10).status_code == 200
