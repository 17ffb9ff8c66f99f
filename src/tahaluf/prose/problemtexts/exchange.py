"""The sentences for the exchange: records, logs, notes, bundles, the line."""

from tahaluf.prose.i18n import _


def texts() -> dict[str, str]:
    """Code → sentence in the current language."""
    return {
        **_record_texts(),
        **_egress_texts(),
        **_log_texts(),
        **_head_texts(),
        **_registry_texts(),
        **_bundle_texts(),
    }


def _record_texts() -> dict[str, str]:
    return {
        "exchange.canonical": _(
            "these are not canonical bytes (expected {expected}, found {found}); the record was not taken. Tell "
            "its author."
        ),
        "exchange.record.size": _(
            "the record is too large: {expected}, found {found}. Leave out what is not needed, or make two "
            "records of it."
        ),
        "exchange.record.shape": _(
            "the property {field} of the record is not as the format has it: expected {expected}, found {found}."
        ),
        "exchange.record.version": _(
            "the record is of format version {found}; this node reads {expected}. The sender is newer: update "
            "this node."
        ),
        "exchange.record.kind": _(
            "the kind of record {found} is not known (known are: {expected}); it was put aside with its bytes. "
            "Update this node."
        ),
        "exchange.record.author": _("the record is not of the author expected: {expected}, found {found}."),
        "exchange.record.marking": _(
            "the marking is not known or contradicts itself (expected {expected}, found {found}): nobody may "
            "have the record."
        ),
        "exchange.withdrawal.final": _(
            "{found} was withdrawn for good (expected {expected}). What is listed again gets a new record."
        ),
        "exchange.withdrawal.personal": _(
            "a withdrawal tells of a person (expected {expected}, found {found}); it was refused. Tell its author."
        ),
        "exchange.withdrawal.author": _(
            "the record belongs to {expected}, and {found} says something of it; that was refused."
        ),
        "exchange.ingress.not_addressed": _(
            "this was sent here and is not addressed to this member ({expected}, found {found}); it is in "
            "quarantine. Tell the sender."
        ),
    }


def _egress_texts() -> dict[str, str]:
    return {
        "exchange.egress.differs": _(
            "the two checks of what may leave differ (expected {expected}, found {found}); nothing was sent. "
            "Stop releasing and tell the maintainers."
        ),
    }


def _log_texts() -> dict[str, str]:
    return {
        "exchange.log.origin": _("{found} is no name of a log: expected {expected}."),
        "exchange.log.audience": _(
            "the audience beside the log is not that of its name: expected {expected}, found {found}."
        ),
        "exchange.log.tile": _(
            "a part of the log is damaged or missing: expected {expected}, found {found}. Ask for it again."
        ),
        "exchange.log.proof": _("the proof does not hold: expected {expected}, found {found}."),
        "exchange.log.root": _(
            "the entries do not lead to the checkpoint (expected {expected}, found {found}); nothing of them was "
            "taken. Ask for them again, by another way if it goes on."
        ),
        "exchange.log.commitment": _(
            "the bytes are not what the log committed to: expected {expected}, found {found}."
        ),
        "exchange.log.payload": _("a payload is out of bounds or damaged: expected {expected}, found {found}."),
        "exchange.log.duplicate": _("an entry stands twice in the log; the later one was refused."),
        "exchange.note.form": _("this is no signed note: expected {expected}, found {found}."),
        "exchange.note.key": _("the key cannot be used: expected {expected}, found {found}."),
        "exchange.note.signature": _(
            "the signature is wrong or of an unknown key: expected {expected}, found {found}. Nothing of it was "
            "believed."
        ),
    }


def _head_texts() -> dict[str, str]:
    return {
        "exchange.checkpoint.form": _("this is no checkpoint: expected {expected}, found {found}."),
        "exchange.checkpoint.origin": _("the checkpoint is that of another log: expected {expected}, found {found}."),
        "exchange.checkpoint.rollback": _(
            "the log was put back to an earlier state: expected {expected}, found {found}. Ask its author."
        ),
        "exchange.checkpoint.equivocation": _(
            "the author signed two histories: {expected}, and {found}. The proof is kept: show it to the other members."
        ),
        "exchange.checkpoint.proof": _(
            "nothing proves that the new checkpoint goes on from the one kept: expected {expected}, found {found}."
        ),
        "exchange.index.form": _("this is no index note: expected {expected}, found {found}."),
        "exchange.index.origin": _(
            "the index note is of another author or for another receiver: expected {expected}, found {found}."
        ),
        "exchange.index.replay": _(
            "this is an old index note: expected {expected}, found {found}. What is known stays."
        ),
        "exchange.index.equivocation": _(
            "the author gave two index notes that contradict each other: {expected}, and {found}. Both are kept "
            "as proof."
        ),
        "exchange.index.hidden": _(
            "the index note leaves out a log that it named before: {expected}, found {found}. Ask its author."
        ),
        "exchange.index.rollback": _(
            "the index note names a smaller log than before: expected {expected}, found {found}. Ask its author."
        ),
        "exchange.index.closed": _(
            "a log that was closed for this member changed: expected {expected}, found {found}. Ask its author."
        ),
        "exchange.index.withheld": _(
            "a log that the index note names cannot be had up to its size: expected {expected}, found {found}."
        ),
        "exchange.index.clock": _("the index note is dated ahead of this node’s clock. Check both clocks."),
        "exchange.index.silent": _(
            "the author has said nothing new for longer than it promised. Ask it whether its node is up."
        ),
    }


def _registry_texts() -> dict[str, str]:
    return {
        "exchange.registry.form": _(
            "the registry of members is not as its format has it: expected {expected}, found {found}."
        ),
        "exchange.registry.signatures": _(
            "the registry of members is not signed by enough offices: expected {expected}, found {found}."
        ),
        "exchange.registry.expired": _(
            "the registry of members has expired: expected {expected}, found {found}. No new record goes out; "
            "withdrawals do."
        ),
        "exchange.registry.history": _(
            "the new registry rewrites what was: expected {expected}, found {found}. It was refused; ask the "
            "secretariat."
        ),
        "exchange.registry.key": _("a key in the registry cannot be used: expected {expected}, found {found}."),
    }


def _bundle_texts() -> dict[str, str]:
    return {
        "exchange.bundle.form": _(
            "this is no bundle, or a part of it is not as the format has it: expected {expected}, found {found}."
        ),
        "exchange.bundle.name": _("the name of a file in the bundle is refused: expected {expected}, found {found}."),
        "exchange.bundle.bound": _("a part of the bundle is larger than is safe: expected {expected}, found {found}."),
        "exchange.bundle.receiver": _("the bundle is for another member: expected {expected}, found {found}."),
        "exchange.bundle.sealed": _("the sealed bundle does not open: expected {expected}, found {found}."),
        "exchange.bundle.cut": _(
            "the bundle was cut off: expected {expected}, found {found}. What came before was taken; ask for the rest."
        ),
        "exchange.sync.line": _("the line to the other node failed ({found}); it is tried again."),
        "exchange.sync.refused": _(
            "the other node refused: expected {expected}, found {found}. It is not asked again before somebody looks."
        ),
        "exchange.sync.bound": _("the other node sent more than is accepted: expected {expected}, found {found}."),
        "exchange.sync.cursor": _(
            "the kept place to go on from is not understood: expected {expected}, found {found}. Start over."
        ),
        "exchange.sync.stuck": _(
            "the server gives the same page again and again (expected {expected}, found {found}); what is behind "
            "it cannot be had from it."
        ),
    }
