"""The sentence for every code that can occur. A test finds codes in the source that have none."""

from tahaluf.prose.i18n import _
from tahaluf.prose.problemtexts import edifact, exchange, iso20022, mrz, mt, paxlst, pnrgov, registers, web


def texts() -> dict[str, str]:
    """Code → sentence in the current language; `{expected}`, `{found}`, `{field}`, `{item}`, `{file}` are filled in."""
    return {
        **_file_texts(),
        **_engine_texts(),
        **_place_texts(),
        **_row_texts(),
        **_list_texts(),
        **_fetch_texts(),
        **_run_texts(),
        **_message_texts(),
    }


def _message_texts() -> dict[str, str]:
    formats = (edifact, paxlst, pnrgov, mrz, iso20022, mt, registers, exchange, web)
    return {code: sentence for form in formats for code, sentence in form.texts().items()}


def _file_texts() -> dict[str, str]:
    return {
        "messages.table.unreadable": _("the file cannot be opened ({found}). Check the path and the permissions."),
        "messages.table.empty": _("the file is empty. Expected one of: {expected}."),
        "messages.table.format": _("this is {found}, which is not read. Save it as one of: {expected}."),
        "messages.table.damaged": _(
            "the file is damaged or cut short: expected {expected}, found: {found}. Fetch it again."
        ),
        "messages.table.too_large": _(
            "the file unpacks to more than is safe: at most {expected}, found {found}. Split it or save it as CSV."
        ),
        "messages.table.packed": _(
            "the compressed file unpacks to more than is safe: at most {expected}, found {found}. "
            "If you trust it, unpack it and screen the unpacked file."
        ),
        "messages.table.no_name_column": _(
            "no column can be taken for a name among: {found}. Say which one it is with --map name=COLUMN."
        ),
        "messages.table.unknown_role": _("--map knows no role {found}. Roles are: {expected}."),
        "messages.table.no_such_column": _("--map names a column {expected} that is not there. Columns are: {found}."),
        "messages.table.column": _("the column is not used: its values ({found}) are not of the kind {expected}."),
        "messages.table.preamble": _("a line above the headings was not screened: {found}"),
        "messages.table.sheet": _("only the sheet {expected} was screened, not {found}."),
        "messages.table.no_rows": _("the file holds headings and no rows; nothing was screened."),
        "messages.table.unused_dates": _(
            "the column is not used, but its values look like dates ({found}). If they are birth dates, add "
            '--map birth_date="{field}".'
        ),
        "messages.table.unused_countries": _(
            "the column is not used, but its values look like countries ({found}). If they are nationalities, add "
            '--map nationality="{field}".'
        ),
        "messages.table.no_party": _(
            "entities that are no party were not screened ({found}); parties are: {expected}."
        ),
        "messages.table.ids_unchecked": _(
            "from here on identifiers are compared only with the first {expected}; later repetitions are not reported."
        ),
    }


def _engine_texts() -> dict[str, str]:
    return {
        "screening.table.names": _("the table has no column {expected}; its columns are: {found}."),
        "screening.table.type": _("a table of {expected} is expected, found {found}."),
        "screening.table.column": _("the column is expected to hold {expected}, found {found}."),
        "screening.table.value": _("the value {found} is not understood: expected {expected}."),
        "screening.option": _("the value {found} is out of range: expected {expected}."),
        "index.foreign": _("this is no compiled index: expected {expected}, found {found}."),
        "index.damaged": _("the index is damaged: expected {expected}, found {found}. Compile the lists again."),
        "index.version": _(
            "the index was compiled under other rules: expected {expected}, found {found}. Compile the lists again."
        ),
        "screening.hits.suffix": _("the format of the output is not known from {found}. Use one of: {expected}."),
        "screening.hits.malformed": _("this is no line of hits: expected {expected}, found {found}."),
    }


def _row_texts() -> dict[str, str]:
    return {
        "messages.table.width": _("the row was rejected: {expected} columns expected, {found} found."),
        "messages.table.no_name": _("the row was rejected: it has no name (found: {found})."),
        "messages.table.long_cell": _(
            "the row was rejected: a cell has {found} characters, at most {expected} are accepted."
        ),
        "messages.table.long_line": _(
            "the line was rejected: it has {found} characters, at most {expected} are accepted."
        ),
        "messages.table.undecodable": _("the line was rejected: the byte {found} is no text in {expected}."),
        "messages.table.json": _("the line was rejected: expected a {expected}, found: {found}."),
        "messages.table.nested": _("the value was left out: expected {expected}, found a structure: {found}"),
        "messages.table.birth_date": _("the birth date {found} was left out: expected {expected}."),
        "messages.table.country": _("the country {found} is not known and was left out."),
        "messages.table.gender": _("the gender {found} is not known and was left out: expected {expected}."),
        "messages.table.kind": _("the kind {found} is not known and was left out."),
        "messages.table.duplicate_id": _(
            "the identifier {found} stands on line {expected} already; both rows were screened under it."
        ),
        "messages.table.date_order": _(
            "the date {found} has the month first, others in the file have the day first: "
            "dates that can be read both ways were read as {expected}. Check them."
        ),
    }


def _list_texts() -> dict[str, str]:
    return {
        "lists.file.missing": _("the list is not there. Check the path."),
        "lists.file.unreadable": _("the list cannot be opened ({found}). Check the path and the permissions."),
        "lists.file.cut": _("the list is cut short: expected {expected}, found {found}. Fetch it again."),
        "lists.format.unknown": _("this is neither a list that can be read nor a compiled index; it begins: {found}"),
        "lists.gzip.broken": _("the compressed list is damaged: expected {expected}, found {found}. Fetch it again."),
        "lists.empty": _("the list holds no listings."),
        "lists.count.differs": _("the list says that it has {expected} entries; {found} were found."),
        "lists.encoding.repaired": _("{found} places were not {expected} and were repaired."),
        "lists.file.too-large": _(
            "the list unpacks to more than {expected} bytes ({found}), which is refused for safety."
        ),
        "lists.entry.too-large": _("the entry has {found} bytes, more than the {expected} accepted."),
        "lists.entry.duplicate": _("the id occurs twice; the second entry ({found}) was kept under a new id."),
        "lists.entry.skipped": _("the entry was passed over: expected {expected}, found {found}."),
        "lists.field.unread": _("the value {found} was not understood: expected {expected}."),
        "lists.ftm.orphan": _("it belongs to {found}, which is not in the list."),
        "lists.ofac.orphan": _("it belongs to {found}, which is not in the list."),
        "lists.ofac.several": _("several files may be the main one ({found}). Keep one of them in the folder."),
        "lists.un.script-restored": _("a name in {expected} that stood garbled was restored: {found}."),
        "lists.ofac.part-missing": _("the file {expected} is not in the folder; what it holds is not known."),
        "lists.ofac.part-short": _(
            "the last entry with a row in this file is {found}, the list goes on to {expected}: it may be cut."
        ),
        "lists.ofac.main-missing": _("the main file ({expected}) is not in the folder."),
        "lists.line.malformed": _("the line was passed over: expected {expected}, found {found}."),
        "lists.row.malformed": _("the row was passed over: expected {expected} columns, found {found}."),
        "lists.problems.more": _("{found} more problems beyond {expected} are not shown."),
        "lists.xml.characters": _("{found} characters that XML forbids were replaced."),
        "lists.xml.strays": _("{found} stray markup characters were read as text."),
        "lists.xml.unknown": _("this part of the list is not known and was not read (known are {expected}): {found}"),
        "lists.xml.doctype": _("the list carries a document type, which is refused for safety."),
        "lists.xml.malformed": _("the list is not well-formed: expected {expected}, found {found}."),
    }


def _fetch_texts() -> dict[str, str]:
    return {
        "lists.fetch.address": _("{found} is not a usable address: expected {expected}."),
        "lists.fetch.insecure": _("the address {found} is refused: only {expected} is used."),
        "lists.fetch.host": _("the host {found} is not the publisher's: expected {expected}."),
        "lists.fetch.redirects": _("the publisher redirects more than {expected} times ({found})."),
        "lists.fetch.status": _("the publisher answered {found} instead of {expected}. Try again later."),
        "lists.fetch.too-large": _("the download has {found} bytes, more than the {expected} accepted."),
        "lists.fetch.too-slow": _(
            "the download took longer than {expected} seconds ({found} bytes came). Try again later."
        ),
        "lists.fetch.cut": _("the download was cut: expected {expected}, {found} bytes came. Try again later."),
        "lists.fetch.broken": _("the publisher cannot be reached ({found}). Check the line and try again."),
        "lists.update.format": _("the download is no {expected} list ({found}). The last good version stays."),
        "lists.update.incomplete": _(
            "the download is not a whole list ({found} listings). The last good version stays."
        ),
        "lists.update.shrunk": _(
            "the download has only {found} listings, at least {expected} were expected. The last good version stays; "
            "--accept takes the download."
        ),
        "lists.update.stale": _(
            "the download ({found}) is older than the version kept ({expected}), which stays; "
            "--accept takes the download."
        ),
        "lists.update.future": _(
            "the download is dated {found}, later than {expected}. The last good version stays; "
            "--accept takes the download."
        ),
        "lists.update.accepted": _(
            "the download was accepted although it is not plausible: expected {expected}, found {found}."
        ),
        "lists.update.restored": _("the kept list had been damaged and was put back from {found}."),
        "lists.update.damaged": _(
            "the kept list is damaged and could not be fetched anew ({found}). Do not screen against it."
        ),
        "lists.update.sources": _("the file of sources is not usable: expected {expected}, found {found}."),
        "lists.update.unknown": _("there is no source {found}. Sources are: {expected}."),
        "lists.update.manifest": _("the record of kept versions is damaged: expected {expected}, found {found}."),
    }


def _place_texts() -> dict[str, str]:
    return {
        "cli.against.missing": _("the list or index is not there. Check the path."),
        "cli.against.empty": _("the folder is empty. Expected in it: {expected}."),
        "cli.against.manifest": _(
            "this looks like a compiled index, but {expected} is missing. Copy the whole folder again, or compile anew."
        ),
        "cli.against.folder": _(
            "the folder holds neither a list nor a compiled index. Expected in it: {expected}; found: {found}."
        ),
        "cli.index.incomplete": _(
            "the list {found} in this index is incomplete: when it was compiled, it was cut short or a part of it "
            "could not be read. Listings may be missing. Get the list again and compile it anew."
        ),
        "cli.subjects.missing": _("the file of subjects is not there. Check the path."),
        "cli.subjects.folder": _("this is a folder. Expected is one file of subjects: {expected}."),
        "cli.out.folder": _("the folder for the output is not there. Create it first."),
        "cli.out.denied": _("nothing may be written to this folder. Choose another, or change its permissions."),
        "cli.out.exists": _("this is there already and is not a compiled index; it is not overwritten."),
        "cli.out.same": _("input, output and rejects must be different files."),
    }


def _run_texts() -> dict[str, str]:
    return {
        "cli.resume.short": _(
            "the partial output has {found} bytes, {expected} were committed. Start without --resume."
        ),
        "cli.resume.journal": _("the journal is damaged: expected {expected}, found {found}. Start without --resume."),
        "cli.resume.mismatch": _(
            "the run that was cut short had {field} = {found}, this one has {expected}. "
            "Use the same input and options, or start without --resume."
        ),
        "screening.ray.missing": _("Ray is not installed. Install {expected}, or use --engine local."),
        "cli.interrupted": _("Interrupted. Run the same command with --resume to go on."),
        "cli.memory": _("There is not enough memory. Use fewer --workers."),
        **_system_texts(),
        "cli.internal": _(
            "Internal error ({found}): the fault is the program's, not yours. "
            "Set TAHALUF_DEBUG=1, run the same command again and send what it prints to the maintainers."
        ),
        "cli.name": _("the name is empty, or says that there is none ({found}). Give one with a letter in it."),
        "cli.birth_date": _("the birth date {found} is not understood: expected {expected}."),
        "cli.country": _("the country {found} is not known. Use a name or a two-letter code."),
    }


def _system_texts() -> dict[str, str]:
    return {
        "cli.system": _("The system refused: {found}"),
        "cli.system.denied": _("permission denied. Check who may read or write this, or choose another place."),
        "cli.system.missing": _("this is not there. Check the path."),
        "cli.system.folder": _("this is a folder, a file is expected."),
        "cli.system.path": _("a part of the path is no folder. Check the path."),
        "cli.system.full": _(
            "no space left on the disk. Free some space, then run the same command; if it was a screening, "
            "with --resume."
        ),
        "cli.system.readonly": _("this place can only be read. Choose another."),
        "cli.system.exists": _("this is there already. Choose another name."),
        "cli.system.name": _("the name is too long. Choose a shorter one."),
        "cli.system.files": _("too many files are open. Close other programs, or use fewer --workers."),
        "cli.system.disk": _("the disk could not be read or written. Check it, then run the same command again."),
    }
