# One word for each thing one does with Beside. `make` alone lists them.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.PHONY: help setup check test quick demo run bench load soak walk pictures bench-pages simulate pages vendor vectors clean python tools

PORT ?= 8000
MINUTES ?= 60
VECTORS ?= tests/vectors/vectors.json
bin := .venv/bin
# Twice the cores, up to four: tests also wait, for disks, timers and pages.
workers = $$(( $$(nproc) < 2 ? 2 : 4 ))

help: ## this list
	@sed -nE 's/^([a-z-]+):[^#]*## (.*)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 22

setup: ## install what Beside needs, into this folder only; quick to repeat
	@scripts/setup

python:
	@scripts/setup python

tools:
	@scripts/setup tests

demo: python ## a running service with a cast to try it with, forgotten when it stops (PORT=8000)
	@$(bin)/beside demo --port $(PORT)

run: python ## the service, with a lasting folder: BESIDE_DATA, or data/ (PORT=8000)
	@BESIDE_PORT="$${BESIDE_PORT:-$(PORT)}" $(bin)/beside serve

quick: python ## unit and property tests: no Node, no engines, no browser, under a minute
	@$(bin)/pytest tests/unit tests/property

test: tools ## every test but the longest walks, with real PostgreSQL and a real browser; each suite prints its time
	@shopt -s globstar; failed=0; \
	  $(bin)/pytest --numprocesses $(workers) --dist loadscope --no-fsync --durations=10 -m "not walk and not load" tests || failed=1; \
	  scripts/with-node node --test --test-reporter=spec frontend/tests/**/*.test.js || failed=1; \
	  exit $$failed

check: setup ## formatting, lint, types, import contracts, vendored files: fastest first
	@scripts/check

walk: tools ## every state of every page in every language, looked at as everybody reads it
	@$(bin)/pytest --numprocesses $(workers) -m walk --timeout 1200 tests/browser

pictures: tools ## every state of every page into docs/pictures
	@$(bin)/python -m tests.browser.pictures

bench-pages: tools ## weight, requests and time of the client's page on a slow link, into docs/page-weight.md
	@$(bin)/python -m tests.pages

bench: python ## every goal of speed, measured beside references and other chat servers, into docs/benchmarks.md
	@$(bin)/python -m tests.load

load: tools ## thousands of sockets, slow readers, storms and 200 kills on each engine, some ten minutes; each part prints its time
	@$(bin)/pytest -m load --timeout 1200 -s -v --durations=0 --durations-min=1 tests/load tests/faults

soak: python ## a mixed load on one server, its memory's slope and whether a message was lost (MINUTES=60)
	@$(bin)/python -m tests.load.soak $(MINUTES)

simulate: python ## days of people and shifts against the real rules of matching and waiting, into docs/waiting.md
	@$(bin)/python -m tests.simulation

vectors: python ## the protocol's test vectors in both languages (VECTORS=FILE)
	@$(bin)/python -m app.companion.vectors $(VECTORS)
	@scripts/with-node node frontend/tests/vectors.js $(VECTORS)

pages: setup ## the pages' HTML again, from their views and words
	@scripts/pages

vendor: setup ## bundle the front-end's libraries again and record their hashes
	@scripts/with-node scripts/vendor

clean: ## remove what set-up and the tools made; the data folder stays
	rm -rf .venv node_modules .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache dist
	find app migrations scripts tests -name __pycache__ -type d -prune -exec rm -rf {} +
