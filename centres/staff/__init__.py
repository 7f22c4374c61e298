"""The daily tasks of staff, phone first: one task a page, plain forms, under /personal/.

The admin is for everything else. Both ask `centres.permissions` and write through
`centres.actions`.
"""
