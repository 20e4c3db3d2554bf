# Every target needs only Python 3.11+ and make: the first one run builds .venv.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: demo run test test-long lint format clean

demo: .venv/installed
	$(BIN)/coopwatch demo

run: .venv/installed
	$(BIN)/coopwatch run

test: .venv/tested lint
	$(BIN)/python -m pytest

test-long: .venv/tested lint
	COOPWATCH_LONG_TESTS=1 $(BIN)/python -m pytest

lint: .venv/tested
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

format: .venv/tested
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

clean:
	rm -rf .venv build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "coopwatch needs Python 3.11 or newer: make PYTHON=python3.12 $(MAKECMDGOALS)" >&2; exit 1; }
	$(PYTHON) -m venv .venv

.venv/installed: pyproject.toml .venv/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

.venv/tested: pyproject.toml .venv/installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[test]'
	@touch $@
