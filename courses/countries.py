"""The home country: a class held anywhere else counts as overseas."""

HOME_COUNTRY = "Việt Nam"

# An empty country means home too.
AT_HOME = ("", HOME_COUNTRY)
