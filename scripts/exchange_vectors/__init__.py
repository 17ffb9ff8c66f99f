"""Parts of `scripts/build_exchange_vectors.py`: the cast, what is said, and what is proven of it."""
