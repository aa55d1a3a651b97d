"""The units of brows, lids and cheeks, and of the nose."""

from focalface.tools.face.unit_rows.row import ARE, BROW, DOWN, UP, Unit

UNITS = (
    Unit(
        1,
        "inner brow raiser",
        muscles=("frontalis, medial part",),
        sided=True,
        plain="inner brow raised",
        noun="inner brow raising",
        seen={
            "brow": "inner brow: raised, lifted, drawn up",
            "forehead": "the middle of the forehead | lifted",
            "glabella": "lifts the skin between the brows",
        },
        moves=("inner|inside|medial + brow + {UP}|oblique",),
        anatomy="frontalis occipitofrontalis",
        told=(
            r"inner brow rais\w+",
            rf"inner (?:part|end|corner)s? of the {BROW}{ARE}{UP}",
            rf"{UP} inner {BROW}",
            rf"inner {BROW}{ARE}{UP}",
        ),
    ),
    Unit(
        2,
        "outer brow raiser",
        muscles=("frontalis, lateral part",),
        sided=True,
        plain="outer brow raised",
        noun="outer brow raising",
        seen={
            "brow": "outer brow: raised, lifted, arched",
            "forehead": "the outer part of the forehead | lifted",
        },
        moves=("outer|outside|lateral + brow + {UP}|arch",),
        anatomy="frontalis occipitofrontalis",
        told=(
            r"outer brow rais\w+",
            rf"outer (?:part|end|corner)s? of the {BROW}{ARE}{UP}",
            rf"{UP} outer {BROW}",
            rf"outer {BROW}{ARE}{UP}",
        ),
    ),
    Unit(
        4,
        "brow lowerer",
        muscles=("depressor glabellae", "depressor supercilii", "corrugator supercilii"),
        sided=True,
        plain="brow lowered",
        noun="brow lowering",
        seen={
            "glabella": "the skin between the brows | furrowed",
            "brow": "brow: lowered, drawn down",
        },
        sought=("brow", "glabella"),
        moves=(
            "brow|forehead + furrow|{SUNK}|knit|draw|together|contract|pinch|frown|bunched|squish*",
            "glabella|between the brow|between the eye|between his brow|between her brow"
            " + {WRINKLE}|furrow|line",
            "frown|scowl|glower|glare|glowering|glaring|frowny",
        ),
        anatomy="corrugator corrugators procerus depressor_supercilii",
        told=(
            r"brow lower\w+",
            rf"{BROW}{ARE}{DOWN}",
            rf"{DOWN} {BROW}",
            r"frown lines?",
            rf"{BROW}{ARE}(?:drawn|pulled) together",
        ),
    ),
    Unit(
        5,
        "upper lid raiser",
        muscles=("levator palpebrae superioris",),
        sided=True,
        plain="upper lid raised",
        noun="upper lid raising",
        seen={
            "eye": "upper lid: raised",
        },
        moves=(
            "eye|lid + {WIDE}",
            "upper lid|top lid + {UP}",
        ),
        anatomy="levator_palpebrae",
        told=(
            r"upper lid rais\w+",
            r"(?:eyes?|upper (?:eye)?lids?)(?: \w+){0,2} (?:wide(?:ned)?"
            r"(?: open)?|rais\w+)",
            r"widened eyes?",
            r"wide(?:-| )open eyes?",
        ),
    ),
    Unit(
        6,
        "cheek raiser",
        muscles=("orbicularis oculi, orbital part",),
        sided=True,
        plain="cheek raised",
        noun="cheek raising",
        seen={
            "crows_feet": "the skin beside the @eye | gathered, crinkled",
            "under_eye": "the skin under the @eye | bunched, pushed up",
            "cheek": "cheek: raised, lifted",
            "eye": "the @eye | squeezed from below",
        },
        sought=("crows_feet", "cheek"),
        moves=(
            "cheek + {UP}|push|pushed|bunch|plump",
            "eye|corner + crinkle|crinkling|crinkly",
        ),
        anatomy="orbicularis_oculi orbicularis_oculus orbital_tighten orbit_tighten "
        "orbital_tightening orbit_tightening",
        told=(
            r"cheek rais\w+",
            rf"cheeks?{ARE}{UP}",
            rf"{UP} cheeks?",
        ),
    ),
    Unit(
        7,
        "lid tightener",
        muscles=("orbicularis oculi, palpebral part",),
        sided=True,
        plain="lids tightened",
        noun="lid tightening",
        seen={
            "eye": "the @eye | narrowed",
            "under_eye": "the skin under the @eye | tautened",
        },
        moves=(
            "squint*",
            "eye|lid + {NARROW}|{TIGHT}",
        ),
        anatomy="orbital_tighten orbit_tighten orbital_tightening orbit_tightening",
        told=(
            r"lid tighten\w+",
            r"(?:eye)?lids?(?: \w+){0,2} (?:tight\w*|tense\w*)",
            r"tight\w* (?:eye)?lids?",
            r"squint\w*",
            r"narrowed eyes?",
            r"eyes?(?: \w+){0,2} narrow\w*",
        ),
    ),
    Unit(
        9,
        "nose wrinkler",
        muscles=("levator labii superioris alaeque nasi",),
        sided=True,
        plain="nose wrinkled",
        noun="nose wrinkling",
        seen={
            "nose_bridge": "the bridge of the nose | creased",
            "nasolabial_fold": "the @nasolabial fold | lifted at the top",
            "upper_lip": "lifts the upper lip",
            "glabella": "draws down the skin between the brows",
        },
        moves=("nose + {WRINKLE}",),
        anatomy="levator_contraction levator_contract",
        told=(
            r"nose wrinkl\w+",
            rf"nose{ARE}wrinkl\w+",
            r"wrinkled nose",
        ),
    ),
    Unit(
        43,
        "eyes closed",
        muscles=("relaxed levator palpebrae superioris", "orbicularis oculi, palpebral part"),
        sided=True,
        plain="eye closed",
        noun="eye closing",
        seen={
            "eye": "eye: closed",
        },
        moves=(
            "blink|wink",
            "eye|lid + droop|droopy|drooping|heavy|hooded|hang|low",
        ),
        told=(
            r"eye clos\w+",
            r"eyes?(?: \w+){0,2} (?:closed|shut)",
            r"closed eyes?",
        ),
    ),
)
