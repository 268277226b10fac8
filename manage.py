#!/usr/bin/env python3
"""Django's command line for this project."""

import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):
        # What other programs read from us, whatever the locale; the name of a file may hold bytes that are no text.
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vpcp_training.settings")
    execute_from_command_line(sys.argv)
