"""The programme as calendars that families subscribe to (iCalendar, RFC 5545 and 7986)."""
