"""Path converter of record codes in addresses."""

from django.urls import register_converter

from ..text import clean_text


class CodeConverter:
    """A record code; "/" is a legal character of a code and stands as "~" in an address."""

    regex = r"[\w.\-~\u0300-\u036f]+"

    def to_python(self, value: str) -> str:
        return clean_text(value).replace("~", "/")

    def to_url(self, value: str) -> str:
        return value.replace("/", "~")


register_converter(CodeConverter, "code")
