# Two commands are enough: `make run` and `make test`. Everything else is for people who work on the house.
.DEFAULT_GOAL := help
PYTHON ?= python3
BIN := .venv/bin
# Keep compiled modules whatever the environment says: a server starts in three quarters of the time, and tests start many.
export PYTHONDONTWRITEBYTECODE =
# Tests of browsers and servers often wait, so there are five at work for two cores.
WORKERS ?= $(shell $(PYTHON) -c 'import os; print(min(10, 5 * (os.cpu_count() or 1) // 2))')

.PHONY: help run demo test lint format lock bench bench-sync bench-reveal bench-evenings bench-kills bench-drag bench-times bench-remote bench-resume bench-recap bench-lighthouse translations wheel clean

help: ## what can be made
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | sort | awk -F'\t' '{printf "  make %-16s %s\n", $$1, $$2}'

run: .venv/.run ## host a film night from this machine: prints the join address, a QR code and the host link
	@$(BIN)/python -m companion party

demo: .venv/.run ## one page with two phones, the remote and the lobby, alive, in three minutes
	@$(BIN)/python -m companion demo

test: .venv/.test ## run everything this machine can run, and name what it cannot
	@$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder -q

lint: .venv/.test .venv/.lint ## ruff, mypy, tsc over the JSDoc types, stylelint and the rules of the house
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	.ci/lint/node_modules/.bin/tsc --project .ci/lint
	.ci/lint/node_modules/.bin/stylelint --config .ci/lint/stylelint.config.mjs "static/css/*.css"
	$(BIN)/python -m pytest -q tests/test_house.py

format: .venv/.test ## put the Python in its usual shape
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: bench-evenings bench-sync bench-reveal bench-kills bench-drag bench-times bench-remote bench-resume bench-recap ## every measurement, one after the other

bench-evenings: .venv/.test ## four thousand evenings: what taps do to cards before their scene
	$(BIN)/python -m bench.evenings

bench-sync: .venv/.test ## how well phones agree on the time, over bad links (needs root for network namespaces)
	$(BIN)/python -m bench.sync

bench-reveal: .venv/.test ## how far apart twenty browsers reveal one card
	$(BIN)/python -m bench.reveal

bench-kills: .venv/.test ## what kill -9 costs while five hundred phones vote
	$(BIN)/python -m bench.kills

bench-remote: .venv/.test ## how soon a host has the film in hand again: reload, sleep, another device, restart
	$(BIN)/python -m bench.remote

bench-recap: .venv/.test ## how long the recap of fifty guests, three hours and 20,000 reactions takes
	$(BIN)/python -m bench.recap

bench-resume: .venv/.test ## how soon a guest's phone is right again, by the way it was away (twenty-five minutes)
	$(BIN)/python -m bench.resume

bench-drag: .venv/.test ## how often the studio draws while an author drags among five hundred notes
	$(BIN)/python -m bench.drag

bench-times: .venv/.test ## what taps of one, three and ten evenings make of guessed scene times
	$(BIN)/python -m bench.times

bench-lighthouse: .venv/.test .venv/.lighthouse ## what Lighthouse says of each page on a slow phone
	$(BIN)/python -m bench.lighthouse

translations: .venv/.test ## gather what people read into the catalogues
	$(BIN)/python -m companion.languages

lock: .venv/.test ## renew both lock files, with hashes and without any index address
	$(BIN)/uv pip compile -q --universal --generate-hashes --no-header --extra postgres --extra redis pyproject.toml -o requirements.lock
	$(BIN)/uv pip compile -q --universal --generate-hashes --no-header --all-extras pyproject.toml -o tests/requirements.lock

wheel: .venv/.test ## build the wheel into dist/
	$(BIN)/uv build -q --wheel --out-dir dist

clean: ## forget the environments and caches (never the data)
	rm -rf .venv .ci/*/node_modules dist .pytest_cache .mypy_cache .ruff_cache

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Companion needs Python 3.11 or newer; this is `$(PYTHON) --version`."; exit 1; }
	@$(PYTHON) -m venv .venv || { echo "Python has no venv module here (on Debian: apt install python3-venv)."; exit 1; }

.venv/.run: requirements.lock | .venv/bin/python
	@echo "Setting up (once) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@touch $@

.venv/.test: tests/requirements.lock | .venv/bin/python
	@echo "Setting up the tests (once) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r tests/requirements.lock
	@touch $@ .venv/.run

.venv/.lint: .ci/lint/package-lock.json | .venv/bin/python
	@cd .ci/lint && npm ci --loglevel=error --no-audit --no-fund
	@touch $@

.venv/.lighthouse: .ci/lighthouse/package-lock.json | .venv/bin/python
	@cd .ci/lighthouse && npm ci --loglevel=error --no-audit --no-fund
	@touch $@
