"""Which version of a record stands: the same whatever the order in which they arrive, and a withdrawal is the end."""

from tahaluf.exchange.errors import refuse
from tahaluf.exchange.record.parse import Record


def follows(new: Record, held: Record | None) -> bool:
    """Whether a verified version takes the place of the one held; False for one already known or older.

    ExchangeError: `exchange.withdrawal.final` for any version of a withdrawn id that is no withdrawal,
    `exchange.withdrawal.author` for another author's id, `exchange.record.shape` for another kind or beginning.
    """
    if held is None:
        return True
    if new.author != held.author:
        raise refuse("exchange.withdrawal.author", held.author, new.author, "author")
    if (new.kind, new.id, new.created_at) != (held.kind, held.id, held.created_at):
        raise refuse("exchange.record.shape", f"{held.kind} {held.id}", f"{new.kind} {new.id}", "id")
    if held.is_withdrawal:
        if not new.is_withdrawal:
            raise refuse("exchange.withdrawal.final", "no later version", new.id, "id")
        return False
    return new.is_withdrawal or new.revision > held.revision
