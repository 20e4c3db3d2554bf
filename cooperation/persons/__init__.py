"""The people a text names, with their posts."""

from cooperation.persons.finding import find

__all__ = ["find"]
