"""The units that shape the lips, and the jaw."""

from focalface.tools.face.unit_rows.row import ARE, LIPS, Unit

UNITS = (
    Unit(
        18,
        "lip pucker",
        muscles=("incisivii labii superioris", "incisivii labii inferioris"),
        sided=False,
        plain="lips puckered",
        noun="lip puckering",
        seen={
            "mouth": "=lips: puckered",
            "upper_lip": "=upper lip: puckered",
            "lower_lip": "=lower lip: puckered",
        },
        synonyms="pucker; puckered; puckered lips; puckering; pursed lips; pursing; kissing; kiss; "
        "duck face",
        moves=(
            "pucker|kiss|kissing|kissy|duck face|pouch|blow a kiss",
            "lip + purse|kiss|kissing",
        ),
        told=(
            r"lip pucker\w*",
            rf"{LIPS}{ARE}pucker\w*",
            rf"pucker\w* {LIPS}",
        ),
    ),
    Unit(
        20,
        "lip stretcher",
        muscles=("risorius", "platysma"),
        sided=True,
        plain="lips stretched sideways",
        noun="lip stretching",
        seen={
            "lip_corner": "lip corner: stretched sideways",
            "mouth": "=lips: stretched sideways",
            "upper_lip": "=upper lip: stretched sideways",
            "lower_lip": "=lower lip: stretched sideways",
        },
        sought=("mouth",),
        synonyms="stretched lips; lips stretched; lip stretch; stretched mouth; mouth stretched; "
        "grimace; grimacing",
        moves=(
            "mouth|lip + stretch|sideways|elongate~",
            "grimace",
        ),
        anatomy="risorius",
        told=(
            r"lip stretch\w*",
            rf"{LIPS}{ARE}stretched(?: sideways)?",
        ),
    ),
    Unit(
        22,
        "lip funneler",
        muscles=("orbicularis oris",),
        sided=False,
        plain="lips funnelled outwards",
        noun="lip funnelling",
        seen={
            "mouth": "=lips: funnelled outwards",
            "upper_lip": "=upper lip: funnelled outwards",
            "lower_lip": "=lower lip: funnelled outwards",
        },
        synonyms="funnelled lips; funneled lips; lip funnel; lips pushed out; trumpet mouth",
        moves=("lip + funnel|funnelled|funneled|{OUT}",),
        told=(
            r"lip funnel\w*",
            rf"{LIPS}{ARE}funnel\w*",
            rf"funnel\w* {LIPS}",
        ),
    ),
    Unit(
        23,
        "lip tightener",
        muscles=("orbicularis oris",),
        sided=False,
        plain="lips tightened",
        noun="lip tightening",
        seen={
            "mouth": "=lips: tightened",
            "upper_lip": "=upper lip: tightened",
            "lower_lip": "=lower lip: tightened",
        },
        synonyms="tight lips; tightened lips; lips tightened; thin lips; thinned lips; "
        "narrowed lips; tight lipped",
        moves=("lip|mouth + {TIGHT}|thin|thinned|thinning|narrow",),
        anatomy="orbicularis_oris",
        told=(
            r"lip tighten\w+",
            rf"{LIPS}{ARE}tighten\w*",
            rf"tight(?:ened)? {LIPS}",
        ),
    ),
    Unit(
        24,
        "lip pressor",
        muscles=("orbicularis oris",),
        sided=False,
        plain="lips pressed together",
        noun="lip pressing",
        seen={
            "mouth": "=lips: pressed together",
            "upper_lip": "=upper lip: pressed down",
            "lower_lip": "=lower lip: pressed up",
        },
        synonyms="pressed lips; lips pressed; lips pressed together; compressed lips; lip press; "
        "clenched lips",
        moves=("lip + {TOGETHER}",),
        anatomy="orbicularis_oris",
        told=(
            r"lip press\w+",
            rf"{LIPS}{ARE}press\w*(?: together)?",
            rf"pressed {LIPS}",
        ),
    ),
    Unit(
        25,
        "lips part",
        muscles=("depressor labii inferioris", "relaxed mentalis or orbicularis oris"),
        sided=False,
        plain="lips parted",
        noun="lip parting",
        seen={
            "mouth": "=lips: parted",
            "upper_lip": "=upper lip: parted from the other",
            "lower_lip": "=lower lip: parted from the other",
        },
        synonyms="parted lips; lips parted; lips apart; open lips; lips open; open mouth; "
        "mouth open; teeth showing; teeth visible; showing teeth",
        moves=(
            "lip + part|apart|open|separate|separated|close|closed",
            "tooth + {SHOW}|see~|show~",
        ),
        told=(
            r"lips? part\w*",
            rf"{LIPS}{ARE}(?:part\w*|open\w*)",
            rf"(?:parted|open) {LIPS}",
            r"teeth (?:are )?(?:visible|showing)",
        ),
    ),
    Unit(
        26,
        "jaw drop",
        muscles=("relaxed masseter", "relaxed temporalis and internal pterygoid"),
        sided=False,
        plain="jaw dropped",
        noun="jaw dropping",
        seen={
            "mouth": "=jaw: dropped, lowered",
            "chin": "the chin | carried down",
            "jaw": "=jaw: dropped, lowered",
            "lower_lip": "the lower lip | carried down",
        },
        synonyms="jaw drop; jaw dropped; dropped jaw; open jaw; jaw open; jaw hanging; gaping; "
        "agape; mouth wide open; yawn; yawning",
        moves=(
            "jaw + drop~|hang~|slack~|open~|fall~",
            "yawn*",
        ),
        told=(
            r"jaw drop\w*",
            rf"jaw{ARE}(?:drop\w*|lowered|open)",
            r"dropped jaw",
            r"mouth(?: \w+){0,2} wide open",
        ),
    ),
    Unit(
        28,
        "lip suck",
        muscles=("orbicularis oris",),
        sided=False,
        plain="lips sucked in",
        noun="lip sucking",
        seen={
            "mouth": "=lips: sucked in, rolled in",
            "upper_lip": "=upper lip: sucked in, rolled in",
            "lower_lip": "=lower lip: sucked in, rolled in",
        },
        synonyms="lips sucked in; sucked in lips; lip suck; sucking the lip; lips rolled in; "
        "hidden lips; rolled lips; biting the lip; lip bite",
        moves=("lip + {INWARD}",),
        told=(
            r"lip suck\w*",
            rf"{LIPS}{ARE}(?:sucked|rolled) in",
            rf"sucked(?:-in)? {LIPS}",
        ),
    ),
)
