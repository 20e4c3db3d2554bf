"""The organisations a text names."""

from cooperation.organizations.finding import find

__all__ = ["find"]
