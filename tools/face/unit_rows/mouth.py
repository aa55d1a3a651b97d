"""The units that move the corners of the mouth, the upper lip and the chin."""

from focalface.tools.face.unit_rows.row import ARE, CORNER, UP, Unit

UNITS = (
    Unit(
        10,
        "upper lip raiser",
        muscles=("levator labii superioris",),
        sided=True,
        plain="upper lip raised",
        noun="upper lip raising",
        seen={
            "upper_lip": "=upper lip: raised, lifted",
            "nasolabial_fold": "the @nasolabial fold | deepened",
            "mouth": "=upper lip: raised, lifted",
        },
        moves=(
            "upper lip + {UP}|curl",
            "sneer|snarl",
            "lip + curl",
        ),
        anatomy="levator_contraction levator_contract levator_labii",
        told=(
            r"upper lip rais\w+",
            rf"upper lip{ARE}{UP}",
            rf"{UP} upper lip",
        ),
    ),
    Unit(
        12,
        "lip corner puller",
        muscles=("zygomaticus major",),
        sided=True,
        plain="lip corner pulled up",
        noun="a smile",
        seen={
            "lip_corner": "lip corner: pulled up, raised, drawn up",
            "mouth": "lip corner: pulled up, raised, drawn up",
            "nasolabial_fold": "the @nasolabial fold | deepened",
            "cheek": "the @cheek | bunched, rounded",
            "upper_lip": "the upper lip | drawn wide",
            "lower_lip": "the lower lip | drawn wide",
        },
        sought=("mouth",),
        moves=(
            "{SMILE}|laugh~|chuckle~|giggle~",
            "corner + mouth|lip + {UP}",
        ),
        anatomy="zygomaticus zygomatic zygomatics",
        told=(
            r"lip corner pull\w*",
            rf"{CORNER}{ARE}(?:{UP}|turned up|upturned)",
            r"smil\w+",
            r"grin\w*",
            rf"upturned {CORNER}",
        ),
    ),
    Unit(
        14,
        "dimpler",
        muscles=("buccinator",),
        sided=True,
        plain="lip corner tightened into a dimple",
        noun="dimpling",
        seen={
            "lip_corner": "lip corner: tucked in",
            "mouth": "lip corner: tucked in",
            "cheek": "the @cheek | dented",
        },
        sought=("mouth",),
        moves=(
            "dimple",
            "corner + mouth|lip + {INWARD}",
        ),
        anatomy="buccinator buccinators",
        told=(
            r"dimpl\w+",
            rf"{CORNER}{ARE}tuck\w+(?: in)?",
        ),
    ),
    Unit(
        15,
        "lip corner depressor",
        muscles=("depressor anguli oris",),
        sided=True,
        plain="lip corner pulled down",
        noun="a downturned mouth",
        seen={
            "lip_corner": "lip corner: pulled down, turned down, drawn down",
            "mouth": "lip corner: pulled down, turned down, drawn down",
            "lower_lip": "the lower lip | bent at its ends",
            "chin": "the chin | flattened",
        },
        sought=("mouth",),
        moves=(
            "corner + mouth|lip + {SUNK}|point down|point downward|point downwards",
            "mouth + downturned|turn down|go down|goes down|going down|droop~|droopy~|sag~",
        ),
        anatomy="depressor_anguli triangularis",
        told=(
            r"lip corner depress\w*",
            rf"{CORNER}{ARE}(?:turned down|downturned|droop\w*|"
            rf"lowered|depressed|pulled down|drawn down)",
            rf"downturned {CORNER}",
            r"downturned mouth",
            r"mouth turned down",
        ),
    ),
    Unit(
        17,
        "chin raiser",
        muscles=("mentalis",),
        sided=False,
        plain="chin boss pushed up",
        noun="chin raising",
        seen={
            "chin": "=chin: pushed up and wrinkled, bunched and wrinkled",
            "lower_lip": "the lower lip | pushed up",
            "mouth": "the lower lip | pushed up",
        },
        moves=(
            "chin + {UP}|push|bunch|{WRINKLE}|dimple|pucker",
            "lower_lip|lower lip|bottom lip|underlip + {OUT}|push|pushed|stick|sticking|stuck",
            "pout|pouty",
        ),
        anatomy="mentalis",
        told=(
            r"chin rais\w+",
            rf"chin{ARE}(?:{UP}|pushed up|bunched|dimpled)",
            r"(?:raised|bunched) chin",
        ),
    ),
)
