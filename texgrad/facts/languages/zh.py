"""Chinese words in, what they say of symbols, notation and layouts out."""

from __future__ import annotations

from texgrad.facts.languages.table import BODY, NAME, PLACE, Language, beside

_BE = r"(?:是|为|也是|就是|即为|仍为|均为|都是|代表|表示)"
_COLUMN = {"scalar-by-vector": "column"}
_SAME = {"scalar-by-vector": "column", "scalar-by-matrix": "same"}

LANGUAGE = Language(
    code="zh",
    common=r"[的是为设则对]",
    spaced=False,
    words={
        "is": r"是|为|都是|均为|均是|皆为|皆是|也是|即为|仍为|仍是|取为|表示|代表|记为|称为|默认是|默认为|一定是|"
              r"必须是|恒为|全为",
        "has": r"有|具有|满足",
        "both": r"都(?!是)|均(?!为|是)|皆(?!为|是)",
        "not": r"去掉|不是|不一定是?|未必是?|不必是?|并非|并不是|不要求|不需要|无需|非|不|不再是?|没说|未假设|不假设|"
               r"不假定|没有要求|无须|不见得",
        "and": r"和|与|及|以及|或|跟|或者|并且|且",
        "let": r"设|令|记|其中|这里|此处|假设|已知|给定|约定|取|考虑|我们有|注意|假定|定义|不妨设|又|式中|现在|如下",
        "of": r"属于|对于向量|对|关于|在|从|由|把|将|按|用|沿|比|利用|使得|乘以?|除以|左乘|右乘|加上|减去|等于|求",
        "genitive": r"的",
        "dimensional": r"维度?|阶|元",
        "size": r"大小|维度|形状|尺寸|维数|长度|规模|shape",
        "does not depend on": r"不依赖于?|不含|独立于|不是⟦\d+⟧的函数",
        "independent": r"无关|都?没有关系|均?无关",
        "depends on": r"依赖于|取决于",
        "break": r"则|所以|因此|因为|那么|于是|从而|可得|得到|得|故|由于|但是?|而|即|也就是|进而|代入|说明|发现|意味着"
                 r"|显然|容易",
        "doubt": r"当且仅当|证明|是否|除非|可以是|可能|也许|何时|什么|为什么|试证|如何|吗|应|应该",
        "filler": r"任意|一个|常用|给定的?|已知的?|实|所有|全部|各|每个|某个?|均|都|皆|个|一|一般|普通|随机|输入|输出|"
                  r"参数|权重|加权|数据|设计"
        r"|特征|偏置|标签|样本|损失|误差|梯度|雅可比|Jacobian|Hessian|海森|协方差|核|状态|残差|目标|观测|同阶|默认|"
        r"固定|任何|新|本征|系数"
        r"|分别|也|又|我|可微|光滑|连续|阶数|合适",
        "poison": r"分块|块|准|拟|反|斜|半|次|三|几乎|近似|行|列满|严格|对角线|主|伪|局部",
        "if": r"若|如果|假如|当|倘若|要是|一旦|只要|若是",
        "for": r"对于|对任意|对每个|对任何|特别地|特别的",
        "then-if": r"时|的时候|的情况下|情形|的话|的条件下|这种情况",
    },
    kinds=(
        (r"列向量|列矢量|列的向量", "column"),
        (r"行向量|行矢量", "row"),
        (r"向量(?![化空值函场])|矢量(?![化空])", "vector"),
        (r"常向量|常数向量|常矢量|常列向量", "vector", "constant"),
        (r"矩阵(?![化函论求乘微分运])|阵(?!列)", "matrix"),
        (r"方阵|方形矩阵|正方矩阵", "matrix", "square"),
        (r"(?:协方差|格拉姆|格莱姆|gram ?|核|精度|散度|相关系数)(?:矩阵|阵)|协方差(?!函)",
         "matrix", "symmetric", "square"),
        (r"常矩阵|常数矩阵|常量矩阵|常数阵|常阵", "matrix", "constant"),
        (r"常方阵|常数方阵", "matrix", "constant", "square"),
        (r"标量(?!函)|数量|实数|一个数|(?<=是)元素|(?<=为)元素|纯量|数值(?!梯)|(?<=是)个?数(?![据量学])", "scalar"),
        (r"实参数|标量参数", "scalar"),
        (r"常数(?![项向矩方阵对])|常量(?![矩])", None, "constant"),
        (r"正整数", "scalar", "positive", "integer"),
        (r"整数", "scalar", "integer"),
        (r"正数|正实数|正标量", "scalar", "positive"),
        (r"函数|映射", "function"),
        (r"(?:输出|值)为标量的函数|标量值的函数", "function", "scalar-valued"),
        (r"(?:输出|值)为向量的函数|向量值的函数", "function", "vector-valued"),
        (r"(?:输出|值)为矩阵的函数|矩阵值的函数", "function", "matrix-valued"),
        (r"(?:损失|代价|目标|能量|误差|似然)函数", "function", "scalar-valued"),
        (r"标量函数|数量函数|实值函数|标量值函数|实值标量函数", "function", "scalar-valued"),
        (r"向量函数|向量值函数", "function", "vector-valued"),
        (r"矩阵函数|矩阵值函数", "function", "matrix-valued"),
        (r"逐元素(?:的)?函数|逐元函数|逐元素运算的函数|元素级函数", "function", "elementwise"),
        (r"单位矩阵|单位阵|恒等矩阵|单位方阵", "matrix", "identity"),
        (r"单位向量", "vector", "unit"),
        (r"全1的?(?:列)?向量|全一向量|元素全为1的(?:列)?向量|全1的|全为1的(?:列)?向量|元素都是1的(?:列)?向量|"
         r"分量全为1的(?:列)?向量", "vector", "ones"),
        (r"零向量", "vector", "zero"),
        (r"(?:(?:0/1|0-1|01|二值|二元) ?)?(?:掩码|掩膜|遮罩)", "unknown", "binary"),
        (r"(?:(?:0/1|0-1|01|二值|二元) ?)?(?:掩码|指示|示性)(?:矩阵|阵)|(?:0/1|0-1|01|二值) ?(?:矩阵|阵)", "matrix",
         "binary"),
        (r"零矩阵", "matrix", "zero"),
        (r"(?:one-?hot|独热)(?:编码)?(?:的)?(?:向量|标签)?", "vector", "one-hot"),
        (r"概率向量|概率分布向量", "vector", "probability"),
        (r"对称(?:矩)?阵|对称的矩阵|实对称(?:矩)?阵|实对称方阵|对称方阵", "matrix", "symmetric", "square"),
        (r"对称正定(?:矩)?阵|正定对称(?:矩)?阵", "matrix", "symmetric", "positive-definite", "square"),
        (r"正定(?:矩)?阵", "matrix", "positive-definite", "square"),
        (r"半正定(?:矩)?阵|对称半正定(?:矩)?阵", "matrix", "positive-semidefinite", "symmetric", "square"),
        (r"反对称(?:矩)?阵|斜对称(?:矩)?阵", "matrix", "skew-symmetric", "square"),
        (r"正交(?:矩)?阵|旋转矩阵|置换矩阵", "matrix", "orthogonal", "square"),
        (r"可逆(?:矩)?阵|可逆方阵|非奇异(?:矩)?阵", "matrix", "invertible", "square"),
        (r"对角(?:矩)?阵", "matrix", "diagonal", "square"),
        (r"下三角(?:矩)?阵", "matrix", "lower-triangular", "square"),
        (r"上三角(?:矩)?阵", "matrix", "upper-triangular", "square"),
        (r"幂等(?:矩)?阵|正交投影矩阵", "matrix", "idempotent", "square"),
    ),
    properties=(
        (r"对称(?!或|与否)|实对称", "symmetric"),
        (r"反对称|斜对称", "skew-symmetric"),
        (r"(?:无论|不论|不管)?(?:是否|对称与否|是不是)对称|(?:无论|不论|不管)?对称与否", "not-symmetric"),
        (r"可逆|非奇异|满秩", "invertible"),
        (r"正交(?![化基])", "orthogonal"),
        (r"列正交|列标准正交|各列标准正交|列是标准正交的", "orthonormal-columns"),
        (r"对称正定|正定对称", "symmetric", "positive-definite"),
        (r"正定", "positive-definite"),
        (r"半正定|非负定", "positive-semidefinite"),
        (r"对称半正定", "symmetric", "positive-semidefinite"),
        (r"对角(?![线元])", "diagonal"),
        (r"下三角", "lower-triangular"),
        (r"上三角", "upper-triangular"),
        (r"幂等", "idempotent"),
        (r"列满秩", "full-column-rank"),
        (r"行满秩", "full-row-rank"),
        (r"常(?=[向矩方阵列])", "constant"),
        (r"大于零|大于0|恒正(?![交定])|为正(?![交定数整半])", "positive"),
        (r"非负", "nonnegative"),
        (r"非零|不为零|不为0", "nonzero"),
        (r"逐元素(?:作用|运算|计算|应用|进行)?|按元素(?:作用|运算|计算)?|逐分量(?:作用)?|逐点作用|作用在每个元素上|"
         r"作用于每个元素|按位运算|对每个元素(?:作用|运算)",
         "elementwise"),
    ),
    before=r"(?:若|如果|假如|当(?!作)|倘若|要是|只要|一旦|除非|不假定|对于?任意|特别地|特别的|对于)[^，。；,]*$|"
           r"若[^，。；]{0,12}，$",
    after=r"^[^，。；,;⟦]*⟦\d+⟧[^，。；,;⟦]{0,10}(?:时|的时候|的情况|情形|的话|的特殊情)|^⟦\d+⟧[^，。；,;⟦]{0,8}时",
    where=r"其中|这里|式中|此处",
    now=r"现在|这次",
    conventions=(
        (beside(r"撇|′", r"转置|轉置"), "prime", "transpose"),
        (r"(?:撇|撇号)(?:表示|代表)(?:求)?导数?", "prime", "derivative"),
        (r"(?:竖线|双竖线|绝对值符号)(?:表示|代表|为|是)行列式", "bars", "determinant"),
        (rf"({PLACE}) ?{_BE} ?(?:逐元素|按元素|逐元|对应元素|元素级|Hadamard|哈达玛|阿达马)(?:的)?(?:乘|相乘|积|乘法|"
         rf"乘积)积?", "symbol",
         r"\1=hadamard"),
        (rf"[`]({PLACE})[`] ?{_BE}", "symbol", r"\1=hadamard"),
        (rf"({PLACE}) ?{_BE} ?(?:Kronecker|克罗内克|克氏|克罗尼克) ?(?:乘积|积)", "symbol", r"\1=kronecker"),
        (rf"({PLACE}) ?{_BE} ?(?:Kronecker|克罗内克) ?(?:delta|δ|符号|函数|记号)", "kronecker-delta", r"\1"),
        (rf"({PLACE}) ?{_BE} ?微分(?:符号|算子|记号)?", "differential", r"\1"),
        (rf"({PLACE}) ?{_BE} ?(?:转置|矩阵转置)", "superscript-T", "transpose"),
        (rf"上标 ?({PLACE}) ?{_BE} ?(?:转置|矩阵转置)", "superscript", r"\1=transpose"),
        (rf"上标 ?({PLACE}) ?{_BE} ?共轭转置", "superscript", r"\1=conjugate-transpose"),
        (rf"上标 ?({PLACE}) ?{_BE} ?(?:共轭)(?!转)", "superscript", r"\1=conjugate"),
        (rf"上标 ?({PLACE}) ?{_BE} ?(?:Moore|广义逆|伪逆)", "superscript", r"\1=pseudo-inverse"),
        (rf"上标 ?({PLACE}) ?{_BE} ?(?:样本|层|编号|样例|序号|层数|第)", "superscript", r"\1=index"),
        (rf"({PLACE}) ?{_BE} ?(?:矩阵)?(?:按列|列)(?:向量化|拉直|堆叠|展开)", "symbol", r"\1=vec-columns"),
        (rf"({PLACE}) ?{_BE} ?(?:矩阵)?(?:按行|行)(?:向量化|拉直|堆叠|展开)", "symbol", r"\1=vec-rows"),
        (rf"({PLACE}) ?(?:函数)?{_BE} ?(?:一个)?(?:Sigmoid|Logistic|logistic|逻辑斯谛|对数几率|S型)(?! ?回归)"
         rf" ?(?:函数)?", "named-function",
         r"\1=sigmoid"),
        (rf"(?:Sigmoid|logistic|S型)(?:激活)? ?函数 ?({PLACE})", "named-function", r"\1=sigmoid"),
        (rf"({PLACE}) ?{_BE} ?softmax", "named-function", r"\1=softmax"),
        (rf"({PLACE}) ?{_BE} ?relu", "named-function", r"\1=relu"),
        (rf"({PLACE}) ?{_BE} ?(?:tanh|双曲正切)", "named-function", r"\1=tanh"),
        (rf"({PLACE}) ?{_BE} ?({PLACE}) ?的第 ?(?:{PLACE}|i|j|k) ?行", "rows-are-samples", r"\2=\1"),
        (rf"({PLACE}) ?{_BE} ?({PLACE}) ?的第 ?(?:{PLACE}|i|j|k) ?列", "columns-are-samples", r"\2=\1"),
        (rf"({PLACE}) ?的第 ?(?:{PLACE}|i|j|k) ?行(?:(?:就|恰)?{_BE}|记作|记为|等于|)(?:第 ?{PLACE} ?个)?(?:样本|数据|"
         rf"向量|特征|转置|一个|点| )*({PLACE})", "rows-are-samples", r"\1=\2"),
        (rf"({PLACE}) ?的第 ?(?:{PLACE}|i|j|k) ?列(?:(?:就|恰)?{_BE}|记作|记为|等于|)(?:第 ?{PLACE} ?个)?(?:样本|数据|"
         rf"向量|特征|转置|一个|点| )*({PLACE})", "columns-are-samples", r"\1=\2"),
        (rf"({PLACE})"
         rf" ?{_BE} ?{PLACE} ?(?:的)?矩阵，第 ?{PLACE} ?行(?:就)?{_BE}"
          rf"(?:第 ?{PLACE} ?个)?[^，。⟦]{{0,10}}({PLACE})", "rows-are-samples", r"\1=\2"),
        (rf"({PLACE})"
         rf" ?{_BE} ?{PLACE} ?(?:的)?矩阵，第 ?{PLACE} ?列(?:就)?{_BE}"
          rf"(?:第 ?{PLACE} ?个)?[^，。⟦]{{0,10}}({PLACE})", "columns-are-samples", r"\1=\2"),
        (rf"({PLACE}) ?(?:的)?(?:，)?(?:每(?:一)?行|各行)(?:{_BE}|对应|代表)(?:一个|一条)?(?:样本|数据|样例|"
         rf"观测)", "rows-are-samples", r"\1"),
        (rf"({PLACE}) ?(?:的)?(?:，)?(?:每(?:一)?列|各列)(?:{_BE}|对应|代表)(?:一个|一条)?(?:样本|数据|样例|"
         rf"观测)", "columns-are-samples", r"\1"),
        (rf"({PLACE}) ?的(?:每(?:一)?行|各行){_BE} ?({PLACE})", "rows-are-samples", r"\1=\2"),
        (rf"({PLACE}) ?的(?:每(?:一)?列|各列){_BE} ?({PLACE})", "columns-are-samples", r"\1=\2"),
        (rf"样本(?:按列|以列)(?:排列|排成|放置|组成|堆叠)[^，。⟦]{{0,6}}({PLACE})", "columns-are-samples", r"\1"),
        (rf"样本(?:按行|以行)(?:排列|排成|放置|组成|堆叠)[^，。⟦]{{0,6}}({PLACE})", "rows-are-samples", r"\1"),
        (r"向量(?:都|均|一律|默认|全)*(?:是|为|指)?列向量|默认列向量", "vectors-are", "columns"),
        (r"向量(?:都|均|一律|默认|全)*(?:是|为)行向量", "vectors-are", "rows"),
        (rf"不利用 ?({PLACE}) ?的对称|不考虑 ?({PLACE}) ?的对称", "unstructured", r"\1"),
        (r"各元素当独立变量|元素(?:视|看)(?:为|作|成)独立|不考虑对称(?:性|约束)|忽略对称(?:性|"
         r"约束)", "unstructured", ""),
        (rf"({PLACE}) ?{_BE} ?(?:示性函数|指示函数)", "indicator", r"\1"),
    ),
    layouts=(
        (r"(?<!不是)(?<!不用)(?<!不同于)分母布局", {}, "denominator"),
        (r"(?<!不是)(?<!不用)(?<!不同于)分子布局", {}, "numerator"),
        (r"混合布局", {}, "mixed"),
        (r"标量对(?:列)?向量(?:的)?求导[^。；;]{0,14}(?:得到|得|是|为|成|仍为|仍是|写成)"
         r"(?:的是)?(?:一个)?列向量", _COLUMN, None),
        (r"标量对(?:列)?向量(?:的)?求导[^。；;]{0,14}(?:得到|得|是|为|成|仍为|仍是|写成)(?:的是)?(?:一个)?行向量",
         {"scalar-by-vector": "row"}, None),
        (r"梯度(?:都|均|统一|一律|默认|写成|写作|定义|取)*(?:是|为|成|写成|写作)(?:一个)?列向量", _COLUMN, None),
        (r"梯度(?:都|均|统一|一律|默认|写成|写作|定义|取)*(?:是|为|成|写成|写作)"
         r"(?:一个)?行向量", {"scalar-by-vector": "row"}, None),
        (r"标量对[^。；;]{0,20}(?:求导|导数)[^。；;]{0,8}(?:与|和|跟|同)[^。；;，]{0,12}(?:同形|形状相同|同型|形状一致|"
         r"维度相同|大小相同)", _SAME, None),
        (r"(?:梯度|导数|求导结果)[^。；;，]{0,10}(?:与|和|跟)[^。；;，]{0,12}(?:同形|形状相同|同型|形状一致|维度相同"
         r"|维数相同|大小相同|一样大)", _SAME,
         None),
        (rf"{PLACE} ?的行对应 ?{PLACE} ?的分量，列对应 ?{PLACE} ?的分量", {"vector-by-vector": "by-names"}, None),
        (r"行对应(?:自变量|分母)[^。；;]{0,8}", {"vector-by-vector": "denominator"}, None),
        (r"行对应(?:因变量|分子|函数)[^。；;]{0,8}", {"vector-by-vector": "numerator"}, None),
        (r"向量对向量(?:求导)?(?:用|采用|得到|是|为)[^。；;]{0,6}(?:Jacobian|雅可比|"
         r"雅各比)", {"vector-by-vector": "numerator"}, None),
    ),
    wrong_before=r"(?:不要|别|切勿|不能|不可|请勿)(?:误)?(?:写|当|算|记|认为)(?:成|作|为|是)?[^⟦。；，]{0,4}$|(?:常见|"
                 r"典型|经典|容易犯)(?:的)?错误(?:是|为|：|:|就是)?"
    r"(?:写成|把[^。；]{0,12}写成|认为|以为)?[^⟦。；]{0,6}$|(?:误|错误地|错)(?:写|记|算|认)(?:成|为|作)[^⟦。；，]{0,3}$"
    r"|(?:错误(?:的)?(?:写法|结论|公式|做法|答案))(?:是|为|：|:)?[^⟦。；，]{0,3}$",
    wrong_after=r"^[\s，,]*(?:是错误?的|不成立|不正确|是不对的|（错误?[！!]?）|\(错误?[!！]?\)|（×）|（这是错的|"
                r"是常见错误)",
    lines=(
        r"(?:第 ?(?:⟦\d+⟧|[a-z]) ?|每一?|各|的)行(?!向量|矢量|列式|数)",
        r"(?:第 ?(?:⟦\d+⟧|[a-z]) ?|每一?|各|的)列(?!向量|矢量|数)",
    ),
    shorthands=(
        rf"(?:将|把)? ?{BODY} ?[，,]? ?(?:我们)?(?:将|把)?(?:它|其|这个量|该量)?(?:简?记|缩写)(?:为|作|成) ?{NAME}",
        rf"{NAME} ?(?:表示|代表|是) ?{BODY} ?(?:的(?:简写|缩写|简记)|(?=[，,。.;；:：、)）]|$))",
        rf"用 ?{NAME} ?(?:表示|代表|代替|记) ?{BODY}",
    ),
    namings=(rf"(?:我们)?(?:将|把)?(?:它|其|这个量|该量)?(?:简?记)(?:为|作) ?{NAME}",),
)
