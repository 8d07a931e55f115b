"""Japanese words in, what they say of symbols, notation and layouts out."""

from __future__ import annotations

from texgrad.facts.languages.table import BODY, NAME, PLACE, Language, beside

_END = r"(?:とする|である|です|とし|とおく|、|，|。|\)|）|$)"

LANGUAGE = Language(
    code="ja",
    common=r"[のはがをにでとも]",
    spaced=False,
    words={
        "is": r"は|が|を|も|はともに|はいずれも|がともに|をともに|はすべて|はそれぞれ|として",
        "both": r"いずれも|ともに|すべて",
        "not": r"必ずしも|非",
        "and": r"と|および|及び|または|かつ|や|ならびに",
        "let": r"ここで|ただし|いま|以下|なお|次に|また|この|特に|以下では|さらに",
        "of": r"に対する|に関する|に対して|に関して|について|で微分|による|から|まで|より|における|に|で(?!ある|は|す|"
              r"な)",
        "genitive": r"の",
        "dimensional": r"次元|次(?!元|に|の式|数|式)",
        "size": r"サイズ|大きさ|形状|型",
        "does not depend on": r"に依存しない|によらない|に無関係",
        "break": r"なので|だから|よって|したがって|すると|であるから|これ|それ|ため|を用い|を得る|より",
        "doubt": r"ではない|でない|とは限ら(?:ない|ず)|ではなく|でなくても|とは仮定しない|ならば.{0,3}必要|かどうか|"
                 r"か\?|示せ|できる|かつその時に限",
        "filler": r"とする|である|です|とおく|とし(?!て)|であり|であって|と仮定(?:する|します)?|とします|与えられた|"
                  r"任意|実|それぞれ|ある|定|一般"
        r"|を表す|を表わす|という|なる|データ|入力|出力|重み|共分散|パラメータ|適当な|各|同じ|でも|と|も",
        "poison": r"ブロック|擬似?|準|反|歪|半|ほぼ|近似的に|三重",
        "if": r"もし|仮に",
        "for": r"任意の",
        "then-if": r"なら(?:ば)?|のとき|とき|の場合|であれば|のときは|ときは",
    },
    kinds=(
        (r"列ベクトル|縦ベクトル|縦ベクター", "column"),
        (r"行ベクトル|横ベクトル", "row"),
        (r"ベクトル(?![化場値空関積ノ])", "vector"),
        (r"定数ベクトル|定ベクトル", "vector", "constant"),
        (r"単位ベクトル", "vector", "unit"),
        (r"行列(?![式化値関積の微])|マトリックス", "matrix"),
        (r"正方行列", "matrix", "square"),
        (r"(?:分散)?共分散行列|グラム行列|カーネル行列|精度行列|相関行列|散布行列", "matrix", "symmetric", "square"),
        (r"定数行列|定行列", "matrix", "constant"),
        (r"スカラー(?!関|値|倍|を|で)|スカラ(?!ー)|実数(?!値)|数値", "scalar"),
        (r"整数", "scalar", "integer"),
        (r"正の整数", "scalar", "positive", "integer"),
        (r"正の(?:実数|定数|数|スカラー)", "scalar", "positive"),
        (r"定数(?![行ベ項倍])", None, "constant"),
        (r"関数(?!値)", "function"),
        (r"スカラー(?:値)?関数|実数値関数", "function", "scalar-valued"),
        (r"(?:損失|目的|コスト|誤差)関数", "function", "scalar-valued"),
        (r"ベクトル(?:値)?関数", "function", "vector-valued"),
        (r"行列値関数", "function", "matrix-valued"),
        (r"対称行列|実対称行列", "matrix", "symmetric", "square"),
        (r"正定値(?:の)?対称行列|対称(?:な)?正定値行列", "matrix", "symmetric", "positive-definite", "square"),
        (r"正定値行列", "matrix", "positive-definite", "square"),
        (r"半正定値(?:対称)?行列", "matrix", "positive-semidefinite", "symmetric", "square"),
        (r"正則行列|可逆行列", "matrix", "invertible", "square"),
        (r"直交行列|回転行列|置換行列", "matrix", "orthogonal", "square"),
        (r"対角行列", "matrix", "diagonal", "square"),
        (r"対角(?:な|の|化された)?(?:重み)?行列", "matrix", "diagonal", "square"),
        (r"下三角行列", "matrix", "lower-triangular", "square"),
        (r"上三角行列", "matrix", "upper-triangular", "square"),
        (r"歪対称行列|反対称行列|交代行列", "matrix", "skew-symmetric", "square"),
        (r"直交射影行列|冪等行列|べき等行列", "matrix", "idempotent", "square"),
        (r"単位行列|恒等行列", "matrix", "identity"),
        (r"零行列|ゼロ行列", "matrix", "zero"),
        (r"零ベクトル|ゼロベクトル", "vector", "zero"),
        (r"(?:(?:0/1|0-1|二値|バイナリ)(?:の)? ?)?マスク", "unknown", "binary"),
        (r"(?:要素|成分)が(?:すべて|全て)1の(?:列)?ベクトル|全1ベクトル|1ベクトル", "vector", "ones"),
        (r"(?:one-?hot|ワンホット)(?:表現|ベクトル|ラベル)?"
         r"(?: ?の ?(?:教師|正解|目標)(?:データ|ラベル|信号|ベクトル)?)?", "vector", "one-hot"),
        (r"確率ベクトル", "vector", "probability"),
    ),
    properties=(
        (r"対称(?!性|行|な正|正)(?:な)?", "symmetric"),
        (r"歪対称|反対称|交代(?=で|と)", "skew-symmetric"),
        (r"正則(?!化|行)(?:な)?|可逆(?!行)(?:な)?|逆行列をもつ|逆行列を持つ", "invertible"),
        (r"直交(?!行|射|補|基)(?:する|な)?", "orthogonal"),
        (r"正定値(?!行|対|の対)(?:な)?|正定(?!値)", "positive-definite"),
        (r"半正定値(?!行|対)(?:な)?", "positive-semidefinite"),
        (r"正方(?!行)", "square"),
        (r"列フルランク", "full-column-rank"),
        (r"要素(?:が|は)(?:すべて|全て)1の|成分(?:が|は)(?:すべて|全て)1の", "ones"),
        (r"(?:成分|要素)ごとに(?:作用|適用)?|要素ごとの(?=関数)", "elementwise"),
    ),
    before=r"(?:もし|仮に|任意の)[^。，、]*$",
    after=r"^⟦\d+⟧[^。、，⟦]{0,14}(?:なら|のとき|とき|の場合|であれば)",
    where=r"ただし|ここで|ここに",
    now=r"今度は",
    conventions=(
        (beside(r"プライム|ダッシュ|′|アポストロフィ", r"転置"), "prime", "transpose"),
        (r"(?:縦棒|縦線)は行列式", "bars", "determinant"),
        (rf"({PLACE}) ?は(?:要素|成分)ごとの(?:積|かけ算|乗算)|({PLACE}) ?はアダマール積", "symbol", r"\1\2=hadamard"),
        (rf"({PLACE}) ?は(?:Hadamard|アダマール)積", "symbol", r"\1=hadamard"),
        (rf"({PLACE}) ?は(?:クロネッカー|Kronecker)積", "symbol", r"\1=kronecker"),
        (rf"({PLACE}) ?は(?:クロネッカー|Kronecker)の?(?:デルタ|δ)", "kronecker-delta", r"\1"),
        (rf"({PLACE}) ?は微分", "differential", r"\1"),
        (rf"({PLACE}) ?は(?:標準|ロジスティック)?(?:シグモイド|ロジスティック)"
         rf"(?:関数)?", "named-function", r"\1=sigmoid"),
        (rf"シグモイド関数 ?({PLACE})", "named-function", r"\1=sigmoid"),
        (rf"({PLACE}) ?は ?({PLACE}) ?の第 ?{PLACE} ?行", "rows-are-samples", r"\2=\1"),
        (rf"({PLACE}) ?は ?({PLACE}) ?の第 ?{PLACE} ?列", "columns-are-samples", r"\2=\1"),
        (rf"({PLACE}) ?の第 ?{PLACE} ?行[はを] ?({PLACE})", "rows-are-samples", r"\1=\2"),
        (rf"({PLACE}) ?の第 ?{PLACE} ?列[はを] ?({PLACE})", "columns-are-samples", r"\1=\2"),
        (rf"データは行に並べる[^⟦]{{0,4}}({PLACE})|({PLACE})[^。⟦]{{0,8}}(?:1行が1サンプル|各行が(?:1つの)?(?:サンプル"
         rf"|データ))", "rows-are-samples",
         r"\1\2"),
        (rf"データは列に並べる[^⟦]{{0,4}}({PLACE})|({PLACE})[^。⟦]{{0,8}}(?:1列が1サンプル|各列が(?:1つの)?(?:サンプル"
         rf"|データ))", "columns-are-samples",
         r"\1\2"),
        (r"ベクトルは(?:すべて|全て|常に)?(?:列|縦)ベクトル|太字小文字は列ベクトル", "vectors-are", "columns"),
        (rf"({PLACE}) ?(?:で微分するときは)?対称性の制約は考え(?:ない|ず)|対称性(?:の制約)?(?:は|を)(?:考え|"
         rf"無視)", "unstructured", r"\1"),
        (rf"({PLACE}) ?で微分するときは対称性の制約は考え(?:ない|ず)", "unstructured", r"\1"),
    ),
    layouts=(
        (r"(?<!でなく)分母レイアウト", {}, "denominator"),
        (r"(?<!でなく)分子レイアウト", {}, "numerator"),
        (r"スカラーを(?:列)?ベクトルで微分し(?:た|ます)?[^。]{0,8}(?:結果は|ものは|"
         r"と)?列ベクトル", {"scalar-by-vector": "column"}, None),
        (r"スカラーを(?:列)?ベクトルで微分し(?:た|ます)?[^。]{0,8}(?:結果は|ものは|"
         r"と)?行ベクトル", {"scalar-by-vector": "row"}, None),
        (r"行列で微分した[^。]{0,20}(?:同じ大きさ|同じ形|同じサイズ)", {"scalar-by-matrix": "same"}, None),
        (r"(?:勾配|微分|スカラー)[^。]{0,25}(?:元の(?:行列|変数|ベクトル)|変数|パラメータ)と同じ(?:形|サイズ|"
         r"大きさ)", {"scalar-by-vector": "column",
         "scalar-by-matrix": "same"}, None),
        (r"勾配は(?:常に)?(?:列|縦)ベクトル", {"scalar-by-vector": "column"}, None),
        (r"勾配は(?:常に)?(?:行|横)ベクトル", {"scalar-by-vector": "row"}, None),
    ),
    wrong_before=r"(?:よくある(?:間違い|誤り|ミス)は|誤って|間違って)[^。⟦]{0,8}$",
    wrong_after=r"^[^。⟦]{0,3}(?:と(?:する|書く)のは(?:誤り|間違い)|は(?:誤り|間違い|正しくない)|（誤り）|（間違い）)",
    lines=(r"(?:第 ?(?:⟦\d+⟧|[a-z]) ?|各|の)行(?!ベクトル|列|数)", r"(?:第 ?(?:⟦\d+⟧|[a-z]) ?|各|の)列(?!ベクトル|数)"),
    shorthands=(
        rf"{BODY} ?を ?{NAME} ?と(?:書|おく|おき|お[くき]|置[くき]|表|略)",
        rf"{NAME} ?は ?{BODY} ?(?:を表す|の略)",
    ),
)
