"""Words that the rules know: base forms, irregular ones, chat spelling, words to leave alone."""


def words(text: str) -> tuple[str, ...]:
    """The words of a text, in order."""
    return tuple(text.split())


BASES = words(
    """
    brow eye lid mouth lip nose cheek chin jaw forehead glabella nostril temple face corner
    crow foot wrinkle fold nasolabial bridge tip bag circle line half side dimple tooth tongue
    muscle region area smile grin smirk laugh beam frown scowl furrow squint sneer snarl
    pout pucker purse wink blink stretch press tighten tight part drop raise lift lower curl
    suck pull droop narrow widen scrunch knit draw bunch push funnel arch cock gape yawn
    stare turn clench relax relaxed tense tension stress strain emotion emotional feel mood
    express expression happy happiness joy cheerful sad sadness unhappy surprise surprised
    shock fear afraid scared scare angry anger disgust disgusted contempt neutral annoyed
    upset worried nervous anxious cry age old older oldest young younger youngest year adult
    tired fatigue exhaust exhausted sleepy drowsy pain hurt grimace symmetric symmetry
    asymmetry asymmetric lopsided crooked uneven open close closed shut genuine fake real
    sincere authentic force forced pose posed duchenne compare difference different same
    left right both upper lower middle inner outer between under around describe summarise
    summarize summary overview analyse analyze report picture photo image person people
    everyone second third first before after explain identify pressor depressor attractive
    beautiful handsome ethnicity nationality criminal honest
    """
)
"""Base forms; regular inflections are made from them, and typos are mended towards them."""

IRREGULAR = {
    "eyebrow": "brow", "eyebrows": "brow", "brows": "brow", "eyelid": "lid", "eyelids": "lid",
    "feet": "foot", "teeth": "tooth",
    "peeper": "eye", "peepers": "eye", "gob": "mouth", "kisser": "mouth", "cakehole": "mouth",
    "piehole": "mouth", "conk": "nose", "schnoz": "nose", "schnozz": "nose", "hooter": "nose",
    "gnashers": "tooth", "visage": "face", "countenance": "face", "shut": "shut", "shutting": "shut", "halves": "half",
    "felt": "feel", "drawn": "draw", "knitted": "knit", "dropped": "drop", "dropping": "drop",
    "grinning": "grin", "grinned": "grin", "jawline": "jaw", "jawlines": "jaw", "lips": "lip",
    "cheekbone": "cheek", "cheekbones": "cheek", "mouths": "mouth", "crows": "crow",
    "closed": "close", "closing": "close", "relaxed": "relax", "exhausted": "exhaust",
    "crying": "cry", "cries": "cry", "teary": "cry", "tears": "cry", "tearful": "cry",
    "surprised": "surprise", "surprising": "surprise", "scared": "scare", "scary": "scare",
    "hurting": "hurt", "hurts": "hurt", "tensed": "tense", "forced": "force", "posed": "pose",
    "disgusted": "disgust", "expressions": "expression", "symmetrical": "symmetric",
    "symmetrically": "symmetric", "asymmetrical": "asymmetric", "laughter": "laugh",
    "colours": "colour", "color": "colour", "colors": "colour", "photograph": "photo",
    "photographs": "photo", "pic": "photo", "pics": "photo", "pictures": "picture",
}  # fmt: skip
"""Forms that no rule makes -> their base."""

CHAT = {
    "pls": "please", "plz": "please", "u": "you", "whats": "what is", "wich": "which",
    "waht": "what", "hes": "he is", "shes": "she is", "im": "i am", "isnt": "is not",
    "dont": "do not", "doesnt": "does not", "thats": "that is", "theres": "there is",
    "ths": "this", "teh": "the", "wat": "what", "wot": "what", "hows": "how is",
    "wheres": "where is", "n": "and", "r": "are", "ur": "your", "y": "why", "rn": "now",
    "thx": "thanks", "dis": "this", "dat": "that", "da": "the", "cuz": "because", "whos": "who is",
    "arent": "are not", "wasnt": "was not", "cant": "can not", "wont": "will not", "hee": "he",
    "yrs": "years", "yr": "year", "bout": "about", "ppl": "people", "pic": "picture",
    "eyebrown": "brow", "eyebrowns": "brow", "def": "definitely", "prolly": "probably", "abt": "about",
    "wanna": "want to", "gonna": "going to", "dunno": "do not know", "ya": "you", "em": "them",
    "werent": "were not", "didnt": "did not", "wouldnt": "would not", "couldnt": "could not",
    "shouldnt": "should not", "hasnt": "has not", "havent": "have not", "hadnt": "had not",
    "aint": "is not", "ain't": "is not", "innit": "is it not", "theyre": "they are", "youre": "you are",
    "weve": "we have", "ive": "i have", "hed": "he would", "theyd": "they would", "whys": "why is",
    "itll": "it will", "theyve": "they have", "thatll": "that will",
    "shud": "should", "wud": "would", "cud": "could", "shoulda": "should have", "coulda": "could have",
    "duz": "does", "iz": "is", "wuz": "was", "gotta": "got to", "hafta": "have to", "lemme": "let me",
    "gimme": "give me",   "lotta": "lot of", "lil": "little",
    "sumthin": "something", "somethin": "something", "sth": "something", "smth": "something",
    "nothin": "nothing", "anythin": "anything", "everythin": "everything", "gd": "good", "luks": "looks",
    "luk": "look", "lookin": "looking", "cos": "because", "coz": "because", "becos": "because",
    "bcuz": "because", "bc": "because", "dem": "them", "dey": "they", "den": "then", "wen": "when",
    "wer": "where", "wid": "with", "w": "with", "wiv": "with", "thru": "through", "tho": "though", "altho": "although",
    "rly": "really", "rlly": "really", "probs": "probably", "obvs": "obviously", "deffo": "definitely",
    "plss": "please", "plse": "please", "pplz": "people", "sis": "sister", "hw": "how", "wht": "what",
    "goin": "going", "doin": "doing", "bein": "being", "sayin": "saying", "givin": "giving", "havin": "having",
    "takin": "taking", "makin": "making", "comin": "coming", "lookng": "looking",
    "whch": "which", "abit": "a bit", "alot": "a lot", "atm": "now",
}  # fmt: skip
"""As people type; never what another word is a typo of."""

NO_TYPOS = frozenset(
    words(
        "bride browse colour compress cool cousin fluttered forked gapped gapping good margin neural oddest"
        " origin robin scarred scarring started trilled tried vitamin within"
    )
)
"""Words that are a slip away from one that the rules know and none, or that are drawn out."""
