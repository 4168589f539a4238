# Everything a person or a machine does with this project. `make` alone lists the targets.

SWIFT ?= swift
MEIER := .build/release/meier
# With the runtime inside, the executable starts in half the time and needs no Swift where it is copied to; not all toolchains
# have the libraries for it.
LIBRARIES = $(shell $(SWIFT) -print-target-info 2>/dev/null | sed -n 's/.*"runtimeResourcePath": "\(.*\)\/swift".*/\1/p')
RELEASE = -c release $(if $(wildcard $(LIBRARIES)/swift_static/linux/libswiftCore.a),--static-swift-stdlib)
DOCUMENTS := $(wildcard analyses/*.md)

.DEFAULT_GOAL := help
.PHONY: help setup build run check test lint format documentation reference reference-data fuzz bench bench-kernels clean crash-test library-documentation

help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-22s %s\n", $$1, $$2}'

setup: ## install the system packages that are missing
	@Scripts/install-packages

build: setup ## build the release executable
	@$(SWIFT) build $(RELEASE) --product meier

run: build ## build, then run every document of analyses/ into output/
	@$(MEIER) run $(DOCUMENTS)

check: build ## say which committed results are stale and which claims fail
	@$(MEIER) check $(DOCUMENTS)
	@$(MEIER) check --in-place Documentation/directives/*.md

test: setup lint check ## formatting, freshness of output/, then every test; warnings are errors
	@MEIER_STRICT=1 $(SWIFT) test

lint: ## fail on formatting that `make format` would change
	@$(SWIFT) format lint --strict --recursive --parallel Package.swift Sources Tests

format: ## format the sources in place
	@$(SWIFT) format --in-place --recursive --parallel Package.swift Sources Tests

documentation: build ## write the manual's pages anew, with the results of their examples
	@$(MEIER) explain --all Documentation

library-documentation: setup ## build the documentation of the libraries; warnings are errors
	@Scripts/library-documentation

CASES ?= Tests/Reference
OUT ?=
reference: build ## hold the engine against the reference cases of CASES; OUT=FILE keeps the results
	@$(SWIFT) build $(RELEASE) --product ReferenceRunner
	@.build/release/ReferenceRunner $(CASES) $(if $(OUT),--output $(OUT))

reference-data: ## regenerate the reference cases with R
	@cd Tests/Reference && Rscript generate.R

COUNT ?= 200000
SEED ?= 1000
fuzz: setup ## read COUNT hostile documents (SEED) and pathological ones; fails on a changed byte
	@$(SWIFT) build $(RELEASE) --product DocumentFuzzer
	@.build/release/DocumentFuzzer $(COUNT) $(SEED)

KILLS ?= 500
crash-test: build ## kill KILLS runs, fill disks: every output file must be the old or the new one
	@KILLS=$(KILLS) Scripts/crash-test

bench: build ## time whole commands on registries of growing size, beside R where it is installed; writes Documentation/performance.md
	@$(SWIFT) build $(RELEASE) --product RegistrySimulator
	@Scripts/bench

bench-kernels: ## time single loops at 10⁵ and 10⁶ rows, by the package in Benchmarks; FILTER=REGEX takes some
	@$(SWIFT) package --package-path Benchmarks benchmark --grouping metric $(if $(FILTER),--filter "$(FILTER)")

clean: ## remove what was built
	@rm -rf .build .meier
