"""A person at the screen: what they do, and what stands in their way."""

import io

import openpyxl
from axe_playwright_python.base import AXE_SCRIPT
from django.test import Client
from playwright.sync_api import ConsoleMessage, Page, Response

from personnel.models import User

from .wording import foreign_words

# A page is seen in these views of its language, a passing state of one in the first; widths and schemes take turns.
VIEWS = {"vi": [(1366, "light"), (360, "dark")], "en": [(360, "light"), (1366, "dark")]}
WIDTHS = (1366, 683, 360)  # 683 is what 200 % leave of 1366
PASSWORD = "mật khẩu dài 2012"
_STAYS_TOO_WIDE = """async () => {
  for (let frame = 0; frame < 60; frame++) {
    if (document.documentElement.scrollWidth <= innerWidth) return false;
    await new Promise(requestAnimationFrame);
  }
  return true;
}"""
_RUN_AXE = """async () => {
  const exclude = [...document.querySelectorAll("tbody tr:nth-child(n + 7)")];
  const found = await axe.run({ include: document, exclude }, { resultTypes: ["violations"] });
  const grave = found.violations.filter((problem) => ["serious", "critical"].includes(problem.impact));
  return grave.map((problem) => `${problem.id}: ${problem.nodes[0].html.slice(0, 200)}`);
}"""


class Screen:
    """A page of the browser and what a person does there."""

    def __init__(self, page: Page, url: str):
        self.page = page
        page.set_default_timeout(10_000)
        page.emulate_media(reduced_motion="reduce")  # colours are looked at, not on their way
        self.url = url

        # Leaving a form half filled in asks; here it is meant.
        page.on("dialog", lambda dialog: dialog.accept())
        self.complaints: list[str] = []
        page.on("console", self._note)
        page.on("pageerror", lambda error: self.complaints.append(f"script error: {error}"))

    def _note(self, message: ConsoleMessage) -> None:
        """What the browser complains of; that a page itself was refused (404, 422 …) is no fault."""
        refused = "Failed to load resource" in message.text and "/static/" not in message.location["url"]
        if message.type in ("error", "warning") and not refused:
            self.complaints.append(message.text)

    def open(self, address: str) -> Response:
        """Goes to an address of the site."""
        return self.page.goto(self.url + address)

    def arrive_as(self, username: str) -> "Screen":
        """Signed in, as somebody who did so this morning."""
        client = Client()
        client.force_login(User.objects.get(username=username))
        session = client.cookies["sessionid"].value
        self.page.context.add_cookies([{"name": "sessionid", "value": session, "url": self.url}])
        return self

    def sign_in(self, username: str, password: str = PASSWORD) -> "Screen":
        """Through the sign-in page."""
        self.open("/accounts/login/")
        self.page.fill("#id_username", username)
        self.page.fill("#id_password", password)
        self.page.keyboard.press("Enter")
        return self

    def speak(self, language: str) -> "Screen":
        """In the language somebody switched to before."""
        self.page.context.add_cookies([{"name": "django_language", "value": language, "url": self.url}])
        return self

    def save(self) -> None:
        """Sends the form of the page and waits for the answer."""
        with self.page.expect_navigation():
            self.page.keyboard.press("Control+Enter")

    def follow(self, link: str) -> None:
        """Clicks a link and waits for what it leads to."""
        with self.page.expect_navigation():
            self.page.get_by_role("link", name=link).first.click()

    def pick(self, label: str, typed: str) -> None:
        """Finds one record in a picker by typing, with the keyboard alone."""
        field = self.page.get_by_role("combobox", name=label)
        field.focus()
        self.page.keyboard.type(typed)
        self.page.locator(".ts-dropdown .option.active").wait_for()
        self.page.keyboard.press("Enter")

    def workbook(self, link: str) -> openpyxl.Workbook:
        """The Excel file behind a link of the page."""
        with self.page.expect_download() as download:
            self.page.get_by_role("link", name=link).first.click()
        return openpyxl.load_workbook(io.BytesIO(download.value.path().read_bytes()))

    def problems(self, language: str, *, views: int = 1) -> list[str]:
        """What is wrong with the page, seen in the first of the views of the language, or in more of them."""
        page, found = self.page, []
        page.evaluate("document.querySelectorAll('details').forEach((el) => { el.open = true; })")
        for width, scheme in VIEWS[language][:views]:
            page.emulate_media(color_scheme=scheme)
            page.set_viewport_size({"width": width, "height": 768})
            found += [f"{width} {scheme}: {problem}" for problem in self.serious()]
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 768})
            found += [f"scrolls sideways at {width}"] * self.scrolls_sideways()
        found += [f"in the other language: {text}" for text in foreign_words(page, language)]
        found += ["not one heading"] * (page.locator("h1").count() != 1)
        return [f"{page.url.removeprefix(self.url)} {problem}" for problem in found]

    def serious(self) -> list[str]:
        """What axe finds that keeps somebody from using the page. Of long tables the first rows stand for all."""
        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate(AXE_SCRIPT)
        return self.page.evaluate(_RUN_AXE)

    def scrolls_sideways(self) -> bool:
        """Whether the page stays wider than its window; a chart needs a moment to fit into a narrower one."""
        return self.page.evaluate(_STAYS_TOO_WIDE)
