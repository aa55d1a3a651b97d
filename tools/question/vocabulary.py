"""Words for what a face does and shows, by meaning; rules name the classes, not the words.

A class is written in base forms and stands for every inflection of each: ``any_of(UP)`` matches
"lift", "lifts", "lifted", "lifting". A blank inside a phrase is written ``_``.
"""

from focalface.tools.face.emotion_rows import EMOTION_ROWS
from focalface.tools.face.unit_rows import UNITS
from focalface.tools.types import Emotion


def inflections(base: str) -> set[str]:
    """Regular forms of a base word; wrong ones do no harm, nobody types them."""
    stem = base[:-1] if base.endswith("e") else base
    forms = {base, f"{base}s", f"{stem}ed", f"{stem}ing", f"{stem}es", f"{base}r", f"{stem}er"}
    if base.endswith("y"):
        forms |= {f"{base[:-1]}ies", f"{base[:-1]}ied"}
    if len(base) > 2 and base[-1] in "bdgmnprt" and base[-2] in "aeiou" and base[-3] not in "aeiou":
        forms |= {f"{base}{base[-1]}ed", f"{base}{base[-1]}ing", f"{base}{base[-1]}er"}
    return forms


def any_of(*classes: str) -> str:
    """Return a pattern for any form of any word of the classes."""
    found: set[str] = set()
    for word in " ".join(classes).split():
        found |= {word.replace("_", " ")} if "_" in word else inflections(word)
    return f"(?:{'|'.join(sorted(found, key=lambda w: (-len(w), w)))})"


def graded(word: str) -> set[str]:
    """Return an adjective with its regular comparative and superlative: sad, sadder, saddest."""
    if word.endswith("y"):
        stem = f"{word[:-1]}i"
    elif word.endswith("e"):
        stem = word[:-1]
    elif (
        word[-1] in "bdgmnpt"
        and word[-2:-1] in tuple("aeiou")
        and word[-3:-2] not in tuple("aeiou")
    ):
        stem = word + word[-1]
    else:
        stem = word
    return {word, f"{stem}er", f"{stem}est"}


def any_degree(*classes: str) -> str:
    """Return a pattern for these words and their comparatives: "calm" stands for "calmer" too."""
    listed = " ".join(classes).split()
    return any_word(*(w.replace(" ", "_") for word in listed for w in graded(word)))


def any_word(*classes: str) -> str:
    """Return a pattern for these words exactly as they are written."""
    listed = [word.replace("_", " ") for word in " ".join(classes).split()]
    return f"(?:{'|'.join(sorted(listed, key=lambda w: (-len(w), w)))})"


UP = "up upward upwards raise lift pull_up hoist elevate heighten rise risen upturn high higher"
DOWN = "down downward downwards droop droopy drop depress depressed sag slump downturn dip hang"
TIGHT = "tight tighten tightened"
WIDE = "wide widen wider bulge pop goggle"
NARROW = "narrow slit squeeze pinch squint screw_up"
WRINKLE = "wrinkle scrunch scrunchy crinkle crinkly crease crumple screw_up wrinkly pucker_up"
OPEN = "open openness opening ajar unclosed gape agape"
SHUT = "close shut half_closed unopened"
SHOW = "show visible bare see seen display expose reveal flash"
TOGETHER = "press compress together squeeze clamp clench seal purse_together squash push_together"
OUT = "push_out pushed_out protrude stick_out jut_out push_forward thrust_forward jut"
INWARD = "suck roll bite biting bitten nibble chew swallow tuck fold_in pull_in"

SMILE = "smile grin beam smirk smiley"
HAPPY_SIGN = f"{SMILE} laugh laughter happiness happy happily joy giggle chuckle cheerful cheer"
HONEST = (
    "genuine genuinely genuineness fake faked fakeness real really sincere sincerely authentic "
    "authenticity force forced forcing pose posed true truth honest natural naturally unnatural "
    "put_on polite social stage staged insincere phony phoney spontaneous spontaneously heartfelt "
    "artificial deliberate deliberately pretend pretended pretending pretends convincing felt "
    "true_to_life plastic hollow canned for_the_camera forcedly politely fakely faking pretence "
    "contrived strained perfunctory half_hearted pasted masked_smile mechanical stiff rehearsed "
    "customer_service dishonest insincerely deceptive unforced involuntary voluntary courtesy bogus sham acted earnest"
)

PAIN = (
    "pain pains painful painfully pained pspi prkachin discomfort uncomfortable wince winces "
    "wincing winced sore soreness ache aches aching agony hurt hurts hurting ouch agonised "
    "agonized agonising agonizing torment writhe writhing"
)
FATIGUE = (
    "tired tiredness fatigue fatigued sleepy sleepiness sleepily weary weariness wearily "
    "worn_out worn drowsy drowsiness drowsily exhaust exhausted exhaustion exhausting "
    "sleep_deprived sleepless knackered jetlagged jet_lagged jet_-_lagged bleary dozy dozing "
    "doze drained shattered nod_off nodding_off rested burnt_out wide_awake falling_asleep "
    "fall_asleep alert alertness slept wiped_out wiped pooped bushed zonked beat spent "
    "run_down washed_out no_sleep enough_sleep refreshed energetic lethargic lethargy groggy "
    "heavy_eyed up_all_night all_nighter overworked overtired frazzled sluggish awake_enough "
    "zombie sleep_starved tuckered tuckered_out cream_crackered done_in bleary_eyed "
    "heavy_lidded dead_tired dog_tired whacked dead_on_his_feet dead_on_her_feet half_dead "
    "yawny sleep_deprivation tiring out_on_his_feet"
)
TENSION = (
    "wired tense tension tenseness stress stressed stressful strain strained relax relaxed relaxation "
    "clench uptight at_ease ill_at_ease rigid rigidity stiff stiffness on_edge edgy loose "
    "loosened grit gritted gritting tightness uneasy cramp cramped unwind taut wound_up keyed_up "
    "pressured under_pressure unrelaxed tightly_wound high_strung strung brace bracing braced"
)
ASYMMETRY = (
    "lopsided tilted slanted slanting askew crooked crookedly uneven unevenly one_sided skewed "
    "balanced unbalanced imbalance wonky lop_sided unequal off_-_centre off_centre twisted "
    "skewwhiff cockeyed misaligned aligned unsymmetric symmetry symmetric mirrored even_on"
)
AGE = (
    "age aged ages aging ageing old older oldest young younger youngest elderly adult adults "
    "adolescent teenager teenage teen teens minor years_old year_old how_many_year how_many_summers how_many_winters how_many_birthdays how_many_candles long_in_the_tooth no_spring_chicken decade "
    "generation middle_aged senior pensioner youthful mature grown_up grownup birth_year "
    "year_of_birth years_of_age toddler infant newborn tween preteen underage millennial boomer "
    "gen_z twentysomething thirtysomething fortysomething fiftysomething guess_the_year "
    "old_age agewise of_legal_age old_enough decades retirement_age youth eldest ageless juvenile octogenarian"
)

EMOTIONS: dict[Emotion, str] = {
    row.label: f"{row.words} {row.asked}" for row in EMOTION_ROWS.values()
}
"""Label -> what names it in a question."""

FEELING = (
    "emotion emotional emotionally emotions feel feels feeling feelings mood moods affect "
    "affective expression expressions expressive bored boredom confused confusion embarrassed "
    "embarrassment proud pride serious bothered moved mental_state state_of_mind vibe vibes "
    "calm calmness friendly friendliness thoughtful puzzled curious curiosity ashamed shame "
    "jealous jealousy concentrated concentrating concentration interested indifferent "
    "confident emotionless sentiment sentiments temper spirits attitude reaction reacting "
    "facial_affect look_on_(?:his|her|the)_face face_telling valence arousal demeanour "
    "demeanor unfriendly welcoming approachable intimidating stern strict solemn serene "
    "serenity peaceful tranquil pensive contemplative focused focussed attentive determined "
    "doubtful sceptical skeptical impressed unimpressed engaged disengaged distracted dreamy "
    "playful mischievous cheeky loving affectionate tender sympathetic compassionate "
    "nostalgic shy shyness sulk sulking sulky sullen moody nonchalant apathetic apathy aloof "
    "detached disinterested uninterested awkward self_conscious desperate frantic agitated "
    "restless troubled disturbed perturbed hysterical overwhelmed preoccupied lost_in_thought "
    "distress in_love pull_a_face pulling_a_face making_a_face pull_faces insecure shaken "
    "perplexed baffled puzzlement daydreaming absorbed at_peace lively bubbly grim unsure "
    "hesitant pity sympathy envious envy tickled entertained emotive unmoved inner_state "
    "demotivated motivated eager impatient bashful coy tormented conflicted vulnerable "
    "flustered cringing cringe cringey mortified humiliated sheepish meh zoned_out chill "
    "chilled mellow zen composed collected poised dazed disoriented intrigued fascinated "
    "mesmerised mesmerized hypnotised hypnotized enthralled captivated awed inspired touched "
    "smitten lovestruck lovesick yearning longing wishful resigned broody brooding defensive "
    "guarded sassy silly goofy giggly hyper resolute sentimental inattentive vigilant "
    "watchful bemused bemusement wry contrite apologetic repentant impatience excitable "
    "energised energized motivation discontent discontented conflicting_feelings "
    "mixed_feelings mixed_emotions ambivalent reflective introspective deep_in_thought "
    "thinking_hard quizzical inquisitive expectant anticipation anticipating "
    "suspenseful cheekily coyly impish lost_for_words disorientated blase "
    "unconvinced uncertain wound unsettled disengagement mood_swing emo "
    "melodramatic"
)

MUSCLES: dict[str, str] = {
    **{code: unit.anatomy for code, unit in UNITS.items() if unit.anatomy},
    "tension": "masseter masseters",
}
"""What shows when a muscle contracts -> muscles by their anatomical names."""


def _single_words() -> set[str]:
    classes = (PAIN, FATIGUE, TENSION, ASYMMETRY, AGE, FEELING, HONEST, *EMOTIONS.values())
    return {word for text in classes for word in text.split() if word.isalpha()}


def listed() -> set[str]:
    """Return every single word of the tables, with its degrees; none of them is a typo."""
    return {form for word in _single_words() for form in graded(word)} | inflections("sleep")


def long_words() -> set[str]:
    """Return words of seven letters and more, which a typo can be mended towards without risk."""
    return {word for word in _single_words() if len(word) >= 7}
