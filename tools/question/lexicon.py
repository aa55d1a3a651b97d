"""Words that the rules know: base forms, irregular ones, chat spelling, words to leave alone."""


def words(text: str) -> tuple[str, ...]:
    """The words of a text, in order."""
    return tuple(text.split())


BASES = words(
    """
    brow eye lid mouth lip nose cheek chin jaw forehead glabella nostril temple face corner
    crow foot wrinkle fold nasolabial bridge tip bag circle line half side dimple tooth
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
    "whch": "which", "abit": "a bit", "alot": "a lot", "atm": "now",
}  # fmt: skip
"""As people type; never what another word is a typo of."""

GUARDED = frozenset(
    words(
        """
        afford afraid ages air along among anger any are area arena arm army bag bake
        bare beam bean been before beg begin being belong belt better between big blow
        bluff board bold bored born bow brain brew bridge bright bring brown cake came
        care case cause chain chair check checks cheese chess chest chick chine chose
        clean clear close clothes cold come core corn crown cure danger dare data date
        defore did ear ears eight elder eye eyes face faced faces fact fail fair fake
        fall fame farm fate feel fell felt fight fine finger fire firm first fist five
        flame flower fold form frame framing fridge fright from front full gain gate get
        gets ginger gold got grow grown hair hall hand hare harm hate hear heart height
        hide hold horn how hunger jet know lake lane last late later latter left less
        lest let letter lid lift light line lines linger lip list lit live long loose
        lose lost lot love low lower lowers lung mad made main make man many mate mates
        meat meet melt men met might mind mine mode model modern month months mood moon
        more most mother mouth move movie nice night node noise nose note now nurse
        older order other own page paid paint painter pair parent parents part parties
        party pass past perform person personal place plain plan plate played player
        please pleased point pointed points pose post power press print pure purse race
        rage rain ranger rare rate rated reads real ream rear ride rides ridge right
        rights rise role rose row sad said same sand scale scar scare score seal seam
        seat seed seek seem seen sees send serious set sets shade shake shape share
        sharp shin shirt shock shore short show shower side sight simile site size slow
        slower small smart smell sold some south square stage stair stare stars start
        state stock store story strong sure tail take talk tall team tell their there
        these thick thigh thing things think third thirty those three tied tight tires
        told tone torn tower train tried trust truth tune turn under wage wake walk wall
        warm weak weather week weight well what when where whether which while white
        will wise word words wore work world worn write wrong wrote yeah year years yes
        yet youth string sock class content write parse browse start set shore pass check success
        succeed node star preset model determine win break link blank lane cook closest analysis
        wicked wickedly nod nods nodding nodded sweet picked licked kicked ticked tricked
        refresh seek flood drawing slate join infer greet expire exit redact compress store fill
        starve stripe stack stick sting sprout shout shift shoot shell spread spell spare spite
        crash cream creep crew crop cross crush curb curve cheat chef cheer chill chip choose church
        client climb clip clock cloth cloud club clue coach coast coat coin collar colony comb comma
        feature federal fence fetch field fifty film flag flash flat flavour flesh
        flight float floor flow fluid focus folk food fool foot force forest forget fork formal
        lace lack lamp laptop large laser launch lawn layer lead leaf lean learn leave lecture
        mail major manner map march mark mask master match meal mean medal mental mention
        mercy message metal method mile milk minute mirror mister moment monster mount mouse
        paper park past paste patch path pattern pause peace pearl pick piece pile pink pipe pitch
        pound pour power praise pray preach prefer prepare present pretty prevent price pride
        raise ranch range rank rapid rather ratio raw reach react ready receive recent record
        sail salad salt sample sauce save scene school science scope screen screw script
        shallow shame shave sheet shine ship shock shoe shop shot shut silver simple sing single
        slide slip smoke smooth snack snow soap soft soil solid solve sound soup source space
        speak speed spend spin spirit split spoke sport spot spray spring stable staff stake stamp
        steal steam steel steep stem step stress strip stroke struggle study stuff style sugar
        suit surface swim swing sword table tale target taste tax teach tear term thank thin thread
        threat throat throw thumb ticket tie tight till timber tip tire title toe tool top total
        touch tough tour tower town track trade trail trap travel treat tree trend trick trip
        truck trunk tube twin type ugly uncle unit until upon urban urge usual valley value van
        modest provoke pollute taper tapper meddle pulse possess badger foster rapport robin redact confess
        altitude outage facet feat radian sooner stain stub fennel dawn tiddler borrow balance bear trouble
        pin pan poll pool port realm scatter sloppy sum knot kit ladder linear log loop mill natural pack
        persona compose decide carry checker china ponder saint sinner creed cradle upright satisfy reassign
        jitter motivate halve tier arc bench curl tar tapir simmer summer winter hammer hinge bonnet
        vast verb very view village virtue visit vital voice vote
        """
    )
)
"""Words that stand one edit from a known one and mean something else."""
