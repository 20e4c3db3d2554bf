"""Sums of money in a text."""

from cooperation.amounts.finding import find, of_article

__all__ = ["find", "of_article"]
