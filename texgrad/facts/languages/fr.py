"""French words in, what they say of symbols, notation and layouts out."""

from __future__ import annotations

from texgrad.facts.languages.table import BODY, NAME, PLACE, Language, beside

_OF_A_SCALAR = (
    r"dérivées? (?:partielles? )?d['’ ]?(?:un|une)? ?(?:fonction |quantité )?(?:à valeurs )?(?:scalaires?|réelles?)"
    r"[^.;]{0,60} (?:est|sont)(?: toujours| ici)? (?:un |une |des )?(?:vecteurs?[- ])?"
)
LANGUAGE = Language(
    code="fr",
    common=r"le|la|les|est|une|des|du|que|pour|sont|dans|on|et|où|avec|si|par|soit|soient|alors|donc",
    loose_nouns=True,
    words={
        "is": r"est|soit|désigne|représente|étant|vaut|est supposée?|est donc|est ici|est toujours|fut|serait|reste|"
              r"est dite?",
        "are": r"sont|soient|désignent|sont supposée?s|représentent|sont tous|sont toutes|étaient",
        "has": r"a(?= pour)|possède|admet",
        "both": r"tous(?: deux)?|toutes(?: deux)?",
        "not": r"sans|n['’]est plus|ne sont plus|"
               r"n['’]est pas(?: nécessairement| forcément| supposée?)?|ne sont pas(?: nécessairement| "
               r"forcément)?|non"
        r"|pas(?: nécessairement| forcément)?|ni",
        "and": r"et|ou|ainsi que",
        "let": r"soit|soient|où|avec|considérons|posons|supposons(?: que)?|notons|on note|on suppose(?: que)?|on "
               r"considère|ici"
        r"|étant donnée?s?|prenons|donnons-nous|on pose|on se donne|désormais",
        "of": r"de|du|des|d['’]|par rapport (?:à|au|aux)|dans|en|par|sur|à|au|aux|selon|suivant|contre|entre|"
              r"comme(?! (?:⟦|les? |la |l['’]))",
        "dimensional": r"-?dimensionnel(?:le)?s?",
        "size": r"(?:taille|ordre|dimensions?|format|longueur)",
        "does not depend on": r"ne dépend(?:ent)? pas (?:de|du|d['’])|indépendante?s? (?:de|du|d['’])|constante?s? "
                              r"par rapport à",
        "depends on": r"dépend(?:ent)? (?:de|du|d['’])|est fonction (?:de|du)|en fonction (?:de|du)",
        "with": r"avec",
        "break": r"qui|que|donc|alors|ainsi|car|puisque|mais|or|c['’]est-à-dire|dont|on|nous|il|elle|ce|cela|ceci|"
                 r"d['’]où"
        r"|vérifie|obtient|tandis|lorsqu['’]on|comme",
        "doubt": r"ssi|si et seulement si|peut|peuvent|montrer que|vérifier que|sauf|à moins que|exercice|serait|"
                 r"seraient",
        "article": r"des(?= (?:vecteurs|matrices|scalaires|fonctions|réels|nombres|constantes))|un|une|le|la|les|l['’]"
                   r"|cette|ce|cet|ces|son|sa|ses|notre|toute?|tous|quelque|chaque",
        "filler": r"d(?:e|es|u) (?:poids|pondération|données|coefficients|paramètres|plan|gain|bruit|mesure|masse)|"
                  r"donnée?s?|fixée?s?|fixe|quelconques?|réelle?s?|aussi|ici|toujours|bien|connue?s?|général(?:e|es)?|"
                  r"encore|toutes"
        r"|deux|trois|évidemment|sans perte de généralité|sans (?:restreindre|nuire à) la généralité"
                  r"|respectivement|usuel(?:le)?s?|arbitraires?|même|quelconque|à valeurs réelles|associée?s?",
        "poison": r"quasi-?|structurellement|presque|par blocs|semi-?|anti-?|localement|strictement triangulaire"
                  r"|aléatoire|propre",
        "if": r"si|lorsque|quand|dès que|pourvu que|à condition que|en supposant(?: que)?|dans le cas où",
        "for": r"pour(?: toute?| tous| chaque)?",
    },
    kinds=(
        (r"vecteurs?", "vector"),
        (r"vecteurs?[- ]colonnes?|colonnes?", "column"),
        (r"vecteurs?[- ]lignes?", "row"),
        (r"matrices?", "matrix"),
        (r"matrices? carrées?", "matrix", "square"),
        (r"matrices? (?:de (?:variance-?)?(?:covariance|gram|corrélation|précision|dispersion)|"
         r"du noyau)|covariance", "matrix", "symmetric", "square"),
        (r"scalaires?|nombres?(?: réels?)?|réels?(?= (?:strictement )?positif)|un réel|des réels|constantes? "
         r"réelles?", "scalar"),
        (r"entiers?(?: naturels?)?", "scalar", "integer"),
        (r"fonctions?|applications?", "function"),
        (r"fonctions? scalaires?|fonctions? à valeurs réelles|fonctions? réelles?", "function", "scalar-valued"),
        (r"fonctions? (?:de )?(?:coût|perte|objectif)", "function", "scalar-valued"),
        (r"fonctions? vectorielles?|champs? de vecteurs", "function", "vector-valued"),
        (r"fonctions? matricielles?", "function", "matrix-valued"),
        (r"vecteurs? unitaires?|vecteurs? de norme 1", "vector", "unit"),
        (r"vecteurs? constants?", "vector", "constant"),
        (r"matrices? constantes?", "matrix", "constant"),
        (r"(?:matrice )?identité|matrice unité", "matrix", "identity"),
        (r"vecteur (?:rempli )?de (?:uns|1)|vecteur dont toutes les composantes (?:valent|sont égales à) "
         r"1", "vector", "ones"),
        (r"vecteur nul", "vector", "zero"),
        (r"matrice nulle", "matrix", "zero"),
        (r"masque(?: (?:binaire|0/1|0-1))?", "unknown", "binary"),
        (r"vecteur de probabilités?|vecteur stochastique|loi de probabilité", "vector", "probability"),
        (r"matrice de rotation|matrice de permutation", "matrix", "orthogonal", "square"),
        (r"(?:matrice de )?projection orthogonale|projecteur(?: orthogonal)?", "matrix", "idempotent", "square"),
        (r"encodage one-hot|vecteur one-hot|1-of-(?:k|c|⟦\d+⟧)", "vector", "one-hot"),
    ),
    properties=(
        (r"(?:(?:encodé|codé)e?s? )?(?:en )?one-?hot", "one-hot"),
        (r"symétriques?(?! ou )|réelles? et hermitiennes?|hermitiennes? réelles?", "symmetric"),
        (r"symétriques? ou (?:non|pas)", "not-symmetric"),
        (r"antisymétriques?", "skew-symmetric"),
        (r"inversibles?|régulières?|non singulières?", "invertible"),
        (r"orthogonales?", "orthogonal"),
        (r"à colonnes orthonormées|à colonnes orthonormales", "orthonormal-columns"),
        (r"définies? positives?", "positive-definite"),
        (r"semi[- ]définies? positives?", "positive-semidefinite"),
        (r"symétriques? (?:et )?définies? positives?|sdp", "symmetric", "positive-definite"),
        (r"diagonales?(?! d(?:es?|u) (?!poids|pondération|données|coefficients))", "diagonal"),
        (r"diagonales? (?:à coefficients )?(?:strictement )?positi(?:ve|f)s?", "diagonal", "positive"),
        (r"triangulaires? inférieures?", "lower-triangular"),
        (r"triangulaires? supérieures?", "upper-triangular"),
        (r"carrées?", "square"),
        (r"rectangulaires?", "not-square"),
        (r"idempotente?s?", "idempotent"),
        (r"(?:est |de )?(?:rang colonne plein|rang plein en colonnes)|à colonnes (?:linéairement "
         r")?indépendantes", "full-column-rank"),
        (r"constante?s?|considérée?s? comme constante?s?", "constant"),
        (r"(?:strictement )?positi(?:f|ve)s?|> 0", "positive"),
        (r"non nul(?:le)?s?", "nonzero"),
        (r"unitaires?", "unit"),
        (r"complexes?", "complex"),
        (r"(?:appliquée?s?|agit|agissant|opère) (?:composante par composante|terme à terme|élément par élément|"
         r"coordonnée par coordonnée)"
         r"|(?:composante par composante|terme à terme|élément par élément|coordonnée par coordonnée)", "elementwise"),
    ),
    before=r"(?<!\w)(?:si|lorsque|quand|pour|dès que|pourvu que|à condition que|en supposant|dans le cas où|dans le "
           r"cas)(?!\w)"
    r"(?![^⟦]*(?<!\w)(?:alors|donc|on (?:a|obtient))(?!\w))",
    where=r"où|avec",
    now=r"maintenant|désormais|cette fois",
    conventions=(
        (r"(?:on note|notons) ⟦\d+⟧ la transposée", "left-superscript", "transpose"),
        (rf"({PLACE}) (?:désigne|est|note|dénote)(?:ra)? la transposée", "superscript-T", "transpose"),
        (beside(r"(?<!\w)(?:primes?|apostrophes?)(?!\w)", r"transpos\w+"), "prime", "transpose"),
        (r"(?:les )?barres (?:verticales )?(?:désignent|dénotent) le déterminant", "bars", "determinant"),
        (rf"({PLACE}) (?:est|désigne|note) (?:le )?produit (?:de hadamard|terme à terme|élément par élément|"
         rf"composante par composante)",
         "symbol", r"\1=hadamard"),
        (rf"({PLACE}) (?:est|désigne) (?:le )?produit de kronecker", "symbol", r"\1=kronecker"),
        (rf"({PLACE}) (?:est|désigne) (?:la )?différentielle", "differential", r"\1"),
        (rf"({PLACE})[^⟦]{{0,15}}(?:la )?(?:fonction )?(?:sigmoïde|logistique)", "named-function", r"\1=sigmoid"),
        (rf"(?:la )?(?:fonction )?(?:sigmoïde|logistique) ({PLACE})", "named-function", r"\1=sigmoid"),
        (rf"({PLACE}) est la {PLACE}(?:-?(?:ième|ème|e))? ligne de ({PLACE})", "rows-are-samples", r"\2=\1"),
        (rf"({PLACE}) est la {PLACE}(?:-?(?:ième|ème|e))? colonne de ({PLACE})", "columns-are-samples", r"\2=\1"),
        (rf"lignes de ({PLACE}) sont (?:les |des )?(?:\w+ )?({PLACE})", "rows-are-samples", r"\1=\2"),
        (rf"colonnes de ({PLACE}) sont (?:les |des )?(?:\w+ )?({PLACE})", "columns-are-samples", r"\1=\2"),
        (rf"({PLACE})[^.;⟦]{{0,40}}(?:dont les )?lignes (?:sont|contiennent) les (?:observations|exemples|échantillons"
         rf"|individus|données)",
         "rows-are-samples", r"\1"),
        (rf"({PLACE})[^.;⟦]{{0,40}}(?:dont les )?colonnes (?:sont|contiennent) les (?:observations|exemples|"
         rf"échantillons|individus|données)",
         "columns-are-samples", r"\1"),
        (r"lettres (?:minuscules )?grasses[^.;]{0,30}vecteurs?|minuscules "
         r"grasses[^.;]{0,30}vecteurs?", "typography", "bold-lower=vector"),
        (r"(?:lettres )?majuscules (?:désignent|sont) (?:des |les )?matrices", "typography", "upper=matrix"),
        (r"vecteurs(?: ⟦\d+⟧)? sont (?:tous |toujours )?(?:des )?(?:vecteurs )?colonnes?", "vectors-are", "columns"),
        (r"vecteurs sont (?:tous |toujours )?(?:des )?(?:vecteurs )?lignes?", "vectors-are", "rows"),
        (rf"(?:coefficients|éléments) de ({PLACE}) (?:sont )?(?:considérés|traités|vus) comme "
         rf"indépendants", "unstructured", r"\1"),
        (r"sans (?:tenir compte de|exploiter) la symétrie", "unstructured", ""),
    ),
    layouts=(
        (_OF_A_SCALAR + r"colonnes?", {"scalar-by-vector": "column"}, None),
        (_OF_A_SCALAR + r"lignes?", {"scalar-by-vector": "row"}, None),
        (r"(?:disposition|convention|notation) (?:du |au |en |de )?[«“ ]*dénominateur|denominator "
         r"layout", {}, "denominator"),
        (r"(?:disposition|convention|notation) (?:du |au |en |de )?[«“ ]*numérateur|numerator layout", {}, "numerator"),
        (r"gradients?(?: ⟦\d+⟧)?[^.;⟦]{0,30} (?:est|sont|sera|seront)(?: toujours| ici)? (?:un |des )?(?:vecteurs?[- "
         r"])?colonnes?",
         {"scalar-by-vector": "column"}, None),
        (r"gradients?(?: ⟦\d+⟧)?[^.;⟦]{0,30} (?:est|sont|sera|seront)(?: toujours| ici)? (?:un |des )?(?:vecteurs?[- "
         r"])?lignes?",
         {"scalar-by-vector": "row"}, None),
        (r"(?:gradient|dérivée)s?[^.;]{0,40} (?:a|ont) (?:toujours )?la (?:même )?(?:forme|taille|dimension) (?:que|"
         r"de)",
         {"scalar-by-vector": "column", "scalar-by-matrix": "same"}, None),
        (r"(?:gradient|dérivée)s?[^.;]{0,40} de (?:la )?même (?:forme|taille) que",
         {"scalar-by-vector": "column", "scalar-by-matrix": "same"}, None),
        (r"(?:dérivée|gradient)[^.;]{0,60} (?:est|sont) rangée?s? comme ⟦", {"scalar-by-matrix": "same"}, None),
        (r"jacobienne[^.;]{0,25} a pour lignes (?:les (?:différentielles|gradients|dérivées|composantes)"
         r")", {"vector-by-vector": "numerator"}, None),
        (r"jacobienne[^.;]{0,25} a pour colonnes les gradients", {"vector-by-vector": "denominator"}, None),
        (r"jacobienne[^.;]{0,40} une ligne par composante (?:de la fonction|de "
         r"⟦)", {"vector-by-vector": "numerator"}, None),
    ),
    wrong_before=r"erreur (?:fréquente|classique|courante|typique)(?: ici)? (?:est|consiste|serait)[^.⟦]{0,25}$"
    r"|il (?:est|serait) (?:faux|tentant|incorrect)[^.⟦]{0,25}$|on (?:écrit|trouve) (?:souvent )?à tort[^.⟦]{0,15}$"
    r"|ne pas écrire[^.⟦]{0,10}$|(?:on n['’]a pas|n['’]écrivez pas) $",
    wrong_after=r"^[\s,]*(?:\(?faux ?!?\)|(?:, ce qui |ce qui |qui )?est faux|\(incorrect\)|est (?:incorrect|erroné))",
    letters="aAyYàÀ",
    plural="s",
    lines=(r"(?<!vecteur )(?<!vecteurs )\blignes?\b", r"(?<!vecteur )(?<!vecteurs )\bcolonnes?\b"),
    shorthands=(
        rf"{NAME} (?:désigne|abrège|remplace) (?:l[ae] (?:\w+ ){{1,2}}|l[’\'](?:\w+ ){{1,2}})?{BODY}",
        rf"(?:écri(?:t|s|vons|re)|note(?:ra)?|notons|notant) {NAME} (?:pour|au lieu de|à la place de|"
        rf"l[ae] \w+|l[’\']\w+) {BODY}",
        rf"(?:on note|notons) {BODY} par {NAME}",
        rf"{BODY},? que (?:nous|l[’\']on|on) (?:not|appel)\w+ {NAME}",
    ),
    namings=(rf"(?:on|nous) l(?:e |a |[’\'])(?:not|appel)\w+ {NAME}",),
)
