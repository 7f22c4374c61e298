"""The desk of those who publish: everything on its way from draft to reader, under /personal/.

What can be published stands in `kinds`: a kind with a line there has all of this.
"""
