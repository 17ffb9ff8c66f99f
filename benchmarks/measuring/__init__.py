"""What the benchmarks share: the machine they ran on, the page that keeps their figures, made names, programs timed."""
