# The commands a newcomer learns: make run, make test, make check, make bench. `make help` lists all.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

# The Python of .venv; unsaid, scripts/environment takes the distribution's own.
PYTHON ?=
PORT ?= 8000
BIN := .venv/bin
# Processes that share the tests out among them.
WORKERS ?= auto
# File by file: the tests of one may share rows made once.
SHARED_OUT := --dist loadfile
export THONGSUOT_DEVELOPMENT ?= 1
export DJANGO_SETTINGS_MODULE ?= thongsuot.site.settings

STATIC_SOURCES := $(shell find src/thongsuot -path '*/static/*' -type f 2>/dev/null)
TRANSLATIONS := $(patsubst %.po,%.mo,$(shell find src/thongsuot/locale -name '*.po' 2>/dev/null))

.PHONY: help setup run test browser postgres-test check format bench screenshots lock messages clean

help: ## list the commands
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 22

setup: .venv/.runtime node_modules/.ready $(TRANSLATIONS) ## everything a machine needs to run it, in .venv and node_modules
	@$(BIN)/python -m compileall -q src/thongsuot # the command line answers in half the time

run: setup var/static/.ready ## the whole system with demonstration data, on http://127.0.0.1:8000
	@$(BIN)/thongsuot prepare --demo --address http://127.0.0.1:$(PORT)
	@THONGSUOT_ADDRESS=$${THONGSUOT_ADDRESS:-http://127.0.0.1:$(PORT)} exec scripts/serve $(PORT)

test: setup .venv/.development ## all tests that need no browser, on the configured database (SQLite by default)
	@$(BIN)/pytest -n $(WORKERS) $(SHARED_OUT)

browser: setup .venv/.development var/static/.ready ## the walks through the pages in Chromium
	@$(BIN)/pytest -p no:xdist --override-ini addopts="-q --strict-markers --import-mode=importlib" tests/browser

# What knows no database need not be tried on two: the pure packages, their benchmarks, figures drawn for the story;
# and elsewhere (--of-database) each test that may not touch it.
PURE_TESTS := tests/architecture tests/benchmarks tests/kernel tests/lawbook tests/likeness tests/placement tests/reading \
  tests/site/test_staffing_figures.py

postgres-test: setup .venv/.development ## the same tests on a private PostgreSQL server that is started and stopped for it
	@scripts/with-postgres $(BIN)/pytest -n $(WORKERS) $(SHARED_OUT) --of-database $(addprefix --ignore=,$(PURE_TESTS))

check: setup .venv/.development ## style, types, arrows between packages, migrations, templates
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/lint-imports
	@$(BIN)/mypy
	@$(BIN)/python -m django check --fail-level WARNING
	@$(BIN)/python -m django makemigrations --check --dry-run
	@git ls-files 'src/*.py' 'tests/*.py' | grep -v /migrations/ | xargs $(BIN)/django-upgrade --check --target-version 5.2
	@$(BIN)/djlint src --quiet --lint

format: .venv/.development ## put code and templates in the project's style
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

bench: setup .venv/.development ## every benchmark, as tables
	@for file in benchmarks/*.py; do case $$file in *_*) continue;; esac; $(BIN)/thongsuot bench $$(basename $$file .py) || exit 1; done

screenshots: setup .venv/.development var/static/.ready ## the pictures of the README
	@$(BIN)/python scripts/screenshots.py docs/screenshots

lock: .venv/.development ## resolve the dependencies anew
	@$(BIN)/pip install --quiet uv
	@$(BIN)/uv pip compile --quiet --upgrade --generate-hashes --no-header --python-version 3.11 pyproject.toml -o requirements.lock
	@$(BIN)/uv pip compile --quiet --upgrade --generate-hashes --no-header --python-version 3.11 --group dev -c requirements.lock pyproject.toml -o requirements-dev.lock

messages: setup ## collect the texts of the pages for translation (needs GNU gettext)
	@cd src/thongsuot && ../../$(BIN)/python -m django makemessages --locale en --no-location --ignore 'static/*'

clean: ## remove what setup made; the data in var/ stay
	@rm -rf .venv node_modules var/static

.venv/.runtime: requirements.lock pyproject.toml
	@PYTHON='$(PYTHON)' scripts/environment requirements.lock
	@touch $@

.venv/.development: requirements-dev.lock .venv/.runtime
	@PYTHON='$(PYTHON)' scripts/environment requirements-dev.lock
	@touch $@

node_modules/.ready: package-lock.json package.json | .venv/.runtime
	@scripts/front-end
	@touch $@

var/static/.ready: node_modules/.ready $(STATIC_SOURCES)
	@$(BIN)/python -m django collectstatic --noinput --clear --verbosity 0
	@touch $@

%.mo: %.po | .venv/.runtime
	@$(BIN)/pybabel --quiet compile --input-file $< --output-file $@
