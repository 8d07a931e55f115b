"""Italian words in, what they say of symbols, notation and layouts out."""

from __future__ import annotations

from texgrad.facts.languages.table import BODY, NAME, PLACE, Language, beside

_OF_A_SCALAR = (
    r"derivat[ae] (?:parziali? )?di (?:uno |una )?(?:funzione |campo )?scalar[ei]"
    r"[^.;]{0,60} (?:è|sono)(?: sempre| qui)? (?:un |una )?(?:vettor[ei] )?"
)
LANGUAGE = Language(
    code="it",
    common=r"il|lo|gli|è|sia|siano|della|delle|dei|del|che|per|sono|dove|con|una|un|allora|non|si|di|entro|nel"
           r"|nella|alla|dalla|sulla|degli|quindi|più|anche",
    loose_nouns=True,
    words={
        "is": r"è|sia|denota|indica|rappresenta|essendo|è sempre|si suppone|resta",
        "are": r"sono|siano|denotano|indicano",
        "has": r"ha|hanno|possiede",
        "both": r"entramb[ie]|tutt[ie]",
        "not": r"senza|non è più|non sono più|"
               r"non è(?: necessariamente)?|non sono(?: necessariamente)?|non(?: necessariamente)?|né",
        "and": r"e|ed|o|oppure|nonché",
        "let": r"sia|siano|dove|con|consideriamo|supponiamo(?: che)?|qui|dat[oaie]|poniamo|ora|ove",
        "of": r"di|del|dello|della|dei|delle|degli|rispetto (?:a|al|alla)|in|nel|per|su|sul|sullo|sulla|a|al|alla|"
              r"secondo|tra|fra|come(?! (?:⟦|l[ae] ))|da|dal",
        "dimensional": r"-?dimensional[ei]",
        "size": r"(?:dimension[ei]|ordine|taglia|lunghezza|forma)",
        "does not depend on": r"non dipend(?:e|ono) da|indipendent[ei] da|costant[ei] rispetto a",
        "depends on": r"dipend(?:e|ono) (?:solo |soltanto )?da|è funzione di",
        "with": r"con",
        "break": r"che|allora|quindi|dunque|così|perché|poiché|ma|cui|cioè|mentre|si ottiene|soddisfa|si ha",
        "doubt": r"se e solo se|sse|può|possono|potrebbe|si mostri che|a meno che|tranne|sarebbe|esercizio",
        "article": r"(?:dei|delle|degli)(?= (?:vettori|matrici|scalari|funzioni|numeri))|un|uno|una|il|lo|la|i|gli|le|"
                   r"questo|questa|suo|sua|ogni|ciascun[ao]?|qualunque|tutt[ei]",
        "filler": r"(?:dei|di) (?:moltiplicatori|parametri|pesi|coefficienti|dati|residui)|"
        r"dat[oaie]|fissat[oaie]|real[ei]|not[oaie]|general[ei]|anche|sempre|due|tre|entramb[ie]|"
                  r"arbitrari[oaei]?|rispettivamente|solit[oaie]|senza perdita di generalità",
        "poison": r"quasi|a blocchi|semi-?|anti-?|localmente|strettamente|casual[ei]|propri[oa]",
        "if": r"se|quando|purché|supponendo(?: che)?|nel caso",
        "for": r"per(?: ogni| tutti| tutte)?",
    },
    kinds=(
        (r"vettor[ei]", "vector"),
        (r"vettor[ei] colonna", "column"),
        (r"vettor[ei] riga", "row"),
        (r"matric[ei]", "matrix"),
        (r"matric[ei] quadrat[ae]", "matrix", "square"),
        (r"matric[ei] (?:di (?:covarianza|gram|correlazione|precisione|dispersione)|"
         r"del kernel)|covarianza", "matrix", "symmetric", "square"),
        (r"scalar[ei]|numer[oi](?: real[ei])?", "scalar"),
        (r"inter[oi]", "scalar", "integer"),
        (r"funzion[ei]", "function"),
        (r"funzion[ei] scalar[ei]|funzion[ei] a valori reali", "function", "scalar-valued"),
        (r"funzion[ei] vettorial[ei]", "function", "vector-valued"),
        (r"vettor[ei] unitar[io]+", "vector", "unit"),
        (r"(?:matrice )?identità", "matrix", "identity"),
        (r"vettore di (?:tutti )?uno", "vector", "ones"),
        (r"vettore nullo", "vector", "zero"),
        (r"matrice nulla", "matrix", "zero"),
        (r"maschera(?: (?:binaria|0/1|0-1))?", "unknown", "binary"),
        (r"matrice di (?:rotazione|permutazione)", "matrix", "orthogonal", "square"),
    ),
    properties=(
        (r"(?:codificat[oaie] )?one-?hot", "one-hot"),
        (r"simmetric(?:a|o|he|i)(?! o )", "symmetric"),
        (r"simmetric(?:a|o|he|i) o (?:no|meno)", "not-symmetric"),
        (r"antisimmetric(?:a|o|he|i)", "skew-symmetric"),
        (r"invertibil[ei]|non singolar[ei]", "invertible"),
        (r"ortogonal[ei]", "orthogonal"),
        (r"definit[ae] positiv[ae]", "positive-definite"),
        (r"semidefinit[ae] positiv[ae]", "positive-semidefinite"),
        (r"diagonal[ei](?! d(?!(?:ei|i) (?:pesi|dati|coefficienti)))", "diagonal"),
        (r"triangolar[ei] inferior[ei]", "lower-triangular"),
        (r"triangolar[ei] superior[ei]", "upper-triangular"),
        (r"quadrat[ae]", "square"),
        (r"rettangolar[ei]", "not-square"),
        (r"idempotent[ei]", "idempotent"),
        (r"(?:ha |di )?rango (?:di colonna pieno|pieno per colonne)", "full-column-rank"),
        (r"costant[ei]", "constant"),
        (r"positiv[oaie]", "positive"),
        (r"compless[oaie]", "complex"),
        (r"(?:agisce|applicat[oa]) (?:elemento per elemento|componente per componente)|elemento per elemento|"
         r"componente per componente", "elementwise"),
    ),
    before=r"(?<!\w)(?:se|quando|per|purché|supponendo|nel caso)(?!\w)(?![^⟦]*(?<!\w)(?:allora|quindi|si ha|si "
           r"ottiene)(?!\w))",
    where=r"dove|con",
    now=r"ora|adesso|stavolta",
    conventions=(
        (beside(r"(?<!\w)(?:apic[ei]|primo|apostrofo)(?!\w)", r"traspost\w+"), "prime", "transpose"),
        (rf"({PLACE}) (?:è|indica|denota) (?:il )?prodotto (?:di hadamard|elemento per "
         rf"elemento)", "symbol", r"\1=hadamard"),
        (rf"({PLACE}) (?:è|indica|denota) (?:il )?prodotto di kronecker", "symbol", r"\1=kronecker"),
        (rf"({PLACE})[^⟦]{{0,15}}(?:la )?(?:funzione )?(?:sigmoide|logistica)", "named-function", r"\1=sigmoid"),
        (r"vettori sono (?:sempre |tutti )?(?:vettori )?colonn[ae]", "vectors-are", "columns"),
    ),
    layouts=(
        (_OF_A_SCALAR + r"colonn[ae]", {"scalar-by-vector": "column"}, None),
        (_OF_A_SCALAR + r"rig(?:a|he)", {"scalar-by-vector": "row"}, None),
        (r"(?:layout|convenzione|notazione|disposizione) (?:al |del |a )?denominatore", {}, "denominator"),
        (r"(?:layout|convenzione|notazione|disposizione) (?:al |del |a )?numeratore", {}, "numerator"),
        (r"gradient[ei][^.;⟦]{0,30} (?:è|sono|come)(?: sempre)? (?:un )?(?:vettor[ei] "
         r")?colonn[ae]", {"scalar-by-vector": "column"}, None),
        (r"gradient[ei][^.;⟦]{0,30} (?:è|sono|come)(?: sempre)? (?:un )?(?:vettor[ei] "
         r")?rig[ah]e?", {"scalar-by-vector": "row"}, None),
        (r"(?:gradiente|derivata)[^.;]{0,40} ha (?:sempre )?la (?:stessa )?(?:forma|"
         r"dimensione)", {"scalar-by-vector": "column",
         "scalar-by-matrix": "same"}, None),
    ),
    wrong_before=r"errore (?:comune|frequente|tipico) (?:è|sarebbe)[^.⟦]{0,25}$|(?:è|sarebbe) (?:falso|sbagliato|"
                 r"scorretto)[^.⟦]{0,25}$",
    wrong_after=r"^[\s,]*(?:\(?(?:falso|sbagliato|errato) ?!?\)|(?:che )?è (?:falso|sbagliato|errato))",
    letters="aAeEiIoO",
    lines=(r"(?<!vettore )(?<!vettori )\brigh?[ae]\b", r"(?<!vettore )(?<!vettori )\bcolonn[ae]\b"),
    shorthands=(
        rf"{NAME} (?:sta per|denota|indica|abbrevia) (?:(?:il|la|lo) (?:\w+ ){{1,2}})?{BODY}",
        rf"(?:scriv\w+|usiamo) {NAME} (?:per|al posto di|invece di) {BODY}",
        rf"indichiamo con {NAME} (?:(?:il|la|lo) (?:\w+ ){{1,2}})?{BODY}",
    ),
)
