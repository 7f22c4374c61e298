"""Pages that are always there: about the portal, and for those who meet families."""
