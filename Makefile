# The commands of the house; each is a script or one line, so that nothing hides here.
.PHONY: test test-core test-slow sanitize bench format set-up release archive docs

test: set-up
	Scripts/check

test-core: set-up
	Scripts/check core

test-slow: set-up
	Scripts/check slow

# The solver and the lanes with unsafe pointers, short horizons, under the sanitizers of threads and addresses.
sanitize: set-up
	Scripts/sanitize

bench:
	Benchmarks/bench $(BENCH)
	Benchmarks/bench-solver
	Benchmarks/bench-simulation
	Benchmarks/bench-resources

format:
	swift format --in-place --parallel --recursive Package.swift Sources Tests \
	  Benchmarks/Problems Benchmarks/solver Benchmarks/simulation Benchmarks/resources/Sources

set-up:
	@Scripts/set-up

# The command for this machine.
release: set-up
	Scripts/build-release

# An archive for machines without Swift.
archive:
	Scripts/release

# Reference pages of the facade; a warning is a failure.
docs:
	swift build --target Tulou
	Scripts/docs
