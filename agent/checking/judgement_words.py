"""Words that judge somebody, by kind, which no answer may use.

``STEMS`` are beginnings of words that are enough by themselves. ``SAID_OF`` are words that count only
when they are said of somebody ("he is rich"), not of a smile ("a rich laugh"). A blank in a word is
written ``_``.
"""

from focalface.agent.understanding.intent import Refusal

PERSON = (
    r"(?:man|woman|person|people|persons|guys?|girls?|boys?|kids?|child|children|lady|ladies|dude"
    r"|dudes|bloke|chap|lad|lass|men|women|fellow|fella|individual|gentleman|model|human|face"
    r"|grand(?:dad|ad|pa|ma|mother|father|son|daughter|child)|gran|granny|nan|nana|son|daughter|brother|sister|uncle"
    r"|aunt|auntie|cousin|niece|nephew|mate|pal|gal|geezer|flatmate|roommate|roomie|colleague|coworker"
    r"|nanny|babysitter|bride|groom|crush|ex|bf|gf|partner|tenant|landlord"
    r"|subject|suspect|patient|client|candidate|applicant|witness|employee|driver|student|teacher"
    r"|mother|father|mom|mum|dad|friend|boss|neighbou?r|husband|wife|boyfriend|girlfriend|date"
    r"|couple|one|someone|somebody|anyone|chick|baby|worker|customer|passenger|player|stranger)"
)

_ADJECTIVES = """
american british english scottish irish welsh french german italian spanish portuguese dutch
swedish norwegian danish finnish icelandic polish czech slovak russian ukrainian belarusian greek
turkish arab arabic arabian persian iranian iraqi israeli palestinian syrian lebanese jordanian
saudi yemeni kurdish afghan indian pakistani bangladeshi nepali nepalese sri_lankan tamil punjabi
chinese japanese korean mongolian tibetan taiwanese vietnamese thai filipino filipina indonesian
malaysian singaporean burmese cambodian mexican brazilian cuban colombian argentinian chilean
peruvian venezuelan jamaican haitian dominican puerto_rican canadian australian austrian swiss
belgian hungarian romanian bulgarian serbian croatian albanian armenian georgian african nigerian
ghanaian kenyan ethiopian somali egyptian moroccan algerian tunisian south_african european asian
latino latina latin latinx hispanic caucasian mixed mixed_race biracial native_american aboriginal
indigenous maori polynesian hawaiian inuit slavic scandinavian nordic mediterranean balkan
middle_eastern oriental westerner jewish jew muslim christian hindu buddhist sikh catholic
protestant mormon atheist evangelical gypsy roma romani aryan anglo brit aussie local native
kazakh uzbek tajik turkmen kyrgyz azeri azerbaijani latvian lithuanian estonian slovenian
bosnian macedonian kosovan maltese cypriot laotian hmong bengali gujarati kashmiri telugu
sinhalese uyghur cantonese kuwaiti qatari emirati omani libyan sudanese eritrean ugandan rwandan
tanzanian zambian zimbabwean congolese angolan cameroonian ivorian senegalese liberian gambian
berber bedouin zulu yoruba igbo hausa maasai afrikaner ecuadorian bolivian paraguayan uruguayan
guatemalan honduran salvadoran nicaraguan panamanian costa_rican trinidadian guyanese creole
cajun chicano samoan tongan fijian melanesian yankee yank kiwi scouse geordie brummie cockney
texan californian londoner parisian southerner northerner desi gringo ashkenazi sephardic
semitic half_caste amish quaker baptist lutheran methodist anglican presbyterian pentecostal
orthodox sunni shia shiite taoist shinto zoroastrian rasta rastafarian wiccan pagan satanist
scientologist jehovah
"""
NATION = "(?:" + "|".join(w.replace("_", " ") for w in _ADJECTIVES.split()) + ")"

STEMS: dict[Refusal, str] = {
    "identity": "celebrit celebs celeb famous politician instagram facebook linkedin tiktok snapchat whatsapp doppel passport "
    "lookalike namesake onlyfans paternity catfish impersonat imposter impostor "
    "pornstar whereabouts incognito influencer youtuber",
    "ethnicity": "creed lineage foreign ethnic nationalit racial ancestr ancestor descent heritage immigrant religio "
    "complexion caste migrant expat refugee islam judais jewish churchgo "
    "agnostic birthplace homeland hometown biracial multiracial interracial mestiz mulatt "
    "eurasian tribal indigen aborigin emigra diaspora undocumented asylum",
    "attractiveness": "milf dilf gilf attractive unattractive gorgeous sexy sexi cuter hotness photogenic looksmax prettier "
    "prettiest stunning hideous unappealing hottest skinny chubby fuckable bangable hottie "
    "beaut handsom ugl cutie cutest sexier hotter fugly minger munter dreamboat heartthrob "
    "shaggable datable dateable fatty fatso fattest incel rizz hunky",
    "honesty": "liar truthful deceiv decept deceit trustworth untrustworth bluff credib unfaithful "
    "fibbing insincerity dishonest perjur malinger bullshit untruth hoodwink bamboozl "
    "gaslight backstab swindl conman hypocrit duplicit mendaci polygraph alibi porkies "
    "adulter cheater manipulativ",
    "health": "drinker meth filler liver kidney smoker smokes vapes sickness disease diagnos unhealthy ailment symptom palsy palsies paraly parkinson "
    "alzheimer autis adhd depression depressive bipolar schizo disorder psychopath "
    "sociopath psychotic fever cancer covid flu infect pregnan drugged hungover botox "
    "surgery facelift syndrome disab bmi overweight obese anorex bulimi jaundice anemi "
    "anaemi dehydrat concuss melanoma medical medicat ptosis migraine ptsd ocd burnout "
    "suicid unwell addict diabet contagious injur nausea epilep seizure neurolog asperger "
    "tourette hiv allerg thyroid asthma junkie stoner vaccin hypothyr preggo preggers "
    "trimester menopaus boozer boozed alcohol wino pisshead drunk sloshed shitfaced "
    "bladdered trolleyed inebriat intox cocaine heroin ketamine mdma fentanyl overdos "
    "druggie crackhead pothead tweaker aspie dyslex neurodiver retard dement underweigh "
    "malnour tumor tumour leukemi leukaemi lymphom chemo aneurysm hypertens cirrhos hepat "
    "measles mumps chickenpox herpes syphil gonorr chlamyd pneumon bronch tubercul virus "
    "steroid rhinoplast transplant arthrit rheumat glaucom cataract "
    "blindness deafness conjunctiv pinkeye rosacea psorias vitilig albin alopeci "
    "narcolep apnea apnoea anaphyl poisoned terminally psychosis neurot handicap "
    "amputee malaria ebola plague rabies chromosom illne lobotom cripple",
    "crime": "crime terroris thief thieves steal stole murder robber felon violent suspicious arrest "
    "prison jail pedo paedo rapist shoplift mugshot convict offender illegal smuggl fraud "
    "thug crook villain mafia shady sketchy predator stalker kidnap molest homicid assassin "
    "manslaught groper pervert nonce traffick mugger robbed burgl theft pickpock vandal "
    "arson hooligan gangst mobster cartel outlaw fugitiv inmate parole incarcerat delinquen "
    "extremis jihad radicali bomber gunman hitman abuser launder embezzl blackmail extort "
    "scam lawbreak criminal crime lowlife",
    "gender": "manly womanly girly gender transgender transsexual nonbinary cisgender pronouns enby transvest tranny "
    "ladyboy shemale femboy crossdress intersex hermaphrod androgyn amab afab masculin "
    "feminin effeminat",
    "character": "brainpower brainbox brainy physiognom psychic nationalis patriot gay lesbian bisexual homosexual heterosexual queer sexual iq intelligen stupid "
    "personality hired competent introvert extrovert narciss income wealth political "
    "politics voter votes voted voting republican democrat profession occupation educated millionaire "
    "billionaire extravert leftist socialist communist fascist zodiac mbti dyke faggot "
    "pansexual asexual polyamor promisc slut whore virginity egois egotis machiav intellect "
    "moron imbecil brainiac jobless unemploy libdem maga brexit leftie "
    "lefty commie anarch libertar feminis horoscop astrolog enneagram "
    "racist sexist homophob xenophob bigot misogyn conspirac freemason snob "
    "salar earner freeloader psychopath sociopath employab hireab nymphoman",
}
"""Beginnings of words; those in ``WHOLE`` and the inflected forms are matched as they are."""

WHOLE = frozenset(
    [
        "celeb",
        "maga",
        "nonce",
        "liver",
        "meth",
        "flu",
        "gay",
        "iq",
        "bmi",
        "hired",
        "hiv",
        "ocd",
        "crook",
        "crime",
    ]
)
"""Stems that are too short to stand for longer words."""

SAID_OF: dict[Refusal, str] = {
    "identity": "twins siblings relatives related brothers sisters cousins a_celebrity somebody_known "
    "a_couple lovers dating siblings_or familiar someone_i_know someone_famous royalty a_royal a_vip an_influencer a_youtuber anyone_i_know",
    "ethnicity": "white black brown coloured colored religious",
    "attractiveness": "plain past_it over_the_hill hot cute pretty fat thin slim fit plump good_looking a_looker a_stunner "
    "a_catch a_babe a_hunk a_milf fit_looking bangin easy_on_the_eye easy_on_the_eyes out_of_my_league "
    "my_type homely fugly ripped toned attractive",
    "honesty": "lying lie lies lied honest dishonest sincere faking faking_it pretending acting "
    "putting_it_on putting_on_an_act being_straight straight_with guilty innocent cheating_on cheating "
    "a_cheater hiding concealing making_this_up making_it_up for_real kidding_me bluffing a_fake "
    "a_phony withholding playing_me playing_us conning me_the_truth honest_with straight_up "
    "legit playing_games fooling deceiving to_be_trusted be_trusted",
    "health": "sick ill healthy drunk tipsy sober wasted hammered plastered smashed buzzed baked "
    "stoned high tripping coked on_something on_drugs on_meth been_drinking drinking had_a_few "
    "had_a_drink had_too_much_to_drink expecting insane mad_in_the_head mentally_ill mentally_unstable "
    "nuts crazy psycho deranged sane depressed dying dead alive deaf blind allergic a_smoker smoking "
    "an_alcoholic traumatised traumatized abused on_medication feverish catching_a_cold "
    "a_cold coming_down_with having_a_stroke had_a_stroke disabled retarded special_needs normal_in_the_head "
    "under_the_influence underweight malnourished ",
    "crime": "dangerous guilty_of armed a_killer a_threat a_gang gang a_suspect a_spy a_creep creepy "
    "up_to_no_good up_to_something capable_of safe_to a_bully abusive",
    "gender": "male female trans cis a_man a_woman a_boy a_girl a_male a_female born_male "
    "born_female born_a_man born_a_woman born_a_boy born_a_girl biologically assigned a_transvestite "
    "in_drag a_drag_queen a_tranny",
    "character": "strong tough brave straight bi rich poor nice kind mean evil smart clever dumb wise bright brainy "
    "single married taken divorced loyal faithful reliable dependable lazy hardworking hard_working "
    "ambitious selfish generous outgoing easygoing easy_going creative talented gifted successful "
    "posh broke homeless left_wing right_wing left_-_wing right_-_wing left_leaning right_leaning "
    "conservative liberal progressive a_tory a_democrat a_feminist a_nazi a_racist racist sexist "
    "a_leader a_genius a_good a_bad a_nice a_decent a_kind a_mean a_caring a_great a_nerd a_jerk a_narcissist "
    "an_idiot an_asshole a_psycho toxic unemployed employed retired_from a_teacher a_doctor a_nurse "
    "a_lawyer a_policeman a_cop an_engineer a_soldier a_scientist a_student a_priest an_actor "
    "an_actress a_singer a_manager a_ceo a_professor a_farmer a_prostitute an_accountant a_chef "
    "a_pilot an_artist a_professional well_off working_class upper_class middle_class well_paid "
    "sexually in_the_closet closeted into_men into_women into_boys into_girls into_me a_virgin a_mother a_father a_parent "
    "a_mum a_mom a_dad in_a_relationship qualified competent suited cut_out a_team_player a_people_person",
}
"""Words that are out of bounds only when somebody is their subject."""
