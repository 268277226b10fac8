"""Templates are read by people, too."""

from django.conf import settings

MOST = 160  # not 120 as in Python: a tag of Django's cannot be broken


def test_no_line_of_a_template_is_longer_than_160_characters():
    files = [path for path in sorted((settings.BASE_DIR / "templates").rglob("*")) if path.suffix in {".html", ".txt"}]
    too_long = [
        f"{path.relative_to(settings.BASE_DIR)}:{number}: {len(line)} characters"
        for path in files
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if len(line) > MOST
    ]

    assert files
    assert not too_long, "\n".join(too_long)
