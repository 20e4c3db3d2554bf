"""The days of the act that an article reports."""

from cooperation.dates.event import event_dates

__all__ = ["event_dates"]
