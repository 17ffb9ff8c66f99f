"""The purposes that a new desk begins with; an administrator puts the national law in place of the general words."""

from typing import Any

DEFAULTS: tuple[dict[str, Any], ...] = (
    {
        "slug": "border",
        "title_en": "Travel and borders",
        "title_fr": "Voyages et frontières",
        "title_ar": "السفر والحدود",
        "legal_basis": (
            "UN Security Council resolutions 2396 (2017), paragraphs 11–13, and 2178 (2014), paragraph 9: advance "
            "passenger information and passenger name records are screened against watch lists, for the prevention, "
            "detection and investigation of terrorist offences and related travel, with full respect for human rights."
        ),
        "keep_days": 180,
        "keep_match_days": 1825,
        "due_hours": 4,
        "exemption_days": 180,
    },
    {
        "slug": "payment",
        "title_en": "Payments",
        "title_fr": "Paiements",
        "title_ar": "المدفوعات",
        "legal_basis": (
            "UN Security Council resolutions 1267 (1999), 1989 (2011), 2253 (2015) and 1373 (2001): the assets of "
            "listed persons and entities are frozen without delay and no funds are made available to them; FATF "
            "recommendation 6."
        ),
        "keep_days": 365,
        "keep_match_days": 1825,
        "due_hours": 24,
        "exemption_days": 365,
    },
    {
        "slug": "vetting",
        "title_en": "Vetting of partners and suppliers",
        "title_fr": "Vérification des partenaires et fournisseurs",
        "title_ar": "التحقق من الشركاء والموردين",
        "legal_basis": (
            "UN Security Council resolutions 1373 (2001), 2462 (2019) and 2664 (2022): no funds or resources reach "
            "listed persons and entities; humanitarian assistance is not hindered. The partner has been told of the "
            "check in its contract."
        ),
        "keep_days": 365,
        "keep_match_days": 1825,
        "due_hours": 72,
        "exemption_days": 365,
    },
)
