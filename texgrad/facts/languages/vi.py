"""Vietnamese words in, what they say of symbols, notation and layouts out."""

from __future__ import annotations

from texgrad.facts.languages.table import BODY, NAME, PLACE, Language

LANGUAGE = Language(
    code="vi",
    common=r"là|vì|nên|khi|của|và|với|cho|trong|một|ta|các|theo|được|không|hàm|đó|này",
    loose_nouns=True,
    words={
        "is": r"là|là một|đều là|chính là|được giả sử là|kí hiệu|ký hiệu|luôn là|vẫn là|cũng là",
        "has": r"có",
        "both": r"đều|cả hai|tất cả",
        "not": r"không(?: phải(?: là)?| nhất thiết(?: là)?)?|chưa chắc|chẳng",
        "and": r"và|hoặc|cùng với|hay",
        "let": r"cho|với|giả sử(?: rằng)?|trong đó|ở đây|xét|đặt|gọi|lấy|bây giờ|tại đây|coi",
        "of": r"của|theo|đối với|tại|từ|trên|trong|bởi|bằng|về|vào|ở",
        "dimensional": r"chiều",
        "size": r"(?:kích thước|cỡ|cấp|số chiều|bậc)",
        "does not depend on": r"không phụ thuộc(?: vào)?|độc lập với",
        "depends on": r"(?:chỉ )?phụ thuộc(?: vào)?",
        "break": r"thì|nên|do đó|vì|mà|ta có|suy ra|khi đó|tức|nghĩa là|nhưng|nó|chúng ta|sao cho|được|vậy",
        "doubt": r"khi và chỉ khi|có thể|chứng minh|liệu|trừ khi|hay không",
        "article": r"một|các|những|mỗi|mọi|này|đó|bất kỳ|bất kì",
        "filler": r"cho trước|cố định|thực|tùy ý|tuỳ ý|đã biết|cũng|luôn|đều|hai|ba|lần lượt|tổng quát|khác|dữ liệu|"
                  r"trọng số|hiệp phương sai|bất kỳ|bất kì|không mất tính tổng quát",
        "poison": r"gần như|khối|nửa|ngẫu nhiên|riêng|phản",
        "if": r"nếu|khi|trong trường hợp|miễn là|giả như",
        "for": r"với mọi|đối với mọi|với mỗi",
    },
    kinds=(
        (r"vector|vectơ|véc-?tơ|vec-?tơ", "vector"),
        (r"(?:vector|vectơ|véc-?tơ) cột", "column"),
        (r"(?:vector|vectơ|véc-?tơ) hàng|(?:vector|vectơ|véc-?tơ) dòng", "row"),
        (r"ma trận", "matrix"),
        (r"ma trận vuông", "matrix", "square"),
        (r"ma trận (?:hiệp phương sai|gram|kernel|nhân|tương quan|tán xạ)", "matrix", "symmetric", "square"),
        (r"ma trận đơn vị", "matrix", "identity"),
        (r"(?:số )?vô hướng|số thực|hằng số thực", "scalar"),
        (r"số dương|số thực dương", "scalar", "positive"),
        (r"số nguyên", "scalar", "integer"),
        (r"hàm(?: số)?", "function"),
        (r"hàm(?: số)? vô hướng|hàm(?: số)? thực", "function", "scalar-valued"),
        (r"hàm (?:mất mát|mục tiêu|chi phí)", "function", "scalar-valued"),
        (r"hàm(?: trả về)? (?:vector|vectơ)", "function", "vector-valued"),
        (r"(?:vector|vectơ) đơn vị", "vector", "unit"),
        (r"(?:vector|vectơ) hằng(?: số)?", "vector", "constant"),
        (r"ma trận hằng(?: số)?", "matrix", "constant"),
        (r"(?:vector|vectơ) (?:toàn|gồm toàn|chứa toàn)(?: số)? (?:1|một)", "vector", "ones"),
        (r"(?:vector|vectơ) không", "vector", "zero"),
        (r"mặt nạ(?: nhị phân)?", "unknown", "binary"),
        (r"(?:vector )?one-hot|1-of-(?:k|c|⟦\d+⟧)", "vector", "one-hot"),
        (r"hằng số", None, "constant"),
    ),
    properties=(
        (r"đối xứng", "symmetric"),
        (r"phản đối xứng|đối xứng lệch", "skew-symmetric"),
        (r"khả nghịch|không suy biến", "invertible"),
        (r"trực giao", "orthogonal"),
        (r"xác định dương", "positive-definite"),
        (r"nửa xác định dương|bán xác định dương", "positive-semidefinite"),
        (r"đường chéo(?! chính)|chéo", "diagonal"),
        (r"tam giác dưới", "lower-triangular"),
        (r"tam giác trên", "upper-triangular"),
        (r"vuông", "square"),
        (r"không âm", "nonnegative"),
        (r"dương", "positive"),
        (r"phức", "complex"),
        (r"(?:áp dụng |tác dụng )?(?:lên |trên |theo )?(?:từng|mỗi) (?:phần tử|thành phần)", "elementwise"),
    ),
    before=r"(?<!\w)(?:nếu|khi|với mọi|với mỗi|trong trường hợp|miễn là)(?!\w)(?![^⟦]*(?<!\w)(?:thì|ta có|khi đó)"
           r"(?!\w))",
    where=r"trong đó|với|ở đây",
    now=r"bây giờ|lần này",
    conventions=(
        (rf"({PLACE}) là (?:phép |tích )?(?:nhân theo từng phần tử|nhân từng phần tử|"
         rf"hadamard)", "symbol", r"\1=hadamard"),
        (rf"({PLACE}) là tích kronecker", "symbol", r"\1=kronecker"),
        (rf"({PLACE}) là (?:hàm )?sigmoid|hàm sigmoid ({PLACE})", "named-function", r"\1\2=sigmoid"),
        (rf"({PLACE}) là hàng thứ {PLACE} của ({PLACE})", "rows-are-samples", r"\2=\1"),
        (rf"({PLACE}) là cột thứ {PLACE} của ({PLACE})", "columns-are-samples", r"\2=\1"),
        (rf"({PLACE})[^.;⟦]{{0,40}}mỗi cột là một (?:điểm|mẫu)", "columns-are-samples", r"\1"),
        (rf"({PLACE})[^.;⟦]{{0,40}}mỗi hàng là một (?:điểm|mẫu)", "rows-are-samples", r"\1"),
        (r"(?:chữ thường in đậm|các vector|vector)[^.;⟦]{0,20} (?:là|đều là) (?:các )?(?:vector|vectơ) "
         r"cột", "vectors-are", "columns"),
    ),
    layouts=(
        (r"denominator layout", {}, "denominator"),
        (r"numerator layout", {}, "numerator"),
        (r"gradient theo (?:vector|vectơ)(?: cột)? là (?:một )?(?:vector|vectơ) "
         r"cột", {"scalar-by-vector": "column"}, None),
        (r"gradient[^.;]{0,40} là (?:một )?(?:vector|vectơ)[^.;]{0,10} cùng (?:chiều|kích thước) "
         r"với", {"scalar-by-vector": "column"}, None),
        (r"gradient theo ma trận là (?:một )?ma trận cùng kích thước", {"scalar-by-matrix": "same"}, None),
        (r"(?:gradient|đạo hàm)[^.;]{0,40} cùng (?:kích thước|chiều|cỡ) (?:với|"
         r"như)", {"scalar-by-vector": "column", "scalar-by-matrix": "same"}, None),
    ),
    wrong_before=r"(?:lỗi|sai lầm) (?:thường gặp|phổ biến|hay gặp) là[^.⟦]{0,20}$|(?:viết )?nhầm (?:thành|là)"
                 r"[^.⟦]{0,8}$",
    wrong_after=r"^[\s,]*(?:\(?sai ?!?\)|là sai)",
    letters="àaAyYoO",
    lines=(r"(?<!tơ )(?<!vector )\bhàng\b", r"(?<!tơ )(?<!vector )\bcột\b"),
    shorthands=(
        rf"(?:ký hiệu|kí hiệu|đặt) {NAME} (?:là|cho|thay cho) {BODY}",
        rf"{NAME} (?:viết tắt (?:của|cho)|là viết tắt của) {BODY}",
    ),
)
