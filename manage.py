#!/usr/bin/env python3
"""Django's command line for this project."""

import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8")  # what other programs read from us, whatever the locale
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vpcp_training.settings")
    execute_from_command_line(sys.argv)
