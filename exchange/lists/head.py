"""What stands above a list: its title, the decision that it belongs to, the days of the class."""

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass

from vpcp_training.text import fold

_MOTTO = ("cong hoa xa hoi chu nghia viet nam", "doc lap tu do hanh phuc", "doc lap - tu do - hanh phuc")
_TITLE = re.compile("danh sach", re.IGNORECASE)
_AGENCY = re.compile(
    r"(?:van phong|vu|cuc|tong cuc|chi cuc|bo|uy ban|ubnd|hdnd|so|trung tam|hoc vien|truong|phong|ban|vien|thanh tra"
    r"|tinh uy|dang uy|thanh uy|huyen uy|dang bo|cong ty|tong cong ty|doan|hoi|dai hoc|chinh phu)\b"
)
_SHORTEST_TITLE, _SHORTEST_LINE = 6, 3  # letters of its first line, and of another
_DECISION = re.compile(
    r"(?:quyết\s*định|QĐ)\s*(?:số)?\s*[:.]?\s*(?P<number>\d+\s*/\s*[^\s,;()]+|\d+)(?P<dated>\D{0,40}?ngày\s+)?",
    re.IGNORECASE,
)


def _day(name: str) -> str:
    """A day in numbers or words, whose month and year may be left out."""
    month = rf"(?:\s*[/.\-]\s*|\s*tháng\s*)(?P<{name}_month>\d{{1,2}})"
    year = rf"(?:\s*[/.\-]\s*|\s*năm\s*)(?P<{name}_year>\d{{4}})"
    return rf"(?P<{name}_day>\d{{1,2}})(?:{month}(?:{year})?)?(?!\d)"


_DATED = re.compile(_day("date"), re.IGNORECASE)
_DAYS = re.compile(
    rf"từ\s*(?:ngày)?\s*:?\s*{_day('start')}\s*(?:đến|tới|-|–)\s*(?:hết)?\s*(?:ngày)?\s*{_day('end')}", re.IGNORECASE
)


@dataclass(frozen=True)
class Head:
    """What was read above a list; None is what does not stand there."""

    title: str | None = None
    decision_number: str | None = None
    decision_date: datetime.date | None = None
    start: datetime.date | None = None
    end: datetime.date | None = None


def read_head(lines: Sequence[Sequence[str]]) -> Head:
    """The head in lines of text above a list, each of the texts that stand side by side."""
    text = "\n".join(" ".join(line) for line in lines)
    number, date = _decision(text)
    start, end = _days(text)
    return Head(_title(lines), number, date, start, end)


def _title(lines: Sequence[Sequence[str]]) -> str | None:
    """The line, or run of lines, in capitals or beginning with “Danh sách”, without the agency and the motto."""
    run: list[str] = []
    for line in lines:
        beside_motto = any(_is_motto(text) for text in line)
        texts = [] if beside_motto else [text for text in line if _may_be_title(text, begins=not run)]
        if texts:
            run.append(" ".join(texts))
        elif run:
            break
    return " ".join(run) or None


def is_title(text: str) -> bool:
    """Whether a text says that a list follows."""
    return bool(_TITLE.match(fold(text)))


def _may_be_title(text: str, *, begins: bool) -> bool:
    if is_title(text):
        return begins or not _DECISION.search(text)
    is_in_capitals = text.isupper() and sum(map(str.isalpha, text)) >= (_SHORTEST_TITLE if begins else _SHORTEST_LINE)
    if not is_in_capitals or text.startswith("(") or _DECISION.search(text):
        return False
    return not (begins and _AGENCY.match(fold(text)))


def _is_motto(text: str) -> bool:
    return fold(text).strip(" .-–_*") in _MOTTO


def _decision(text: str) -> tuple[str | None, datetime.date | None]:
    found = _DECISION.search(text)
    if not found:
        return None, None
    dated = _DATED.match(text, found.end()) if found["dated"] else None
    return re.sub(r"\s*/\s*", "/", found["number"]).strip(" .,"), _date(dated, "date") if dated else None


def _days(text: str) -> tuple[datetime.date | None, datetime.date | None]:
    found = _DAYS.search(text)
    if not found:
        return None, None
    end = _date(found, "end")
    start = _date(found, "start", like=end)
    return (start, end) if start and end and start <= end else (None, None)


def _date(found: re.Match, name: str, like: datetime.date | None = None) -> datetime.date | None:
    """The day that was found; its month and year are those of another where they are left out."""
    month = found[f"{name}_month"] or (like and like.month)
    year = found[f"{name}_year"] or (like and like.year)
    try:
        return datetime.date(int(year), int(month), int(found[f"{name}_day"])) if month and year else None
    except ValueError:
        return None
