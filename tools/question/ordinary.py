"""Words of ordinary questions: what a face does and shows, the scene, the photo, talking to us.

They judge nobody. A question on somebody in which nothing was understood and which has a word
that stands neither here nor in the other tables asks what somebody is (:mod:`refusals`). So the
tables are wide: a missing word refuses a harmless question. Verbs are in base form, their regular
inflections are made; words in ``ing`` and ``ly`` need not be listed.
"""

from functools import cache

from focalface.tools.question.lexicon import BASES, CHAT, IRREGULAR
from focalface.tools.question.vocabulary import graded, inflections, listed

_PEOPLE = """
actor actress adult anchor anybody anyone applicant artist athlete aunt auntie aunty babe baby
babysitter baker barista bartender bestie bf bird bloke boss boxer boy boyfriend bride bridesmaid
bro brother bub buddy builder buyer candidate captain cashier chap chef chick child childminder
children cleaner clerk client coach colleague cook cop couple cousin coworker crew crowd crush
customer dad daddy dancer date daughter dentist doc doctor driver dude duo electrician employee
everybody everyone ex family farmer father fella feller fellow fiance fiancee flatmate folk folks
friend gal geezer gentleman gentlemen gf girl girlfriend gramps gran grandad grandchild granddad
granddaughter grandfather grandma grandmother grandpa grandparent grandson granny groom group
guard guest guy handyman host housemate hubby human husband individual infant intern interviewee
interviewer judge kid king lad lady landlady landlord lass lassie lawyer lecturer lodger lover ma
mam mama man manager mate mates mayor mechanic men minister miss missus mister model mom mommy
mother mum mummy musician nan nana nanna nanny neighbor neighbour nephew newborn niece nobody
nurse officer pa painter pair pal papa parent parents partner passenger patient pedestrian peeps
people person photographer pilot player plumber policeman policewoman pop presenter president
priest prince princess professor pupil queen reporter roomie roommate runner seller senator
sibling singer sis sister sitter soldier somebody someone son speaker spouse stepdad stepmom
stepmum stranger student subject supervisor suspect teacher team teen teenager tenant therapist
toddler tourist trainer trio tutor twin uncle vicar victim visitor waiter waitress wife wifey
witness woman women worker
"""
"""Who is spoken of; "is he a doctor" is turned down before, by :mod:`refusal_words`."""

_DOES = """
add admire adore angle answer appear apply approach ask avert back bare bark bawl be begin belch
bend bite blare blink block blow blubber blurt blush bob bow brace break breathe bristle browse
brush bubble bulge bunch burp burst cackle call calm catch change chant chat chatter check cheer
chew choke chomp chortle chuckle clamp clap clear clench click close code come comfort compare
complain comply concentrate consider console contain contort contract coo cooperate cope copy
cough count cover cower crack crane crash crease create cringe crinkle croak croon crop cross
crouch crow crumple crunch cry curl curtsey dab deepen define deflate describe design develop
dilate dim dip direct discover display distort disturb do dodge doodle doze drag draw dribble
drift drip drool droop drop duck ease eat end endure enjoy enlarge exhale explain exude eye face
fade faint fall fan feel fidget fill find finish fix flail flap flare flash flatten flee flex
flick flinch flop flush flutter focus fold follow found freeze frown funnel furrow gag gape gargle
gasp gawk gaze get giggle give glance glare gleam glimmer glint glisten glitter gloat glow glower
gnash gnaw go gobble goggle grab grimace grin grind grip grit groan growl grumble grunt guess
guffaw gulp gurgle guzzle hang happen have hear heave hesitate hiccough hiccup hide hiss hold
holler hoot howl huff hum hunch imagine imitate imply indicate inflate inhale invent jerk joke jut
keep kick kiss knit know lap laugh laze leak lean leap leave leer let lick lift light limp line
lisp listen loll look loosen lose lounge lower make mask massage meet meow mime mimic mind mirror
moan mock mope mouth move mumble munch murmur mutter nag nap narrow need nestle nibble nod note
notice nudge nuzzle obey occur ooze open pant part pass pat pause peck peek peel peep peer perk
perspire photobomb pick pinch place play pluck point poke pose pout prepare press program protest
protrude publish pucker puff puke pull purr purse push put quake quiver raise rasp reach react
read receive reckon recoil recover redden reflect reflex refuse relax relish reply resemble resist
respond rest retch return reveal revive rise roar rock roll rub run sag savor savour say scan
scoff scold scowl scrape scratch scream screech screw scrunch scuff see seem sense settle shake
shape shield shift shine shiver shout shove show shriek shrink shrug shudder shut shy sigh sign
signal sink sip sit slack slacken sleep slide slip slobber slope slouch slur slurp smack smell
smile smirk smooch smooth smother snap snarl sneer sneeze snicker sniff sniffle snigger snivel
snooze snore snort snuffle soak sob soothe sound spark sparkle speak spit splutter spread squeak
squeal squeeze squint squirm squirt squish stand stare start stay stick stiffen stifle stop strain
stretch struggle stumble stutter suck suggest sulk swallow sway sweat swell swig swing swivel
swoon take talk tap taste tear tease tell tend tense test think throb throw thrust tickle tighten
tilt tip titter tolerate topple touch track tremble trill trip try tuck tug turn twinkle twist
twitch type unclench understand undo unwind use utter vibrate wag wail wake watch water wave wear
weep wheeze whimper whine whinge whisper whistle widen wiggle win wince wink wipe wobble wonder
wriggle wrinkle yap yawn yell yelp yodel zoom
"""
_FORMS = """
ate began begun bent bit bitten blew blown bought bound brought built came caught chose chosen did
done drawn drew driven drove eaten fallen fed fell felt flew flown forgot forgotten fought froze
frozen gave given gone grew grown had has hate hated hates heard held hid hidden hit hung kept
knew known laid led left lent like liked likes lit lost love loved loves made meant met paid
punched ran rang risen rode rose said sang sat saw seen sent set shaken shone shook shot shown
shrunk slapped slept slid sneezed spat spoke spoken spun stood struck stuck stung sung swept
swollen swore swum swung taught tearing threw thrown told took torn understood went wept woke
woken wore worn wound written wrote
"""
_LOOKS = """
able above active actual agape airbrushed ajar alert almost alone alright amused angled animated
anonymous apart asleep available average awake away backlit bald barefaced beady behind big bigger
biggest bitter bizarre blank blinking bloodshot bloodstained bloody blotchy blurred blurry boiling
bold bony bright brighter broad broader bulging busy candid careful certain chapped cheesy chilly
chiseled chiselled clammy clean clenched closed closer cold comfortable comfy comic comical common
complete conscious constant constipated cool correct covered cracked crinkled cropped crossed
crusty curious curled curly curved cut damp dark darker deadpan deep deeper deflated dewy
different dilated dimpled dimply dirty distant dizzy double downcast downstairs downturned
dramatic dreamy drooly droopy dry dull duller easy empty engaged enough even evident exact
exaggerated extra extreme fainter false far fast fierce final fine firm first flaky flared flaring
flat flatter floppy fluid flushed fluttery foamy foreground forward frantic freckled freckly free
freezing fresh friendly frizzy front frontal frosty frothy frowny full fuller funny furrowed fuzzy
general gentle giddy glassy glazed glossy glowing glum good goofy grainy greasy great grimy
gritted groggy gummy hairy half hard harder harsh hazy heavy high higher huge hunched hungry icy
identical idle immobile indoors inner inside intense invisible itchy jumpy keen large larger last
late lax legible level lifted lighter likely little long longer loose lopsided loud low lukewarm
main manic many marked massive mean medium messy mid mild minor missing mixed mobile moist moldy
monochrome motionless mouldy muddy mute natural near nearby nearer neat new next nicer noisy
normal noticeable obvious odd off oily ok okay old only opposite other outdoors outer outside
overall overexposed own pale paler parched parted passive peachy peckish perky pink pixelated
pointed pointy posed posey possible powerful present pressed previous primary prominent pronounced
proper puckered puffed puffy pursed quick quiet quieter random rapid readable ready real rear
recent red redder relaxed rested retouched rigid ripe rosy rotten rough round rounded ruddy runny
safe same scalding scrunched scrunchy second secondary secure sensitive separate sepia serious
severe shadowed shaky sharp sharper shaven shiny short shorter side sideways silent silly similar
sleeping sleepy slight slighter slow small smaller smallest smoother snotty soft softer soggy
solid sore special speechless spicy spotty stable stale static steady steamy steely sticky stiff
still strange stronger strongest stubbly stuffed subtle sudden sugary sunburned sunburnt sunken
sunny super sure sweaty symmetrical taken tall tanned tasty taut tearful teary tender thick
thicker thin thinner thirsty tidy tight tilted tiny top total transparent triple true turned
twisted typical unaware unblinking unclear uncovered underexposed uneven unfocused unnatural
unshaven unusual upper upset upside upstairs upturned usable usual vague vertical vintage visible
vocal warm warmer watery wavy weak weaker weakest weary weepy weird wet whole wide wider wild
winded windswept wonky worse worst wrinkly wrong yummy
"""
_THINGS = """
accessory acrobat action activity advice air alarm animal announcement apple apron area argument
arm arms art article artwork attention avatar backdrop background bacon balcony ball ballad
ballerina balloon banana bandage bandaid bandana bang bar barbell basis bat beach beak bean beanie
bed bee beer bell bicycle bike bikini billboard birthday biscuit blanket blood blouse boat body
bonfire bonnet book boots bottle bottom bouquet bowl bowtie box braces branch bread breath breeze
broccoli bubblegum bubbles bucket buggy building bulb bump burger bus bush cake camera campfire
candle candlelight candy canine cap caption car card cards caricature carrot cartoon cast cat
category catheter cello cereal ceremony chair cheese cherry chess chewing chicken chilli chips
chocolate choice choir circle clarinet class climber clip clothes cloud coat coffee cola collage
collar colour column comb comedian comedy comma concert conductor confetti context contour
contrast controller conversation cookie corn corner cot couch cowboy crib crisp crisps crown crumb
crumbs crutch crutches cuddle cup curry curtain curve cushion cyclist dagger daggers dash data day
debate degree denture dentures desk detail dice difference dimension dinner direction dirt
discussion distance diver dog doll donut door doorway dot doubt doughnut drawing dress drill drone
drum drummer drums drumstick dumbbell dummy dust ear earmuffs earphones earring ears edge effect
effort egg elf email emoji energy episode error evening event evidence exam example exercise
experiment explosion expression extent eyeballs eyelash eyelashes fabric fact fairy feature
features feeling fences field figure file film filter finger fingers fire firework fireworks fish
fist flag floor flower flowers fly foam fog food foot forehead forest fork form frame freckle
freckles fries fruit frustration funeral game gap garden garlic gesture ghost gift gimbal glass
glasses glove gloves goal goalie goalkeeper goalpost goggles gown grape grass ground guitar
guitarist gum gums hair ham hammock hand handkerchief hands harmonica hat head headphones headset
heels height helmet help highchair hiker hint hole home homework hood horn horror horse hour house
ice icecream icing idea image impression inch incisor injection insect instant interaction
interview item jab jacket jaw jeans joystick juggler juice karaoke kebab kerchief key keyboard
kinds kitchen label lake lamp laptop leaf lecture leg lego legs lemon lemonade lens lesson letter
lightbulb lighting lightning lime limit lipstick liquid lollipop lolly looks lorry lot lots
lottery lullaby lunch machine magician makeup mango mannequin map marathon mark match matter
mattress meal meaning measure medal medicine meeting melon menu mermaid metal mic microphone
middle milk milkshake minute mist mode molar mole moment monitor monkey month morning mosquito
mountain mouse mouthful mouthwash movement movie mud muffin muffler mug muscle mushroom music
mustard napkin neck necklace needle net news newspaper night ninja noise noodle nose novel number
nut object odor odour office ones onion opening opera operation option orange order outfit outline
overalls oxygen pacifier page paint painting palate paper park party pasta pattern pea peach
peanut pear pencil pepper percent percentage perfume petal phone photo photograph piano pie piece
pillow pimple pint pipe pirate pizza plane plant plaque plaster plate plus pollen pool popcorn
porridge portion portrait position postcard poster posture potato pram prank presence pressure
pretzel print prize problem procedure process profile pun punchline puppet puppy puzzle pyjamas
quarrel question quiz race racket rain range rank raspberry rat rate ratio razor reaction reason
rec recital record recording referee reflection reflector region rehearsal relation report result
results retainer ribbon rice riddle ring river road robe robot rollercoaster room rope row ruler
salad sand sandals sandcastle sandwich santa sausage sawdust saxophone scale scalpel scar scarf
scene scenery screen screenshot sea seat seatbelt section seesaw selfie sentence series sermon
session setting shade shadow shampoo shirt shock shoe shoes shorts shoulder shoulders shower signs
silence siren situation size skateboard skates skier skin skirt sky sled sling smoothie snack
snake snot snow snowboard soap socks soda softbox something song sort soup space spade spaghetti
speech spice spider spinach sponge spoon spot spotlight spray stage statue steak steam steering
stench step stethoscope stew sticker stink stone storm story straw strawberry street strength
striker string stroller studio style sun sunglasses sunlight superhero surface surfboard surfer
surprise sushi sweet sweets swimmer swimsuit table tablet taco tag task tea tears technique teddy
tent term text therapy thermometer thing things thirds throat thumb thunder tiara ticket tie time
tissue toast tomato tone tongue tonsil tooth toothbrush toothpaste torch towel toy train trainers
trampoline treadmill treatment tree trick tripod trombone trophy trousers truck trumpet tube tune
turban turkey tv umbrella unit uvula van vegetables veil ventilator vest view vinegar violin
violinist visor vocals voice volume wall wallpaper wardrobe warmth wasp way weather webcam wedding
week wheel while whisker whiskers width wig wind window wizard word words world year yoghurt
yogurt zone
"""
_PHOTO = """
account ai algorithm api app application artificial auto brighten brightness button capture
command compress computer confidence configuration cost database dataset deepfake delete detect
detection document download edit edited export faces flip folder format gif gpu horizontal img
import installed internet jpeg jpg language layout learn local lossy memory message negative
network neural offline online output path photoshop photoshopped pic picture pixel pixels png
price privacy private prompt public quality remove repeat resize resolution restart rotate rotated
save script search select send server settings share sketch snapshot software source speed store
stored support technology tool trained training translate unedited upload url version video
website wifi
"""
_TALK = """
method methods
a about absolutely according across actually after again against ah aha ahead ain't all alot
already also alternatively although always am amount an and animate another anti any anyhow
anymore anything anyway anyways anywhere apparent apparently are aren't around as aside assume
asymmetrical at au aus aw awfully aww b backwards balm basically beard because been before being
believe below beneath beside besides best bet better between beyond bilateral bits blendshape
blusher boom both boxes bracket brief briefly bruh btw bullet bullets but by bye ca can can't
cannot care case caveat caveats center central centre certainty chain chance cheers clamps clearly
clockwise closest clue clues combined comment compared comparing compute conclude confident
contradict contradicts coordinate coordinates cos could couldn't course csv cus cuz d da damn dare
dat days dear decade decades decide def definitely dem description details diagonal didn't differ
differs dis disregard ditto does doesn't doing dominate dominates don't down downward downwards
dozen due dunno during e each earlier early easily ed eh eighteen eighties eighty either eleven
else elsewhere em english equal equally er especially estimate etc ever every everything
everywhere exactly except extremely eyeliner eyeshadow facial facs fair fairly few fewer fifteen
fifth fifties fifty fits five flipping for forget forties forty forwards foundation four fourteen
fourth frankly freaking from fully fun further furthest g gee gets getting gimme goatee god going
gonna gosh got gotta grade grief guys h ha hah haha haircut hairdo hairstyle hardly hasn't haven't
having he he's heatmap heck hell hello hence her here here's hers herself hey hi him himself hints
his hm hmm holy honestly hours how how's however html huh hundred hypotheses hypothesis i i'd i'll
i'm i've idk if ignore imo in indeed index indication infer info innit instead intensities
intensity interpret into is isn't issue it it'd it'll it's its itself jeez jk json judging just k
kiddo kiddos kind kinda l ladies landmark landmarks lately later lateral layman least leftmost
legit lemme less let's likelihood likewise lil list literally live ll lmao lol lowdown m mainly
manage markdown mascara may maybe me means medial mere mesh might million mine minutes mistake
mistaken months more moreover most mostly moustache much must mustache my myself n n't nah nay
nearest nearly needs neither never nevertheless nine nineteen nineties ninety no none nonetheless
nope nor not notable nothing now nowhere nvm o obviously obvs occasionally odds of often oh omg on
once one onto opinion or orbital others otherwise ought our ours ourselves out over overlay p
particular particularly past pay per perfectly perhaps please plenty pls plz positive possibly
presumably pretend pretty prkachin prob probability probable probably prolly proof properly pspi
purely q quantify quickly quite r radius rather re reading really recognise recognize regarding
right rightmost rn roughly s says score scores sealed seconds self sentences seriously seven
seventeen seventies seventy several shall shave she she's shortcut shortcuts should shouldn't
sideburns simple simply since six sixteen sixties sixty slit slits smth so solomon some somehow
somethin sometimes somewhat somewhere soon sorry strong stubble stuff such sum suppose supposed t
ta tables tbh ten terms than thank thanks that that's the thee their theirs them themselves then
there there's therefore these they they're third thirteen thirties thirty this tho those though
thought thousand three through throughout thru thus thx til till times tips to today together
tomorrow tonight too totally tough toward towards trace traces tried truly tryna twelve twenties
twenty twice two u ugh uh um under underneath unilateral unless unlike until up upon upward
upwards ur us used using usually value values ve verdict verdicts versa versus very vibe vibes
vice vs w wanna want was wasn't we we're weeks well were weren't what what's whatever when where
where's wherever whether which whichever who who's whoever whom whose why will with within without
wo won't worth worthwhile would wouldn't wow wtf x y ya ye yea yeah yep yes yesterday yet yo you
you're your yours yourself yup z zero
"""


@cache
def known() -> frozenset[str]:
    """Return every word that is ordinary in a question, in all its forms, lower case."""
    common = {form for base in BASES for form in inflections(base)}
    return shown() | people() | listed() | {*_TALK.split(), *IRREGULAR, *CHAT} | common


@cache
def shown() -> frozenset[str]:
    """Return words for what can be seen in a picture or done with it."""
    named = " ".join((_DOES, _THINGS, _PHOTO)).split()
    made = {form for word in named for form in inflections(word) - _doers(word)}
    made |= {form for word in _LOOKS.split() for form in graded(word)}
    return frozenset(made | {*named, *_FORMS.split()})


def _doers(word: str) -> set[str]:
    """Tell who does it: "keeper", "drinker"; that somebody is one is a judgement."""
    return {form for form in inflections(word) if form.endswith("er")} - {word}


@cache
def people() -> frozenset[str]:
    """Return words for somebody, one or several."""
    return frozenset(form for word in _PEOPLE.split() for form in (word, f"{word}s"))
