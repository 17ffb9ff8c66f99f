"""Compiled kernels that cut tokens into source units, target letters and skeletons.

The specification is `names.letters`: `source_units`, `target_letters` and `skeleton`, token by token.
"""

from tahaluf.names.letters import END, MIDDLE, START
from tahaluf.names.likeness.lean import fused, lean
from tahaluf.names.likeness.tries import (
    ARABIC,
    FIRST_ARABIC,
    FIRST_LETTER,
    LATIN,
    MIX,
    NOWHERE,
    RESPELL,
    SKELETON,
    UNITS,
)

FIRST_OF_LATIN, FIRST_OF_ARABIC = FIRST_LETTER


@fused
def read_letters(points, start, stop, letters, out):  # type: ignore[no-untyped-def]
    """Write the letters of a token (code points `start` to `stop`) to `out`; returns its script."""
    script = LATIN
    for at in range(start, stop):
        point = points[at]
        if point < letters.shape[0]:
            out[at - start] = letters[point]
            if point >= FIRST_ARABIC:
                script = ARABIC
        else:
            out[at - start] = 0
    return script


@fused
def find_group(text, at, size, root, tries):  # type: ignore[no-untyped-def]
    """The longest group that begins at a place: its number, −1 if none, and where it stops."""
    node, group, stop = root, -1, at + 1
    for k in range(at, size):
        node = tries.steps[node, text[k]]
        if node == NOWHERE:
            break
        if tries.ends[node] >= 0:
            group, stop = tries.ends[node], k + 1
    return group, stop


@fused
def respell(text, size, root, tries, out):  # type: ignore[no-untyped-def]
    """Write `text` to `out` with its groups replaced; returns the size."""
    at, count = 0, 0
    while at < size:
        group, stop = find_group(text, at, size, root, tries)
        if group < 0:
            out[count] = text[at]
            count += 1
        else:
            for k in range(tries.sizes[group]):
                out[count + k] = tries.written[group, k]
            count += tries.sizes[group]
        at = stop
    return count


@fused
def cut(text, size, root, tries, out):  # type: ignore[no-untyped-def]
    """Write to `out` what stands for the groups of `text`, as far as there is room; returns how many there are in
    all."""
    at, count = 0, 0
    while at < size:
        group, at = find_group(text, at, size, root, tries)
        if group >= 0:
            for k in range(tries.sizes[group]):
                if count < out.shape[0]:
                    out[count] = tries.written[group, k]
                count += 1
    return count


@fused
def cut_skeleton(text, size, script, tries, memory, out):  # type: ignore[no-untyped-def]
    """Fill `out` with the skeleton of `size` letters; returns how many symbols there are in all."""
    single = 0
    for at in range(size):
        if at == 0 or text[at] != text[at - 1]:
            memory[0, single] = text[at]
            single += 1
    mixed = respell(memory[0], single, tries.roots[script, MIX], tries, memory[1])
    return cut(memory[1], mixed, tries.roots[script, SKELETON], tries, out)


@fused
def cut_source(text, size, script, tries, out):  # type: ignore[no-untyped-def]
    """Fill `out` with the source units of respelled letters; returns how many there are in all."""
    count = cut(text, size, tries.roots[script, UNITS], tries, out)
    if 1 < count <= out.shape[0]:
        out[count - 1] += END - MIDDLE
    if count > 0:
        out[0] += START - MIDDLE
    return count


@fused
def cut_target(text, size, script, out):  # type: ignore[no-untyped-def]
    """Fill `out` with the letters of the token's script, numbered from 0 on; returns how many there are in all."""
    first, beyond = (FIRST_OF_ARABIC, 256) if script == ARABIC else (FIRST_OF_LATIN, FIRST_OF_ARABIC)
    count = 0
    for at in range(size):
        if first <= text[at] < beyond:
            if count < out.shape[0]:
                out[count] = text[at] - first
            count += 1
    return count


@lean
def cut_tokens(points, starts, tries, memory, out):  # type: ignore[no-untyped-def]
    """Fill `out` = (arabic, source, target, skeleton, sizes), all but the sizes padded already, for N tokens: the
    code points `starts[i]` to `starts[i + 1]`; `memory`: uint8 [3, as long as any token]."""
    arabic, source, target, skeleton, sizes = out
    for i in range(arabic.shape[0]):
        size = starts[i + 1] - starts[i]
        script = read_letters(points, starts[i], starts[i + 1], tries.letters, memory[2])
        key = cut_skeleton(memory[2], size, script, tries, memory, skeleton[i])
        size = respell(memory[2], size, tries.roots[script, RESPELL], tries, memory[0])
        arabic[i] = script == ARABIC
        sizes[i, 0] = min(cut_source(memory[0], size, script, tries, source[i]), source.shape[1])
        sizes[i, 1] = min(cut_target(memory[0], size, script, target[i]), target.shape[1])
        sizes[i, 2] = min(key, skeleton.shape[1])


@lean
def cut_pieces(points, starts, stops, tries, memory, out):  # type: ignore[no-untyped-def]
    """Fill `out` = (skeleton, sizes) for N pieces of text, each the code points `starts[i]` to `stops[i]`."""
    skeleton, sizes = out
    for i in range(starts.shape[0]):
        script = read_letters(points, starts[i], stops[i], tries.letters, memory[2])
        key = cut_skeleton(memory[2], stops[i] - starts[i], script, tries, memory, skeleton[i])
        sizes[i] = min(key, skeleton.shape[1])


@lean
def write_chances(target, sizes, chance, out):  # type: ignore[no-untyped-def]
    """Fill `out` (float32 [N, width], 0 already) with the log-probability of each target letter after the one before
    it: `chance` [27, 27], where the last row and column are of what is no Latin letter, or none."""
    for i in range(target.shape[0]):
        before = 26
        for at in range(sizes[i, 1]):
            now = min(target[i, at], 26)
            out[i, at] = chance[before, now]
            before = now
