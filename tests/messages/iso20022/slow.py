"""The parties of a message found the slow, obvious way: the whole document parsed, every element looked at."""

from lxml import etree

ROLES = {
    "Dbtr": "debtor", "Cdtr": "creditor", "UltmtDbtr": "ultimate_debtor", "UltmtCdtr": "ultimate_creditor",
    "DbtrAgt": "debtor_agent", "CdtrAgt": "creditor_agent", "InstgAgt": "instructing_agent",
    "IntrmyAgt1": "intermediary_agent",
}  # fmt: skip
Found = tuple[int, str, tuple[str, ...], tuple[str, ...], int]


def parties(text: str) -> list[Found]:
    """(transaction, role, names, account and bank numbers, line) of each."""
    root = etree.fromstring(text.encode())
    group = list(root.iter("{*}GrpHdr"))
    found: list[Found] = []
    for unit, element in enumerate(root.iter("{*}CdtTrfTxInf"), start=1):
        for part in (*group, element):
            found.extend(party(unit, inner) for inner in part.iter() if name_of(inner) in ROLES)
    return found


def name_of(element: etree._Element) -> str:
    return etree.QName(element).localname


def party(unit: int, element: etree._Element) -> Found:
    names = tuple(" ".join((name.text or "").split()) for name in element.iter("{*}Nm"))
    numbers = [bic.text or "" for bic in element.iter("{*}BICFI")]
    for account in element.getparent().findall(f"{{*}}{name_of(element)}Acct"):
        numbers.extend(iban.text or "" for iban in account.iter("{*}IBAN"))
    line = element.sourceline
    return unit, ROLES[name_of(element)], names, tuple(numbers), line if isinstance(line, int) else 0
