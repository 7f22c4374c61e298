"""Reads the prose that staff publish today, and proposes rows of a programme. Pure.

`values` what is proposed · `lines` a text in the order it is read · `found` what is recognised in
a sentence, by `words`, `ages`, `dates` and `times` · `clauses` one session each · `sessions` rows
of a clause · `state` what has been read so far · `headings`, `describing` and `songs` what one
line lends another · `reading` a whole text.
"""
