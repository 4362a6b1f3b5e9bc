# The commands of the house; each is a script or one line, so that nothing hides here.
.PHONY: test test-core test-slow bench format set-up release

test: set-up
	Scripts/check

test-core: set-up
	Scripts/check core

test-slow: set-up
	Scripts/check slow

bench:
	Benchmarks/bench $(BENCH)
	Benchmarks/bench-resources

format:
	swift format --in-place --parallel --recursive Package.swift Sources Tests

set-up:
	@Scripts/set-up

release: set-up
	Scripts/build-release
