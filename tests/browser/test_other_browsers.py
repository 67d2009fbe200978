"""The same evening in the machine's Firefox and WebKitGTK: in, a card, a vote, away and back."""

import pytest

from tests.platform.phones import Evening

pytestmark = pytest.mark.browser
OPEN = 'article[data-cue-id="your-seat"]'
CHOSEN = f"""document.querySelector('{OPEN} input[value=aisle]')?.checked"""


@pytest.fixture(params=["firefox", "webkit"])
def page(request):
    found = request.getfixturevalue(request.param)
    if request.param == "webkit":
        return found
    tab = found.person()
    request.addfinalizer(tab.close)
    return tab


def test_a_guest_joins_reads_votes_and_finds_everything_again(server, page):
    evening = Evening(server)
    page.viewport(390, 844)
    page.goto(f"{server.url}/j/{evening.code}")
    page.click("button[type=submit]")
    page.until(
        f"location.pathname == '/r/{evening.code}' && document.documentElement.dataset.connection == 'live'"
    )
    page.until("document.body.innerText.includes('A film made of cards')")
    page.click("[data-page='1']")
    page.click(f"{OPEN} [data-option-id=aisle]")
    page.until(CHOSEN)
    assert votes(evening) == {"aisle": 1}
    page.reload()
    page.until(CHOSEN)
    page.goto(f"{server.url}/j/{evening.code}")
    page.until(f"location.pathname == '/r/{evening.code}'")
    page.until(CHOSEN)


def votes(evening: Evening) -> dict[str, int]:
    """What a host's remote counts, once the vote has come."""
    host = evening.host()
    tallies = host.hears("snapshot")["tallies"]
    while not any(tallies.get("your-seat", {}).get("counts", {}).values()):
        told = host.hears("tally_changed", 10)
        tallies = {told["cue_id"]: told}
    return {option: n for option, n in tallies["your-seat"]["counts"].items() if n}
