"""Lists of people as offices send them: read from any file or paste, matched with the people known."""
