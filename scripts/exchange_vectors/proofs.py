"""Vectors of what is proven: trees, tiles, checkpoints, equivocation, index notes."""

import hashlib

from exchange_vectors.cast import (
    AUDIENCE,
    AUTHOR,
    NOW,
    RECEIVER,
    Table,
    cosign_key,
    fixed,
    log_key,
)
from tahaluf.exchange.checkpoint import Checkpoint, sign_checkpoint
from tahaluf.exchange.equivocation import prove_equivocation
from tahaluf.exchange.ids import index_origin, log_origin
from tahaluf.exchange.index import Index, IndexLine, State, sign_index
from tahaluf.exchange.marking import Audience
from tahaluf.exchange.merkle import Frontier, hash_leaf, make_consistency, make_inclusion
from tahaluf.exchange.merkle.tiles import Tiles, tiles_of, write_entries
from tahaluf.exchange.notes import cosign, parse_note, sign_note, write_note

# RFC 6962 has no vectors of its own: these leaves and their roots are those of Certificate Transparency's public tests
CT_LEAVES = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]


def merkle_vectors() -> Table:
    entries = [bytes.fromhex(leaf) for leaf in CT_LEAVES]
    tree, frontier, roots = Tiles(), Frontier(), [Frontier().root().hex()]
    for entry in entries:
        tree.append(hash_leaf(entry))
        frontier.append(hash_leaf(entry))
        roots.append(frontier.root().hex())
    return {
        "entries": CT_LEAVES,
        "roots": roots,
        "inclusion": [
            {"number": number, "size": size, "proof": [step.hex() for step in make_inclusion(tree.read, number, size)]}
            for size in range(1, 9)
            for number in range(size)
        ],
        "consistency": [
            {"old": old, "new": new, "proof": [step.hex() for step in make_consistency(tree.read, old, new)]}
            for new in range(1, 9)
            for old in range(1, new + 1)
        ],
    }


def grown(size: int, words: str = "entry") -> tuple[Tiles, list[bytes]]:
    tree = Tiles()
    commitments = [fixed(f"{words} {number}") for number in range(size)]
    tree.extend(hash_leaf(item) for item in commitments)
    return tree, commitments


def tile_vectors() -> Table:
    """A tree of 70,000 as tlog-tiles describes it: paths, and the digest of each file at the right edge."""
    tree, commitments = grown(70_000)
    edge = [tile for tile in tiles_of(70_000) if tile.level or tile.number in (0, 272, 273)]
    frontier = Frontier()
    frontier.extend(tree.levels[0])
    return {
        "size": 70_000,
        "entry": "SHA-256 of 'tahaluf test vector entry N'",
        "root": frontier.root().hex(),
        "tiles": len(list(tiles_of(70_000))),
        "sha256": {tile.path: hashlib.sha256(tree.data(tile)).hexdigest() for tile in edge},
        "entries": {"tile/entries/273.p/112": hashlib.sha256(write_entries(commitments[-112:])).hexdigest()},
    }


def checkpoint_of(tree: Tiles) -> Checkpoint:
    frontier = Frontier()
    frontier.extend(tree.levels[0])
    return Checkpoint(log_origin(AUTHOR, AUDIENCE.id), tree.size, frontier.root())


def checkpoint_vectors() -> Table:
    origin = log_origin(AUTHOR, AUDIENCE.id)
    key = log_key(AUTHOR, origin)
    checkpoint = checkpoint_of(grown(3)[0])
    signed = sign_checkpoint(checkpoint, key)
    note = parse_note(signed)
    cosigned = write_note(note.text, [*note.lines, cosign(note.text, cosign_key(RECEIVER), NOW)])
    texts = {
        "extension line": note.text + "more\n",
        "no root": f"{origin}\n3\n",
        "leading zero": note.text.replace("\n3\n", "\n03\n"),
        "plus sign": note.text.replace("\n3\n", "\n+3\n"),
        "54 bits": note.text.replace("\n3\n", "\n9007199254740992\n"),
        "root of an empty tree missing": note.text.replace("\n3\n", "\n0\n"),
        "short root": f"{origin}\n3\nAAAA\n",
    }
    return {
        "origin": origin,
        "key": str(key.verifying),
        "public": key.verifying.public.hex(),
        "size": 3,
        "root": checkpoint.root.hex(),
        "note": signed.decode(),
        "cosigned": cosigned.decode(),
        "cosigner": str(cosign_key(RECEIVER).verifying),
        "seen_at": "2026-11-20T09:30:00Z",
        "signed_and_refused": [{"why": why, "note": sign_note(text, key).decode()} for why, text in texts.items()],
    }


def equivocation_vectors() -> Table:
    origin = log_origin(AUTHOR, AUDIENCE.id)
    key = log_key(AUTHOR, origin)
    one, other = grown(5)[0], grown(9, "other")[0]
    first, second = sign_checkpoint(checkpoint_of(one), key), sign_checkpoint(checkpoint_of(other), key)
    prefix = grown(5, "other")[0]
    steps = make_consistency(other.read, 5, 9)
    proof = prove_equivocation(first, second, checkpoint_of(prefix).root, steps, [key.verifying.public])
    same = sign_checkpoint(checkpoint_of(prefix), key)
    at_one_size = prove_equivocation(first, same, checkpoint_of(prefix).root, (), [key.verifying.public])
    return {
        "origin": origin,
        "public": key.verifying.public.hex(),
        "proofs": [proof.canonical().decode(), at_one_size.canonical().decode()],
    }


def index_vectors() -> Table:
    origin = index_origin(AUTHOR, RECEIVER)
    key = log_key(AUTHOR, origin)
    lines = [
        IndexLine(Audience((RECEIVER,), ("sahel@1",)).id, 7, fixed("root"), State.CLOSED),
        IndexLine(AUDIENCE.id, 3, checkpoint_of(grown(3)[0]).root),
    ]
    index = Index(AUTHOR, RECEIVER, 41, NOW, NOW.replace(day=27), tuple(sorted(lines, key=lambda line: line.audience)))
    texts = {
        "sequence 0": index.text.replace("\n41\n", "\n0\n"),
        "expired when issued": index.text.replace("-27T", "-20T"),
        "over 31 days": index.text.replace("2026-11-27", "2026-12-27"),
        "unsorted": "\n".join([*index.text.split("\n")[:4], *index.text.split("\n")[5:3:-1], ""]),
        "unknown state": index.text.replace("closed ", "hidden "),
        "empty line": index.text + "\n",
    }
    return {
        "origin": origin,
        "public": key.verifying.public.hex(),
        "sequence": 41,
        "logs": 2,
        "note": sign_index(index, key).decode(),
        "signed_and_refused": [{"why": why, "note": (sign_note(text, key)).decode()} for why, text in texts.items()],
    }
