"""Spanish words in, what they say of symbols, notation and layouts out."""

from __future__ import annotations

from texgrad.facts.languages.table import BODY, NAME, PLACE, Language, beside

_OF_A_SCALAR = (
    r"derivadas? (?:parcial(?:es)? )?de (?:un |una )?(?:función |campo )?escalar(?:es)?"
    r"[^.;]{0,60} (?:es|son)(?: siempre| aquí)? (?:un |una |unos )?(?:vector(?:es)? )?"
)
LANGUAGE = Language(
    code="es",
    common=r"el|los|las|es|si|se|obtiene|una|un|del|que|para|son|donde|con|sea|sean|por|entonces|como",
    loose_nouns=True,
    words={
        "is": r"es|sea|denota|representa|siendo|está|es siempre|se supone|sigue siendo",
        "are": r"son|sean|denotan|representan|se suponen|están",
        "has": r"tiene|tienen|posee",
        "both": r"amb[oa]s|tod[oa]s",
        "not": r"sin|ya no(?: es| son)?|no es(?: necesariamente)?|"
               r"no son(?: necesariamente)?|no(?: necesariamente)?|ni|tampoco",
        "and": r"y|e|o|u|así como",
        "let": r"sea|sean|donde|con|considere(?:mos)?|supong(?:a|amos)(?: que)?|consideramos|aquí|dad[oa]s?|tomemos|"
               r"ahora|denotamos por",
        "of": r"de|del|respecto (?:a|de|al)|con respecto (?:a|al)|en|por|sobre|a|al|según|entre|contra|"
              r"como(?! (?:⟦|las? |los? |el ))",
        "dimensional": r"-?dimensional(?:es)?",
        "size": r"(?:tamaño|orden|dimensi(?:ón|ones)|longitud|forma)",
        "does not depend on": r"no depende(?:n)? de|independientes? de|constantes? respecto (?:a|de)",
        "depends on": r"depende(?:n)? (?:sólo |solo |únicamente )?de|es función de|en función de",
        "with": r"con",
        "break": r"que|entonces|luego|por tanto|por lo tanto|así|pues|porque|como|pero|ya que|cuyas?|cuyos?|se|"
                 r"nosotros|esto|es decir|mientras|obtenemos|satisface",
        "doubt": r"si y sólo si|si y solo si|sii|puede|pueden|podría|demuestre que|compruebe que|salvo|a menos que|"
                 r"ejercicio|sería|serían",
        "article": r"un|una|unos|unas|el|la|los|las|este|esta|estos|estas|su|sus|nuestr[oa]|cada|cualquier|tod[oa]s?|"
                   r"algún",
        "filler": r"de (?:los )?(?:pesos|datos|coeficientes|parámetros|diseño|ponderación|ganancia|ruido|masas?)|"
                  r"dad[oa]s?|fij[oa]s?|cualquiera|reales?|conocid[oa]s?|general(?:es)?|también|siempre|aquí|dos|tres|"
                  r"ambos|ambas|arbitrari[oa]s?"
        r"|respectivamente|usual(?:es)?|sin pérdida de (?:la )?generalidad",
        "poison": r"casi|por bloques|cuasi-?|semi-?|anti-?|localmente|estrictamente|aleatori[oa]s?|propi[oa]s?",
        "if": r"si|cuando|siempre que|suponiendo(?: que)?|en caso de que|en el caso",
        "for": r"para(?: tod[oa]s?| cada| cualquier)?",
    },
    kinds=(
        (r"vector(?:es)?", "vector"),
        (r"vector(?:es)? columna|columnas?", "column"),
        (r"vector(?:es)? fila|vector(?:es)? renglón", "row"),
        (r"matri(?:z|ces)", "matrix"),
        (r"matri(?:z|ces) cuadradas?", "matrix", "square"),
        (r"matri(?:z|ces) (?:de (?:varianzas y )?(?:covarianzas?|gram|correlación|correlaciones|precisión|dispersión)|"
         r"del núcleo)|covarianza", "matrix", "symmetric", "square"),
        (r"escalar(?:es)?|números?(?: reales?)?", "scalar"),
        (r"enteros?", "scalar", "integer"),
        (r"funci(?:ón|ones)|aplicaci(?:ón|ones)", "function"),
        (r"funci(?:ón|ones) escalar(?:es)?|funci(?:ón|ones) real(?:es)?|funci(?:ón|ones) con valores "
         r"reales", "function", "scalar-valued"),
        (r"funci(?:ón|ones) (?:de )?(?:pérdida|coste|costo|objetivo)", "function", "scalar-valued"),
        (r"funci(?:ón|ones) vectorial(?:es)?|campo vectorial", "function", "vector-valued"),
        (r"funci(?:ón|ones) matricial(?:es)?", "function", "matrix-valued"),
        (r"vector(?:es)? unitarios?", "vector", "unit"),
        (r"vector(?:es)? constantes?", "vector", "constant"),
        (r"matri(?:z|ces) constantes?", "matrix", "constant"),
        (r"(?:matriz )?identidad", "matrix", "identity"),
        (r"vector de unos", "vector", "ones"),
        (r"vector (?:nulo|cero)", "vector", "zero"),
        (r"matriz (?:nula|cero)", "matrix", "zero"),
        (r"máscara(?: (?:binaria|0/1|0-1))?", "unknown", "binary"),
        (r"vector de probabilidad(?:es)?", "vector", "probability"),
        (r"matriz de (?:rotación|permutación)", "matrix", "orthogonal", "square"),
        (r"proyector ortogonal|proyección ortogonal", "matrix", "idempotent", "square"),
        (r"(?:vector )?one-hot|1-of-(?:k|c|⟦\d+⟧)", "vector", "one-hot"),
    ),
    properties=(
        (r"simétric[oa]s?(?! o no)", "symmetric"),
        (r"simétricas? o no", "not-symmetric"),
        (r"antisimétricas?|antisimétricos?", "skew-symmetric"),
        (r"invertibles?|no singular(?:es)?|regular(?:es)?", "invertible"),
        (r"ortogonal(?:es)?", "orthogonal"),
        (r"definidas? positivas?", "positive-definite"),
        (r"semidefinidas? positivas?|semi-definidas? positivas?", "positive-semidefinite"),
        (r"simétricas? (?:y )?definidas? positivas?", "symmetric", "positive-definite"),
        (r"diagonal(?:es)?(?! de (?!(?:los )?(?:pesos|ponderación|datos|coeficientes)))", "diagonal"),
        (r"triangular(?:es)? inferior(?:es)?", "lower-triangular"),
        (r"triangular(?:es)? superior(?:es)?", "upper-triangular"),
        (r"cuadradas?", "square"),
        (r"rectangular(?:es)?", "not-square"),
        (r"idempotentes?", "idempotent"),
        (r"(?:tiene |de )?rango (?:completo por columnas|columna completo)", "full-column-rank"),
        (r"constantes?", "constant"),
        (r"positiv[oa]s?", "positive"),
        (r"no negativ[oa]s?", "nonnegative"),
        (r"unitari[oa]s?", "unit"),
        (r"complej[oa]s?", "complex"),
        (r"(?:actúa|se aplica|aplicad[oa]|actuando) (?:elemento a elemento|componente a componente|coordenada a "
         r"coordenada)"
         r"|(?:elemento a elemento|componente a componente)", "elementwise"),
    ),
    before=r"(?<!\w)(?:si|cuando|para|siempre que|suponiendo|en caso de que|en el caso)(?!\w)(?![^⟦]*(?<!\w)"
           r"(?:entonces|luego|se (?:tiene|obtiene))(?!\w))",
    where=r"donde|con",
    now=r"ahora|esta vez",
    conventions=(
        (beside(r"(?<!\w)(?:primas?|apóstrofos?|comillas?)(?!\w)", r"tra(?:n)?spuest\w+|transposi\w+"), "prime",
         "transpose"),
        (r"(?:las )?barras (?:verticales )?(?:denotan|indican) el determinante", "bars", "determinant"),
        (rf"({PLACE}) (?:es|denota) (?:el )?producto (?:de hadamard|elemento a elemento|componente a "
         rf"componente)", "symbol", r"\1=hadamard"),
        (rf"({PLACE}) (?:es|denota) (?:el )?producto de kronecker", "symbol", r"\1=kronecker"),
        (rf"({PLACE}) (?:es|denota) (?:la )?diferencial", "differential", r"\1"),
        (rf"({PLACE})[^⟦]{{0,15}}(?:la )?(?:función )?(?:sigmoide|logística)", "named-function", r"\1=sigmoid"),
        (rf"({PLACE}) es la (?:fila {PLACE}|{PLACE}-ésima fila) de ({PLACE})", "rows-are-samples", r"\2=\1"),
        (rf"({PLACE}) es la (?:columna {PLACE}|{PLACE}-ésima columna) de ({PLACE})", "columns-are-samples", r"\2=\1"),
        (rf"({PLACE}),? (?:que )?(?:se )?(?:apil|coloc|agrup|dispon|orden)\w+ (?:por|como|en)(?: las)? filas "
         rf"(?:en|de) (?:la |una )?(?:\w+ ){{0,3}}({PLACE})", "rows-are-samples", r"\2=\1"),
        (rf"filas de ({PLACE}) son (?:los |las )?(?:\w+ )?({PLACE})", "rows-are-samples", r"\1=\2"),
        (rf"columnas de ({PLACE}) son (?:los |las )?(?:\w+ )?({PLACE})", "columns-are-samples", r"\1=\2"),
        (rf"({PLACE})[^.;⟦]{{0,40}}(?:cuyas )?filas son (?:las |los )?(?:muestras|observaciones|ejemplos|"
         rf"datos)", "rows-are-samples", r"\1"),
        (rf"({PLACE})[^.;⟦]{{0,40}}(?:cuyas )?columnas son (?:las |los )?(?:muestras|observaciones|ejemplos|"
         rf"datos)", "columns-are-samples", r"\1"),
        (r"vectores son (?:siempre |todos )?(?:vectores )?columnas?", "vectors-are", "columns"),
        (r"vectores son (?:siempre |todos )?(?:vectores )?filas?", "vectors-are", "rows"),
        (rf"(?:elementos|entradas) de ({PLACE}) (?:se consideran|se tratan como) "
         rf"independientes", "unstructured", r"\1"),
    ),
    layouts=(
        (_OF_A_SCALAR + r"columnas?", {"scalar-by-vector": "column"}, None),
        (_OF_A_SCALAR + r"filas?", {"scalar-by-vector": "row"}, None),
        (r"(?:disposición|convención|notación|formato) (?:de |del |por )?denominador|denominator "
         r"layout", {}, "denominator"),
        (r"(?:disposición|convención|notación|formato) (?:de |del |por )?numerador|numerator layout", {}, "numerator"),
        (r"gradientes?[^.;⟦]{0,30} (?:es|son|como)(?: siempre)? (?:un |unos )?(?:vector(?:es)? "
         r")?columnas?", {"scalar-by-vector": "column"}, None),
        (r"gradientes?[^.;⟦]{0,30} (?:es|son|como)(?: siempre)? (?:un |unos )?(?:vector(?:es)? "
         r")?filas?", {"scalar-by-vector": "row"}, None),
        (r"(?:gradiente|derivada)s?[^.;]{0,40} (?:tiene|tienen) (?:siempre )?(?:la|el) (?:misma |mismo )?(?:forma|"
         r"tamaño|dimensión)",
         {"scalar-by-vector": "column", "scalar-by-matrix": "same"}, None),
        (r"jacobiana?[^.;]{0,40} una fila por (?:cada )?(?:componente|"
         r"salida)", {"vector-by-vector": "numerator"}, None),
    ),
    wrong_before=r"error (?:común|frecuente|típico|habitual) (?:es|sería|consiste en)[^.⟦]{0,25}$|(?:es|sería) "
                 r"(?:falso|incorrecto|tentador)[^.⟦]{0,25}$"
    r"|no (?:se debe )?escrib(?:ir|a)[^.⟦]{0,10}$",
    wrong_after=r"^[\s,]*(?:\(?(?:¡)?(?:falso|incorrecto|mal) ?!?\)|(?:, lo cual |lo cual |que )?es (?:falso|"
                r"incorrecto|erróneo))",
    letters="aAyYoOeEuU",
    plural="s",
    lines=(r"(?<!vector )(?<!vectores )\bfilas?\b", r"(?<!vector )(?<!vectores )\bcolumnas?\b"),
    shorthands=(
        rf"{NAME} (?:denota|abrevia|designa|representa) (?:(?:el|la) (?:\w+ ){{1,2}})?{BODY}",
        rf"(?:escrib\w+|usamos|ponemos) {NAME} (?:por|para|en (?:lugar|vez) de) {BODY}",
        rf"denotamos por {NAME} (?:(?:el|la) (?:\w+ ){{1,2}})?{BODY}",
        rf"{BODY},? (?:que|(?:al|a la) que) (?:llam|denot)a(?:mos|remos)(?: por)? {NAME}",
    ),
    namings=(rf"(?:lo|la|a est[ea] (?:\w+ )?l[oae]) (?:llam|denot)a(?:mos|remos)(?: por)? {NAME}",),
)
