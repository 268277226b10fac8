"""The elements of an XML part that a reader asks for, one at a time."""

from collections.abc import Collection, Iterable, Iterator
from typing import cast
from xml.etree.ElementTree import Element, XMLPullParser

from .package import MEGABYTE, too_large

_MAX_ELEMENT = 8 * MEGABYTE  # of XML: no paragraph or row comes near


def outermost(chunks: Iterable[bytes], tags: Collection[str]) -> Iterator[tuple[Element, list[Element]]]:
    """Each element with one of the tags that is in no other such, once complete, and what it stands in.

    The tree is forgotten as it is read.
    """
    parser = XMLPullParser(("start", "end"))
    around: list[Element] = []
    asked_for: Element | None = None
    waiting = 0
    for chunk in chunks:
        parser.feed(chunk)
        waiting += len(chunk)
        if waiting > _MAX_ELEMENT:
            raise too_large()
        events = cast(Iterator[tuple[str, Element]], parser.read_events())
        for event, element in events:
            if event == "start":
                around.append(element)
                if asked_for is None and local(element.tag) in tags:
                    asked_for = element
                continue
            around.pop()
            if element is asked_for:
                yield element, around
                asked_for, waiting = None, 0
            if asked_for is None and around:
                around[-1].remove(element)
    parser.close()


def local(tag: str) -> str:
    """A tag without its namespace."""
    return tag.rpartition("}")[2]
