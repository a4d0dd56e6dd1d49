# The checks of the project. "make ci" runs them all; CONTRIBUTING.md tells what
# each is for, and "make" alone lists them.

GO ?= go
export GO
# The oldest Go that go.mod allows, and the newest release that is known.
FLOOR := go1.25.0
NEWEST := go1.27.3
# Executions of each fuzz target; a time such as 1m does too. With a time limit
# the run itself sometimes ends in "context deadline exceeded", which is no
# finding, so CI counts.
FUZZTIME ?= 20000x
# How long the tests of one package may take: on a busy machine, and under the
# race detector, they need more than the ten minutes that go test allows.
TIMEOUT ?= 30m
export TIMEOUT

# The nested modules, and all.
NESTED := $(patsubst %/go.mod,%,$(wildcard statuslint/go.mod examples/go.mod internal/bench/go.mod internal/site/go.mod))
MODULES := . $(NESTED)

.DEFAULT_GOAL := help
.PHONY: help ci deps test generate tools vet staticcheck vuln api release nested race floor newest portable bench fuzz sizes cachetests site probe-peers statuslint-corpus registry rename

help: ## lists the targets
	@echo "usage: make TARGET"
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

# What fails fast comes first. The nested modules' tests run with the machine's
# Go under race alone: they hold no allocations, which race would change.
ci: deps vet staticcheck vuln api test race floor newest portable bench fuzz cachetests site ## all of what follows that CI runs

deps: ## downloads what the other targets need
	@for m in $(MODULES) internal/tools; do .ci/fetch "modules of $$m" $(GO) -C $$m mod download || exit; done

test: ## the tests of the root module
	$(GO) test -timeout $(TIMEOUT) ./...

generate: ## writes the generated files
	$(GO) generate ./...
	$(GO) run -C internal/site ./write

tools: ## builds the programs of internal/tools into bin
	@.ci/fetch "modules of internal/tools" $(GO) -C internal/tools build -o ../../bin/ tool

vet: ## gofmt and vet, in each module
	@test -z "$$(gofmt -l $$(git ls-files '*.go' | grep -v /testdata/) | tee /dev/stderr)"
	@for m in $(MODULES); do echo "vet $$m"; (cd $$m && $(GO) vet ./...) || exit; done

staticcheck: tools ## staticcheck, in each module
	@for m in $(MODULES); do echo "staticcheck $$m"; (cd $$m && "$(CURDIR)/bin/staticcheck" ./...) || exit; done

vuln: tools ## govulncheck, in each module, where its database can be reached
	@.ci/vuln $(MODULES)

# Against the last tag if there is one; the listings in api/ hold in any case.
api: tools ## nothing that importers use has gone
	$(GO) test -run TestAPIListing ./...
	@.ci/api

release: tools ## what the next version may be called
	@tag=$$(git describe --tags --abbrev=0 2>/dev/null) || tag=none; \
	if test $$tag = none; then set -- -version=v0.1.0; fi; bin/gorelease -base=$$tag "$$@"

nested: ## the tests of the nested modules
	@for m in $(NESTED); do echo "test $$m"; (cd $$m && $(GO) test -vet=off -timeout $(TIMEOUT) ./...) || exit; done

race: ## the tests of each module under the race detector
	@for m in $(MODULES); do echo "race $$m"; (cd $$m && $(GO) test -vet=off -race -timeout $(TIMEOUT) ./...) || exit; done

floor: ## the tests of each module with the oldest Go
	@.ci/tests-with $(FLOOR) $(MODULES)

newest: ## the tests of each module with the newest Go
	@.ci/tests-with $(NEWEST) $(MODULES)

portable: ## the tests on 32 bits, and builds for wasm and Windows
	GOARCH=386 $(GO) test -vet=off -timeout $(TIMEOUT) ./...
	GOOS=js GOARCH=wasm $(GO) build ./...
	GOOS=windows $(GO) vet ./...

# So that none rots. For figures see CONTRIBUTING.md.
bench: ## each benchmark once
	$(GO) test -vet=off -run '^$$' -bench . -benchtime 1x ./...
	@if test -f internal/bench/go.mod; then cd internal/bench && $(GO) test -vet=off -run '^$$' -bench . -benchtime 1x ./...; fi

fuzz: ## each fuzz target for FUZZTIME (20000x)
	@.ci/fuzz $(FUZZTIME)

sizes: ## the table of sizes, with each Go
	@.ci/fetch $(FLOOR) env GOTOOLCHAIN=$(FLOOR) $(GO) version && .ci/fetch $(NEWEST) env GOTOOLCHAIN=$(NEWEST) $(GO) version
	@$(GO) run ./internal/sizes $(FLOOR) "$$($(GO) env GOVERSION)" $(NEWEST)

# With node and npm; npm's edition of the suite is installed in bin/cachetests.
cachetests: ## caching against the suite of cache-tests.fyi; SUITE=folder is a checkout of it
	@$(GO) run -C examples ./internal/cachetests $(abspath $(SUITE))

# With Chromium, node and npm; what is missing is installed. SHOTS=folder takes
# screenshots.
site: ## the pages of docs/site in a browser
	@.ci/site $(abspath $(SHOTS))

probe-peers: ## probes nginx, Apache, Caddy and FileServer, and writes docs/probe.md; by hand
	.ci/probe-peers

statuslint-corpus: ## counts statuslint's findings anew on pinned public modules, from source; by hand
	$(GO) run -C statuslint ./internal/corpus

# make registry FILE=http-status-codes-1.csv
registry: ## what a newer registry FILE of IANA would change; by hand
	@test -n "$(FILE)" || { echo "usage: make registry FILE=http-status-codes-1.csv"; exit 2; }
	@$(GO) run ./internal/registry/compare $(FILE)

# make rename TO=github.com/you/httpstatus
rename: ## gives the module another path, TO
	@test -n "$(TO)" || { echo "usage: make rename TO=your.domain/httpstatus"; exit 2; }
	git grep -lI 'example\.com/httpstatus' -- . | xargs sed -i.orig 's#example\.com/httpstatus#$(TO)#g'
	find . -name '*.orig' -delete
	mkdir -p statuslint/testdata/src/$(TO) && mv statuslint/testdata/src/example.com/httpstatus/* statuslint/testdata/src/$(TO)/
	gofmt -w $$(git ls-files '*.go' | grep -v /testdata/)
	$(GO) generate ./... && $(GO) build ./...
