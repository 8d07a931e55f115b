"""Portuguese words in, what they say of symbols, notation and layouts out."""

from __future__ import annotations

from texgrad.facts.languages.table import BODY, NAME, PLACE, Language, beside

_OF_A_SCALAR = (
    r"derivadas? (?:parcia[li]s? )?de (?:um |uma )?(?:função |campo )?escalar(?:es)?"
    r"[^.;]{0,60} (?:é|são)(?: sempre| aqui)? (?:um |uma )?(?:vetor(?:es)?[- ])?"
)
LANGUAGE = Language(
    code="pt",
    common=r"o|os|as|é|uma|um|do|da|dos|das|que|para|são|onde|com|seja|sejam|por|então|não|em",
    loose_nouns=True,
    words={
        "is": r"é|seja|denota|representa|sendo|está|é sempre|supõe-se|continua sendo",
        "are": r"são|sejam|denotam|representam",
        "has": r"tem|têm|possui",
        "both": r"amb[oa]s|tod[oa]s",
        "not": r"sem|já não(?: é| são)?|não é mais|não são mais|"
               r"não é(?: necessariamente)?|não são(?: necessariamente)?|não(?: necessariamente)?|nem|tampouco",
        "and": r"e|ou|bem como",
        "let": r"seja|sejam|onde|com|considere(?:mos)?|suponha(?:mos)?(?: que)?|aqui|dad[oa]s?|em que|agora|para",
        "of": r"de|do|da|dos|das|em relação (?:a|à|ao)|com respeito (?:a|à|ao)|em|no|na|por|sobre|a|à|ao|segundo|entre"
              r"|como(?! (?:⟦|as? |os? ))",
        "dimensional": r"-?dimensional|-?dimensionais",
        "size": r"(?:tamanho|ordem|dimens(?:ão|ões)|comprimento|formato)",
        "does not depend on": r"não depende(?:m)? de|não depende(?:m)? do|independentes? de|constantes? em relação a",
        "depends on": r"depende(?:m)? (?:só |somente |apenas )?(?:de|do|da)|é função de",
        "with": r"com",
        "break": r"que|então|logo|portanto|assim|pois|porque|como|mas|já que|cuj[oa]s?|se|nós|isto é|ou seja|enquanto|"
                 r"obtém-se|satisfaz",
        "doubt": r"se e somente se|sse|pode|podem|poderia|mostre que|verifique que|salvo|a menos que|exercício|seria|"
                 r"seriam",
        "article": r"um|uma|uns|umas|o|a|os|as|este|esta|seu|sua|seus|suas|noss[oa]|cada|qualquer|tod[oa]s?",
        "filler": r"d(?:e|os) (?:pesos|dados|coeficientes|parâmetros|delineamento|projeto|ponderação|ganho|ruído)|"
                  r"dad[oa]s?|fix[oa]s?|fixad[oa]s?|quaisquer|reais?|real|conhecid[oa]s?|geral|também|sempre|dois|duas"
                  r"|três|ambos|ambas|arbitrári[oa]s?"
        r"|respectivamente|usual|sem perda de generalidade",
        "poison": r"quase|por blocos|semi-?|anti-?|localmente|estritamente|aleatóri[oa]s?|própri[oa]s?",
        "if": r"se|quando|desde que|supondo(?: que)?|caso|no caso",
        "for": r"para(?: tod[oa]s?| cada| qualquer)?",
    },
    kinds=(
        (r"vetor(?:es)?", "vector"),
        (r"vetor(?:es)?[- ]coluna", "column"),
        (r"vetor(?:es)?[- ]linha", "row"),
        (r"matri(?:z|zes)", "matrix"),
        (r"matri(?:z|zes) quadradas?", "matrix", "square"),
        (r"matri(?:z|zes) de (?:covariâncias?|gram|correlação|precisão|dispersão|"
         r"kernel)|covariância", "matrix", "symmetric", "square"),
        (r"escalar(?:es)?|números? reais?|número real", "scalar"),
        (r"inteiros?", "scalar", "integer"),
        (r"fun(?:ção|ções)", "function"),
        (r"fun(?:ção|ções) escalar(?:es)?|fun(?:ção|ções) reais?|função real", "function", "scalar-valued"),
        (r"fun(?:ção|ções) vetoria(?:l|is)", "function", "vector-valued"),
        (r"fun(?:ção|ções) matricia(?:l|is)", "function", "matrix-valued"),
        (r"vetor(?:es)? unitários?", "vector", "unit"),
        (r"(?:matriz )?identidade", "matrix", "identity"),
        (r"vetor de uns", "vector", "ones"),
        (r"vetor nulo", "vector", "zero"),
        (r"matriz nula", "matrix", "zero"),
        (r"máscara(?: (?:binária|0/1|0-1))?", "unknown", "binary"),
        (r"vetor de probabilidades?", "vector", "probability"),
        (r"matriz de (?:rotação|permutação)", "matrix", "orthogonal", "square"),
    ),
    properties=(
        (r"(?:codificad[oa]s? )?(?:em )?one-?hot", "one-hot"),
        (r"simétric[oa]s?(?! ou )", "symmetric"),
        (r"simétric[oa]s? ou não", "not-symmetric"),
        (r"antissimétric[oa]s?", "skew-symmetric"),
        (r"invertíve(?:l|is)|não singular(?:es)?|não-singular", "invertible"),
        (r"ortogona(?:l|is)", "orthogonal"),
        (r"definidas? positivas?|positivas? definidas?", "positive-definite"),
        (r"semidefinidas? positivas?|positivas? semidefinidas?", "positive-semidefinite"),
        (r"diagona(?:l|is)(?! d[aeo](?!s? (?:pesos|dados|coeficientes)))", "diagonal"),
        (r"triangular(?:es)? inferior(?:es)?", "lower-triangular"),
        (r"triangular(?:es)? superior(?:es)?", "upper-triangular"),
        (r"quadradas?", "square"),
        (r"retangular(?:es)?", "not-square"),
        (r"idempotentes?", "idempotent"),
        (r"(?:tem |de )?posto (?:completo por colunas|coluna completo)", "full-column-rank"),
        (r"constantes?", "constant"),
        (r"positiv[oa]s?", "positive"),
        (r"complex[oa]s?", "complex"),
        (r"(?:atua|aplicad[oa]|age) (?:elemento a elemento|componente a componente)|elemento a elemento|componente a "
         r"componente", "elementwise"),
    ),
    before=r"(?<!\w)(?:se|quando|para|desde que|supondo|caso|no caso)(?!\w)(?![^⟦]*(?<!\w)(?:então|logo|temos)(?!\w))",
    where=r"onde|com",
    now=r"agora|desta vez",
    conventions=(
        (beside(r"(?<!\w)(?:plicas?|apóstrofos?)(?!\w)|linha(?= indica| denota)", r"transpos\w+"), "prime",
         "transpose"),
        (r"barras (?:verticais )?(?:indicam|denotam) o determinante", "bars", "determinant"),
        (rf"({PLACE}) (?:empilha|empilhando) as colunas", "symbol", r"\1=vec-columns"),
        (rf"({PLACE}) (?:é|denota) (?:o )?produto (?:de hadamard|elemento a elemento)", "symbol", r"\1=hadamard"),
        (rf"({PLACE}) (?:é|denota) (?:o )?produto de kronecker", "symbol", r"\1=kronecker"),
        (rf"({PLACE})[^⟦]{{0,15}}(?:a )?(?:função )?(?:sigmoide|logística)", "named-function", r"\1=sigmoid"),
        (rf"({PLACE}) é a {PLACE}-ésima linha de ({PLACE})", "rows-are-samples", r"\2=\1"),
        (rf"({PLACE}) é a {PLACE}-ésima coluna de ({PLACE})", "columns-are-samples", r"\2=\1"),
        (r"vetores são (?:sempre |todos )?(?:vetores[- ])?colunas?", "vectors-are", "columns"),
    ),
    layouts=(
        (_OF_A_SCALAR + r"colunas?", {"scalar-by-vector": "column"}, None),
        (_OF_A_SCALAR + r"linhas?", {"scalar-by-vector": "row"}, None),
        (r"(?:layout|convenção|notação|disposição) (?:de |do |por )?denominador", {}, "denominator"),
        (r"(?:layout|convenção|notação|disposição) (?:de |do |por )?numerador", {}, "numerator"),
        (r"gradientes?[^.;⟦]{0,30} (?:é|são|como)(?: sempre)? (?:um )?vetor(?:es)?[- "
         r"]coluna", {"scalar-by-vector": "column"}, None),
        (r"gradientes?[^.;⟦]{0,30} (?:é|são|como)(?: sempre)? (?:um )?vetor(?:es)?[- "
         r"]linha", {"scalar-by-vector": "row"}, None),
        (r"(?:gradiente|derivada)s?[^.;]{0,40} (?:tem|têm) (?:sempre )?(?:a|o) (?:mesma |mesmo )?(?:forma|tamanho|"
         r"dimensão)",
         {"scalar-by-vector": "column", "scalar-by-matrix": "same"}, None),
    ),
    wrong_before=r"erro (?:comum|frequente|típico) (?:é|seria)[^.⟦]{0,25}$|(?:é|seria) (?:falso|errado|incorreto|"
                 r"tentador)[^.⟦]{0,25}$",
    wrong_after=r"^[\s,]*(?:\(?(?:falso|errado|incorreto) ?!?\)|(?:o que )?(?:é|está) (?:falso|errado|incorreto))",
    letters="aAeEoO",
    plural="s",
    lines=(r"(?<!vetor )(?<!vetores )\blinhas?\b", r"(?<!vetor )(?<!vetores )\bcolunas?\b"),
    shorthands=(
        rf"{NAME} (?:denota|abrevia|designa|representa) (?:[oa] (?:\w+ ){{1,2}})?{BODY}",
        rf"(?:escrev\w+|usamos) {NAME} (?:por|para|em (?:lugar|vez) de) {BODY}",
        rf"denotamos por {NAME} (?:[oa] (?:\w+ ){{1,2}})?{BODY}",
    ),
)
