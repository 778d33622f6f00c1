# Everything a person or a build server does with the project. `make help` prints these lines.
.DEFAULT_GOAL := help
.PHONY: help run demo test check bench

help: ## Say what there is
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-6s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: ## Install what is missing, build, serve the demo city on http://127.0.0.1:8080 (LISTEN=host:port changes it)
	@scripts/run

demo: ## Only build and fill ./data/demo with the demo city (remove that folder to begin anew)
	@scripts/demo

test: ## Install what the tests need and run all of them, the cheapest first
	@scripts/test

check: ## The quick part of the tests: formatting, dependencies, tests of rules and papers, lints
	@scripts/test tools assets format deny rules lint

bench: ## Print how many times faster than the usual tools we are, with the method (takes about half an hour)
	@bench/run
