"""What problems carry as values and people would read as words: phrases of the core, complaints of the system and of
libraries. Names, numbers and text of files stay as they are."""

import errno
import os
import re
from collections.abc import Callable

from tahaluf.prose.i18n import _, ngettext_

_SYSTEM = re.compile(r"\[Errno (\d+)\].*")
_JSON = re.compile(r".*: line (\d+) column (\d+) \(char \d+\)", re.S)
_SIZE = re.compile(r"(\d+) (bytes|cells|characters|columns)")
_CLASSES = {
    "PermissionError": errno.EACCES, "FileNotFoundError": errno.ENOENT, "IsADirectoryError": errno.EISDIR,
    "NotADirectoryError": errno.ENOTDIR, "TimeoutError": errno.ETIMEDOUT, "ConnectionRefusedError": errno.ECONNREFUSED,
    "ConnectionResetError": errno.ECONNRESET,
}  # fmt: skip


def say_expected(text: str) -> str:
    """What was expected, in the current language where it is a phrase."""
    return phrases().get(text) or _say(text)


def say_found(text: str, code: str) -> str:
    """What was found, in the current language where the program says it and not the file."""
    if code.startswith("lists.") and text in ("nothing", "none", "neither"):
        return phrases()[text]
    return _say(text)


def system_texts() -> dict[int, str]:
    """Errors of the system, by number."""
    return {
        errno.EACCES: _("permission denied"),
        errno.EPERM: _("permission denied"),
        errno.ENOENT: _("not found"),
        errno.EISDIR: _("it is a folder"),
        errno.ENOTDIR: _("a part of the path is no folder"),
        errno.ENOSPC: _("no space left on the disk"),
        errno.EDQUOT: _("no space left on the disk"),
        errno.EROFS: _("the disk can only be read"),
        errno.EEXIST: _("it is there already"),
        errno.ENAMETOOLONG: _("the name is too long"),
        errno.EMFILE: _("too many open files"),
        errno.EIO: _("the disk could not be read or written"),
        errno.ETIMEDOUT: _("no answer in time"),
        errno.ECONNREFUSED: _("the connection was refused"),
        errno.ECONNRESET: _("the connection was broken off"),
    }


def _say(text: str) -> str:
    number = _CLASSES.get(text)
    if found := _SYSTEM.fullmatch(text):
        number = int(found[1])
    for code, sentence in system_texts().items():
        if code == number or text == os.strerror(code):
            return sentence
    if found := _SIZE.fullmatch(text):
        return _sizes()[found[2]](int(found[1]))
    if found := _JSON.fullmatch(text):
        return _("no JSON at line {line}, column {column}").format(line=found[1], column=found[2])
    return next((sentence for pattern, sentence in _libraries().items() if re.match(pattern, text)), text)


def _sizes() -> dict[str, Callable[[int], str]]:
    return {
        "bytes": lambda count: ngettext_("{count} byte", "{count} bytes", count).format(count=count),
        "cells": lambda count: ngettext_("{count} cell", "{count} cells", count).format(count=count),
        "characters": lambda count: ngettext_("{count} character", "{count} characters", count).format(count=count),
        "columns": lambda count: ngettext_("{count} column", "{count} columns", count).format(count=count),
    }


def _libraries() -> dict[str, str]:
    """Beginnings of what libraries say, in words."""
    return {
        r"File is not a zip file": _("no ZIP archive, or one cut short"),
        r"Bad magic number|Truncated|Corrupt|Overlapped|Bad CRC-32": _("a broken ZIP archive"),
        r"Compressed file ended|EOFError": _("compressed data that breaks off"),
        r"Error -\d+ while|CRC check failed|Not a gzipped|BadGzipFile|error$": _("broken compressed data"),
        r"Parquet magic bytes not found": _("no Parquet file, or one cut short"),
        r"Premature end of data|Document is empty|EndTag: '</' not found": _("an end before all elements were closed"),
        r"Opening and ending tag mismatch|expected '>'|StartTag|Extra content|Start tag expected|error parsing": _(
            "tags that do not fit together"
        ),
        r"xmlParseEntityRef|EntityRef|Entity ": _("a character reference that is not understood"),
        r"PCDATA invalid|invalid character|Input is not proper": _("characters that XML forbids"),
        r"URLError|gaierror|OSError|SSL|RemoteDisconnected|IncompleteRead|BadStatusLine": _("no connection"),
    }


def phrases() -> dict[str, str]:
    """Phrases of the core."""
    return {**_list_phrases(), **_file_phrases()}


def field_labels() -> dict[str, str]:
    """What a run was bound to and no option names."""
    return {
        "subjects": _("the content of the file of subjects"),
        "indexes": _("the content of the lists"),
        "engine": _("the version of the engine"),
    }


def _list_phrases() -> dict[str, str]:
    return {
        "nothing": _("nothing"),
        "none": _("none"),
        "neither": _("neither"),
        "end of line": _("the end of the line"),
        "a whole line": _("a whole line"),
        "an entity": _("an entity"),
        "a JSON object": _("a JSON object"),
        "JSON object": _("a JSON object"),
        "a name": _("a name"),
        "a date": _("a date"),
        "a number": _("a number"),
        "a party": _("a party"),
        "an entry": _("an entry"),
        "entries": _("entries"),
        "listings": _("listings"),
        "a list": _("a list"),
        "a whole list": _("a whole list"),
        "a published list": _("a published list"),
        "a known value": _("a known value"),
        "a profile with a name": _("a profile with a name"),
        "an id and a name": _("an identifier and a name"),
        "an id, a name and a type": _("an identifier, a name and a kind"),
        "a number, a name and a kind": _("a number, a name and a kind"),
        "one entry per id": _("one entry for each identifier"),
        "one sdn.csv": _("one main file (sdn.csv)"),
        "Arabic script": _("Arabic script"),
        "valid text": _("valid text"),
        "well-formed XML": _("well-formed XML"),
        "no document type": _("no document type"),
        "a whole gzip stream": _("a whole gzip stream"),
    }


def _file_phrases() -> dict[str, str]:
    return {
        "CSV, TSV, XLSX, JSON lines, Parquet, FollowTheMoney": _("CSV, TSV, XLSX, JSON lines, Parquet, FollowTheMoney"),
        "a file": _("a file"),
        "a whole file": _("a whole file"),
        "a heading": _("a heading"),
        "headings": _("headings"),
        "text": _("text"),
        "name": _("a name"),
        "a journal": _("a journal"),
        "a manifest": _("a manifest"),
        "sources": _("sources"),
        "the file fetched": _("the file fetched"),
        "a try": _("an attempt"),
        "an answer": _("an answer"),
        "an https address": _("an https address"),
        "male, female, other": _("male, female, other"),
        "YYYY-MM-DD, DD/MM/YYYY, YYYY": _("YYYY-MM-DD, DD/MM/YYYY, YYYY"),
        "DD/MM/YYYY": _("DD/MM/YYYY"),
        "MM/DD/YYYY": _("MM/DD/YYYY"),
        "ISO 3166": _("ISO 3166"),
    }
