"""English words in, what they say of symbols, notation and layouts out."""

from __future__ import annotations

from texgrad.facts.languages.table import BODY, NAME, PLACE, Language, beside

_GRADIENT = (
    r"(?:gradients?|derivatives? of (?:a |the )?(?:scalars?|real)[^.;]{0,30}?"
    r"|derivatives?(?! of (?:a |the )?(?:column |row )?(?:vector|matri)))"
)
_OF_SCALARS = (
    r"(?: of (?:a |the )?(?:scalars?|(?:scalar|real)(?:[- ]valued)? functions?))?"
    r"(?: (?:by|with respect to|w\.r\.t\.) (?:an? |the )?(?:column )?vectors?)?"
)
_VARIABLE = (
    r"(?:the |its |a )?(?:same )?(?:shape|size|dimensions?) (?:as|of) (?:the |its |a |their |that |this )?"
    r"(?:vectors?|variables?|parameters?|arguments?|matrix|input|thing|weights?|quantity|object|denominator|"
    + PLACE + ")"
)

LANGUAGE = Language(
    code="en",
    common=r"on|only|has|have|if|then|not|from|which|the|is|are|of|and|with|we|let|where|for|that|this|by|be|it",
    words={
        "is": r"is|was|being|denotes|represents|remains|stands for|happens to be|is assumed(?: to be)?"
              r"|is taken(?: to be)?|is called|is known to be|is again|is chosen|is supposed to be|is said to be"
              r"|is now|is always|must be|has to be|is itself|equals",
        "are": r"are|were|(?:to )?be|denote|represent|happen to be|are assumed(?: to be)?|are taken(?: to be)?"
               r"|are both|are all|are now|are again|are themselves",
        "has": r"has|have|having|had",
        "both": r"both|all|each",
        "not": r"do(?:es)?n['’]t|do(?:es)? not|did(?:n['’]t| not)|will not|without|no|not(?: necessarily| nec\.?| "
               r"always| assumed(?: to be)?| required to be| supposed to be)?|non|isn['’]t"
        r"|aren['’]t|never|no longer|neither|need(?:s)? not(?: to)? be|without being|far from|not required|hardly|"
        r"fails to be"
        r"|cannot be|can['’]t be|nor|no assumption of",
        "and": r"and (?:it is|they are|is|are)(?! (?:not )?(?:the|a|an) )|and|or|as well as|along with|together with|"
               r"resp\.?|&",
        "let": r"let|suppose|assume|consider|given|fix|take|write|here|recall|say|now|where|put|set|wherein|with"
               r"|(?:can|may)(?: always| also)? (?:take|assume|suppose|choose|pick)",
        "of": r"of|with respect to|w\.?r\.?t\.?|in|by|from|on|to|at|through|via|over|between|under|into|about|per|"
              r"against|as(?! ⟦\d+⟧ is )(?! ⟦\d+⟧ and ⟦\d+⟧ are )"
        r"|using|like|than|inside|within|across|along",
        "dimensional": r"[- ]?dim(?:ensional|\.)?|-?dimensional|[- ]by(?=[- ])",
        "size": r"(?:size|shape|order|dimensions?|length|sizes|shapes)",
        "does not depend on": r"do(?:es)? not depend on|do(?:es)?n['’]t depend on|is independent of|are independent of"
        r"|not depending on|independent of|constant (?:with respect to|w\.?r\.?t\.?|in)|do(?:es)? not involve"
        r"|which do(?:es)? not depend on|free of",
        "depends on": r"depends? only on|depends? on|depending on|is a function of|are functions of|as a function of",
        "break": r"which|that|so|then|hence|therefore|thus|since|because|while|whereas|but|such|however|"
                 r"although|i\.e\.?"
        r"|e\.g\.?|this|these|those|it|its|there|they|we|you|i|one|otherwise|because|consequently|means|implies|gives|"
        r"yields"
        r"|shows|satisfies|say|says|whose|who|what|how|why|obtain|get|let us|see|note",
        "doubt": r"iff|if and only if|unless|whether|may|might|could|would|should|show that|prove that|check that|can|"
        r"verify that|suppose not|had|were it|does|do|did|deduce that|exercise|either|except|only if|rather than|"
        r"instead of",
        "article": r"a|an|the|some|any|its|our|this|one",
        "filler": r"unless (?:stated|noted|said) otherwise|unless otherwise (?:stated|noted|said|specified)|"
                  r"unless it says so|from now on|from here on|hereafter|henceforth|throughout|of course|also|given"
                  r"|fixed|known|unknown|arbitrary|general|generic|usual|usually|simply|again|just|real"
        r"|here|still|always|now|respectively|conformable|suitable|real-valued|nonrandom|deterministic|explicitly|thus"
        r"|any|every|standard|corresponding|observed|new|two|three|four|other|thin|tall|fat|wide|big|small|dense|"
        r"sparse|data"
        r"|design|weight|covariance|parameter|feature|input|output|error|label|weights|bias|state|kernel|coefficient|"
        r"target"
        r"|gradient|mean|response|outcome|hessian|jacobian|precision|rotation|transition|penalty|loss|regression|"
        r"residual"
        r"|scatter|gram|similarity|adjacency|affinity|noise|prior|posterior|hidden|observation|measurement|direction|smooth|different",
        "poison": r"block[- ]?|quasi-?|almost|nearly|semi-?|conditionally|tri-?|anti-?|skew-?|persymmetric|locally|"
                  r"numerically|structurally"
        r"|approximately|partially|half|non-?|strictly lower|strictly upper|random|eigen-?|more|less|most|weakly|"
        r"diagonally"
        r"|pseudo-?|co-?|sub-?|multi-?|bi-?|hyper-?|row-wise|column-wise|entries of",
        "if": r"if|when|whenever|provided(?: that)?|assuming|in case|as long as|under the assumption that|once|only "
              r"when",
        "for": r"for(?: any| every| all| each| some)?",
        "each": r"every|each|any",
    },
    kinds=(
        (r"vectors?", "vector"),
        (r"column[- ]vectors?|(?<!by[ -])columns?(?![ -]by)", "column"),
        (r"row[- ]vectors?|(?<!by[ -])rows?(?![ -]by)", "row"),
        (r"transpose of (?:this|that|the) row(?: vector)?", "column"),
        (r"transpose of (?:this|that|the) column(?: vector)?", "row"),
        (r"matrix|matrices", "matrix"),
        (r"square matrix|square matrices", "matrix", "square"),
        (r"(?:covariance|correlation|gram|kernel|scatter|precision) matri(?:x|ces)|covariances?(?! of)", "matrix",
         "symmetric", "square"),
        (r"(?:covariance|kernel) functions?|kernels?", "function", "scalar-valued"),
        (r"scalars?|scalar parameters?|scalar quantity|real numbers?|numbers?|scalar constants?", "scalar"),
        (r"positive integers?", "scalar", "positive", "integer"),
        (r"integers?", "scalar", "integer"),
        (r"functions?|maps?|mapping", "function"),
        (r"scalar(?:-valued)? functions?|real(?:-valued)? functions?|scalar fields?|scalar loss|scalar function",
         "function", "scalar-valued"),
        (r"(?:loss|cost|objective|error|energy|likelihood|penalty|potential|value|reward|log-likelihood) "
         r"functions?", "function",
         "scalar-valued"),
        (r"loss(?:es)?(?= ⟦)", "function", "scalar-valued"),
        (r"vector(?:-valued)? functions?|vector fields?", "function", "vector-valued"),
        (r"matrix(?:-valued)? functions?", "function", "matrix-valued"),
        (r"unit vectors?|unit[- ]norm vectors?|unit-length vectors?", "vector", "unit"),
        (r"probability vectors?|stochastic vectors?|discrete distributions?", "vector", "probability"),
        (r"one[- ]hot(?: encoded)?(?: vectors?| labels?| targets?| encoding)|1-of-(?:k|c|⟦\d+⟧)", "vector", "one-hot"),
        (r"indicator (?:columns?|vectors?)", "vector", "one-hot"),
        (r"orthogonal projections?|orthogonal projectors?", "matrix", "idempotent", "square"),
        (r"rotation|rotation matrix|orthonormal matrix|orthogonal matri(?:x|ces)|permutation "
         r"matrix", "matrix", "orthogonal",
         "square"),
        (r"identity|identity matrix|unit matrix", "matrix", "identity"),
        (r"vector of (?:all )?(?:ones|1s|1['’]s)|(?:all[- ])?ones vector|all-one vector|(?:the|a) one vector|"
         r"column of ones", "vector", "ones"),
        (r"matrix of (?:all )?ones|all-ones matrix", "matrix", "ones"),
        (r"zero vector|null vector", "vector", "zero"),
        (r"zero matrix|null matrix", "matrix", "zero"),
        (r"vector of zeros and ones|binary vector", "vector", "binary"),
        (r"matrix of zeros and ones|(?:binary|0/1|0-1|zero-one|indicator) matrix|mask matrix", "matrix", "binary"),
        (r"(?:(?:binary|0/1|0-1|zero-one|observed) )?mask(?: of (?:0s and 1s|zeros and ones))?", "unknown", "binary"),
        (r"matrix whose rows are probability vectors|row[- ]stochastic matrix", "matrix", "row-stochastic"),
        (r"diagonal matri(?:x|ces)", "matrix", "diagonal", "square"),
        (r"toeplitz matri(?:x|ces)", "matrix", "toeplitz"),
        (r"constant matri(?:x|ces)|matrix of constants", "matrix", "constant"),
        (r"constant vectors?|vectors? of constants", "vector", "constant"),
        (r"complex (?:scalars?|numbers?)", "scalar", "complex"),
    ),
    properties=(
        (r"symmetric(?! or )(?: \(?real\)?)?|self-adjoint|real(?:-valued)?,? (?:and )?hermitian", "symmetric"),
        (r"skew[- ]?symmetric|anti-?symmetric", "skew-symmetric"),
        (r"asymmetric|(?:non-?|un)symmetric|no symmetry(?: assumed)?|(?:whether )?symmetric or n\w+", "not-symmetric"),
        (r"invertible|non-?singular|regular|invertible everywhere|full[- ]rank square", "invertible"),
        (r"orthogonal(?! to)", "orthogonal"),
        (r"orthonormal columns|semi-orthogonal|column-orthonormal|column-orthogonal", "orthonormal-columns"),
        (r"positive[- ]definite|pos\. ?def\.?|p\.?d\.|pd|spd|s\.p\.d\.|psd and invertible", "positive-definite"),
        (r"positive[- ]semi-?[ ]?definite|p\.?s\.?d\.?|non-?negative definite|psd", "positive-semidefinite"),
        (r"symmetric p\.?d\.?|spd|s\.p\.d\.", "symmetric", "positive-definite"),
        (r"diagonal(?! (?:entries|elements?|entry|of|part|blocks?))", "diagonal"),
        (r"lower[- ]triangular", "lower-triangular"),
        (r"upper[- ]triangular", "upper-triangular"),
        (r"square(?! of| roots?|s)", "square"),
        (r"rectangular", "not-square"),
        (r"idempotent", "idempotent"),
        (r"toeplitz", "toeplitz"),
        (r"(?:of |with |has |have |having )?(?:full|linearly independent) column(?:s|[- ]rank)", "full-column-rank"),
        (r"(?:of |with |has |have |having )?(?:full|linearly independent) row(?:s|[- ]rank)", "full-row-rank"),
        (r"constants?|held constant|held fixed|kept fixed|kept constant|treated as (?:a )?constants?|non-?stochastic"
         r"|fixed and known", "constant"),
        (r"positive|strictly positive|entrywise positive|elementwise positive|with positive entries", "positive"),
        (r"non-?negative|entrywise nonnegative", "nonnegative"),
        (r"non-?zero", "nonzero"),
        (r"one[- ]hot(?: encoded)?(?! (?:rows|labels|targets))", "one-hot"),
        (r"(?:with |whose |having )?(?:entries|components|elements) (?:that |which )?(?:sum|add up)(?:ming|s)? to "
         r"(?:one|1|unity)", "probability"),
        (r"binary(?! (?:mask|matrix|vector))", "binary"),
        (r"with a positive diagonal|with positive diagonal(?: entries)?", "positive-diagonal"),
        (r"real(?=[.,;]|$)", "real"),
        (r"unit(?:[- ]norm|-length)|of unit (?:norm|length)|normalized to unit (?:norm|length)", "unit"),
        (r"complex(?:-valued)?", "complex"),
        (r"elementwise|entrywise|component-?wise|element-wise|entry-wise|applied (?:elementwise|entrywise|"
         r"component-?wise)"
         r"|(?:acts?|acting|works?|operates?|applied|taken) (?:element-?wise|entry-?wise|component-?wise)"
         r"|(?:acts?|applied|works?|operates?) (?:on|to) (?:each|every) (?:entry|element|component|coordinate)"
         r"|(?:element-?wise|entry-?wise|coordinate-?wise)", "elementwise"),
    ),
    before=r"(?<!\w)(?:if|when|whenever|provided|assuming|in case|as long as|under the assumption|had|were|unless|once|"
           r"suppose not|for(?! (?:the (?:moment|time being|sake)|now|simplicity|convenience|brevity)(?!\w))"
    r")(?!\w)(?![^⟦]*(?<!\w)(?:we|then|hence|so|this|gives)(?!\w))",
    where=r"where|with|in which",
    now=r"now|this time",
    conventions=(
        (beside(r"(?<!\w)(?:primes?|apostrophes?)(?!\w)", r"transpos\w+"), "prime", "transpose"),
        (r"(?:a |the )?primes? (?:denotes?|is|are|means?|stands for) (?:the |a )?(?:ordinary )?(?:derivative|"
         r"differentiation)",
         "prime", "derivative"),
        (r"(?:vertical )?bars (?:denote|are|mean|stand for) (?:the |a )?determinants?", "bars", "determinant"),
        (r"(?:vertical )?bars (?:denote|are|mean) (?:the |an )?absolute values?", "bars", "absolute"),
        (rf"({PLACE}) (?:is|denotes|means|stands for) (?:a |the )?determinant", "symbol", r"\1=determinant"),
        (rf"({PLACE}) (?:denotes|is|stands for|means) (?:the |a )?differential", "differential", r"\1"),
        (rf"({PLACE}) with a matrix exponent (?:is|denotes) the matrix exponential", "matrix-exponential", ""),
        (rf"({PLACE}) (?:is|denotes|are) (?:the )?(?:elementwise|entrywise|element-wise|entry-wise|component-?wise|"
         rf"hadamard)"
         r"(?: \(hadamard\)| or hadamard|/hadamard)? (?:product|multiplication)", "symbol", r"\1=hadamard"),
        (rf"({PLACE}) (?:=|is|means) (?:element-?wise|entrywise|hadamard)(?! div)", "symbol", r"\1=hadamard"),
        (rf"({PLACE}) (?:is|denotes) (?:the )?(?:elementwise|entrywise|hadamard|element-wise) (?:division|quotient)",
         "symbol", r"\1=elementwise-division"),
        (rf"({PLACE}) (?:is|denotes|are|for) (?:the )?kronecker product", "symbol", r"\1=kronecker"),
        (rf"({PLACE}) (?:is|denotes|be) (?:the )?kronecker(?:'s)? delta", "kronecker-delta", r"\1"),
        (rf"({PLACE}) (?:denotes|is) the transpose of {PLACE}", "superscript", r"\1=transpose"),
        (rf"({PLACE}) (?:elementwise|entrywise|hadamard)(?= ?[,.);]|$)", "symbol", r"\1=hadamard"),
        (rf"({PLACE}) (?:stacks|stacking) (?:the )?columns", "symbol", r"\1=vec-columns"),
        (rf"({PLACE}) (?:stacks|stacking) (?:the )?rows", "symbol", r"\1=vec-rows"),
        (rf"({PLACE}) keeps the diagonal of a matrix", "symbol", r"\1=diagonal-part"),
        (rf"for a vector,? ({PLACE}) gives a diagonal matrix", "symbol", r"\1=diag"),
        (rf"({PLACE}) (?:is|denotes) (?:the )?adjugate", "symbol", r"\1=adjugate"),
        (rf"({PLACE}) (?:is|denotes) (?:the )?(?:cofactor matrix|comatrix)", "symbol", r"\1=cofactor"),
        (rf"superscript ({PLACE}) (?:denotes|is|means) (?:the )?(?:conjugate|hermitian) transpose", "superscript",
         r"\1=conjugate-transpose"),
        (rf"superscript ({PLACE}) (?:denotes|is|means) (?:the )?(?:complex )?conjugat(?:e|ion)(?! trans)",
         "superscript", r"\1=conjugate"),
        (rf"superscript ({PLACE}) (?:denotes|is|means) (?:the "
         rf")?moore-?\W?penrose", "superscript", r"\1=pseudo-inverse"),
        (rf"superscript ({PLACE}) (?:denotes|is|means) (?:the )?transpose", "superscript", r"\1=transpose"),
        (rf"(?<!superscript )({PLACE}) (?:is|denotes) (?:the )?(?:moore-?\W?penrose|"
         rf"pseudo-?inverse)", "symbol", r"\1=pseudo-inverse"),
        (r"softmax (?:is )?(?:acts|applied|taken|works|working|acting) (?:on|to|over|by|along|of) (?:each )?rows?|"
         r"row-?wise softmax", "softmax", "rows"),
        (r"softmax (?:is )?(?:acts|applied|taken|works|working|acting) (?:on|to|over|by|along|of) (?:each )?columns?"
         rf"|column-?wise softmax|{PLACE},? ?\((?:applied |taken )?(?:column by column|column-?wise)\)", "softmax",
         "columns"),
        (r"wirtinger (?:derivative|calculus)", "wirtinger", ""),
        (r"away from the kinks?", "away-from-kinks", ""),
        (rf"({PLACE})(?: and ({PLACE}))? (?:is|are) (?:an? )?(?:analytic )?matrix functions? \((?:a )?power series",
         "matrix-functions", r"\1 \2"),
        (rf"({PLACE}) is the single-entry matrix", "single-entry", r"\1"),
        *((rf"({PLACE})(?:,| is| be| denotes?| we denote)? (?:the )?(?:⟦\d+⟧ )?{name} matrix", name, r"\1")
          for name in ("commutation", "duplication", "elimination")),
        *((rf"(?<!\w){name} matrix,? ({PLACE})", name, r"\1")
          for name in ("commutation", "duplication", "elimination")),
        (rf"({PLACE}) (?:is|denotes) {PLACE} with row {PLACE} and column {PLACE} (?:deleted|removed|left out)",
         "submatrix", ""),
        (rf"({PLACE})(?: is an?)? (?:simple )?eigenvalue of ({PLACE}),? (?:and|with) ({PLACE}) (?:is )?its (?:unit "
         rf")?eigenvector",
         "eigenpair", r"\1,\3,\2"),
        (rf"derivative keeps the (?:symmetry|structure) of ({PLACE})", "structured", r"\1"),
        (rf"within the diagonal matrices: only the diagonal entries of ({PLACE})", "restricted", r"\1=diagonal"),
        (rf"(?:the )?(?:entries|elements) of ({PLACE}) (?:are|being) (?:treated|regarded|considered|taken) as "
         r"(?:independent|unconstrained)", "unstructured", r"\1"),
        (r"(?:without|ignor\w+|not exploiting) (?:using |exploiting )?(?:the )?symmetry(?: constraint)?|unstructured "
         r"derivative",
         "unstructured", ""),
        (r"(?:all |our |the )?vectors?(?: ⟦\d+⟧)? (?:are|is)(?: always| all| assumed to be| taken to be)? (?:\w+ "
         r")?columns?(?: vectors?)?(?!-)",
         "vectors-are", "columns"),
        (r"(?:all |our |the )?vectors? (?:are|is)(?: always| all)? rows?(?: vectors?)?", "vectors-are", "rows"),
        (r"by default,? (?:all )?vectors? (?:are|is) columns?", "vectors-are", "columns"),
        (rf"({PLACE}) is (?:a |the )?(?:indicator)", "indicator", r"\1"),
        (rf"({PLACE})[^⟦]{{0,20}}(?:is|denotes|be|being|for)?,? ?(?:the |a )?(?:usual )?(?:logistic(?! reg)|sigmoid)"
         r"(?: \w*(?:function|activation))?", "named-function", r"\1=sigmoid"),
        (rf"(?:the )?(?:logistic|sigmoid)(?: function| activation)? ({PLACE})", "named-function", r"\1=sigmoid"),
        (rf"({PLACE}) (?:is|denotes|be|the) (?:the )?softmax(?: function)?(?! out)", "named-function", r"\1=softmax"),
        (rf"({PLACE}) (?:is|denotes|be|the) (?:the )?(?:relu|rectif\w+)", "named-function", r"\1=relu"),
        (rf"({PLACE}) (?:is|denotes|be) (?:the )?(?:tanh|hyperbolic tangent)", "named-function", r"\1=tanh"),
        (rf"({PLACE}) (?:is|denotes|be) (?:the )?softplus", "named-function", r"\1=softplus"),
        (rf"({PLACE})(?:, {PLACE}(?=, which))?,? (?:which (?:we|are) |we |are )?"
         rf"(?:stacked|stack|placed|arranged|collected?|put) (?:as|in|into|by) (?:the )?rows (?:of|in|into) "
         rf"(?:the |a )?(?:\w+ )?"
         rf"(?:matrix )?({PLACE})", "rows-are-samples", r"\2=\1"),
        (rf"({PLACE})(?:, {PLACE}(?=, which))?,? (?:which (?:we|are) |we |are )?"
         rf"(?:stacked|stack|placed|arranged|collected?|put) (?:as|in|into) (?:the )?columns of "
         rf"(?:the |a )?(?:\w+ )?"
         rf"(?:matrix )?({PLACE})", "columns-are-samples", r"\2=\1"),
        (rf"({PLACE})(?:,| is| being| denotes)? (?:the )?{PLACE}(?:[- ]?th)? row of "
         rf"({PLACE})", "rows-are-samples", r"\2=\1"),
        (rf"({PLACE})(?:,| is| being| denotes)? (?:the )?{PLACE}(?:[- ]?th)? column of "
         rf"({PLACE})", "columns-are-samples",
         r"\2=\1"),
        (rf"(?:the )?{PLACE}(?:[- ]?th)? row of ({PLACE}) is ({PLACE})", "rows-are-samples", r"\1=\2"),
        (rf"(?:the )?{PLACE}(?:[- ]?th)? column of ({PLACE}) is ({PLACE})", "columns-are-samples", r"\1=\2"),
        (rf"({PLACE})(?: is {PLACE}|[^.⟦]{{0,25}})? ?\(row {PLACE} of ({PLACE})", "rows-are-samples", r"\2=\1"),
        (rf"({PLACE})(?: is {PLACE}|[^.⟦]{{0,25}})? ?\(column {PLACE} of ({PLACE})", "columns-are-samples", r"\2=\1"),
        (rf"(?:the )?rows of ({PLACE}) are (?:the )?(?:\w+ )?({PLACE})", "rows-are-samples", r"\1=\2"),
        (rf"(?:the )?columns of ({PLACE}) are (?:the )?(?:\w+ )?({PLACE})", "columns-are-samples", r"\1=\2"),
        (rf"({PLACE})(?:,? (?:is |be )?(?:the |a )?(?:\w+ )?(?:matrix|data))? (?:with|has|having) rows "
         rf"({PLACE})", "rows-are-samples", r"\1=\2"),
        (rf"({PLACE})(?:,? (?:is |be )?(?:the |a )?(?:\w+ )?matrix)? (?:with|has|having) columns "
         rf"({PLACE})", "columns-are-samples",
         r"\1=\2"),
        (rf"(?:examples|samples|observations)[^⟦.]{{0,12}}one per column: ?({PLACE})", "columns-are-samples", r"\1"),
        (rf"(?:examples|samples|observations)[^⟦.]{{0,12}}one per row: ?({PLACE})", "rows-are-samples", r"\1"),
        (rf"(?:every|each) (?:token|sample|example|observation) is a row: ?({PLACE})", "rows-are-samples", r"\1"),
        (rf"(?:every|each) (?:token|sample|example|observation) is a column: ?({PLACE})", "columns-are-samples", r"\1"),
        (rf"({PLACE}) (?:be|is) (?:a |an )?(?:real )?symmetric(?: [^.;]{{0,30}}?)? with (?:a )?(?:simple )?eigenvalue "
         rf"({PLACE}) and (?:a )?unit eigenvector "
         rf"({PLACE})", "eigenpair",
         r"\2,\3,\1"),
        (r"bold(?:face)? (?:lower[- ]case|small)(?: letters?)?[^.;]{0,40}(?:is a |are "
         r")?vectors?", "typography", "bold-lower=vector"),
        (r"bold(?:face)? (?:upper[- ]case|capitals?)(?: letters?)?[^.;]{0,40}(?:is a |are "
         r")?matri", "typography", "bold-upper=matrix"),
        (r"(?<!bold )(?<!boldface )(?:capitals?|capital letters|upper[- ]case(?: letters)?) (?:are |is a |denote "
         r")?matri", "typography",
         "upper=matrix"),
        (r"(?<!bold )(?<!boldface )(?:small|lower[- ]case)(?: letters?)? (?:are |is a |denote )?(?:column "
         r")?vectors?", "typography",
         "lower=vector"),
        (r"greek(?: letters?)? (?:are|is a|denote) scalars?", "typography", "greek=scalar"),
        (r"everything else is (?:a )?scalar", "typography", "else=scalar"),
        (rf"({PLACE})[^.;⟦]{{0,40}}\(?(?:whose )?(?:rows are|one row per|each row is) (?:the |an? )?(?:samples?|"
         rf"examples?|observations?"
         r"|data|instances?|inputs?|records?|points?)", "rows-are-samples", r"\1"),
        (rf"({PLACE})[^.;⟦]{{0,40}}\(?(?:whose )?(?:(?:samples|examples|observations|data points|instances) are "
         rf"(?:now )?columns"
         r"|columns are (?:the )?(?:samples|examples|observations|data points)|one column per (?:sample|example))",
         "columns-are-samples", r"\1"),
        (rf"({PLACE})[^.;⟦]{{0,40}}\(?(?:whose )?(?:samples|examples|observations|data points) are (?:now )?rows",
         "rows-are-samples", r"\1"),
        (rf"(?:samples|examples|observations) are (?:now |the )?columns: ?({PLACE})", "columns-are-samples", r"\1"),
        (rf"(?:samples|examples|observations) are (?:now |the )?rows: ?({PLACE})", "rows-are-samples", r"\1"),
        (rf"put the (?:inputs|data|samples) in(?:to)? the rows of ({PLACE})", "rows-are-samples", r"\1"),
        (rf"the {PLACE}-th row of ({PLACE})[^.⟦]{{0,20}}(?:is|=) ({PLACE})", "rows-are-samples", r"\1=\2"),
    ),
    layouts=(
        (r"(?<!not )(?<!instead of )(?<!unlike )denominator[- ]layout", {}, "denominator"),
        (r"(?<!not )(?<!instead of )(?<!unlike )numerator[- ]layout", {}, "numerator"),
        (r"mixed layout", {}, "mixed"),
        (r"(?:jacobian|hessian) formulation \(?(?:i\.e\. )?numerator", {}, "numerator"),
        (r"jacobian (?:formulation|convention)", {"vector-by-vector": "numerator"}, None),
        (r"hessian formulation|gradient (?:formulation|convention)", {"vector-by-vector": "denominator"}, None),
        (rf"(?:{_GRADIENT}|everything|the result|results?|\bit\b)[^.;]{{0,60}}?(?:ha(?:s|ve)|takes?|is of|are of|"
         rf"always ha(?:s|ve)|(?:arranged|laid out|written|stored) (?:in|with)|are|is) (?:always )?(?:the )?(?:same )?"
         rf"{_VARIABLE}", {"scalar-by-vector": "column", "scalar-by-matrix": "same"}, None),
        (rf"scalar(?: functions?)?(?: is (?:being )?differentiated)? (?:by|w\.r\.t\.|with respect to) a matrix"
         rf"[^.;]{{0,90}}(?:shape (?:of|as)|laid out like|arranged like) (?:(?:the|that) (?:matrix|var)|it\b|{PLACE})",
         {"scalar-by-matrix": "same"}, None),
        (r"(?:derivative|gradient) of a scalar (?:by|with respect to) [^.;]{0,30}? has the same shape as "
         r"(?:that|this) ",
         {"scalar-by-vector": "column", "scalar-by-matrix": "same"}, None),
        (r"shape of the thing you differentiate by|shape of the variable|same shape as the (?:variable|parameter)",
         {"scalar-by-vector": "column", "scalar-by-matrix": "same"}, None),
        (r"(?:gradients?|derivatives?)[^.;]{0,40} (?:has|have|of) the shape of the transposed "
         r"variable",
         {"scalar-by-vector": "row", "scalar-by-matrix": "transposed"}, None),
        (rf"gradients?{_OF_SCALARS} (?:are|is|will be|as) (?:always )?(?:taken as |written as |a |the "
         r")?(?:\w+ )?columns?(?: vectors?)?(?![- ]?space)",
         {"scalar-by-vector": "column"}, None),
        (r"writ(?:e|ing) (?:the |all )?gradients as columns?|gradients? with respect to [^.;]{0,40} are columns",
         {"scalar-by-vector": "column"}, None),
        (rf"gradients?{_OF_SCALARS} (?:are|is|will be|as) (?:always )?(?:taken as |written as |a |the "
         r")?(?:\w+ )?rows?(?: vectors?)?",
         {"scalar-by-vector": "row"}, None),
        (r"(?:a )?scalar (?:function )?gives a row|derivative of a scalar[^.;]{0,40} is a "
         r"row", {"scalar-by-vector": "row"}, None),
        (r"derivative of a scalar[^.;]{0,40} is a column", {"scalar-by-vector": "column"}, None),
        (rf"{PLACE} is a column when {PLACE} is a scalar", {"scalar-by-vector": "column"}, None),
        (rf"{PLACE} is a row when {PLACE} is a scalar", {"scalar-by-vector": "row"}, None),
        (r"(?:jacobian|derivative)[^.;]{0,60} (?:has|with) one row (?:per|for each) (?:component|entry|output) of the "
         r"(?:function|output|numerator|vector)", {"vector-by-vector": "numerator"}, None),
        (r"(?:jacobian|derivative)[^.;]{0,60} (?:has|with) one row (?:per|for each) (?:component|entry) of the "
         r"(?:variable|input|argument|denominator)", {"vector-by-vector": "denominator"}, None),
        (r"rows ?(?:=|are|index|correspond to) (?:the )?outputs?", {"vector-by-vector": "numerator"}, None),
        (r"rows ?(?:=|are|index|correspond to) (?:the )?inputs?", {"vector-by-vector": "denominator"}, None),
        (r"entry ⟦\d+⟧ of the jacobian is the derivative of component ⟦\d+⟧ of the function"
         r"|is the jacobian with entries", {"vector-by-vector": "numerator"}, None),
        (r"derivative of a column vector with respect to a scalar is a column", {"vector-by-scalar": "column"}, None),
        (r"derivative of a column vector with respect to a scalar is a row", {"vector-by-scalar": "row"}, None),
        (r"derivative of a matrix with respect to a scalar has the shape of that "
         r"matrix", {"matrix-by-scalar": "same"}, None),
        (r"entry ⟦\d+⟧ of the (?:derivative|gradient) is the derivative (?:with respect to|by) "
         r"(?:that variable|the variable at ⟦\d+⟧)", {"scalar-by-matrix": "same"}, None),
        (r"gradients?[^.;]{0,30}\((?:arranged|written|stored|shaped|laid out) like ⟦\d+⟧\)",
         {"scalar-by-vector": "column", "scalar-by-matrix": "same"}, None),
        (r"(?:is|are) laid out like ⟦\d+⟧", {"scalar-by-vector": "column", "scalar-by-matrix": "same"}, None),
        (r"vector[- ]by[- ]vector[^.;]{0,20}jacobian", {"vector-by-vector": "numerator"}, None),
        (r"transpose of (?:your|the usual|the) jacobian", {"vector-by-vector": "denominator"}, None),
        (r"same symbol is the ⟦\d+⟧ jacobian", {"vector-by-vector": "numerator"}, None),
        (rf"{PLACE} has one row per (?:entry|component) "
         rf"of {PLACE}", {"vector-by-vector-transposed": "numerator"}, None),
    ),
    wrong_before=r"(?:a )?(?:common|frequent|classic|typical|popular|usual|easy) (?:mistake|error|slip|blunder)(?: "
                 r"here)? (?:is|would be)"
    r"(?: to (?:write|claim|conclude|put|state|use))?[^.⟦]{0,25}$"
    r"|(?:it is|it's) (?:tempting|wrong|incorrect|a mistake|not true|not correct|false)(?: here)? (?:to (?:write|claim"
    r"|conclude|say|think)|that)"
    r"[^.⟦]{0,25}$|(?:one|you|we|people|students|some|many)(?: \w+)? (?:often |sometimes |might |may |will "
    r")?(?:wrongly|mistakenly|incorrectly|erroneously)"
    r" (?:write|claim|conclude|state|find|get)s?[^.⟦]{0,20}$|(?:do not|don['’]t|never) write[^.⟦]{0,15}$|(?:wrong|"
    r"incorrect|not correct|false|mistaken):\s*$"
    r"|beware of (?:the wrong )?(?:writing )?$|the (?:wrong|incorrect|erroneous|false|naive but wrong) (?:formula|"
    r"result|answer|equation|identity|version) $"
    r"|\b(?:it|this|that|gradient|derivative|answer|result) is (?:thus |therefore )?not (?:simply |just |equal to )?$"
    r"|it is not the case that $|is not true that $|wrongly (?:written|stated|claimed)(?: as)? $|instead of the wrong "
    r"$",
    wrong_after=r"^[\s,]*(?:\(?wrong!?\)|\(incorrect!?\)|\(false!?\)|\(this is (?:wrong|false|incorrect)|(?:\(|which "
                r")?is (?:plain |simply |just )?(?:wrong|incorrect|false|"
    r"a (?:common|frequent|classic) (?:mistake|error)|not (?:correct|true|valid|right))(?! (?:if|unless|when)))",
    letters="aiI",
    plural="s",
    lines=(  # "x_i is a column" says what it is, and not of what
        r"(?<![\w-])(?:(?<!\ba )rows?|row(?= of\b))(?![\w-]| ?(?:vector|space|rank|sum|reduc|stochastic|major|layout))",
        r"(?<![\w-])(?:(?<!\ba )columns?|column(?= of\b))(?![\w-]| ?(?:vector|space|rank|sum|stochastic|major|layout))",
    ),
    shorthands=(
        rf"{NAME} (?:simply |just )?(?:stands? for|means|(?:is |be |are )?short(?:hand)? for|abbreviates?|"
        rf"is an abbreviation (?:of|for)) (?:the (?:\w+ ){{1,2}})?{BODY}",
        rf"(?:write|writing|use|using|put|let|abbreviate)\b[^.;]{{0,60}}?{NAME} (?:instead of|in place of|"
        rf"for) (?:the (?:\w+ ){{1,2}})?{BODY}",
        rf"(?:write|writing|use|let|put)\b[^.;]{{0,80}}? for [^.;]{{0,30}}?⟦\d+⟧,? and {NAME} for (?:the "
        rf"(?:\w+ ){{1,2}})?{BODY}",
        rf"(?:let|where|with|here) {NAME} (?:denotes?|denoting) (?:the (?:\w+ ){{1,2}})?{BODY}",
        rf"denot(?:e|ing) (?:the (?:\w+ ){{1,2}})?{BODY} by {NAME}",
        rf"denot(?:e|ing) by {NAME} (?:the (?:\w+ ){{1,2}})?{BODY}",
        rf"{BODY},? (?:which (?:we|i) |we |let us |and )?(?:shall |will )?call (?:it|this|that) {NAME}",
        rf"{BODY},? which (?:we|i) (?:shall |will )?(?:call|denote(?: by)?|abbreviate(?: as)?|write(?: as)?) {NAME}",
    ),
    namings=(
        rf"(?:we |let us |let's |i )?(?:shall |will )?(?:call|denote|abbreviate|name) (?:it|this|that)"
        rf"(?: (?:vector|matrix|quantity|error|term|gradient|signal|product|difference))?(?: by| as)? {NAME}",
        rf"(?:it|this|that) (?:\w+ )?(?:is|will be) (?:called|denoted(?: by)?) {NAME}",
    ),
)
