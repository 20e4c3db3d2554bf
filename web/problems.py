"""Errors of the API as RFC 9457 tells them: application/problem+json."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict

MEDIA_TYPE = "application/problem+json"


class Problem(BaseModel):
    """What went wrong; ``pointer`` is the place in a query, from and to (characters)."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "type": "about:blank",
                    "title": "query cannot be read",
                    "status": 422,
                    "detail": "there is no field parti; did you mean party:?",
                    "pointer": [0, 5],
                }
            ]
        }
    )

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    pointer: list[int] | None = None


def problem(
    status: int,
    title: str,
    detail: str,
    headers: Mapping[str, str] | None = None,
    **more: Any,
) -> JSONResponse:
    """An answer that tells an error."""
    content = Problem(title=title, status=status, detail=detail, **more)
    return JSONResponse(
        content.model_dump(exclude_none=True),
        status,
        headers=dict(headers or {}),
        media_type=MEDIA_TYPE,
    )
