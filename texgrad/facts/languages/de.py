"""German words in, what they say of symbols, notation and layouts out."""

from __future__ import annotations

from texgrad.facts.languages.table import BODY, NAME, PLACE, Language, beside

LANGUAGE = Language(
    code="de",
    common=r"der|die|das|ist|sind|und|ein|eine[mnrs]?|mit|für|von|wir|sei|seien|dann|nicht|den|dem|wobei|auf|wäre|falls|stets"
           r"|gilt|wird|werden|wegen",
    words={
        "is": r"ist|sei|bezeichnet|bezeichne|bleibt|war|heißt|ist wieder|stellt|wird(?: als)?",
        "are": r"sind|seien|bezeichnen|waren|bleiben|werden(?: als)?",
        "has": r"hat|habe|haben|besitzt",
        "both": r"beide|alle",
        "not": r"ohne|nicht(?: mehr| länger| notwendig(?:erweise)?| unbedingt| zwingend)?|"
               r"kein(?:e|en|er)?|weder|noch|nie",
        "and": r"und|oder|sowie|bzw\.?",
        "let": r"sei|seien|wobei|mit|hier|hierbei|dabei|wo|gegeben(?: seien| sei)?|betrachte|betrachten wir|angenommen"
               r"|nun|setze|es sei|es seien"
        r"|wir betrachten|wir setzen",
        "of": r"von|vom|des|in|nach|bezüglich|bzgl\.?|über|aus|auf|an|bei|zu|zum|zur|durch|gegen|zwischen|als|im|beim|"
              r"unter|am",
        "dimensional": r"-?dimensional(?:er|e|es|en)?",
        "size": r"(?:größe|dimension|ordnung|länge|format|gestalt|form)",
        "does not depend on": r"häng(?:t|en) nicht von|unabhängig von|nicht abhängig von|konstant bezüglich",
        "independent": r"(?:ist |sind )?unabhängig|nicht ab",
        "depends on": r"häng(?:t|en) (?:nur )?von|abhängig von|als Funktion von",
        "with": r"mit",
        "break": r"dass|daß|also|dann|somit|daher|denn|weil|da|aber|deren|dessen|welche[rs]?|folgt|gilt|es|wir|man|er|"
                 r"sie|so|damit|erhält"
        r"|ergibt|jedoch|während",
        "doubt": r"genau dann|kann|können|könnte|wäre|wären|ob|zeige|zeigen sie|muss|müsste|sollte|außer|es sei denn",
        "article": r"ein|eine|einen|einem|einer|eines|der|die|das|den|dem|diese[rsnm]?|jede[rsnm]?|alle|unser(?:e|en|"
                   r"er)?",
        "filler": r"feste[rsnm]?|fest|gegebene[rsnm]?|bekannt(?:e[rsnm]?)?|beliebige[rsnm]?|beliebig|reell(?:e|er|es|"
                  r"en)?|beide|auch|stets|immer"
        r"|ohne (?:beschränkung|einschränkung|verlust) der allgemeinheit|natürlich|offenbar|dagegen"
                  r"|hingegen|zusätzlich|zudem|jeweils|hier|wieder|zwei|drei|allgemeine[rsnm]?|übliche[rsnm]?|nun|passende[rsnm]?"
                  r"|vorausgesetzt|glatte?",
        "poison": r"block-?|strukturell|fast|nahezu|schief|semi-?|quasi-?|lokal|streng|zufällige[rsnm]?|anti-?",
        "if": r"falls|wenn|sofern|unter der (?:Annahme|Voraussetzung)(?:, dass)?|im Fall(?:e)?",
        "for": r"für(?: alle| jede[sn]?)?",
    },
    kinds=(
        (r"\w*vektor(?:en|s)?", "vector"),
        (r"\w*vektor(?:en|s)? (?:der|von) (?:multiplikatoren|parametern?|gewichten?|koeffizienten|daten)", "vector"),
        (r"spaltenvektor(?:en|s)?|spalten?", "column"),
        (r"zeilenvektor(?:en|s)?", "row"),
        (r"\w*matri(?:x|zen)", "matrix"),
        (r"\w*matri(?:x|zen) (?:der|von) (?:multiplikatoren|parametern?|gewichten?|koeffizienten|daten)", "matrix"),
        (r"quadratische[rsn]? matri(?:x|zen)", "matrix", "square"),
        (r"datenmatrix|designmatrix|gewichtsmatri(?:x|zen)|koeffizientenmatrix", "matrix"),
        (r"(?:kovarianz|korrelations|gram|kern|streu|präzisions)-?matri(?:x|zen)|gramsche[rn]? matri(?:x|zen)|"
         r"kovarianz", "matrix", "symmetric", "square"),
        (r"skalar(?:e|en|s)?|zahl(?:en)?|reelle zahl(?:en)?", "scalar"),
        (r"ganze zahl(?:en)?|natürliche zahl(?:en)?", "scalar", "integer"),
        (r"funktion(?:en)?|abbildung(?:en)?", "function"),
        (r"skalare funktion(?:en)?|skalarwertige funktion(?:en)?|reellwertige funktion(?:en)?|"
         r"skalarfunktion", "function", "scalar-valued"),
        (r"(?:verlust|kosten|ziel|fehler)funktion(?:en)?", "function", "scalar-valued"),
        (r"vektorwertige funktion(?:en)?|vektorfunktion", "function", "vector-valued"),
        (r"matrixwertige funktion(?:en)?", "function", "matrix-valued"),
        (r"einheitsvektor(?:en)?", "vector", "unit"),
        (r"einheitsmatrix|identitätsmatrix|identität", "matrix", "identity"),
        (r"einsvektor|einsenvektor|vektor aus lauter einsen|vektor der einsen", "vector", "ones"),
        (r"nullvektor", "vector", "zero"),
        (r"nullmatrix", "matrix", "zero"),
        (r"(?:(?:binäre|0/1-|0-1-)? ?)?maske", "unknown", "binary"),
        (r"diagonalmatri(?:x|zen)", "matrix", "diagonal", "square"),
        (r"dreiecksmatrix", "matrix"),
        (r"untere dreiecksmatrix", "matrix", "lower-triangular", "square"),
        (r"obere dreiecksmatrix", "matrix", "upper-triangular", "square"),
        (r"drehmatrix|rotationsmatrix|orthogonalmatrix|permutationsmatrix", "matrix", "orthogonal", "square"),
        (r"orthogonalprojektion|orthogonalprojektor", "matrix", "idempotent", "square"),
        (r"wahrscheinlichkeitsvektor", "vector", "probability"),
        (r"one-hot-(?:vektor|kodierung|label)|1-of-(?:k|c|⟦\d+⟧)", "vector", "one-hot"),
        (r"konstante(?! (?:matri|vektor|funktion|zahl))|konstanten", None, "constant"),
    ),
    properties=(
        (r"one-?hot(?:-?[ck]odiert\w*)?(?!-)", "one-hot"),
        (r"symmetrisch(?:e[mnrs]?)?(?! oder)|reell(?:e[mnrs]?)? (?:und )?hermitesch(?:e[mnrs]?)?", "symmetric"),
        (r"symmetrisch(?:e[mnrs]?)? oder nicht", "not-symmetric"),
        (r"schiefsymmetrisch(?:e[mnrs]?)?|antisymmetrisch(?:e[mnrs]?)?", "skew-symmetric"),
        (r"invertierbar(?:e[mnrs]?)?|regulär(?:e[mnrs]?)?|nichtsingulär(?:e[mnrs]?)?", "invertible"),
        (r"orthogonal(?:e[mnrs]?)?", "orthogonal"),
        (r"positiv[- ]definit(?:e[mnrs]?)?", "positive-definite"),
        (r"positiv[- ]semidefinit(?:e[mnrs]?)?", "positive-semidefinite"),
        (r"spd", "symmetric", "positive-definite"),
        (r"diagonal(?:e[mnrs]?)?", "diagonal"),
        (r"quadratisch(?:e[mnrs]?)?", "square"),
        (r"idempotent(?:e[mnrs]?)?", "idempotent"),
        (r"(?:hat )?vollen spaltenrang|von vollem spaltenrang|mit vollem spaltenrang", "full-column-rank"),
        (r"konstant(?:e[mnrs]?)?", "constant"),
        (r"positiv(?:e[mnrs]?)?", "positive"),
        (r"nichtnegativ(?:e[mnrs]?)?", "nonnegative"),
        (r"komplex(?:e[mnrs]?)?", "complex"),
        (r"komponentenweise(?: angewendet| angewandt)?|elementweise(?: angewendet| angewandt)?|eintragsweise|(?:wirkt|"
         r"angewandt|angewendet) "
         r"(?:komponentenweise|elementweise)|(?:wird )?(?:komponentenweise|elementweise) (?:angewandt|"
         r"angewendet)", "elementwise"),
    ),
    before=r"(?<!\w)(?:falls|wenn|sofern|für|unter der annahme|im falle?|bei)(?!\w)(?![^⟦]*(?<!\w)(?:dann|gilt|so|"
           r"folgt)(?!\w))|^\s*ist ⟦\d+⟧[^⟦,.]{0,25}$|^\s*ist $",
    where=r"wobei|mit|wo|dabei",
    now=r"jetzt|nun|diesmal",
    conventions=(
        (beside(r"(?<!\w)(?:striche?s?|apostroph\w*)(?!\w)", r"transpo[ns]\w+"), "prime", "transpose"),
        (r"(?:senkrechte |betrags)?striche (?:bezeichnen|bedeuten|stehen für) (?:die "
         r")?determinante", "bars", "determinant"),
        (rf"({PLACE}) (?:bezeichnet|ist|bedeutet|steht für) (?:das )?(?:hadamard-?produkt|element(?:e)?weise produkt|"
         rf"komponentenweise produkt)",
         "symbol", r"\1=hadamard"),
        (rf"({PLACE}) (?:bezeichnet|ist|bedeutet|steht für) (?:das )?kronecker-?produkt", "symbol", r"\1=kronecker"),
        (rf"({PLACE}) (?:bezeichnet|ist) (?:das )?differential", "differential", r"\1"),
        (rf"({PLACE})[^⟦]{{0,15}}(?:die )?(?:sigmoid|logistische funktion|"
         rf"sigmoidfunktion)", "named-function", r"\1=sigmoid"),
        (rf"({PLACE}) (?:ist |sei |bezeichnet )?die {PLACE}-?(?:te)? zeile von "
         rf"({PLACE})", "rows-are-samples", r"\2=\1"),
        (rf"({PLACE}) (?:ist |sei |bezeichnet )?die {PLACE}-?(?:te)? spalte von "
         rf"({PLACE})", "columns-are-samples", r"\2=\1"),
        (rf"zeilen von ({PLACE}) sind (?:die )?(?:\w+ )?({PLACE})", "rows-are-samples", r"\1=\2"),
        (rf"spalten von ({PLACE}) sind (?:die )?(?:\w+ )?({PLACE})", "columns-are-samples", r"\1=\2"),
        (rf"({PLACE})[^.;⟦]{{0,40}}(?:deren )?zeilen (?:sind )?(?:die )?(?:beobachtungen|datenpunkte|beispiele|"
         rf"stichproben)", "rows-are-samples", r"\1"),
        (rf"({PLACE})[^.;⟦]{{0,40}}(?:deren )?spalten (?:sind )?(?:die )?(?:beobachtungen|datenpunkte|beispiele|"
         rf"stichproben)", "columns-are-samples",
         r"\1"),
        (r"vektoren(?: ⟦\d+⟧)? sind (?:stets |immer |hier |alle )?spalten(?:vektoren)?", "vectors-are", "columns"),
        (r"vektoren sind (?:stets |immer |hier |alle )?zeilen(?:vektoren)?", "vectors-are", "rows"),
        (rf"einträge von ({PLACE}) (?:werden )?als unabhängig", "unstructured", r"\1"),
    ),
    layouts=(
        (r"nenner-?(?: )?(?:layout|konvention|notation)|denominator[- ]layout", {}, "denominator"),
        (r"zähler-?(?: )?(?:layout|konvention|notation)|numerator[- ]layout", {}, "numerator"),
        (r"gradient(?:en)?[^.;⟦]{0,30} (?:ist|sind|als)(?: stets| immer| hier)? (?:ein "
         r")?spalten(?:vektor(?:en)?)?", {"scalar-by-vector": "column"}, None),
        (r"gradient(?:en)?[^.;⟦]{0,30} (?:ist|sind|als)(?: stets| immer| hier)? (?:ein "
         r")?zeilen(?:vektor(?:en)?)?", {"scalar-by-vector": "row"}, None),
        (r"(?:gradient|ableitung)(?:en)?[^.;]{0,40} (?:hat|haben) (?:stets |immer |hier )?(?:dieselbe|die gleiche|die) "
         r"(?:form|gestalt|größe|dimension)",
         {"scalar-by-vector": "column", "scalar-by-matrix": "same"}, None),
        (r"(?:ableitung|ergebnis)[^.;]{0,40}(?:dieselbe|die gleiche) (?:form|gestalt|größe|"
         r"dimension)", {"scalar-by-matrix": "same"}, None),
        (r"ableitung eines skalars[^.;]{0,40} ist ein zeilenvektor", {"scalar-by-vector": "row"}, None),
        (r"ableitung eines skalars[^.;]{0,40} ist ein spaltenvektor", {"scalar-by-vector": "column"}, None),
        (r"jacobi-?matrix[^.;]{0,40} (?:hat )?eine zeile (?:pro|je|für jede) (?:komponente|"
         r"ausgang)", {"vector-by-vector": "numerator"}, None),
        (r"zeilen(?: der jacobi-?matrix)? (?:sind|entsprechen) (?:den |die )?(?:gradienten|komponenten der funktion|"
         r"ausgängen)",
         {"vector-by-vector": "numerator"}, None),
    ),
    wrong_before=r"(?:häufiger|typischer|beliebter|klassischer) fehler (?:ist|wäre|lautet)[^.⟦]{0,25}$|(?:falsch|"
                 r"verlockend|inkorrekt) (?:wäre|ist)(?: es)?"
    r"[^.⟦]{0,25}$|es wäre (?:falsch|verlockend)[^.⟦]{0,25}$|fälschlich(?:erweise)?[^.⟦]{0,20}$"
    r"|\b(?:es|das|dies) ist (?:also )?nicht (?:einfach )?$",
    wrong_after=r"^[\s,]*(?:\(?falsch ?!?\)|falsch\b|(?:ist|wäre) (?:leider )?(?:falsch|nicht richtig|inkorrekt))",
    lines=(r"\bZeilen?\b(?!-)", r"\bSpalten?\b(?!-)"),
    shorthands=(
        rf"{NAME} (?:steht|stehe|stehen) (?:kurz )?für (?:d\w\w (?:\w+ ){{1,2}})?{BODY}",
        rf"(?:schreib\w*|kürze\w*)\b[^.;]{{0,40}}?{NAME} (?:statt|für|"
        rf"anstelle von) (?:d\w\w (?:\w+ ){{1,2}})?{BODY}",
        rf"{NAME} bezeichne[t]? (?:d\w\w (?:\w+ ){{1,2}})?{BODY}",
    ),
    namings=(rf"(?:wir nennen (?:dies|das|ihn|sie|es|diese\w* \w+)|(?:dies|das|diese\w* \w+) nennen wir) {NAME}",),
)
