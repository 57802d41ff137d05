# The five doors of the repository. Automation itself is Rust: `cargo xtask`.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

# outside the work tree, so that a fresh clone of the same machine builds warm
export CARGO_TARGET_DIR ?= $(HOME)/.cache/mainstay/target

BINARY := $(CARGO_TARGET_DIR)/debug/mainstay
WEB_PACKAGES := web/node_modules/.package-lock.json
WEB_SOURCES := $(shell find web -type f -not -path 'web/node_modules/*' -not -path 'web/dist/*' 2>/dev/null)

.PHONY: help
help:
	@echo 'make run     build the desk and open it with sample data on loopback'
	@echo 'make test    all tests: web, Rust on SQLite and PostgreSQL, browser'
	@echo 'make check   format, lints, dependencies, house rules'
	@echo 'make bench   what reading and the desk cost (an hour)'

# The whole workspace in the dev profile, as the tests build it: nothing is compiled twice, and a
# cold clone starts in a third of a release build's time.
.PHONY: run
run: web/dist/index.html
	cargo build --workspace --bins
	$(BINARY) demo

# the binary embeds web/dist, so even a lint needs it
.PHONY: check
check: web/dist/index.html
	cargo fmt --all --check
	cargo clippy --workspace --all-targets -- -D warnings
	cargo xtask tidy
	npm --prefix web run --silent check

.PHONY: test
test: test-needs web-test rust-test browser-test

# installs what it compares with, where it may
.PHONY: bench
bench: web/dist/index.html
	cargo xtask bench
	cargo xtask bench desk

.PHONY: test-needs
test-needs:
	scripts/test-needs

.PHONY: web-test
web-test: web/dist/index.html
	npm --prefix web test
	npm --prefix web run --silent budget

.PHONY: rust-test
rust-test: web/dist/index.html
	if cargo nextest --version >/dev/null 2>&1; then \
	  cargo nextest run --workspace --no-fail-fast; \
	else \
	  cargo test --workspace --no-fail-fast; \
	fi

.PHONY: browser-test
browser-test: web/dist/index.html
	cargo build --workspace --bins
	MAINSTAY_BINARY=$(BINARY) npm --prefix web run --silent browser

$(WEB_PACKAGES): web/package-lock.json
	npm --prefix web ci --no-audit --no-fund
	touch $@

web/dist/index.html: $(WEB_PACKAGES) $(WEB_SOURCES)
	npm --prefix web run --silent build
	touch $@
