"""The rules of the import are those of the forms: what both say of them is written in one place."""

import ast
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

TRANSLATED = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy"}


def sentences(*folders: str) -> Iterator[str]:
    """Each sentence that the code of these folders says, as often as it is written there."""
    for path in (path for folder in folders for path in Path(settings.BASE_DIR, folder).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", None) in TRANSLATED:
                text = getattr(node.args[0], "value", None)
                if isinstance(text, str) and text.endswith(".") and "migrations" not in path.parts:
                    yield text


def test_no_sentence_of_a_rule_is_written_twice():
    imports = list(sentences("exchange/workbook", "exchange/files"))
    others = set(sentences("vpcp_training", "personnel", "courses", "enrollments"))

    assert len(imports) > 50 and len(others) > 100
    assert [text for text in imports if text in others or imports.count(text) > 1] == []
