"""Benchmarks: what the product does, timed beside a named rival in the same run. See docs/benchmarks.md."""
