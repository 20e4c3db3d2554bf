"""The organisations a text names: nominative, the longest form, without quotes and legal form."""

from __future__ import annotations

from collections.abc import Sequence

from cooperation.assessment import Field, Organization, Span
from cooperation.organizations import english
from cooperation.organizations.abbreviations import abbreviated
from cooperation.organizations.joining import joined
from cooperation.organizations.mentions import Found, Taken, lines
from cooperation.organizations.phrases import headed
from cooperation.organizations.quotations import quoted
from cooperation.spelling import plain_text


def find(
    title: str, body: str, language: str, *, people: Sequence[Span] = ()
) -> tuple[Organization, ...]:
    """The organisations that the text names, in order of appearance.

    Bodies inside posts count («председатель Брестского облисполкома»); the media, events and quoted
    titles do not. ``people`` are the spans of persons: no name reaches into one. Mentions of one
    body are joined under its longest form.
    """
    fields: tuple[tuple[Field, str], ...] = (("title", title), ("body", body))
    found: list[Found] = []
    for field, text in fields:
        taken = [(span.start, span.end) for span in people if span.field == field]
        if language == "en":
            found += english.find(plain_text(text), field, taken)
        else:
            found += _in_text(plain_text(text), field, language, taken)
    return joined(found)


def _in_text(plain: str, field: Field, language: str, taken: Taken) -> list[Found]:
    found: list[Found] = []
    for line in lines(plain, field, language, taken):
        for reader in (headed, quoted):
            items = reader(line)
            found += items
            taken += [(item.start, item.end) for item in items]
    return found + abbreviated(plain, field, language, taken)
