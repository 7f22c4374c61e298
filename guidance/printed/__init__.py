"""Printed material from live data: cards, posters and door signs as tagged PDF.

A sheet is asked for (`sheets`), filled with what holds of a house (`facts`) in some languages
(`texts`), composed as HTML (`composing`), set (`typesetting`) and kept by its content (`shelf`).
The code on it leads to the edition it is (`editions`), which knows whether its facts still hold
(`changes`).
"""
