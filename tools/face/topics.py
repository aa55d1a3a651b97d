"""What people ask about a face: the action units that bear on it, and where to look for them."""

from dataclasses import dataclass
from types import MappingProxyType

from focalface.tools.face.combinations import PSPI_UNITS


@dataclass(frozen=True, slots=True)
class Topic:
    """Something that people ask about; regions are atlas names without side."""

    name: str
    units: tuple[str, ...]
    """Units that bear on it."""
    regions: tuple[str, ...]
    """Where it shows, the most telling region first."""
    why: str
    source: str
    """Key of ``combinations.SOURCES``; empty for what is measured and not read from movements."""
    sought: tuple[str, ...] = ("face",)
    """Those regions without which it cannot be told, for a plan that looks at few."""
    needs_all: bool = False
    """Whether all of them stay when a question names one: a smile needs mouth and eyes."""
    by_signs: bool = False
    """Whether any of several units tells it, so that a region without one has neighbours to ask."""
    explains: frozenset[str] = frozenset()
    """Attributes that its words do not ask for besides: eyes that are open are not asked about as
    AU43."""
    inferred: bool = False
    """Whether people infer it from a face rather than see it."""
    seen: tuple[str, ...] = ()
    """Units that are seen where it is inferred."""
    words: str = ""
    """Words that ask for it by themselves; a blank within a phrase is written ``_``."""


_TOPICS = (
    Topic(
        "smile",
        units=("AU12", "AU6"),
        regions=("lip_corner", "mouth", "crows_feet"),
        why="a smile pulls the lip corners up, and the eyes may join in",
        source="duchenne",
    ),
    Topic(
        "genuineness",
        units=("AU6", "AU12", "AU7"),
        regions=("crows_feet", "mouth", "under_eye"),
        why="a smile that is felt tends to raise the cheeks and gather the skin around the eyes",
        source="duchenne",
        sought=("mouth", "eye", "crows_feet"),
        needs_all=True,
        explains=frozenset(["AU12", "AU6", "emotion"]),
        inferred=True,
        seen=("AU12", "AU6"),
    ),
    Topic(
        "pain",
        units=PSPI_UNITS,
        regions=("glabella", "eye", "crows_feet", "nose_bridge", "upper_lip"),
        why="pain lowers the brows, tightens the eyes, wrinkles the nose and raises the upper lip",
        source="pspi",
        sought=("glabella", "eye", "cheek", "nose_bridge", "upper_lip"),
        by_signs=True,
        explains=frozenset(["AU20"]),
        inferred=True,
        seen=PSPI_UNITS,
        words="pain pains painful painfully pained pspi prkachin discomfort uncomfortable wince "
        "winces wincing winced sore soreness ache aches aching agony hurt hurts hurting "
        "ouch agonised agonized agonising agonizing torment writhe writhing",
    ),
    Topic(
        "fatigue",
        units=("AU43", "AU15", "AU26"),
        regions=("eye", "under_eye", "lip_corner"),
        why="tired faces show hanging lids, dark or swollen skin under the eyes and low lip "
        "corners",
        source="fatigue",
        sought=("eye", "under_eye"),
        needs_all=True,
        explains=frozenset(["AU26", "AU43"]),
        inferred=True,
        seen=("AU43",),
        words="tired tiredness fatigue fatigued sleepy sleepiness sleepily weary weariness "
        "wearily worn_out worn drowsy drowsiness drowsily exhaust exhausted exhaustion "
        "exhausting sleep_deprived sleepless knackered jetlagged jet_lagged jet_-_lagged "
        "bleary dozy dozing doze drained shattered nod_off nodding_off rested burnt_out "
        "wide_awake falling_asleep fall_asleep alert alertness slept wiped_out wiped pooped "
        "bushed zonked beat spent run_down washed_out no_sleep enough_sleep refreshed "
        "energetic lethargic lethargy groggy heavy_eyed up_all_night all_nighter overworked "
        "overtired frazzled sluggish awake_enough zombie sleep_starved tuckered "
        "tuckered_out cream_crackered done_in bleary_eyed heavy_lidded dead_tired dog_tired "
        "whacked dead_on_his_feet dead_on_her_feet half_dead yawny sleep_deprivation tiring "
        "out_on_his_feet",
    ),
    Topic(
        "tension",
        units=("AU4", "AU7", "AU17", "AU23", "AU24"),
        regions=("glabella", "eye", "mouth", "chin", "jaw"),
        why="tension gathers between the brows, in the lids, the lips and the chin",
        source="emfacs",
        sought=("glabella", "eye", "mouth"),
        by_signs=True,
        inferred=True,
        seen=("AU4", "AU7", "AU24"),
        words="wired tense tension tenseness stress stressed stressful strain strained relax "
        "relaxed relaxation clench uptight at_ease ill_at_ease rigid rigidity stiff "
        "stiffness on_edge edgy loose loosened grit gritted gritting tightness uneasy cramp "
        "cramped unwind taut wound_up keyed_up pressured under_pressure unrelaxed "
        "tightly_wound high_strung strung brace bracing braced",
    ),
    Topic(
        "eye_openness",
        units=("AU5", "AU7", "AU43"),
        regions=("eye",),
        why="the lids show how far the eyes are open",
        source="emfacs",
        sought=("eye",),
        explains=frozenset(["AU43", "AU5", "AU7"]),
    ),
    Topic(
        "mouth_openness",
        units=("AU25", "AU26"),
        regions=("mouth",),
        why="the lips and the jaw show how far the mouth is open",
        source="emfacs",
        sought=("mouth",),
        explains=frozenset(["AU25", "AU26"]),
    ),
    Topic(
        "emotion",
        units=("AU1", "AU2", "AU4", "AU5", "AU6", "AU9", "AU10", "AU12", "AU15", "AU20", "AU23"),
        regions=("brow", "glabella", "eye", "mouth", "lip_corner"),
        why="brows, eyes and mouth carry most of what expressions suggest",
        source="emfacs",
        sought=("face", "upper_face", "mouth"),
        inferred=True,
        words="emotion emotional emotionally emotions feel feels feeling feelings mood moods "
        "affect affective expression expressions expressive bored boredom confused "
        "confusion embarrassed embarrassment proud pride serious bothered moved "
        "mental_state state_of_mind vibe vibes calm calmness friendly friendliness "
        "thoughtful puzzled curious curiosity ashamed shame jealous jealousy concentrated "
        "concentrating concentration interested indifferent confident emotionless sentiment "
        "sentiments temper spirits attitude reaction reacting facial_affect "
        "look_on_(?:his|her|the)_face face_telling valence arousal demeanour demeanor "
        "unfriendly welcoming approachable intimidating stern strict solemn serene serenity "
        "peaceful tranquil pensive contemplative focused focussed attentive determined "
        "doubtful sceptical skeptical impressed unimpressed engaged disengaged distracted "
        "dreamy playful mischievous cheeky loving affectionate tender sympathetic "
        "compassionate nostalgic shy shyness sulk sulking sulky sullen moody nonchalant "
        "apathetic apathy aloof detached disinterested uninterested awkward self_conscious "
        "desperate frantic agitated restless troubled disturbed perturbed hysterical "
        "overwhelmed preoccupied lost_in_thought distress in_love pull_a_face "
        "pulling_a_face making_a_face pull_faces insecure shaken perplexed baffled "
        "puzzlement daydreaming absorbed at_peace lively bubbly grim unsure hesitant pity "
        "sympathy envious envy tickled entertained emotive unmoved inner_state demotivated "
        "motivated eager impatient bashful coy tormented conflicted vulnerable flustered "
        "cringing cringe cringey mortified humiliated sheepish meh zoned_out chill chilled "
        "mellow zen composed collected poised dazed disoriented intrigued fascinated "
        "mesmerised mesmerized hypnotised hypnotized enthralled captivated awed inspired "
        "touched smitten lovestruck lovesick yearning longing wishful resigned broody "
        "brooding defensive guarded sassy silly goofy giggly hyper resolute sentimental "
        "inattentive vigilant watchful bemused bemusement wry contrite apologetic repentant "
        "impatience excitable energised energized motivation discontent discontented "
        "conflicting_feelings mixed_feelings mixed_emotions ambivalent reflective "
        "introspective deep_in_thought thinking_hard quizzical inquisitive expectant "
        "anticipation anticipating suspenseful cheekily coyly impish lost_for_words "
        "disorientated blase unconvinced uncertain wound unsettled disengagement mood_swing "
        "emo melodramatic",
    ),
    Topic(
        "age",
        units=(),
        regions=("forehead", "crows_feet", "under_eye", "nasolabial_fold", "jaw"),
        why="lines and slackening of the skin show here first",
        source="wrinkles",
        sought=("face",),
        words="age aged ages aging ageing old older oldest young younger youngest elderly adult "
        "adults adolescent teenager teenage teen teens minor years_old year_old "
        "how_many_year how_many_summers how_many_winters how_many_birthdays "
        "how_many_candles long_in_the_tooth no_spring_chicken decade generation middle_aged "
        "senior pensioner youthful mature grown_up grownup birth_year year_of_birth "
        "years_of_age toddler infant newborn tween preteen underage millennial boomer gen_z "
        "twentysomething thirtysomething fortysomething fiftysomething guess_the_year "
        "old_age agewise of_legal_age old_enough decades retirement_age youth eldest "
        "ageless juvenile octogenarian",
    ),
    Topic(
        "asymmetry",
        units=("AU1", "AU2", "AU12", "AU14"),
        regions=("brow", "eye", "lip_corner"),
        why="differences between the sides show best at the brows, the eyes and the lip corners",
        source="emfacs",
        sought=("half",),
        words="lopsided tilted slanted slanting askew crooked crookedly uneven unevenly one_sided "
        "skewed balanced unbalanced imbalance wonky lop_sided unequal off_-_centre "
        "off_centre twisted skewwhiff cockeyed misaligned aligned unsymmetric symmetry "
        "symmetric mirrored even_on",
    ),
    Topic(
        "head_pose",
        units=(),
        regions=("face",),
        why="how the head is held is measured on the whole face",
        source="",
        explains=frozenset(["asymmetry"]),
    ),
)
TOPICS = MappingProxyType({topic.name: topic for topic in _TOPICS})
"""Name -> topic."""
