"""Questions in other languages: enough words to know what is asked; the answer is in English.

A question is foreign when words that only other languages have outnumber English ones, or when it
is written in another script. Known words are put into English; the rules read the result.

By hand on purpose: libraries that detect languages need whole sentences, and a question has four
words of which one decides.
"""

import re
import unicodedata

from focalface.tools.question.lexicon import words

# English word or phrase -> words of German, Spanish, French, Italian, Portuguese and Dutch.
_GLOSS = {
    "smile": "lächelt lächeln lächelst lächle lachelt lachen lacht sonríe sonrie sonreír "
    "sonriendo sonrisa souriante sourire sourit souriez sorride sorridere sorriso "
    "sorridendo sorri sorrir sorrindo glimlacht glimlach",
    "genuine": "echt echtes echte genuina genuino sincera sincero sincère vero vera verdadeiro "
    "falsa falso",
    "how old": "alt alter edad años âge età anni idade anos oud leeftijd ans années vieux vieille jahre",
    "emotion": "emotion emotionen gefühl gefühle emoción emociones émotion émotions emozione "
    "emozioni emoção emoções emotie gefühlslage ausdruck gesichtsausdruck expresión "
    "expressão espressione stimmung siente fühlt ressent",
    "happy": "glücklich fröhlich feliz contenta contento heureux heureuse felice gelukkig blij",
    "sad": "traurig triste verdrietig bedroefd",
    "angry": "wütend zornig sauer enojado enojada enfadado enfadada fâché fâchée colère "
    "arrabbiato arrabbiata zangado zangada bravo boos",
    "afraid": "angst ängstlich miedo asustado peur effrayé paura spaventato medo bang",
    "surprised": "überrascht sorprendido sorprendida surpris surprise sorpreso sorpresa surpreso "
    "verrast",
    "tired": "müde erschöpft cansado cansada fatigué fatiguée stanco stanca moe vermoeid",
    "pain": "schmerz schmerzen dolor douleur dolore dor pijn",
    "tense": "angespannt tenso tensa tendu tendue teso gespannen verspannt gestresst",
    "mouth": "mund boca bouche bocca mond",
    "eye": "auge augen ojo ojos œil oeil yeux occhio occhi olho olhos oog ogen",
    "brow": "augenbraue augenbrauen braue brauen ceja cejas sourcil sourcils sopracciglio "
    "sopracciglia sobrancelha sobrancelhas wenkbrauw wenkbrauwen",
    "nose": "nase nariz nez naso neus",
    "forehead": "stirn frente front fronte testa voorhoofd",
    "cheek": "wange wangen mejilla mejillas joue joues guancia guance bochecha bochechas wang",
    "chin": "kinn barbilla mentón menton mento queixo kin",
    "lip": "lippe lippen labio labios lèvre lèvres labbro labbra lábio lábios lip",
    "left": "links linke linken linker linkes izquierdo izquierda gauche sinistro sinistra "
    "esquerdo esquerda",
    "right": "rechts rechte rechten rechter rechtes derecho derecha droit droite destro destra "
    "direito direita",
    "open": "offen geöffnet abierto abierta abiertos ouvert ouverte ouverts aperto aperta "
    "aperti aberto aberta abertos open",
    "closed": "geschlossen zu cerrado cerrada cerrados fermé fermée fermés chiuso chiusa chiusi "
    "fechado fechados dicht",
    "raised": "hochgezogen gehoben levantada levantadas levé levés haussé alzate alzato "
    "levantado",
    "frown": "runzelt finster frunce ceño fronce aggrotta franze fronst",
    "describe": "beschreibe beschreib beschreiben describe describa descríbeme décris décrivez "
    "descrivi descreva beschrijf",
    "face": "gesicht cara rostro visage viso volto faccia rosto gezicht",
    "doing": "macht tut hace haciendo fait fa faz doet",
    "who is this": "wer quién quien qui chi quem wie_is",
    "what is the name": "heißt llama appelle chiama chama heet name_ist",
    "beautiful": "schön hübsch attraktiv guapa guapo bonita bonito belle beau jolie bella bello "
    "linda lindo mooi knap",
    "lying": "lügt lügen miente mintiendo ment mente mentindo liegt_er liegen liegt_sie",
    "ethnicity": "ethnie herkunft nationalität etnia raza origine raça",
    "ill": "krank enfermo enferma malade malato malata doente ziek",
    "compare": "vergleiche vergleich compara comparez comparer confronta compare vergelijk",
    "symmetric": "symmetrisch simétrico simétrica symétrique simmetrico simmetrica",
    "everyone": "alle todos tous tutti iedereen",
}  # fmt: skip
_FUNCTION = frozenset(
    words(
        """
        combien ze quel quels quelles où son sont t-il ses leur euer ihr ihre seine sein haben
        dieses foto auf bild kannst mir sagen dime dígame qué edad tiene ella él sus muestra
        onde quem está estão seus suas dele dela chi della nella dei sua suo gli occhi cosa
                as auf aus avec bitte  ce cette che com comment como cuál cuántos cómo dans
        das dem den der des die diese dieser dieses du een ein eine el ela ele elle er
        es est  esta está está-ela están gli ha het hij hoe il im isso ist la
        las le les lo los mit montre  mostra muestra o oder os parece
        perché por pourquoi quais qual quale que quel quelle questa questo qué sembra
        sie sieht sind sono sont são tem tiene um uma un una und une uno waarom warum
        was wat welche welcher welches welke wer wie zeigt zij zijn è é
        """
    )
)
_ENGLISH = frozenset(
    words(
        """
        a about an and any are as at be been can compare could describe did do does
        emotion for has have he her his how i in is it look looks me more my no not of
        on or please see she show tell than that the their there these they this those
        to what when where which who why with would yes you
        """
    )
)
# Scripts without blanks between words: substrings.
_SCRIPTS = {
    "笑": "smile", "微笑": "smile", "真": "genuine", "几岁": "how old",
    "多大": "how old", "年龄": "how old", "年齢": "how old", "何歳": "how old",
    "情绪": "emotion", "表情": "emotion", "感情": "emotion", "嘴": "mouth",
    "口": "mouth", "眼": "eye", "目": "eye", "眉": "brow", "左": "left",
    "右": "right", "谁": "who is this", "誰": "who is this", "累": "tired",
    "疲": "tired", "生气": "angry", "怒": "angry", "高兴": "happy", "开心": "happy",
    "伤心": "sad", "悲": "sad", "描述": "describe", "脸": "face", "顔": "face",
    "痛": "pain", "улыба": "smile", "возраст": "how old",
    "сколько лет": "how old", "эмоци": "emotion", "рот": "mouth",
    "глаз": "eye", "бров": "brow", "лев": "left", "прав": "right",
    "кто": "who is this", "устал": "tired", "груст": "sad",
    "счастлив": "happy", "злит": "angry", "сердит": "angry", "боль": "pain",
    "лиц": "face", "опиши": "describe", "웃": "smile", "나이": "how old",
    "감정": "emotion", "누구": "who is this", "يبتسم": "smile", "تبتسم": "smile",
    "من هذا": "who is this", "عمر": "how old", "مشاعر": "emotion",
    "मुस्क": "smile", "उम्र": "how old", "कौन": "who is this",
}  # fmt: skip
_KNOWN = {word: english for english, foreign in _GLOSS.items() for word in foreign.split()}


def english(raw: str) -> str | None:
    """Return a foreign question in English words, or None when it is English (or nothing at all)."""
    letters = [c for c in raw if c.isalpha()]
    if not letters:
        return None
    latin = sum("LATIN" in unicodedata.name(c, "") for c in letters)
    if latin < len(letters) / 2:
        return " ".join(e for part, e in _SCRIPTS.items() if part in raw.lower()) or "?"
    typed = re.findall(r"[^\W\d_]+", raw.lower())
    ours = sum(word in _ENGLISH for word in typed)
    only = [w for w in typed if (w in _KNOWN or w in _FUNCTION) and w not in _ENGLISH]
    if "¿" not in raw and (ours >= len(only) or len(only) < min(2, len(typed))):
        return None
    return " ".join(_KNOWN.get(word, "") for word in typed if word in _KNOWN).strip() or "?"
