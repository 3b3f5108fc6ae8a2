# entrasync: one word for each thing that is done here; `make help` lists them.

SWIFT    ?= swift
PYTHON   ?= python3
CC       ?= cc
ARGS     ?=
# Elsewhere than on Debian, install the libraries by hand and say PACKAGES=true.
PACKAGES ?= .ci/packages

# What is shipped, and what `make run` serves: the Swift runtime linked in, symbols stripped.
RELEASE := -c release --static-swift-stdlib -Xlinker -s --product entrasync
BINARY  := .build/release/entrasync
BARE    := .build/bench/bare
ROWS    := .build/bench/rows
STYLED  := Sources Tests Benchmarks Package.swift
# The suites in which threads meet.
THREADED := EngineTests|HTTPTests|StorageTests|EmulatorTests|IdentityTests|ControlTests|SCIMTargetTests|ServerTests|AuthorizationTests
PYTEST  := .venv/bin/python -m pytest -p no:cacheprovider --strict-markers -r fE
PIP     := .venv/bin/python -m pip --quiet --disable-pip-version-check

MAKEFLAGS += --no-print-directory

.NOTPARALLEL:
.PHONY: help build release run test test-swift test-clients test-tsan fuzz lint format bench docker \
	clean packages packages-test packages-bench

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' Makefile

build: packages ## debug build of everything, tests included
	$(SWIFT) build --build-tests --explicit-target-dependency-import-check error

release: packages
	@$(SWIFT) build $(RELEASE) >&2

run: release ## build what is shipped and serve the demo tenant (ARGS="--port 0" passes options)
	@exec $(BINARY) serve $(ARGS)

test: test-swift test-clients ## all tests but the sanitizer's and the bench

# The command-line and README tests run the built programs, so both exist before the tests start.
test-swift: packages-test release build ## fixtures checked, Swift tests
	$(PYTHON) Tests/Fixtures/check_fixtures.py
	$(SWIFT) test --skip-build --disable-xctest

test-clients: packages-test release .venv/tests ## Graph SDK, curl, hostile clients, kill -9, container files
	ENTRASYNC_BINARY=$(CURDIR)/$(BINARY) $(PYTEST) Tests/Clients Tests/Docker Benchmarks

test-tsan: packages ## the suites in which threads meet, under the thread sanitizer
	TSAN_OPTIONS=halt_on_error=1 $(SWIFT) test --sanitize=thread --scratch-path .build-tsan --disable-xctest \
		--filter '$(THREADED)'

# About a minute on two cores.
fuzz: build ## the mapping language, $$filter and SCIM against mutated texts
	EXPRESSION_FUZZ_COUNT=700000 FILTER_FUZZ_COUNT=300000 SCIM_FUZZ_COUNT=20000 $(SWIFT) test \
		--skip-build --disable-xctest --filter 'ExpressionFuzzTests|FilterFuzzTests|SCIMFuzzTests'

lint: packages-test ## formatting and style; changes nothing
	$(SWIFT) format lint --strict --parallel --recursive $(STYLED)
	@for script in .ci/run .ci/packages; do sh -n "$$script" || exit 1; done
	@$(PYTHON) -W error -X pycache_prefix=.build/pycache -m compileall -q -f Tests Benchmarks

format: ## repair the formatting
	$(SWIFT) format format --in-place --parallel --recursive $(STYLED)

bench: packages-bench release $(BARE) $(ROWS) .venv/bench ## side by side with bare C, SQLite alone and moto (ARGS="--rounds 5")
	@.venv/bin/python Benchmarks/bench.py --binary $(BINARY) --bare $(BARE) $(ARGS)
	@.venv/bin/python Benchmarks/tenants.py --binary $(BINARY)
	@.venv/bin/python Benchmarks/scale.py --binary $(BINARY)
	@.venv/bin/python Benchmarks/cycles.py --binary $(BINARY)
	@.venv/bin/python Benchmarks/inbound.py --binary $(BINARY)
	@.venv/bin/python Benchmarks/builtin.py --binary $(BINARY) --rows $(ROWS)
	@$(SWIFT) build -c release --product ExpressionsBenchmark >&2
	@.build/release/ExpressionsBenchmark

docker: ## build the container image
	docker build --file docker/Dockerfile --tag entrasync .

clean: ## remove everything that was built or installed here
	rm -rf .build .build-tsan .venv

packages:
	@$(PACKAGES) build

packages-bench:
	@$(PACKAGES) build bench

packages-test:
	@$(PACKAGES) build test

$(BARE): Benchmarks/bare.c
	@mkdir -p $(@D)
	$(CC) -O2 -std=gnu17 -Wall -Wextra -Werror -o $@ $< -lmicrohttpd

$(ROWS): Benchmarks/rows.c
	@mkdir -p $(@D)
	$(CC) -O2 -std=gnu17 -Wall -Wextra -Werror -o $@ $< -lsqlite3

.venv/bin/pip:
	@$(PYTHON) -m venv --clear .venv || /usr/bin/python3 -m venv --clear .venv

.venv/tests: Tests/Clients/requirements.txt | .venv/bin/pip
	@$(PIP) install --no-compile --requirement $<
	@touch $@

.venv/bench: Benchmarks/requirements.txt | .venv/bin/pip
	@$(PIP) install --no-compile --requirement $<
	@touch $@
