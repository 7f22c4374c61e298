# Every task of the project in one place: `make` lists them.
# Python 3.11 or later with venv and pip is all that `make run` needs.

PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8000
CHROMIUM ?= /usr/bin/chromium
export HOST PORT CHROMIUM

# A folder of tools per checkout; `python -m` keeps working if the checkout is moved.
PY := .venv/bin/python
MANAGE := $(PY) manage.py
PIP := $(PY) -m pip install -q --disable-pip-version-check --no-deps --require-hashes

# The checks neither read nor touch a developer's own settings and data.
TEST_ENV := env READ_DOT_ENV=0 DEBUG=0 SECRET_KEY=only-for-tests PUBLIC_URL=http://localhost \
	DATABASE_URL=sqlite://:memory:
PYTEST := $(PY) -m pytest
WORKERS ?= 2
ARGS ?=

# The HTML validator. On a new version: `npm pack vnu-jar@VERSION && sha256sum vnu-jar-VERSION.tgz`.
VNU_VERSION := 26.9.27
VNU_SHA256 := 5970d3ffca91a627cf0965e5d91bb2e4242307c29292998de0b419d6a901b2b7
VNU := .cache/tools/vnu-$(VNU_VERSION).jar

.DEFAULT_GOAL := help
.NOTPARALLEL:
.DELETE_ON_ERROR:
.PHONY: help run dev demo-refresh bench test test-tools test-sqlite test-browser test-postgres \
	test-fast lint format coverage lock clean

help: ## List the tasks
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

# --- Running ----------------------------------------------------------------------------------

# One PUBLIC_URL decides links and secure cookies: the environment's, else .env's, else this one.
define prepare
set -eu; umask 077; \
if [ -z "$${PUBLIC_URL:-}" ] && ! grep -qs '^PUBLIC_URL=' .env; then \
	export PUBLIC_URL=http://localhost:$(PORT); fi; \
$(MANAGE) migrate --no-input -v0; \
$(MANAGE) seed_demo --if-needed; \
echo; echo "  The portal: http://localhost:$(PORT)   (Ctrl+C stops it)"; echo
endef

run: .venv/base.stamp .env var/static/staticfiles.json ## The portal with its real server and example data
	@$(prepare); exec $(PY) -m gunicorn -c familjeportal/gunicorn.py familjeportal.wsgi

dev: .venv/base.stamp .env ## The same with Django's reloading server and DEBUG on
	@export DEBUG=1; $(prepare); exec $(MANAGE) runserver $(HOST):$(PORT)

demo-refresh: .venv/base.stamp .env ## Lay the example data anew around today
	@$(MANAGE) migrate --no-input -v0
	@$(MANAGE) seed_demo --refresh

MEASURE := $(MANAGE) migrate --no-input -v0 && $(MANAGE) bench && $(MANAGE) bench_search

bench: .venv/base.stamp var/static/staticfiles.json ## Print the milliseconds of the hot paths on both databases
	@echo "--- SQLite"
	@rm -f var/bench.sqlite3*
	@$(TEST_ENV) DATABASE_URL=sqlite:///$(CURDIR)/var/bench.sqlite3 sh -c '$(MEASURE)'
	@rm -f var/bench.sqlite3*
	@echo "--- PostgreSQL"
	@$(TEST_ENV) $(PY) -m tests.postgres -- sh -c '$(MEASURE)'

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(None if sys.version_info >= (3, 11) else "Python 3.11 or later is needed, this is %s. Name another: make PYTHON=python3.12 …" % sys.version.split()[0])'
	@$(PYTHON) -m venv .venv

.venv/base.stamp: requirements/base.txt | .venv/bin/python
	@echo "Installing the packages of $< …"
	@$(PIP) -r $<
	@touch $@

.venv/test.stamp: requirements/test.txt | .venv/bin/python
	@echo "Installing the packages of $< …"
	@$(PIP) -r $<
	@touch $@

# Made once and never overwritten: it holds the installation's own secret.
.env: | .venv/bin/python
	@umask 077; $(PY) -c 'import secrets; print("# Settings of this installation; .env.example explains them all.\nSECRET_KEY=" + secrets.token_urlsafe(50))' > .env.new
	@mv .env.new .env

# Collected again only when a file or a package has changed: a second start stays quick.
var/static/staticfiles.json: .venv/base.stamp $(shell find static -type f 2>/dev/null) | .env
	@$(MANAGE) collectstatic --no-input -v0
	@touch $@

# --- Checking ---------------------------------------------------------------------------------

test: test-tools lint test-sqlite test-browser test-postgres ## Everything that must pass, as CI runs it

test-tools: .venv/test.stamp ## Install what the checks need beside Python
	@missing=""; \
	[ -x "$(CHROMIUM)" ] || missing="$$missing chromium"; \
	command -v java >/dev/null || missing="$$missing default-jre-headless"; \
	command -v initdb >/dev/null || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || missing="$$missing postgresql"; \
	[ -e $(VNU) ] || command -v npm >/dev/null || missing="$$missing nodejs npm"; \
	$(PY) -c 'import weasyprint' >/dev/null 2>&1 || missing="$$missing libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"; \
	[ -n "$$missing" ] || exit 0; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		echo "Installing$$missing …"; \
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -yqq --no-install-recommends $$missing </dev/null; \
	else \
		echo "The tests need what this machine lacks. Install (Debian's names):$$missing" >&2; \
		echo "Chromium elsewhere than /usr/bin? Name it: make test CHROMIUM=/path/to/chromium" >&2; \
		exit 1; \
	fi
	@[ -x "$(CHROMIUM)" ] || { echo "No Chromium at $(CHROMIUM). Name it: make test CHROMIUM=/path/to/chromium" >&2; exit 1; }
	@$(MAKE) --no-print-directory $(VNU)

$(VNU):
	@mkdir -p $(@D)
	@cd $(@D) && npm pack --silent vnu-jar@$(VNU_VERSION) >/dev/null
	@cd $(@D) && echo "$(VNU_SHA256)  vnu-jar-$(VNU_VERSION).tgz" | sha256sum --check --quiet
	@cd $(@D) && tar -xzf vnu-jar-$(VNU_VERSION).tgz package/build/dist/vnu.jar
	@cd $(@D) && mv package/build/dist/vnu.jar $(@F) && ln -sf $(@F) vnu.jar
	@cd $(@D) && rm -r package vnu-jar-$(VNU_VERSION).tgz

lint: .venv/test.stamp ## Style, types, templates, direction of imports, missing migrations
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(TEST_ENV) $(PY) -m mypy
	$(PY) -m djlint templates --lint --quiet
	.venv/bin/lint-imports --no-logo
	$(TEST_ENV) $(MANAGE) makemigrations --check --dry-run

format: .venv/test.stamp ## Put imports and layout in order
	$(PY) -m ruff check --fix-only --quiet .
	$(PY) -m ruff format .

# A killed run can leave a write-ahead log that SQLite would replay into the next run's new file.
test-sqlite: .venv/test.stamp
	@echo "--- Tests on SQLite"
	@rm -f var/test.sqlite3*
	$(TEST_ENV) $(PYTEST) -n $(WORKERS) -m "not browser" $(ARGS)

# Apart from the others: a browser and its server each want a core.
test-browser: .venv/test.stamp
	@echo "--- Tests in a real browser"
	@rm -f var/test.sqlite3*
	$(TEST_ENV) $(PYTEST) -n $(WORKERS) -m browser $(ARGS)

test-postgres: .venv/test.stamp
	@echo "--- Tests of the database again, on PostgreSQL"
	$(TEST_ENV) $(PY) -m tests.postgres -- $(PYTEST) -n $(WORKERS) -m "not browser" --database-only --migrations $(ARGS)

test-fast: .venv/test.stamp ## Only SQLite, no browser: make test-fast ARGS="tests/centres -x"
	@rm -f var/test.sqlite3*
	@$(TEST_ENV) $(PYTEST) -n $(WORKERS) -m "not browser" $(ARGS)

coverage: .venv/test.stamp ## Which lines no test runs
	@rm -f var/test.sqlite3* .coverage .coverage.*
	@$(TEST_ENV) $(PY) -m coverage run -m pytest -q -m "not browser" $(ARGS)
	@$(PY) -m coverage combine -q
	@$(PY) -m coverage report

# --- Upkeep -----------------------------------------------------------------------------------

# No address of a package index in the files: each machine uses its own.
COMPILE := uv pip compile --quiet --generate-hashes --no-emit-index-url --no-annotate --no-header --python-version 3.11

lock: ## Pin the packages of pyproject.toml anew: make lock ARGS=--upgrade
	@command -v uv >/dev/null || { echo "make lock needs uv: python3 -m pip install uv" >&2; exit 1; }
	$(COMPILE) $(ARGS) pyproject.toml -o requirements/base.txt
	$(COMPILE) $(ARGS) pyproject.toml --group test --group quality -c requirements/base.txt -o requirements/test.txt

clean: ## Remove what can be made again; .env and the database stay
	rm -rf .venv .cache var/static var/test.sqlite3* test-results htmlcov .coverage .coverage.* \
		.pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
