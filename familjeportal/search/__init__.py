"""From a parent's own words to what the portal has: services, houses, places, guides and lines.

`analyser` makes terms of words, `reading` makes sense of a question (`compounds`, `spelling`);
both pure. `index` fills the table of terms from the apps' own `search.py`, `finding` asks it,
`results` makes the page of it.
"""
