"""News and films: what is shown of them, their files, and how they are written."""
