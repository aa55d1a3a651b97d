"""The emotions, a row each: what they are called, and which units suggest them."""

from dataclasses import dataclass
from types import MappingProxyType

from focalface.tools.types import Emotion


@dataclass(frozen=True, slots=True)
class EmotionRow:
    """One emotion. Words have blanks between them; a blank within a phrase is written ``_``."""

    label: Emotion
    noun: str
    """How it is spoken of."""
    words: str
    """What names it wherever it is spoken of."""
    asked: str = ""
    """What else names it in a question; in a description it may mean something else."""
    told: str = ""
    """What else names it in a model's answer; in a question it asks for something else."""
    core: tuple[tuple[str, ...], ...] = ()
    """Groups of alternative units that suggest it, one of each is expected (EMFACS)."""
    against: tuple[str, ...] = ()
    """Units that speak against it."""


_ROWS = (
    EmotionRow(
        "neutral",
        "a neutral expression",
        words="neutral expressionless",
        asked="blank impassive deadpan poker unemotional vacant stoic stony poker_faced "
        "straight_faced stone_faced inscrutable unreadable unbothered unfazed unaffected "
        "dispassionate wooden robotic inexpressive resting_bitch_face rbf unmoving "
        "unresponsive",
        told="neutrality calm relaxed",
    ),
    EmotionRow(
        "happiness",
        "happiness",
        words="happiness happy joy joyful happily cheerful amused amusement delighted",
        asked="on_cloud_nine tickled_pink chuffed on_top_of_the_world full_of_the_joys happier "
        "happiest joyous cheery glad delight pleased content contented contentment merry "
        "excited excitement elated jolly enjoy enjoys enjoying enjoyment "
        "enthusiastic enthusiasm thrilled satisfied satisfaction hopeful fun overjoyed "
        "ecstatic blissful bliss gleeful glee jubilant upbeat stoked jovial lighthearted "
        "carefree grateful euphoric optimistic pleasure exhilarated relieved relief hilarity "
        "buoyant pleasant giddy gleefully sunny radiant rapturous over_the_moon cloud_nine "
        "made_up thrilled_to_bits psyched pumped hyped rejoicing exultant triumphant "
        "victorious mirth mirthful festive gratified buzzing joyfully merriment blithe chirpy "
        "jaunty beatific sheer_delight in_stitches cracking_up laughing_out_loud",
        core=(("AU6",), ("AU12",)),
        against=("AU4", "AU9", "AU15"),
    ),
    EmotionRow(
        "sadness",
        "sadness",
        words="sadness sad sorrow sorrowful unhappy sadly melancholy",
        asked="the_blues unhappily gutted bummed bummed_out sadder saddest grief grieve grieving "
        "cry gloomy melancholic miserable misery upset disappointed disappointment heartbroken "
        "mournful mourning unhappiness lonely loneliness distressed hurtful dejected "
        "depressing tearful weepy weep weeping sob sobbing sobs glum downcast despondent forlorn "
        "wistful despair despairing hopeless crestfallen sombre somber woeful regretful remorse "
        "remorseful homesick downhearted desolate crushed devastated devastation "
        "broken_hearted brokenhearted inconsolable disheartened dispirited dismayed dismay "
        "discouraged doleful lugubrious morose mopey moping lament lamenting anguish "
        "anguished heartache heartsick woebegone wretched teary_eyed choked_up welling_up "
        "let_down defeated deflated disillusioned gloom grief_stricken blubbering bawling "
        "wailing whimpering snivelling sniveling blubbing feeling_blue down_in_the_dumps "
        "downbeat bereft bereaved feeling_down feeling_low regret teared_up tearing_up "
        "waterworks",
        core=(("AU1",), ("AU4",), ("AU15",)),
        against=("AU12", "AU5"),
    ),
    EmotionRow(
        "surprise",
        "surprise",
        words="surprise surprised astonished astonishment amazed",
        asked="shock shocked amazement startled startle stunned flabbergasted dumbfounded "
        "gobsmacked astounded awe awestruck disbelief incredulous speechless taken_aback "
        "surprising bewildered bewilderment agog aghast thunderstruck dumbstruck staggered "
        "jolted stupefied wonderment blown_away mind_blown caught_off_guard off_guard "
        "bowled_over unprepared disbelieving shook",
        core=(("AU1",), ("AU2",), ("AU5",), ("AU26", "AU25")),
        against=("AU4", "AU12"),
    ),
    EmotionRow(
        "fear",
        "fear",
        words="fear fearful afraid scared frightened anxious fright",
        asked="fears scare terrified terror worried worry worries worrying anxiety anxiously "
        "nervous nervousness nervously panic panicked panicking panicky horrified horror "
        "concerned uneasy frightening dread dreading petrified alarmed alarm apprehensive "
        "apprehension spooked timid intimidated trepidation unnerved freaked freaked_out "
        "freaking_out jittery skittish timorous cowering panicstricken panic_stricken "
        "creeped_out wary cautious worried_sick antsy spooky phobia jumpy quaking cowed "
        "bricking_it",
        core=(("AU1",), ("AU2",), ("AU4",), ("AU5",), ("AU20",), ("AU25", "AU26")),
        against=("AU12", "AU6"),
    ),
    EmotionRow(
        "disgust",
        "disgust",
        words="disgust disgusted revulsion",
        asked="nauseous seasick carsick revolted repulsed repulsion grossed disgusting repelled "
        "dislike distaste distasteful loathing loathes appalled aversion yucky yuck icky "
        "gross squeamish queasy sickened repugnance abhorrence weirded_out put_off turned_off "
        "repulse disgustedly grossed_out ew eww ick bleh",
        told="disgustful",
        core=(("AU9", "AU10"), ("AU17", "AU15")),
        against=("AU12", "AU5"),
    ),
    EmotionRow(
        "anger",
        "anger",
        words="anger angry annoyed furious irritated mad",
        asked="bad_mood foul_mood in_a_mood "
        "seeing_red see_red in_a_huff cheesed_off strop hissy_fit meltdown throwing_a_wobbly "
        "angrily angrier angriest annoyance irritation rage raging enraged fury hostile "
        "hostility cross aggressive aggression grumpy frustrated frustration pissed resentful "
        "resentment cranky livid outraged outrage irate fuming seething exasperated grouchy "
        "indignant hateful hatred wrathful wrath riled peeved vexed bad_tempered menacing "
        "ticked_off pissed_off hacked_off fed_up irked miffed incensed infuriated irritable "
        "antagonistic bitter bitterness spiteful vengeful snappy snarky hangry ratty stroppy "
        "narky tetchy testy crabby cantankerous sour salty ill_tempered short_tempered "
        "losing_it lost_it losing_his_temper losing_her_temper aggro aggravated aggravation "
        "provoked offended indignation displeased displeasure disgruntled dissatisfied "
        "disapproving disapproval disapprove huffy tantrum heated fired_up worked_up "
        "combative scathing venomous cheesed steamed_up hopping_mad angered irritably "
        "belligerent surly sharp_tempered",
        core=(("AU4",), ("AU5", "AU7"), ("AU23", "AU24")),
        against=("AU12", "AU1"),
    ),
    EmotionRow(
        "contempt",
        "contempt",
        words="contempt contemptuous scorn scornful disdain",
        asked="disdainful smug derisive derision condescending mocking haughty supercilious snide "
        "patronising patronizing dismissive arrogant disrespect superior snooty smugness "
        "gloating gloat sardonic sarcastic sarcasm mockery taunting taunt jeering jeer "
        "ridicule pompous self_satisfied scoffing scoff sneery contemptible looking_down_on "
        "disparaging",
    ),
)
EMOTION_ROWS = MappingProxyType({row.label: row for row in _ROWS})
"""Label -> its row."""


def emotion_words(*, described: bool = False) -> dict[str, Emotion]:
    """Map single words that name an emotion wherever they stand to its label; ``described``: those
    that do so in a model's answer too."""
    return {
        word: row.label
        for row in _ROWS
        for word in f"{row.words} {row.told if described else ''}".split()
    }
