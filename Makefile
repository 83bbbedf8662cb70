# The two commands: `make run` and `make test`. Everything else is for maintainers.
PYTHON ?= python3
BIN := .venv/bin
UV = $(if $(shell command -v uv),uv,$(BIN)/uv)
export UV_SYSTEM_CERTS := 1

.PHONY: run test permissions bench bench-measures bench-scale load fuzz check check-deployment schema install install-dev lock clean joining privacy

run: install
	@$(BIN)/python -m config.launcher

test: install-dev
	@$(BIN)/python -m pytest -n 2 $(ARGS)

# Joining in full: 200 people from one address within a minute, while 10,000 codes are guessed.
joining: install-dev
	@JOINING_IN_FULL=1 $(BIN)/python -m pytest -s tests/e2e/test_rush.py $(ARGS)

# A room of 200 on live pages for ten minutes, with three note-takers; 500; and the same at a peer.
load: install-dev
	@$(BIN)/python -m tests.performance.load $(ARGS)

# Every address, method and kind of person in every phase under every rule: minutes.
permissions: install-dev
	@$(BIN)/python -m pytest -n 2 tests/permissions/every_moment.py $(ARGS)

# Readers of files from strangers, and two who rearrange at will, at much greater length than `make test`.
fuzz: install-dev
	@$(BIN)/python -m pytest -n 2 --hypothesis-profile=fuzz tests/notes/importing tests/themes/test_rearranging_machine.py $(ARGS)

# How quick taking notes is, with thousands of them there; a theme of a full workshop, beside Taguette;
# and a whole conversation, up to 100,000 people, beside red-dwarf.
bench: install-dev
	@$(BIN)/python -m tests.performance.bench_capture
	@$(BIN)/python -m tests.performance.bench_suggestions
	@$(BIN)/python -m tests.performance.bench_synthesis
	@$(BIN)/python -m tests.performance.bench_answers
	@$(BIN)/python -m tests.performance.bench_statements
	@$(MAKE) --no-print-directory .venv-peer/installed || echo "red-dwarf can't be installed here."
	@$(BIN)/python -m tests.performance.bench_polis

# Whether verdicts hold as often as they say, in 60,000 rooms drawn from real answers and invented ones.
bench-measures: install-dev
	@$(BIN)/python -m tests.performance.bench_measures

# What 100,000 people and 500 statements take: no request may go through their answers.
bench-scale: install-dev
	@$(BIN)/python -m tests.performance.bench_scale

# Who finds out what about whom: everybody asks for everything, in several phases under every rule.
privacy: install-dev
	@PRIVACY_IN_FULL=1 $(BIN)/python -m pytest -n 2 tests/privacy $(ARGS)

check: install-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy apps config
	$(BIN)/lint-imports
	$(BIN)/djlint --lint --quiet templates

install: .venv/installed
install-dev: .venv/installed-dev

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Rapporteur needs Python 3.11 or later; $(PYTHON) is $$($(PYTHON) --version). Try: make PYTHON=python3.11"; exit 1; }
	@$(PYTHON) -m venv .venv || { echo "Python's venv module is missing. On Debian: apt-get install python3-venv"; rm -rf .venv; exit 1; }
	@command -v uv >/dev/null || $(BIN)/pip install --quiet --disable-pip-version-check uv

# Installing one set leaves the other's stamp stale, so that `make run` after
# `make test` does not remove the test tools: the larger set contains the smaller.
.venv/installed: requirements.lock | .venv/bin/python
	@test requirements-dev.lock -ot .venv/installed-dev 2>/dev/null || \
	  { echo "Installing…"; VIRTUAL_ENV=.venv $(UV) pip sync --quiet --require-hashes requirements.lock; }
	@touch $@

.venv/installed-dev: requirements-dev.lock | .venv/bin/python
	@echo "Installing with the test tools…"
	@VIRTUAL_ENV=.venv $(UV) pip sync --quiet --require-hashes requirements-dev.lock
	@touch .venv/installed $@

# The API's schema, committed so that a change of it is seen.
schema: install
	@$(BIN)/python manage.py spectacular --file docs/api-schema.yaml --validate --fail-on-warn

# The deployment files, by the tools that would read them. Needs no Docker engine.
check-deployment: .venv-deploy/installed
	@.venv-deploy/bin/hadolint Dockerfile
	@SECRET_KEY=x ALLOWED_HOSTS=x POSTGRES_PASSWORD=x REDIS_PASSWORD=x EMAIL_URL=x \
	  .venv-deploy/lib/python3*/site-packages/compose/docker-compose -f docker-compose.yml config -q
	@echo "Dockerfile and docker-compose.yml are good."

.venv-deploy/installed: requirements-deploy.lock | .venv/bin/python
	@$(PYTHON) -m venv .venv-deploy
	@VIRTUAL_ENV=.venv-deploy $(UV) pip sync --quiet --require-hashes requirements-deploy.lock
	@touch $@

# The Python peer of Polis, for comparing with.
.venv-peer/installed: requirements-peer.lock | .venv/bin/python
	@$(PYTHON) -m venv .venv-peer
	@VIRTUAL_ENV=.venv-peer $(UV) pip sync --quiet --require-hashes requirements-peer.lock
	@touch $@

lock:
	$(UV) pip compile --group peer --universal --generate-hashes --no-emit-index-url --no-header --quiet -o requirements-peer.lock
	$(UV) pip compile --group deploy --universal --generate-hashes --no-emit-index-url --no-header --quiet -o requirements-deploy.lock
	$(UV) pip compile pyproject.toml --universal --generate-hashes --no-emit-index-url --no-header --quiet -o requirements.lock
	$(UV) pip compile pyproject.toml --group dev --universal --generate-hashes --no-emit-index-url --no-header --quiet -o requirements-dev.lock

clean:
	rm -rf .venv .venv-deploy .venv-peer staticfiles .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
