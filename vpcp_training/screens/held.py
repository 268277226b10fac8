"""What somebody typed into a form that outlived its session: sealed to who typed it, and opened for nobody else.

A page carries the seal of the person it was served to (`author_seal`), which its script sends along with every form.
Only who signs in as that person gets the fields back; the page in between holds nothing that anybody can read.
"""

import base64
import json
from datetime import timedelta

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.http import QueryDict

HELD_MAX = 1024 * 1024  # bytes of a form, as a browser sends it, that goes through signing in
KEPT = timedelta(hours=12)
AUTHOR = "typed_by"  # the field in which a form brings the seal of who filled it in

_signer = Signer(salt="vpcp_training.screens.held")


def author_seal(user) -> str:
    """Says whose page it is, in a way nobody else can write."""
    return _signer.sign(user.pk) if user.is_authenticated else ""


def author_of(sent: QueryDict) -> str | None:
    """The id of who filled a form in; None where it does not say so, or nobody of ours wrote it."""
    try:
        return _signer.unsign(sent.get(AUTHOR, ""))
    except BadSignature:
        return None


def typed_by_another(request) -> bool:
    """Whether a form says, or cannot say rightly, that somebody else filled it in."""
    return AUTHOR in request.POST and author_of(request.POST) != str(request.user.pk)


def seal(address: str, typed: QueryDict) -> str:
    """The fields of a form and where they were sent, for who typed them alone; empty where they cannot be kept."""
    author, fields = author_of(typed), typed.urlencode()
    if author is None or len(fields) > HELD_MAX:
        return ""
    return _fernet().encrypt(json.dumps([author, address, fields]).encode()).decode()


def unseal(held: str, user) -> tuple[str, QueryDict] | None:
    """The address and the fields that this person typed; None where it was somebody else, or too long ago."""
    try:
        author, address, fields = json.loads(_fernet().decrypt(held.encode(), ttl=int(KEPT.total_seconds())))
    except InvalidToken:
        return None
    return (address, QueryDict(fields)) if author == str(user.pk) else None


def _fernet() -> Fernet:
    """The library's recipe of encryption and signature, under a key of this purpose alone."""
    key = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"vpcp_training.screens.held").derive(
        settings.SECRET_KEY.encode()
    )
    return Fernet(base64.urlsafe_b64encode(key))
