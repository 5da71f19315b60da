//! English words of everyday talk that change no figure. Unlike the rest of the vocabulary they are
//! read as they are spelled only: a name that is a letter away from one of them stays a name.

/// People and places of work, which are somebody's name beside a word like "team".
pub(crate) const PEOPLE: &[&str] = &[
    "board",
    "management",
    "finance",
    "controller",
    "controlling",
    "accounting",
    "accountant",
    "accountants",
    "auditor",
    "auditors",
    "audit",
    "boss",
    "manager",
    "managers",
    "director",
    "directors",
    "exec",
    "execs",
    "executive",
    "executives",
    "leadership",
    "company",
    "cfo",
    "cto",
    "ceo",
    "vp",
    "stakeholders",
    "colleagues",
    "workshop",
    "meeting",
    "analysis",
    "dashboard",
];

/// The words, parted by `|`.
pub(super) const WORDS: &[&str] = &[
    // Verbs of spending, holding and telling, in their forms.
    "handle|handles|handled|handling|process|processes|processed|processing|serve|serves|served|serving|own|owns|owned|owning|lose|loses|lost|losing|keep|keeps|kept|keeping|stay|stays|stayed|staying|remain|remains|remained|remaining|bring|brings|brought|bringing|produce|produces|produced|producing|host|hosts|hosted|hosting|locate|located|situated|reside|resides|residing|impact|impacts|impacted|involve|involves|involved|lie|lies|link|linked|measure|measured|notice|noticed|occur|occurs|occurred|originate|originates|originated|originating|pick|picked|place|placed|post|posted|prepare|prepared|preparing|represent|represents|represented|representing|require|requires|required|review|reviewed|reviewing|settle|settled|sink|sank|sunk|sinking|pour|poured|pouring|throw|threw|thrown|throwing|swallow|swallows|swallowed|devour|devours|devoured|gobble|gobbles|gobbled|guzzle|guzzles|guzzled|chew|chews|chewed|suck|sucks|sucked|drain|drains|drained|draining|bleed|bleeding|blow|blew|blown|invest|invested|investing|tally|tallied|clock|clocked|weigh|weighs|weighed|pile|piled|track|tracked|tracking|trigger|triggered|yield|yielded|eaten|ate|bear|bears|bore|bearing|constitute|constitutes|constituted|comprise|comprises|comprised|comprising|counting|shelling|shell out|shelled out|shelling out|fork out|forked out|forking out|dish out|dished out|splash out|wind up|winds up|wound up|winding up|set us back|sets us back|setting us back|set me back|set them back|end up with|ended up with|run us|ran us|cost us|tot up|tots up|attract|attracts|attracted|cumulate|settle at|settled at|flow|flows|flowed|flowing|chip in|chipped in|rely|relies|touch|touched|turn|turns|turned|matched|match|matching",
    "told|telling|heard|hear|mentioned|asks|claims|claimed|thinks|thought|believes|believed|suspects|suspect|worried|worry|worries|nervous|concerned|confused|puzzled|surprised|guessing|try|tries|tried|trying|attempt|attempting|hope|hoping|hoped|love|loved|appreciate|appreciated|grateful|happy|glad|keen|eager|stuck|busy|prep|draft|drafting|writing|wrote|written|read|reading|talk|talked|talking|discuss|discussed|discussing|discussion|clarify|confirm|verify|validate|double check|cross check|sanity check|reconcile|reconciling|remind me what|refresh my memory|jog my memory|learn|learned|recall|remember|forgot|forget|start with|begin with|kick off",
    // People and occasions of a question.
    "board|management|finance|controller|controlling|controllers|accounting|accountant|accountants|auditor|auditors|audit|boss|manager|managers|director|directors|exec|execs|executive|executives|leadership|vp|presentation|memo|paper|books|call today|townhall|town hall|standup|workshop|audience|folks|guys|mate|buddy|cheers|regards|ta|morning|afternoon|evening|reviewers|newsletter|dashboard|dashboards|wiki|notes",
    "sake|purpose|purposes|context|background|insight|insights|info|information|idea|ideas|clue|sense|feel|feeling|perspective|angle|standpoint|bottom line|ballpark|fact|facts|truth|reality|combination|combinations|combo|combos|pair|pairs|headline|headlines|gist|basics|matter of fact|big picture|ground truth|thought|thoughts|footprint in dollars|in its unit|in its own unit|with its unit|with their units|and its unit|in whatever unit|its unit",
    // Adjectives and adverbs that only colour.
    "precise|exact|rough|huge|massive|enormous|tremendous|sizable|sizeable|notable|considerable|substantial|hefty|whopping|remarkable|weird|odd|strange|crazy|insane|ridiculous|decent|fair|reasonable|sensible|plain|clear|clean|tidy|neat|handy|easy|comparable|equivalent|similar|identical|like for like|apples to apples|possible|impossible|likely|unlikely|able|unable|necessary|official|final|initial|eventual|painful|ugly|scary|worrying|surprising|alarming|big ticket|ongoing|everyday|day to day business|relevant|sole|mere|sheer|very own",
    "stuff|thingy|thingies|such|and such|and so on|and so forth|and the like|such as|thus|hence|therefore|moreover|furthermore|anyway|anyhow|meanwhile|afterwards|beforehand|somehow|somewhat|anywhere|everywhere|somewhere|often|sometimes|always|usual|as usual|rather than guessing|btw|fyi|asap|afaik|imho|tbh|wrt|re|aka|iow|myself|yourself|himself|herself|themselves|yourselves|ought|used to|supposed to|going forward|service wise|team wise|region wise|account wise|cost wise|costwise|money wise|moneywise|spend wise|all told|at the end of the day|when all is said and done|give or take|more or less|so to speak|as it were|as far as|as long as|as soon as|in a nutshell|by the way|for what it s worth|long story short|to be exact|to be precise|to be clear|if possible|if you can|if you could|would you mind|do you happen to know|any idea|if any|when you can|when you get a chance|at your convenience|first of all|for starters|to start|to begin with|in other words|that said|having said that|on the other hand|on that note|speaking of|as of|one number|single number|single figure|one figure|side note|heads up",
];
