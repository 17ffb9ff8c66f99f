"""What a registry must not take back, however well it is signed."""

from tahaluf.exchange.errors import ExchangeError, refuse
from tahaluf.exchange.registry.roster import Key, Member, Registry, Term

CODE = "exchange.registry.history"


def check_history(kept: Registry, new: Registry) -> None:
    """Raises ExchangeError (`exchange.registry.history`) if the new registry rewrites what the kept one said."""
    for member in kept.members:
        after = new.by_id.get(member.id)
        if after is None:
            raise rewritten(f"member {member.id}")
        check_member(member, after)
    for group in kept.groups:
        now = new.groups_by_id.get(group.id)
        if now is None or now.versions[: len(group.versions)] != group.versions:
            raise rewritten(f"versions of group {group.id}")
        starts = {(term.member, term.start) for term in now.terms}
        if any((term.member, term.start) not in starts for term in group.terms):
            raise rewritten(f"a term in group {group.id}")


def check_member(kept: Member, new: Member) -> None:
    """Terms and keys may be given an end and may be joined by others; none goes, and none that ended opens again."""
    for kind, before, after in (("a term", kept.terms, new.terms), ("a key", kept.keys, new.keys)):
        spans = {identity(span): span for span in after}
        for span in before:
            found = spans.get(identity(span))
            if found is None or (span.end is not None and found.end is None):
                raise rewritten(f"{kind} of {kept.id}")


def identity(span: Term | Key) -> tuple[object, ...]:
    """What makes a term or a key this one, whatever its end."""
    return (span.start, span.suspended) if isinstance(span, Term) else (span.use, span.public, span.start)


def rewritten(what: str) -> ExchangeError:
    return refuse(CODE, what, "taken out or changed")
