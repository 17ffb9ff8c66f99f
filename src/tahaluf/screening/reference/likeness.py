"""Whether two tokens are spellings of one: the learned likeness by plain dynamic programming.

The specification of `tahaluf.names.likeness.kernel`. `Likeness` opens a model; `spelling` makes what is compared of a
token; `compare_tokens` gives log-odds. Equal to the kernel up to the rounding of its 32-bit floats.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from tahaluf.names.common import MOST_NAMES, common_names
from tahaluf.names.kin import kin_groups
from tahaluf.names.letters import MIDDLE, SKELETON_WIDTH, WIDTH, is_arabic, skeleton, source_units, target_letters
from tahaluf.names.likeness import kernel
from tahaluf.names.likeness.model import ASSIGNED, MARGIN, LikenessModel

IMPOSSIBLE = float(kernel.OUT)
SAME, KNOWN, TWO_NAMES = float(kernel.SAME), float(kernel.KNOWN), float(kernel.TWO_NAMES)
NEVER, INITIAL, HOPELESS = float(kernel.NEVER), float(kernel.INITIAL), float(kernel.HOPELESS)
OTHER_FORM = 0.1
POSSIBLE_INITIAL = -3.5
KINDS = 4
EDGE = 26


@dataclass(frozen=True, slots=True)
class Spelling:
    """A token as it is compared: what it is written from (`source`), what it is written as (`letters`), its consonants.

    `alone`: log-probability of its Latin letters by chance; `common`: the common names it may spell; `other`: another
    form of it (with or without a glued article); `kin`: the groups of tokens that stand for one another it is of.
    """

    text: str
    arabic: bool
    source: tuple[int, ...]
    letters: tuple[int, ...]
    skeleton: str
    alone: float
    common: tuple[int, ...] = ()
    other: "Spelling | None" = None
    kin: tuple[int, ...] = ()

    def forms(self) -> "list[Spelling]":
        """This form, and the other if there is one."""
        return [self] if self.other is None else [self, self.other]


class Tables:
    """How likely each source unit is written as each string of 0 to 3 Latin letters, and what an extra letter costs."""

    def __init__(self, ops: Iterable[int], costs: list[list[float]], insert: list[float]) -> None:
        self._number = dict(zip(_strings(), ops, strict=True))
        self._costs = costs
        self.insert = insert

    def cost(self, unit: int, letters: tuple[int, ...]) -> float:
        """log P of writing `unit` as `letters`; `IMPOSSIBLE` where the table has no such string."""
        number = self._number[letters] if letters else 0
        return self._costs[unit][number] if number >= 0 else IMPOSSIBLE


def _strings() -> Iterator[tuple[int, ...]]:
    """Every string of 0 to 3 letters, in the order in which the tables number them."""
    alphabet = range(26)
    yield ()
    yield from ((a,) for a in alphabet)
    yield from ((a, b) for a in alphabet for b in alphabet)
    yield from ((a, b, c) for a in alphabet for b in alphabet for c in alphabet)


def best_writing(source: tuple[int, ...], letters: tuple[int, ...], tables: Tables) -> float:
    """log P of the likeliest way to write all of `source` as all of `letters`.

    `best[i, j]`: of the first i units as the first j letters. A unit writes 0 to 3 letters, an extra letter may be
    inserted; j may stray from its share of the letters by at most `BAND`.
    """
    n, m = len(source), len(letters)
    best = {(0, 0): 0.0}
    for j in range(min(m, kernel.BAND)):
        best[0, j + 1] = best[0, j] + tables.insert[letters[j]]
    for i in range(1, n + 1):
        middle = i * m // n
        for j in range(max(0, middle - kernel.BAND), min(m, middle + kernel.BAND) + 1):
            ways = [
                best.get((i - 1, j - size), IMPOSSIBLE) + tables.cost(source[i - 1], letters[j - size : j])
                for size in range(min(3, j) + 1)
            ]
            if j >= 1:
                ways.append(best.get((i, j - 1), IMPOSSIBLE) + tables.insert[letters[j - 1]])
            best[i, j] = max(ways)
    return best.get((n, m), IMPOSSIBLE)


def edit_likeness(a: tuple[int, ...], b: tuple[int, ...]) -> float:
    """1 − edits / longer length; an edit inserts, deletes or replaces one letter."""
    edits: dict[tuple[int, int], int] = {}
    for i in range(len(a) + 1):
        for j in range(len(b) + 1):
            if i == 0 or j == 0:
                edits[i, j] = i + j
            else:
                replaced = edits[i - 1, j - 1] + (a[i - 1] != b[j - 1])
                edits[i, j] = min(replaced, edits[i - 1, j] + 1, edits[i, j - 1] + 1)
    return 1.0 - edits[len(a), len(b)] / max(len(a), len(b))


class Likeness:
    """A model, read into plain lists."""

    def __init__(self, model: LikenessModel) -> None:
        tables = model.tables
        self.cross = Tables(tables.cross_ops.tolist(), tables.cross_costs.tolist(), tables.cross_insert.tolist())
        self.latin = Tables(tables.latin_ops.tolist(), tables.latin_costs.tolist(), tables.latin_insert.tolist())
        self.chance: list[list[float]] = model.chance.tolist()
        self.weights: list[float] = tables.weights.tolist()
        self.kin_odds: list[float] = tables.kin_odds.tolist()
        self.assigns_common = model.spellings is not None

    def spelling(self, text: str, bare: str = "") -> Spelling:
        """A folded, romanized token, and its other form `bare` if it has one."""
        letters = tuple(target_letters(text)[:WIDTH])
        own = Spelling(
            text, is_arabic(text), tuple(source_units(text)[:WIDTH]), letters, skeleton(text)[:SKELETON_WIDTH],
            self._alone(letters), common_names().by_spelling.get(text, ()),
            self.spelling(bare) if bare else None, kin_groups().get(text, ()),
        )  # fmt: skip
        if self.assigns_common and not own.common and not own.arabic and len(text) >= 3:
            return replace(own, common=self._assigned(own))
        return own

    def _alone(self, letters: tuple[int, ...]) -> float:
        total, before = 0.0, EDGE
        for letter in letters:
            now = letter if letter < EDGE else EDGE
            total += self.chance[before][now]
            before = now
        return total

    def _assigned(self, own: Spelling) -> tuple[int, ...]:
        """The common names whose spellings, of the same skeleton, are likely enough the token's own; best first."""
        names = common_names()
        odds: dict[int, float] = {}
        for text in names.by_skeleton.get(skeleton(own.text), ()):
            likely = self.compare_letters(own, self._listed_spelling(text))
            for number in names.by_spelling[text]:
                odds[number] = max(likely, odds.get(number, NEVER))
        best = max(odds.values(), default=NEVER)
        near = [number for number in odds if odds[number] >= best - MARGIN] if best >= ASSIGNED else []
        return tuple(sorted(near, key=lambda number: (-odds[number], number))[:MOST_NAMES])

    def _listed_spelling(self, text: str) -> Spelling:
        letters = tuple(target_letters(text)[:WIDTH])
        return Spelling(text, False, tuple(source_units(text)[:WIDTH]), letters, skeleton(text), self._alone(letters))

    def compare_tokens(self, a: Spelling, b: Spelling) -> float:
        """Log-odds that two tokens are spellings of one: the best over their forms; a little less where only
        one of them is taken in its other form."""
        found = []
        for own in a.forms():
            for its in b.forms():
                uneven = (own is a) != (its is b)
                found.append(self.compare_forms(own, its) - (OTHER_FORM if uneven else 0.0))
        return max(found)

    def compare_forms(self, a: Spelling, b: Spelling) -> float:
        """Log-odds for two forms: the same text, the same common name, kin, two common names, else by their letters."""
        if a.text == b.text:
            return SAME
        if set(a.common) & set(b.common):
            return KNOWN
        shared = set(a.kin) & set(b.kin)
        if shared:
            kind = min(group % KINDS for group in shared)
            return max(self.kin_odds[kind], self.compare_letters(a, b))
        if a.common and b.common:
            return self.compare_letters(a, b) - TWO_NAMES
        return self.compare_letters(a, b)

    def compare_letters(self, a: Spelling, b: Spelling) -> float:
        """Log-odds by the letters alone: an intercept and a slope for each pair of scripts."""
        w = self.weights
        if not a.letters or not b.letters:
            return NEVER
        if len(a.letters) == 1 or len(b.letters) == 1:
            return self.compare_initial(a, b)
        if a.arabic and b.arabic:
            return w[4] + w[5] * edit_likeness(a.letters, b.letters)
        return self.by_gain(a, b)

    def by_gain(self, a: Spelling, b: Spelling) -> float:
        """Log-odds by the gain over chance, for two tokens at least one of which is Latin."""
        w = self.weights
        if a.arabic:
            return w[2] + w[3] * self.gain(a, b, self.cross)
        if b.arabic:
            return w[2] + w[3] * self.gain(b, a, self.cross)
        there = self.gain(a, b, self.latin)
        if there < HOPELESS:
            return w[0] + w[1] * there
        return w[0] + w[1] * (there + self.gain(b, a, self.latin)) / 2

    def gain(self, written: Spelling, as_this: Spelling, tables: Tables) -> float:
        """How much better than chance one explains the other's letters, in nats a symbol."""
        explained = best_writing(written.source, as_this.letters, tables)
        return (explained - as_this.alone) / (len(written.source) + len(as_this.letters))

    def compare_initial(self, a: Spelling, b: Spelling) -> float:
        """An initial against a token: undecided where the first letters can be the same, else never."""
        if a.arabic == b.arabic:
            return INITIAL if a.letters[0] == b.letters[0] else NEVER
        arabic, latin = (a, b) if a.arabic else (b, a)
        possible = self.cross.cost(arabic.source[0], latin.letters[:1]) > POSSIBLE_INITIAL
        return INITIAL if possible else NEVER


def glue(a: Spelling, b: Spelling) -> Spelling:
    """Two neighbours written together: their letters in a row, the units where they meet no longer at an edge."""
    head = list(a.source)
    if len(head) > 1:
        head[-1] = head[-1] // 3 * 3 + MIDDLE
    tail = [unit // 3 * 3 + MIDDLE if place == 0 else unit for place, unit in enumerate(b.source)]
    return Spelling(
        a.text + b.text, a.arabic, tuple((head + tail)[:WIDTH]), (a.letters + b.letters)[:WIDTH],
        (a.skeleton + b.skeleton)[:SKELETON_WIDTH], a.alone + b.alone,
    )  # fmt: skip
