"""Files with people's names: readable by their owner alone. New ones are so by the umask of the settings."""

from contextlib import suppress
from pathlib import Path

from django.conf import settings
from django.db import connection


def make_private(path: Path) -> Path:
    """Closes a file that stands already to everybody else, before something is written into it."""
    if path.is_file():  # not a device, such as /dev/stdout
        with suppress(PermissionError, FileNotFoundError):  # somebody else's, who lets us write; or gone meanwhile
            path.chmod(0o600)
    return path


def close_folders() -> None:
    """Closes what an earlier version of the site left open: the folders of data and reports, and the database."""
    for folder in (settings.VAR_DIR, settings.OUT_DIR):
        if folder.is_dir():
            folder.chmod(0o700)
            for path in folder.rglob("*"):
                if not path.is_symlink():
                    make_private(path)
    if connection.vendor == "sqlite":
        for ending in ("", "-wal", "-shm"):
            make_private(Path(f"{connection.settings_dict['NAME']}{ending}"))
