"""The API keeps to its description: requests generated from it, right ones and wrong ones."""

from __future__ import annotations

import os
from typing import Any

import pytest
import schemathesis
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.core.result import Ok
from sqlalchemy import Engine

from storage.query import LONGEST, QueryError, parse
from web.app import create_app
from web.settings import WebSettings

EXAMPLES = 200 if os.environ.get("COOPWATCH_LONG_TESTS") else 8
quickly = settings(
    max_examples=EXAMPLES, deadline=None, database=None, suppress_health_check=list(HealthCheck)
)

_PARTS = st.sampled_from(
    [
        *("лифт", "Курск", "Mogilev", '"протокол намерений"', "OR", "-тендер", "(лифт OR станок)"),
        *("party:RU-KRS", "kind:supply,visit", "amount:>1млн", "since:2022", "is:new", "-is:seen"),
        *("date:2021..2023-06", "person:«Иван»", "сумма:1000..5000RUB", "story:1", "ёж", "№ 5"),
    ]
)


def _is_query(text: str) -> bool:
    try:
        parse(text)
    except QueryError:
        return False
    return True


QUERIES = st.one_of(st.lists(_PARTS, max_size=6).map(" ".join), st.text(max_size=LONGEST)).filter(
    _is_query
)


@pytest.fixture
def app(engine: Engine) -> Any:
    return create_app(engine, WebSettings(names=("testserver",)))


@pytest.fixture
def operations(app: Any) -> list[Any]:
    schemathesis.openapi.format("coopwatch-query", QUERIES)
    found = []
    for operation in schemathesis.openapi.from_asgi("/api/openapi.json", app).get_all_operations():
        assert isinstance(operation, Ok), operation
        found.append(operation.ok())
    return found


@pytest.mark.parametrize("mode", list(GenerationMode))
def test_the_api_keeps_to_its_description(operations: list[Any], mode: GenerationMode) -> None:
    assert len(operations) >= 10
    for operation in operations:
        if mode is GenerationMode.NEGATIVE and not any(operation.iter_parameters()):
            continue  # nothing to get wrong

        @quickly
        @given(case=operation.as_strategy(generation_mode=mode))
        def check(case: Any) -> None:
            case.call_and_validate()

        check()


def test_any_text_is_a_query_or_a_mistake_with_a_place(app: Any) -> None:
    with TestClient(app) as client:

        @quickly
        @given(
            text=st.text(st.sampled_from('аЁz0 :"«»()-<>=.,|\x00\ud7ff\U0001f600*^'), max_size=30)
        )
        def check(text: str) -> None:
            answer = client.get("/api/stats", params={"q": text})
            if _is_query(text):
                assert answer.status_code == 200
            else:
                start, end = answer.json()["pointer"]
                assert answer.status_code == 422
                assert 0 <= start < end <= len(text) + 1

        check()
