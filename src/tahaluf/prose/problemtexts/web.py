"""The sentences for what only the desk meets: settings, jobs, uploads, its indexes and backups."""

from tahaluf.prose.i18n import _


def texts() -> dict[str, str]:
    """Code → sentence in the current language."""
    return {
        **_running_texts(),
        **_audit_texts(),
        **_job_texts(),
        **_upload_texts(),
        **_backup_texts(),
        **_catalogue_texts(),
        **_account_texts(),
        **_alert_texts(),
        **_screening_texts(),
        **_watching_texts(),
    }


def desk_fields() -> dict[str, str]:
    """The fields of the desk's forms that a problem may stand at."""
    return {
        "reasons": _("Reasons"),
        "disposition": _("Disposition"),
        "text": _("Text"),
        "hits": _("Hits"),
        "remember_days": _("Days to remember"),
        "to": _("Assigned to"),
        "url": _("Address"),
        "kinds": _("Kinds"),
        "scopes": _("Scopes"),
        "days": _("Days"),
        "username": _("Username"),
        "roles": _("Roles"),
        "person": _("Person"),
        "link": _("Link"),
    }


def _running_texts() -> dict[str, str]:
    return {
        "web.setting": _("the setting {field} is not understood; expected: {expected}."),
        "web.missing": _("the desk is not installed. Install it with: {expected}"),
        "web.port_in_use": _("the address {found} is in use already. Stop what uses it, or give another with --port."),
        "web.no_database": _("the database cannot be reached ({found}). Check TAHALUF_DATABASE and that it runs."),
        "web.process_ended": _("a process of the desk keeps ending ({found}); its reason is in the lines above."),
        "web.no_such_person": _("nobody here is called {found}."),
        "web.no_such_role": _("there is no role {found}. Roles are: {expected}."),
        "web.not_prepared": _("the database is not ready for this version. Run {expected} once, then try again."),
    }


def _audit_texts() -> dict[str, str]:
    return {
        "web.audit.missing": _("the audit log is not whole: entry {found} is missing."),
        "web.audit.altered": _("the audit log is not whole: entry {found} is not as it was written."),
        "web.audit.unlinked": _("the audit log is not whole: entry {found} does not follow the one before."),
        "web.audit.cut": _("the audit log is not whole: it was cut off before entry {found}."),
        "web.audit.uncounted": _("the audit log is not whole: entry {found} was put in from outside."),
        "web.audit.other": _("this is another audit log than the one noted: entry {found} is not the same."),
    }


def _job_texts() -> dict[str, str]:
    return {
        "web.job.gave_up": _("the work was begun {found} times, and each time the program that did it was ended."),
        "web.job.unknown": _("nothing here does work of the kind {found}. Are all programs of the same version?"),
        "web.job.fault": _("the work ended on a fault of the program ({found}); its place is in the log."),
        "web.job.database": _("the database could not be reached ({found})."),
    }


def _upload_texts() -> dict[str, str]:
    return {
        "web.upload.none": _("no file was given."),
        "web.upload.size": _("the file is larger than is accepted: at most {expected}, found {found}."),
        "web.upload.packed": _("the file unpacks to more than is safe: at most {expected}, found {found}."),
        "web.upload.damaged": _("the file claims to be packed and cannot be unpacked ({found}). Send it again."),
    }


def _backup_texts() -> dict[str, str]:
    return {
        "web.backup.tool": _("the program {expected} is not there. Install the client programs of PostgreSQL."),
        "web.backup.failed": _("{expected} has failed: {found}"),
        "web.backup.exists": _("{file} exists already. Give another name."),
        "web.backup.format": _("{file} is no backup of a desk: {found}."),
        "web.backup.damaged": _("the backup is damaged: {item} is not what was saved. Nothing was changed."),
        "web.backup.engine": _("the backup is of {found}, this desk keeps its data in {expected}."),
        "web.backup.version": _("the backup is of a newer version of the desk ({found}). Install it first."),
        "web.backup.not_empty": _("this desk is not empty. To replace all that is in it, add --replace."),
        "web.backup.in_use": _("the desk is running. Stop it, then restore."),
        "web.backup.connected": _(
            "others are connected to the database ({found}). Stop the servers and workers of this desk on every "
            "machine, and whatever else reads the database, then restore."
        ),
    }


def _catalogue_texts() -> dict[str, str]:
    return {
        "web.no_edition": _("no list has been imported yet, so that nothing can be screened against. Import one."),
        "web.edition_stale": _(
            "the compiled lists are of another version of the engine. They are being compiled anew; wait a moment."
        ),
        "web.edition_damaged": _("the compiled lists are damaged. They are being compiled anew; wait a moment."),
        "web.edition_not_made": _(
            "the lists could not be compiled ({found}). What is screened against stays as it was; it is tried again."
        ),
        "web.list.empty": _("there is not one listing in this file."),
        "web.list.incomplete": _("the file is not whole: only {found} listings could be read. Send a whole one."),
        "web.list.older": _("the file is of {found}, older than what is here, which is of {expected}."),
        "web.list.lost": _(
            "of {expected} listings that are here, only {found} are in the file. It may be cut, or of another list."
        ),
        "web.list.superseded": _(
            "the same list was imported from another file meanwhile. Look whether this is needed."
        ),
        "web.list.updates_off": _("this desk fetches nothing. The operator allows it with TAHALUF_UPDATES."),
        "web.list.unknown_source": _("nothing is known of a source {found}; known are: {expected}."),
    }


def _account_texts() -> dict[str, str]:
    return {
        "web.person_exists": _("somebody here is called {found} already. Choose another name for signing in."),
        "web.person_detail": _(
            "{found} is not accepted. A name for signing in has letters, digits and @ . + - _; nothing may be too long."
        ),
        "web.roles_apart": _("these roles are not given to one person together: {found}."),
        "web.own_roles": _("nobody changes their own roles. Ask another administrator."),
        "web.own_account": _("nobody does this to themselves. Ask another administrator."),
        "web.last_administrator": _("this is the last administrator who can sign in. Make another one first."),
        "web.invitation": _("this link was used, is too old, or was replaced by a newer one. Ask for a new link."),
        "web.token_scopes": _("choose what the token may do; possible are: {expected}."),
        "web.token_purpose": _(
            "a token that may screen names needs a purpose that is in use: {expected}. It was given: {found}."
        ),
        "web.token_days": _("a token is good for {expected} days, not for {found}."),
    }


def _alert_texts() -> dict[str, str]:
    return {
        "web.alert.state": _("the alert was decided on, or opened again, in the meantime. See how it stands now."),
        "web.alert.same_person": _("whoever proposed a true match does not confirm it; another person does."),
        "web.alert.disposition": _("choose what became of the alert."),
        "web.alert.reasons": _("choose at least one of the reasons offered."),
        "web.alert.text": _("say in words what you found."),
        "web.alert.text_long": _("the text has {found} characters; at most {expected} are kept."),
        "web.alert.hits": _("choose which of the listings the subject is."),
        "web.alert.remember": _("a false positive is remembered for 1 to {expected} days here, not for {found}."),
        "web.alert.assignee": _("{found} does not decide on alerts. Choose someone who does."),
        "web.alert.many": _("at most {expected} alerts are given at once; these are {found}."),
    }


def _screening_texts() -> dict[str, str]:
    return {
        "web.watch.no_identifiers": _(
            "the file gives its subjects no identifiers of their own, by which they are known when it comes again. "
            "Add a column with the heading “id”."
        ),
        "web.watch.identifier": _("an identifier of at most {expected} characters is missing here."),
        "web.watch.duplicate": _("{found} stands in line {expected} already; that line was taken."),
        "web.upload.time": _(
            "reading the file took longer than is accepted: at most {expected} seconds; {found} rows or entries had "
            "been read until then. Split it, or have TAHALUF_READING_SECONDS raised."
        ),
        "web.upload.rows": _("the file has more rows than are accepted: at most {expected}. Split it."),
        "web.screening.state": _("the screening is in a state in which this cannot be done: {found}."),
        "web.screening.files_lost": _(
            "results that were stored are not there any more ({found} of {expected} bytes). Screen the file again."
        ),
        "web.screening.edition_gone": _("the index that the screening began with is gone. Screen the file again."),
        "web.screening.no_file": _("the file is not there any more. Upload it again."),
    }


def _watching_texts() -> dict[str, str]:
    return {
        "web.webhook.address": _(
            "{found} is no address that may be told. Give one with HTTPS, or one of this machine."
        ),
        "web.webhook.kind": _("{found} is no kind of event; possible are: {expected}."),
        "web.complaint.state": _("the complaint is in a state in which this cannot be done: {found}."),
        "web.complaint.text": _("say in words what you found."),
    }
