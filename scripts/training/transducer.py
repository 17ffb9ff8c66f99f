"""Expectation–maximization of a letter transducer: source units write strings of 0 to 3 Latin letters, or letters
slip in."""

from collections import Counter
from dataclasses import dataclass

import numpy as np
from numba import njit
from numpy.typing import NDArray

from tahaluf.names.likeness.kernel import OPCODES

F64 = NDArray[np.float64]
PASSES = 8
LEAST_SEEN = 5
LEAST_COUNT = 0.5
LEAST_DROP = 1e-3
LEAST_INSERT = 0.003


@dataclass(frozen=True)
class Pairs:
    """Weighed pairs: `source` [N, width] units and `sizes`, `target` [N, width] letters and `target_sizes`,
    `weight` [N]."""

    source: NDArray[np.int16]
    sizes: NDArray[np.int8]
    target: NDArray[np.int8]
    target_sizes: NDArray[np.int8]
    weight: F64


@dataclass(frozen=True)
class Transducer:
    """`strings`: the Latin strings that are written; `p` [units, strings]; `insert`: chance of an insertion;
    `inserted` [26]."""

    strings: list[tuple[int, ...]]
    p: F64
    insert: float
    inserted: F64


def opcode(letters: tuple[int, ...]) -> int:
    """The number of a string of 0 to 3 letters, as the kernels number it."""
    code = 0
    for letter in letters:
        code = code * 26 + letter
    return (0, 1, 27, 703)[len(letters)] + code


def frequent_strings(pairs: Pairs) -> list[tuple[int, ...]]:
    """The empty string, the letters, and what two or three letters are often seen together."""
    seen: Counter[tuple[int, ...]] = Counter()
    for row, size in zip(pairs.target, pairs.target_sizes, strict=True):
        letters = [int(letter) for letter in row[:size]]
        for length in (2, 3):
            seen.update(tuple(letters[at : at + length]) for at in range(size - length + 1))
    longer = sorted(string for string, count in seen.items() if count >= LEAST_SEEN)
    return [(), *((letter,) for letter in range(26)), *longer]


def train(pairs: Pairs, strings: list[tuple[int, ...]], prior: F64, mix: float) -> Transducer:
    """Eight passes; at each the prior [units, strings] is mixed in, so that nothing it allows becomes impossible."""
    ops = np.full(OPCODES, -1, dtype=np.int16)
    for number, string in enumerate(strings):
        ops[opcode(string)] = number
    spread = np.array([{0: 0.52, 1: 0.05, 2: 0.01 / 26, 3: 0.001 / 26**2}[len(string)] for string in strings])
    p = 0.9 * prior + 0.1 * spread / spread.sum()
    p /= p.sum(axis=1, keepdims=True)
    inserted, insert = np.full(26, 1 / 26), 0.02
    for turn in range(PASSES):
        counts, slips, written = np.zeros(p.shape), np.zeros(26), np.zeros(1)
        data = (pairs.source, pairs.sizes, pairs.target, pairs.target_sizes, pairs.weight)
        gain = expect(data, ops, p, inserted, insert, (counts, slips, written))
        if turn > 2:
            counts[counts < LEAST_COUNT] = 0
        total = counts.sum(axis=1, keepdims=True)
        likeliest = np.where(total > 0, counts / np.maximum(total, 1e-9), prior)
        p = (1 - mix) * likeliest + mix * prior
        p[:, 0] = np.maximum(p[:, 0], LEAST_DROP)
        p /= p.sum(axis=1, keepdims=True)
        insert = max(float(slips.sum() / (slips.sum() + written[0])), LEAST_INSERT)
        inserted = (slips + 1) / (slips + 1).sum()
        print(f"  pass {turn + 1}: {gain / pairs.weight.sum():.4f} nats a pair, insertions {insert:.4f}")
    return Transducer(strings, p, insert, inserted)


@njit(cache=True)
def string_number(ops, target, start, size):  # type: ignore[no-untyped-def]
    """The column of `target[start : start + size]`, −1 if it is none."""
    if size == 0:
        return 0
    code = 0
    for k in range(size):
        code = code * 26 + target[start + k]
    return ops[(0, 1, 27, 703)[size] + code]


@njit(cache=True)
def expect(data, ops, p, inserted, insert, out):  # type: ignore[no-untyped-def]
    """One expectation pass, all alignments summed; adds to `out` = (counts, insertions, units written);
    log-likelihood."""
    source, sizes, target, target_sizes, weight = data
    counts, slips, written = out
    total = 0.0
    ahead, behind = np.zeros((40, 40)), np.zeros((40, 40))
    for r in range(source.shape[0]):
        n, m = sizes[r], target_sizes[r]
        ahead[: n + 1, : m + 1] = 0.0
        ahead[0, 0] = 1.0
        for i in range(n + 1):
            for j in range(m + 1):
                value = ahead[i, j]
                if i > 0:
                    for k in range(min(3, j) + 1):
                        op = string_number(ops, target[r], j - k, k)
                        if op >= 0:
                            value += ahead[i - 1, j - k] * p[source[r, i - 1], op] * (1 - insert)
                if j > 0:
                    value += ahead[i, j - 1] * insert * inserted[target[r, j - 1]]
                ahead[i, j] = value
        if ahead[n, m] < 1e-280:
            continue
        total += weight[r] * np.log(ahead[n, m])
        scale = weight[r] / ahead[n, m]
        for i in range(n, -1, -1):
            for j in range(m, -1, -1):
                value = 1.0 if i == n and j == m else 0.0
                if i < n:
                    for k in range(min(3, m - j) + 1):
                        op = string_number(ops, target[r], j, k)
                        if op >= 0:
                            step = p[source[r, i], op] * (1 - insert) * behind[i + 1, j + k]
                            value += step
                            counts[source[r, i], op] += ahead[i, j] * step * scale
                if j < m:
                    step = insert * inserted[target[r, j]] * behind[i, j + 1]
                    value += step
                    slips[target[r, j]] += ahead[i, j] * step * scale
                behind[i, j] = value
        written[0] += n * weight[r]
    return total
