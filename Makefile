# The checks of the project. "make ci" runs them all; CONTRIBUTING.md tells what
# each is for.

GO ?= go
FLOOR := go1.25.0
FUZZTIME ?= 3s
NESTED := $(patsubst %/go.mod,%,$(wildcard examples/go.mod statuslint/go.mod internal/bench/go.mod))

.PHONY: ci test generate nested race vet staticcheck api floor portable bench fuzz tools rename

ci: vet staticcheck api nested race floor portable bench fuzz

test:
	$(GO) test ./...

generate:
	$(GO) generate ./...

tools:
	$(GO) -C internal/tools build -o ../../bin/ tool

vet:
	test -z "$$(gofmt -l $$(git ls-files '*.go' | grep -v /testdata/))"
	$(GO) vet ./...

staticcheck: tools
	bin/staticcheck ./...

# Against the last tag if there is one; the listings in api/ hold in any case.
api: tools
	$(GO) test -count=1 -run TestAPIListing .
	@tag=$$(git describe --tags --abbrev=0 2>/dev/null) || { echo "api: no tag; compared with the listings"; exit 0; }; \
	old=$$(mktemp -d); trap 'rm -rf "$$old"' EXIT; git archive "$$tag" | tar -x -C "$$old"; status=0; \
	for pkg in . ./statushttp ./conform ./conform/report ./unofficial; do \
		test -d "$$old/$$pkg" || continue; \
		(cd "$$old" && "$(CURDIR)/bin/apidiff" -w "$$old/api.export" "$$pkg") && \
		diff=$$(bin/apidiff -incompatible "$$old/api.export" "$$pkg") || status=1; \
		test -z "$$diff" || { echo "api: $$pkg breaks what $$tag promised:"; echo "$$diff"; status=1; }; \
	done; exit $$status

nested:
	@for m in $(NESTED); do echo "module $$m"; (cd $$m && $(GO) vet ./... && $(GO) test ./...) || exit 1; done

race:
	$(GO) test -race ./...

# The oldest Go that go.mod allows.
floor:
	GOTOOLCHAIN=$(FLOOR) $(GO) test ./...

portable:
	GOARCH=386 $(GO) test ./...
	GOOS=js GOARCH=wasm $(GO) build ./...
	GOOS=windows $(GO) vet ./...

# Each benchmark once, so that none rots. For figures see CONTRIBUTING.md.
bench:
	$(GO) test -run '^$$' -bench . -benchtime 1x ./...
	@if test -f internal/bench/go.mod; then cd internal/bench && $(GO) test -run '^$$' -bench . -benchtime 1x ./...; fi

fuzz:
	@for pkg in $$($(GO) list -f '{{if or .TestGoFiles .XTestGoFiles}}{{.ImportPath}}{{end}}' ./...); do \
		for target in $$($(GO) test -list '^Fuzz' $$pkg | grep '^Fuzz'); do \
			echo "fuzz $$pkg $$target"; \
			$(GO) test -run '^$$' -fuzz "^$$target\$$" -fuzztime $(FUZZTIME) -fuzzminimizetime 100x $$pkg || exit 1; \
		done; \
	done

# make rename TO=github.com/you/httpstatus: gives the module another path.
rename:
	@test -n "$(TO)" || { echo "usage: make rename TO=your.domain/httpstatus"; exit 2; }
	git grep -lI 'example\.com/httpstatus' -- . | xargs sed -i.orig 's#example\.com/httpstatus#$(TO)#g'
	find . -name '*.orig' -delete
	mkdir -p statuslint/testdata/src/$(TO) && mv statuslint/testdata/src/example.com/httpstatus/* statuslint/testdata/src/$(TO)/
	gofmt -w $$(git ls-files '*.go' | grep -v /testdata/)
	$(GO) generate ./... && $(GO) build ./...
