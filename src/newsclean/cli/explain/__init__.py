"""`newsclean explain`: what is changed in a text and why, and why two articles match or not; `newsclean rules`."""

__all__ = ["command", "rules"]
