"""From a source to its articles: a plain Scrapy project, and extraction that works without one."""

from crawler.extraction import extract

__all__ = ["extract"]
