"""Lists as sources: what is known of a published list by its short name, and the row that stands for it."""

from django.utils.text import slugify

from tahaluf.web.catalogue.models import Collection, ListSource

# Title, publisher, the publisher's page, the name by which `lists.update` fetches it.
KNOWN = {
    "un_sc": (
        "United Nations Security Council Consolidated List",
        "United Nations Security Council",
        "https://main.un.org/securitycouncil/en/content/un-sc-consolidated-list",
        "un",
    ),
    "ofac_sdn": (
        "Specially Designated Nationals and Blocked Persons List",
        "U.S. Treasury, Office of Foreign Assets Control",
        "https://ofac.treasury.gov/specially-designated-nationals-and-blocked-persons-list-sdn-human-readable-lists",
        "ofac_sdn",
    ),
    "ofac_cons": (
        "Consolidated Sanctions List (Non-SDN)",
        "U.S. Treasury, Office of Foreign Assets Control",
        "https://ofac.treasury.gov/consolidated-sanctions-list-non-sdn-lists",
        "ofac_cons",
    ),
}

# Words that stand for something else in the desk's addresses.
RESERVED = frozenset({"search", "upload", "imports", "rebuild", "collections", "default"})


def slug_for(*names: str) -> str:
    """A short name made of the first of these that gives one."""
    slug = next((slug for name in names if (slug := slugify(name)[:55].strip("-_"))), "list")
    return f"{slug}-list" if slug in RESERVED else slug


def source_of(slug: str, title: str = "") -> ListSource:
    """The list of that short name; made where there is none."""
    known = KNOWN.get(slug, ("", "", "", ""))
    source, _made = ListSource.objects.get_or_create(
        slug=slug,
        defaults={
            "title": (title or known[0] or slug.replace("_", " "))[:200],
            "publisher": known[1],
            "homepage": known[2],
            "source": known[3],
        },
    )
    return source


def ensure_default() -> Collection:
    """The collection of every active list, which is there from the beginning."""
    return Collection.objects.get_or_create(slug="default", defaults={"title": "Every active list"})[0]
