"""Look document numbers up in an index: the same, alike to optical readers, or one slip away.

Every slip of the asked number is made and looked up, for there are few: some seven hundred of nine characters. The hash
of each follows from those of what stands before and behind the slip, and a filter of bits turns nearly all away; so the
index needs to hold nothing for slips, and a listed number is compared letter by letter before it counts.

Letters are bytes of UTF-8; slips and likenesses are of digits and A to Z alone.
"""

import numpy as np
from numba import njit

from tahaluf.screening.attributes.document import CONFUSED

FACTOR, MIXER = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xD6E8FEB86659FD93)
HALF, ONE, WORD = np.uint64(32), np.uint64(1), np.uint64(63)
ALPHABET = np.frombuffer(b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", dtype=np.uint8).copy()
AS_IS = np.arange(256, dtype=np.uint8)
AS_READ = AS_IS.copy()
for _letter, _digit in CONFUSED.items():
    AS_READ[ord(_letter)] = ord(_digit)
SAME, CONFUSABLE, ONE_SLIP = 0, 1, 2
NO_ROWS = np.zeros(0, dtype=np.int32)
# What more listed documents answer than these says nothing of any.
MOST_ALIKE = 50
# Rows of one key that are looked at: far more than listings have a number in common, unless it is a filler.
MOST_TRIED = 1 << 12
# A number in UTF-8: 128 characters of up to 4 bytes.
MOST_LETTERS = 512


@njit(cache=True, nogil=True, inline="always")
def mix(key):  # type: ignore[no-untyped-def]
    """The last step of a hash: every bit of it depends on all letters."""
    key ^= key >> HALF
    key *= MIXER
    return key ^ (key >> HALF)


@njit(cache=True, nogil=True)
def keys_of(letters, starts, table):  # type: ignore[no-untyped-def]
    """Hashes [N] of N numbers, each letter taken as `table` [256] says."""
    keys = np.empty(starts.shape[0] - 1, dtype=np.uint64)
    for row in range(keys.shape[0]):
        key = np.uint64(0)
        for at in range(starts[row], starts[row + 1]):
            key = key * FACTOR + np.uint64(table[letters[at]])
        keys[row] = mix(key)
    return keys


@njit(cache=True, nogil=True)
def gather(letters, starts, order):  # type: ignore[no-untyped-def]
    """The texts of `letters`, `starts` in another order."""
    moved, places = np.empty_like(letters), np.zeros_like(starts)
    at = 0
    for row in range(order.shape[0]):
        first, last = starts[order[row]], starts[order[row] + 1]
        moved[at : at + last - first] = letters[first:last]
        at += last - first
        places[row + 1] = at
    return moved, places


@njit(cache=True, nogil=True)
def are_plain(letters, starts, least):  # type: ignore[no-untyped-def]
    """For each number whether slips count: `least` letters or more, none beyond ASCII."""
    plain = np.empty(starts.shape[0] - 1, dtype=np.bool_)
    for row in range(plain.shape[0]):
        plain[row] = starts[row + 1] - starts[row] >= least
        for at in range(starts[row], starts[row + 1]):
            if letters[at] >= 128:
                plain[row] = False
    return plain


@njit(cache=True, nogil=True)
def fill_filter(keys, filter_):  # type: ignore[no-untyped-def]
    """Sets the bit of each key in `filter_`, a power of two of words of 64 bits."""
    mask = np.uint64(filter_.shape[0] - 1)
    for k in range(keys.shape[0]):
        filter_[(keys[k] >> np.uint64(6)) & mask] |= ONE << (keys[k] & WORD)


@njit(cache=True, nogil=True)
def first_place(keys, key):  # type: ignore[no-untyped-def]
    """The first place in rising `keys` that holds no less than `key`."""
    low, high = 0, keys.shape[0]
    while low < high:
        middle = (low + high) // 2
        if keys[middle] < key:
            low = middle + 1
        else:
            high = middle
    return low


@njit(cache=True, nogil=True)
def take_equal(word, size, key, keys, rows, letters, starts, found, count):  # type: ignore[no-untyped-def]
    """Writes to `found`, from `count` on, rows under `key` whose letters are those of `word`; returns the new count.

    `rows`: none, or the rows that `keys` are of, as readers may read them: then the letters that are read as those of
    `word` count, but not the same. Stops where `found` is full.
    """
    table = AS_READ if rows.shape[0] else AS_IS
    at, tried = first_place(keys, key), 0
    while at < keys.shape[0] and keys[at] == key and count < found.shape[0] and tried < MOST_TRIED:
        row = rows[at] if rows.shape[0] else at
        at += 1
        tried += 1
        first = starts[row]
        if starts[row + 1] - first != size:
            continue
        alike, same = True, True
        for k in range(size):
            same = same and letters[first + k] == word[k]
            if table[letters[first + k]] != table[word[k]]:
                alike = False
                break
        if alike and same == (rows.shape[0] == 0):
            found[count] = row
            count += 1
    return count


@njit(cache=True, nogil=True)
def make_slip(word, size, way, at, letter, out):  # type: ignore[no-untyped-def]
    """Writes one slip of `word` to `out` and returns its size. `way`: 0 left out, 1 exchanged, 2 changed, 3 put in."""
    out[:at] = word[:at]
    if way == 0:
        out[at : size - 1] = word[at + 1 : size]
        return size - 1
    if way == 3:
        out[at] = letter
        out[at + 1 : size + 1] = word[at:size]
        return size + 1
    out[at:size] = word[at:size]
    if way == 1:
        out[at], out[at + 1] = word[at + 1], word[at]
    else:
        out[at] = letter
    return size


@njit(cache=True, nogil=True)
def slip_hash(word, size, way, at, before, behind, powers):  # type: ignore[no-untyped-def]
    """(sum, factor): the unmixed hash of what `make_slip` writes is sum + letter · factor; by the hashes of what stands
    before and behind it."""
    if way == 0:
        return before[at] * powers[size - 1 - at] + behind[at + 1], np.uint64(0)
    if way == 1:
        step = np.uint64(word[at + 1]) - np.uint64(word[at])
        return before[size] + step * powers[size - 1 - at] - step * powers[size - 2 - at], np.uint64(0)
    if way == 2:
        return before[size] - np.uint64(word[at]) * powers[size - 1 - at], powers[size - 1 - at]
    return before[at] * FACTOR * powers[size - at] + behind[at], powers[size - at]


@njit(cache=True, nogil=True)
def find_slips(word, size, least, listed, filter_, work, found):  # type: ignore[no-untyped-def]
    """Rows one slip from `word`, each once; at most as many as `found` has room for. Returns how many.

    `listed`: see `find_rows`; `work` = (before, behind, powers, slip): hashes of what stands before and behind each
    place, powers of the factor, room for a number. No two ways here lead to one number.
    """
    keys, letters, starts = listed[0], listed[1], listed[2]
    before, behind, powers, slip = work
    before[0], powers[0], behind[size] = np.uint64(0), ONE, np.uint64(0)
    for k in range(size):
        before[k + 1] = before[k] * FACTOR + np.uint64(word[k])
        powers[k + 1] = powers[k] * FACTOR
    for k in range(size - 1, -1, -1):
        behind[k] = behind[k + 1] + np.uint64(word[k]) * powers[size - 1 - k]
    mask, count = np.uint64(filter_.shape[0] - 1), 0
    for way in range(0 if size > least else 1, 4):
        last = size + 1 if way == 3 else size - 1 if way == 1 else size
        for at in range(last):
            own = word[at] if at < size else np.uint8(0)
            # Left out of two alike, the same remains; what is only read as the other is another reason.
            if (way == 0 and at and word[at - 1] == own) or (way == 1 and AS_READ[word[at + 1]] == AS_READ[own]):
                continue
            base, factor = slip_hash(word, size, way, at, before, behind, powers)
            for k in range(ALPHABET.shape[0] if way > 1 else 1):
                letter = ALPHABET[k]
                if (way == 2 and AS_READ[letter] == AS_READ[own]) or (way == 3 and at and word[at - 1] == letter):
                    continue
                key = mix(base + np.uint64(letter) * factor)
                if filter_[(key >> np.uint64(6)) & mask] >> (key & WORD) & ONE:
                    length = make_slip(word, size, way, at, letter, slip)
                    count = take_equal(slip, length, key, keys, NO_ROWS, letters, starts, found, count)
    return count


@njit(cache=True, nogil=True)
def find_rows(asked, asked_starts, first, least, listed, filter_, out):  # type: ignore[no-untyped-def]
    """Answers numbers from `first` on until `out` (int32 [room, 3]: number, row, reason) may be full; returns the
    number to go on with, and how many answers there are. A reason that more than `MOST_ALIKE` rows have is none.

    `listed` = (keys, letters, starts, keys as read, their rows); slips are of `least` letters or more.
    """
    keys, letters, starts, read_keys, read_rows = listed
    found = np.empty(MOST_ALIKE + 1, dtype=np.int32)
    room = MOST_LETTERS + 2
    work = (
        np.empty(room, dtype=np.uint64), np.empty(room, dtype=np.uint64), np.empty(room, dtype=np.uint64),
        np.empty(room, dtype=np.uint8),
    )  # fmt: skip
    plain = are_plain(asked, asked_starts, least)
    asked_keys, asked_read = keys_of(asked, asked_starts, AS_IS), keys_of(asked, asked_starts, AS_READ)
    count = 0
    for number in range(first, asked_starts.shape[0] - 1):
        if count + 3 * found.shape[0] > out.shape[0]:
            return number, count
        word, size = asked[asked_starts[number] :], asked_starts[number + 1] - asked_starts[number]
        if size > MOST_LETTERS:
            continue
        for reason in range(3 if plain[number] else 1):
            if reason == SAME:
                some = take_equal(word, size, asked_keys[number], keys, NO_ROWS, letters, starts, found, 0)
            elif reason == CONFUSABLE:
                some = 0
                if read_rows.shape[0]:
                    some = take_equal(word, size, asked_read[number], read_keys, read_rows, letters, starts, found, 0)
            else:
                some = find_slips(word, size, least, listed, filter_, work, found)
            if some > MOST_ALIKE:
                continue
            for k in range(some):
                out[count, 0], out[count, 1], out[count, 2] = number, found[k], reason
                count += 1
    return asked_starts.shape[0] - 1, count
