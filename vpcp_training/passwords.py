"""What a password has to be, in the words of the office: Django's rules, which say so in no place of their own."""

from django.contrib.auth import password_validation as rules
from django.utils.translation import gettext as _
from django.utils.translation import ngettext


class LongEnough(rules.MinimumLengthValidator):
    """At least `min_length` characters."""

    def get_help_text(self):
        text = ngettext(
            "At least %(n)d character.", "At least %(n)d characters; spaces may be among them.", self.min_length
        )
        return text % {"n": self.min_length}

    def get_error_message(self):
        text = ngettext(
            "Too short: take at least %(n)d character.", "Too short: take at least %(n)d characters.", self.min_length
        )
        return text % {"n": self.min_length}


class UnlikeTheUser(rules.UserAttributeSimilarityValidator):
    """Nothing like the user name or the name."""

    def get_help_text(self):
        return _("Nothing like your user name or your name.")

    def get_error_message(self):
        return _("Too much like your %(verbose_name)s, which others know. Take something else.")


class NotCommon(rules.CommonPasswordValidator):
    """None of those that are tried first."""

    def get_help_text(self):
        return _("None that many people use, such as “password123”.")

    def get_error_message(self):
        return _("Many people use this password, so it is tried first. Take another one.")


class NotDigitsAlone(rules.NumericPasswordValidator):
    """Not a number, such as a telephone number or a date."""

    def get_help_text(self):
        return _("Not digits alone.")

    def get_error_message(self):
        return _("These are digits alone. Add letters.")
