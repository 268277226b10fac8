"""Dragging a text out of another program onto the page."""

from playwright.sync_api import Locator

_SOURCE = """text => {
    document.querySelector("#elsewhere")?.remove();
    const source = Object.assign(document.createElement("div"), { id: "elsewhere", draggable: true, textContent: "…" });
    source.addEventListener("dragstart", (e) => e.dataTransfer.setData("text/plain", text));
    document.querySelector("main").prepend(source);
}"""


def drop(target: Locator, text: str) -> None:
    """Drop `text` on `target`, with the mouse."""
    target.page.evaluate(_SOURCE, text)
    target.page.locator("#elsewhere").drag_to(target)
