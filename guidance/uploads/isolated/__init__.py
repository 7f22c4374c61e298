"""Runs apart from the portal, since what takes a hostile file apart may itself be taken over.

The process knows no settings and no database, gets the file as its standard input, and answers with
JSON. It has little memory and time, and no file to write to but the two it was handed.
"""
