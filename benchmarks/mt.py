"""How fast SWIFT MT files are read, and how much memory that takes: invented payments, half of them with free text.

usage: mt.py [--messages N] [--write]

Promised are 20,000 messages a second on one core; counted is the time of the processor, tables loaded before.
A short form: `--messages 20000`.
"""

import argparse
import random
import resource
import tempfile
from collections.abc import Iterator
from pathlib import Path
from time import process_time

from measuring.page import Figure, report, tell_figures
from tahaluf.messages.mt import read_mt
from tahaluf.messages.rejects import RejectSink
from tahaluf.messages.request import Request

GIVEN = ("AMADOU", "MARIAM", "IDRISS", "FATIMATA", "JEAN", "OUSMANE", "NADIA", "HASSAN", "CLAIRE", "YOUSSEF")
FAMILY = ("DIALLO", "ZEROUALI", "MARTIN", "KEITA", "BEN SALAH", "TRAORE", "HOFFMANN", "BAKKAR", "OUEDRAOGO", "LEFEVRE")
BANKS = ("BCMAMAMC", "SGBFBFBFXXX", "BNPAFRPPXXX", "DEUTDEFF", "ECOCMLBA", "BIAONENIXXX", "CHASUS33")
SPEED = 20_000.0
WARM_UP = 500


def make_message(rng: random.Random, number: int) -> str:
    """A customer transfer, or each fifth a covered one between banks."""
    sender, receiver, other, last = rng.choices(BANKS, k=4)
    payer, payee = (f"{rng.choice(GIVEN)} {rng.choice(FAMILY)} {rng.randint(1, 9999)}" for _ in range(2))
    cover = number % 5 == 0
    head = f"{{1:F01{sender[:8]}AXXX0000{number % 10**6:06d}}}{{2:I{202 if cover else 103}{receiver[:8]}XXXXN}}"
    text = [f":20:REF{number}"]
    money = f":32A:240{rng.randint(101, 131)}EUR{rng.randint(1, 99999)},{rng.randint(0, 99):02d}"
    if cover:
        text += [f":21:REL{number}", money, f":52A:{sender}", f":58A:{receiver}"]
    else:
        text += [":23B:CRED", money]
    text += [f":50K:/{rng.randint(10**9, 10**10)}", payer, f"{rng.randint(1, 200)} RUE DE LA GARE", "75012 PARIS"]
    text += [f":52A:{other}", f":57A:{last}", f":59:/{rng.randint(10**9, 10**10)}", payee, "AVENUE KWAME NKRUMAH"]
    if number % 2:
        text += [f":70:/INV/{number} PAYMENT FOR CONSULTING", "AND TRANSPORT, SECOND INSTALLMENT"]
    text += [":71A:SHA"]
    user = f"{{3:{{108:M{number}}}{'{119:COV}' if cover else ''}}}"
    return "\r\n".join([head + user + "{4:", *text, "-}{5:{CHK:D628FE0165A7}}"])


def write_messages(path: Path, count: int) -> None:
    rng = random.Random(11)
    with path.open("w", encoding="ascii", newline="") as file:
        file.writelines(make_message(rng, number) + "\r\n$\r\n" for number in range(count))


def measure(path: Path) -> Iterator[Figure]:
    """One process, one core: messages and parties a second, and the most memory."""
    sink = RejectSink()
    begin = process_time()
    parties = sum(batch.num_rows for batch in read_mt(Request(path, None, None, sink)))
    seconds = process_time() - begin
    size = path.stat().st_size / 1e6
    yield Figure(f"SWIFT MT, {sink.units:,} messages of {size:,.0f} MB, a second", sink.units / seconds, "", SPEED,
                 least=True)  # fmt: skip
    yield Figure("their parties and texts, a second", parties / seconds, "", least=True)
    yield Figure("memory at most", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, "MB")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--messages", type=int, default=200_000)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "made.rje"
        write_messages(path, WARM_UP)
        list(measure(path))
        write_messages(path, options.messages)
        figures = list(measure(path))
    report("mt", tell_figures(figures), write=options.write)


if __name__ == "__main__":
    main()
