"""What staff upload: nothing is believed of a file but what has been found in it.

A file is received up to a limit (`receiving`), taken apart by a process of its own that has little
memory, little time and nothing to write to (`isolated`), and answered with a report or with what is
wrong and what to do (`gate`, `refusals`). What is accepted is kept under the hash of its content
(`shelf`).
"""
