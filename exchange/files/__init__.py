"""Opens a spreadsheet that somebody sends, safely: what it is, what it holds, what Excel shows of it."""
