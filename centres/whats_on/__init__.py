"""What is on ("Det händer"): the programme as readers meet it under /det-hander/."""
