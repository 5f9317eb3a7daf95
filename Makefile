# Everything lives in .venv and is installed from lock files with hashes; nothing needs root.
# `make run` watches the example's fictional week, `make test` runs every test.

PYTHON ?= python3.11
PIP = .venv/bin/python -m pip --disable-pip-version-check --quiet
INSTALL = $(PIP) install --no-deps --no-compile

.PHONY: run test test-slow check lint types train gate corpus-check bench docs clean

run: .venv/runtime
	@.venv/bin/python -m example.watch

test: .venv/dev
	@.venv/bin/python -m pytest -m "not slow"

# The week, the browser, PostgreSQL, crash loops: minutes more.
test-slow: .venv/dev
	@.venv/bin/python -m pytest -m slow

check: test lint types

lint: .venv/dev
	@.venv/bin/ruff check . && .venv/bin/ruff format --check .

types: .venv/dev
	@.venv/bin/mypy

clean:
	rm -rf .venv .prefect data/tables data/ledger.sqlite*

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Python 3.11 or later is needed; name it with PYTHON=..."; exit 2; }
	@$(PYTHON) -m venv .venv

.venv/runtime: .venv/bin/python requirements.lock pyproject.toml
	@echo "Installing into .venv (about a minute, once) ..."
	@$(INSTALL) --require-hashes -r requirements.lock
	@$(INSTALL) --no-build-isolation --editable .
	@touch $@

.venv/dev: .venv/runtime requirements-dev.lock
	@$(INSTALL) --require-hashes -r requirements-dev.lock
	@touch $@

docs: .venv/dev
	@.venv/bin/python -m flows.docs

bench: .venv/dev
	@.venv/bin/python -m evaluation.bench $(ARGS)

train: .venv/dev
	@.venv/bin/python -m evaluation.train

gate: .venv/dev
	@.venv/bin/python -m evaluation.gate $(ARGS)

corpus-check: .venv/dev
	@.venv/bin/python -m evaluation.check_corpus $(if $(WRITE),--write)
