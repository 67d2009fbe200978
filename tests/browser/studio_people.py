"""An author at the desk, as the browser tests drive one."""

import json
import re
import urllib.request

from tests.browser.devices import LAPTOP


class Author:
    """Begins or opens notes in a browser of their own and does what a person would."""

    def __init__(self, device, server, **options):
        self.lang = options.get("locale", "en-GB")[:2]
        self.page = device(LAPTOP, has_touch=False, **options)
        self.browser = self.page.context
        self.server = server
        self.faults: list[str] = []
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.on("console", self.hears)

    def hears(self, said):
        """What the browser complains of, but for features it does not know and files a test keeps from it."""
        if said.type == "error" and not re.search("Permissions-Policy|Failed to load", said.text):
            self.faults.append(said.text)

    def begins(self, title="The Bridge", second="", text=""):
        """At the desk of new notes in the browser's own language; the form has tests of its own."""
        languages = [lang for lang in (self.lang, second) if lang]
        wanted = {"title": title, "runtime": "1h40m", "languages": languages, "text": text}
        begun = self.page.request.post(f"{self.server.url}/api/studio", data=wanted)
        assert begun.ok, begun.text()
        return self.opens(self.server.url + begun.json()["edit_path"])

    def begins_by_the_form(self, title="The Bridge", first="", second="", text=""):
        self.page.goto(f"{self.server.url}/studio/")
        self.page.fill("#title", title)
        self.page.fill("#runtime", "1h40m")
        if first:
            self.page.select_option("[name=first]", first)
        if second:
            self.page.select_option("[name=second]", second)
        if text:
            self.page.click("[data-begin=new] details > summary")
            self.page.fill("#text", text)
        self.page.click("[data-begin=new] button[type=submit]")
        return self.at_desk()

    def opens(self, link):
        self.page.goto(link)
        return self.at_desk()

    def at_desk(self):
        self.page.wait_for_selector("studio-list [data-choose]")
        self.slug = self.page.url.rsplit("/", 1)[-1].partition("#")[0]
        return self

    @property
    def link(self):
        sheets = self.page.evaluate("JSON.parse(localStorage.getItem('studio-sheets'))")
        return f"{self.server.url}/studio/{self.slug}#{next(s['token'] for s in sheets if s['slug'] == self.slug)}"

    @property
    def token(self):
        return self.link.partition("#")[2]

    def stored(self):
        """What the server has, asked as a program would."""
        asked = urllib.request.Request(
            f"{self.server.url}/api/studio/{self.slug}", headers={"Authorization": f"Bearer {self.token}"}
        )
        with urllib.request.urlopen(asked, timeout=5) as answer:
            return json.load(answer)["document"]

    def chooses(self, words):
        self.page.click(f"studio-list [data-choose]:has-text('{words}')")
        return self

    def adds_note(self, words, scene="A scene without a name"):
        self.page.click(f"[aria-label='Add a note to {scene}']")
        self.page.keyboard.type(words)
        self.page.wait_for_selector(f"studio-list [data-choose]:has-text('{words[:20]}')")
        return self

    def is_saved(self):
        self.page.wait_for_selector("[data-saved][data-standing=saved]")
        return self

    def texts(self):
        return self.page.eval_on_selector_all(
            "studio-list .studio-list__words", "all => all.map(each => each.textContent)"
        )

    def opens_dialog(self, name):
        if name not in ("film", "findings"):
            self.page.click(".studio-menu > summary")
        self.page.click(f"[data-open={name}]")
        self.page.wait_for_selector(f"#dialog-{name}[open]")
        return self.page.locator(f"#dialog-{name}")
