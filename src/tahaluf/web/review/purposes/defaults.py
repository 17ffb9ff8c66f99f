"""The purposes that a new desk begins with; an administrator puts the national law in place of the general words."""

from typing import Any

DEFAULTS: tuple[dict[str, Any], ...] = (
    {
        "slug": "border",
        "title_en": "Travel and borders",
        "title_fr": "Voyages et frontières",
        "title_ar": "السفر والحدود",
        "legal_basis_en": (
            "UN Security Council resolutions 2396 (2017), paragraphs 11–13, and 2178 (2014), paragraph 9: advance "
            "passenger information and passenger name records are screened against watch lists, for the prevention, "
            "detection and investigation of terrorist offences and related travel, with full respect for human rights."
        ),
        "legal_basis_fr": (
            "Résolutions 2396 (2017), paragraphes 11 à 13, et 2178 (2014), paragraphe 9, du Conseil de sécurité de "
            "l’ONU : les renseignements préalables et les dossiers des passagers sont comparés aux listes de "
            "surveillance, pour prévenir, détecter et instruire les infractions terroristes et les voyages qui s’y "
            "rapportent, dans le plein respect des droits de l’homme."
        ),
        "legal_basis_ar": (
            "قرارا مجلس الأمن التابع للأمم المتحدة 2396 (2017)، الفقرات 11 إلى 13، و2178 (2014)، الفقرة 9: تُقارَن "
            "المعلومات المسبقة عن المسافرين وسجلات أسماء المسافرين بقوائم المراقبة، لمنع الجرائم الإرهابية والسفر "
            "المرتبط بها وكشفها والتحقيق فيها، مع الاحترام الكامل لحقوق الإنسان."
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
        "legal_basis_en": (
            "UN Security Council resolutions 1267 (1999), 1989 (2011), 2253 (2015) and 1373 (2001): the assets of "
            "listed persons and entities are frozen without delay and no funds are made available to them; FATF "
            "recommendation 6."
        ),
        "legal_basis_fr": (
            "Résolutions 1267 (1999), 1989 (2011), 2253 (2015) et 1373 (2001) du Conseil de sécurité de l’ONU : les "
            "avoirs des personnes et entités inscrites sont gelés sans délai et aucun fonds n’est mis à leur "
            "disposition ; recommandation 6 du GAFI."
        ),
        "legal_basis_ar": (
            "قرارات مجلس الأمن التابع للأمم المتحدة 1267 (1999) و1989 (2011) و2253 (2015) و1373 (2001): تُجمَّد دون تأخير "
            "أصول الأشخاص والكيانات المدرجة ولا تُتاح لهم أي أموال؛ والتوصية 6 لمجموعة العمل المالي."
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
        "legal_basis_en": (
            "UN Security Council resolutions 1373 (2001), 2462 (2019) and 2664 (2022): no funds or resources reach "
            "listed persons and entities; humanitarian assistance is not hindered. The partner has been told of the "
            "check in its contract."
        ),
        "legal_basis_fr": (
            "Résolutions 1373 (2001), 2462 (2019) et 2664 (2022) du Conseil de sécurité de l’ONU : aucun fonds ni "
            "aucune ressource ne parvient aux personnes et entités inscrites ; l’aide humanitaire n’est pas entravée. "
            "Le partenaire a été informé de la vérification par son contrat."
        ),
        "legal_basis_ar": (
            "قرارات مجلس الأمن التابع للأمم المتحدة 1373 (2001) و2462 (2019) و2664 (2022): لا تصل أي أموال أو موارد "
            "إلى الأشخاص والكيانات المدرجة؛ ولا تُعرقَل المساعدة الإنسانية. وقد أُبلغ الشريك بهذا التحقق في عقده."
        ),
        "keep_days": 365,
        "keep_match_days": 1825,
        "due_hours": 72,
        "exemption_days": 365,
    },
)
