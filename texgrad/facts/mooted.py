"""Words of all languages in, what they put up for question out: thought, asked, tested, true up to a factor only."""

from __future__ import annotations

import re

# A few words without a formula and without an end of the clause between, up to where the formula stands.
_SOON = r"[^.;。；⟦]{0,40}$"
_HERE = r"[^.;。；⟦]{0,15}$"

# In front of a formula: what somebody may believe, forget, get from a faulty program, or assume to refute it.
BEFORE = re.compile(
    r"(?i)(?:"
    rf"(?<!\bas )(?<!\bthan )\b(?:one|you|people|students?|readers?|beginners?) (?:might|may|could|would) (?:\w+ )?"
    rf"(?:think(?! of)|believe|guess|conjecture|be (?:tempted|inclined|led))\b{_SOON}"
    rf"|(?<!\bas )(?<!\bthan )\b(?:one|you|people|students?) (?:might|may|could)(?: \w+)? (?:expect|suppose"
    rf"|hope)\b{_SOON}"
    rf"|\bnaively\b[^.;⟦]{{0,30}}\b(?:thinks?|expects?|writes?|concludes?|guess(?:es)?)\b{_HERE}"
    rf"|(?<!not )(?<!n['’]t )(?<!never )\b(?:forget(?:s|ting)?|forgot(?:ten)?|overlook(?:s|ed|ing)?)\b[^.;]{{0,60}}?"
    rf"\b(?:writ(?:es?|ing)|wrote|gets?|obtains?|finds?|gives?|ends? up with|arrives? at|yields?)\b{_HERE}"
    rf"|\b(?:common|frequent|classic(?:al)?|typical|popular|usual) (?:mistakes?|errors?|pitfalls?|misconceptions?) "
    rf"?[:—–]"
    rf"{_HERE}"
    rf"|\b(?:buggy|faulty|broken|erroneous|incorrect|wrong) (?:\w+ )?(?:implementation|code|version|script|program|"
    rf"derivation|answer|solution)s?(?: \w+ly)? (?:returns?|returned|computes?|computed|gives?|gave|uses?|used"
    rf"|reads?|was|"
    rf"had|has){_HERE}"
    rf"|\b(?:for (?:a |the sake of (?:a )?)?contradiction|to the contrary|by way of contradiction)\b{_SOON}"
    r"|(?:^|[,;:] )were (?:it true that )?$"
    # German
    rf"|\bkönnten? (?:\w+ ){{0,4}}(?:meinen|glauben|denken|vermuten)\b{_SOON}"
    rf"|(?<!nicht )\b(?:vergessen|vergisst|übersehen|übersieht)\b[^.;]{{0,60}}?\b(?:schreib\w+|erhält|erhalten"
    rf"|bekommt)\b"
    rf"{_HERE}"
    rf"|\b(?:häufige|typische|beliebte|klassische|verbreitete)r? (?:\w+)?fehler ?:{_HERE}"
    rf"|\b(?:fehlerhafte|falsche)[rs]? (?:implementierung|code|version|programm|rechnung|lösung)(?: \w+)? (?:liefert|"
    rf"lieferte|ergab|ergibt|gab|berechnet|berechnete|benutzt|benutzte|war|lautet|lautete){_HERE}"
    rf"|\b(?:zum|für einen|auf einen) widerspruch\b{_SOON}"
    r"|(?:^|[.,;:] )(?:so |dann )?(?:wäre|wären|gälte)(?: dann| also)? $"
    # French
    rf"|\bpourrait (?:\w+ )?(?:croire|penser|s['’]imaginer)\b{_HERE}"
    rf"|\b(?:oubli\w+)\b[^.;]{{0,60}}?\b(?:écri(?:t|vent|re)|obtient|trouve)\b{_HERE}"
    rf"|\berreurs? (?:fréquente|classique|courante|typique|commune)s? ?:{_HERE}"
    rf"|\bpar l['’]absurde\b{_SOON}|\bon aurait {_HERE}"
    # Spanish, Italian, Portuguese
    rf"|\b(?:podrían?|podríamos|potrebbe|poderia|poderíamos)(?: \w+)? (?:pensar(?:se)?|creer(?:se)?|suponer(?:se)?"
    rf"|pensare|"
    rf"credere|achar|acreditar)\b{_HERE}"
    rf"|\berror(?:es)? (?:común|comunes|frecuentes?|típicos?|habitual(?:es)?|clásicos?) ?:{_HERE}"
    rf"|\berrore (?:comune|frequente|tipico|classico) ?:{_HERE}|\berro (?:comum|frequente|típico|clássico) ?:{_HERE}"
    rf"|\b(?:reducción al|riduzione all['’]|redução ao|per|por) (?:absurdo|assurdo)\b{_HERE}"
    # Russian, Chinese, Vietnamese
    rf"|\bможно (?:было )?(?:бы )?(?:подумать|решить|предположить)\b{_HERE}|\bможет показаться\b{_HERE}"
    rf"|\bот противного\b{_HERE}|(?:可能|也许|或许|容易)会?(?:误以为|误认为|认为|以为|觉得)[^。；⟦]{{0,4}}$"
    rf"|反证[^。；⟦]{{0,8}}$"
    rf"|\b(?:có thể|dễ) (?:nghĩ|tưởng|cho) rằng\b{_HERE}|\bphản chứng\b{_HERE}"
    r")"
)
# ... behind it
AFTER = re.compile(
    r"(?i)^[\s,]*(?:(?:held|were (?:true|correct|right|valid)|would (?:hold|be (?:true|correct|wrong|false)))\b"
    r"|(?:gälte|gelten würde|(?:richtig|wahr|falsch) wäre|wäre (?:richtig|wahr|falsch))(?!\w)"
    r"|(?:était vraie?|serait (?:vraie?|fausse?|faux))(?!\w)|(?:fuera|fuese) (?:ciert[oa]|verdader[oa])(?!\w)"
    r"|と(?:思う|考える)かもしれ|と(?:思い|考え)がち)"
)
# Words by which all the formulas of a sentence are exact but for a factor.
SCALED = re.compile(
    r"(?i)\b(?:up to|ignoring|neglecting|dropping|omitting|suppressing|modulo|disregarding|absorbing|(?:apart|aside) "
    r"from) "
    r"(?:\w+ ){0,3}(?:factors?|prefactors?|scaling|multiples?|constants? of proportionality)\b"
    r"|\b(?:bis auf|abgesehen vo[mn]|vernachlässigt man|lässt man|ohne) (?:\w+ ){0,3}(?:\w*faktor(?:en)?|skalierung)\b"
    r"|(?<!\w)(?:à|aux?) (?:une? |des )?(?:facteurs?|constante multiplicative)\b[^.;]{0,20}\bprès\b"
    r"|\b(?:salvo|a menos de|a meno di|omitiendo) (?:\w+ ){0,3}(?:factor(?:es)?|fattor[ei]|fator(?:es)?|"
    r"constante multiplicativa|costante moltiplicativa)\b"
    r"|с точностью до (?:\w+ ){0,2}(?:множител|коэффициент)\w*"
    r"|(?:相差|忽略|略去|省略|不计)了?(?:一个)?[^。；⟦，]{0,6}(?:因子|系数|倍数)"
    r"|(?:因子|係数|定数倍)を(?:除いて|無視)"
    r"|\b(?:sai khác|bỏ qua|không kể) (?:\w+ ){0,3}(?:hệ số|thừa số)\b"
)
# Words by which a formula is one without a term of the cost.
LEFT_OUT = re.compile(
    r"(?i)(?<!not )(?<!n['’]t )(?<!never )(?<!sin )(?<!no )(?<!senza )(?<!non )(?<!sem )(?<!não )(?<!не )(?:"
    r"\b(?:forget(?:ting)?|ignor(?:e|es|ing)|drop(?:ping|s)?|omit(?:ting|s)?|neglect(?:ing|s)?|disregard(?:ing|s)?"
    r"|leav(?:e|es|ing) (?:out|aside)|sett?(?:ing)? aside|skip(?:ping|s)?|without) (?:about )?"
    r"(?:\w+ ){0,2}(?:regulari[sz]\w+|penalt\w+|weight decay|terms?|prior)\b"
    r"|\b(?:ohne|vernachlässig\w+|vergessen|ignorier\w+|lassen|lässt) (?:(?!nicht )\w+ ){0,3}"
    r"(?:\w*regularisier\w+|\w*strafterm\w*|\w*term\w*)\b(?! nicht| zu vergessen)"
    r"|\b(?:sans(?! oublier)|oublions|négligeons|négligeant|ignorons|omettons|laissons de côté) (?:(?!pas )\w+ ){0,2}"
    r"(?:l['’]|de )?(?:régularis\w+|pénali\w+|termes?)\b"
    r"|\b(?:sin(?! olvid)|olvid\w+|ignor\w+|omit\w+|senza(?! dimentic)|trascur\w+|dimentic\w+|sem(?! esque)|esque\w+"
    r"|desprez\w+) (?:\w+ ){0,3}(?:regulari\w+|regolarizz\w+|penali\w+|término|termine|termo)\b"
    r"|\b(?:без|забудем|забыв|отбросим|отбрасывая|опустим|опуская|пренебрега\w+|не учитывая) (?:\w+ ){0,2}"
    r"(?:регуляриз\w+|штраф\w*|слагаем\w+|член\w*)"
    r"|(?:忽略|不考虑|不計|不计|略去|先不管|去掉|省略)[^。；⟦，]{0,6}(?:正则|惩罚|项)"
    r"|(?:正則化|罰則)[^。]{0,6}(?:無視|除|忘れ)"
    r"|\b(?:bỏ qua|không kể) (?:\w+ ){0,3}(?:chính quy|phạt))"
)
# Words that put what stands beside them, or the list or the display behind them, to the test.
TESTED = re.compile(
    r"(?i)\b(?:true or false|right or wrong|correct or (?:not|incorrect|wrong)|(?:is|are) (?:any of )?the following "
    r"(?:\w+ ){0,3}(?:correct|true|right|valid)|which of the following|(?:find|spot|locate|identify|where is|what is) "
    r"(?:the|all|an?) (?:\w+ )?(?:mistakes?|errors?|bugs?|flaws?)|what(?:['’]s| is| went) wrong)\b"
    r"|\b(?:wahr oder falsch|richtig oder falsch|welche der folgenden|(?:ist|sind) (?:die |das )?folgende\w* (?:\w+ "
    r"){0,3}"
    r"(?:richtig|korrekt|wahr)|(?:finde\w*|suche\w*)(?: sie)? (?:den|die|alle) (?:\w+ )?fehler|wo (?:liegt|steckt"
    r"|ist) der "
    r"fehler|was ist (?:hier |daran )?falsch)\b"
    r"|\bvrai ou faux\b|\b(?:trouve[rz]|cherche[rz]|où est) l['’]erreur\b|\blesquell?es des \w+ suivant"
    r"|\bverdadero o falso\b|(?<!\w)(?:encuentr[ea]|encontrar|hall[ea]|dónde está|busque) el error\b|\bcuáles? de "
    r"l[ao]s "
    r"siguientes\b"
    r"|\bvero o falso\b|(?<!\w)(?:trova\w*|dov['’]è) l['’]errore\b|\bverdadeiro ou falso\b|\b(?:encontre|ache|onde "
    r"está) o "
    r"erro\b"
    r"|\bверно ли\b|\bверно или (?:неверно|нет)\b|\bнайдите ошибку\b|\b(?:где|в ч[её]м) ошибка\b"
    r"|判断(?:正误|对错|下列|以下)|(?:找出|指出)[^。；]{0,8}错误|(?:下列|以下|下面)[^。；？]{0,10}(?:是否(?:正确"
    r"|成立)|正确吗|对吗)|错在哪"
    r"|誤りを(?:見つけ|指摘)|間違いを(?:見つけ|探)|正誤"
    r"|\bđúng hay sai\b|\btìm (?:chỗ sai|lỗi)\b"
)
# In front of a property, what makes no fact of it: a mistake, a temptation, a wish, a contrast.
UNREAL = re.compile(
    r"(?i)(?:"
    r"\b(?:mistakes?|errors?|pitfalls?|misconceptions?|fallac(?:y|ies)|wrong|incorrect) [^.;]{0,15}"
    r"\b(?:to|that|of|by) (?:\w+ )?(?:assum|suppos|think|believ)\w*\b[^.;]{0,40}$"
    r"|\b(?:tempt(?:ing|ed|ation)|mistakenly|erroneously|wrongly)\b[^.;]{0,40}$"
    r"|\b(?:unlike|in contrast (?:to|with)|as opposed to|contrary to)\b[^,.;:]{0,60}$"
    r"|\b(?:would (?:like|prefer|love)|wish|hope|ideally|pretend|push(?:es|ed|ing)? (?:\w+ ){0,3}towards?|encourag\w+"
    r"|nudg\w+|promot\w+)\b[^.;]{0,40}$|\bwant(?:s|ed)? (?:the )?(?:\w+ )?$"
    r"|\b(?:fehler|irrtum|trugschluss|falsch)\b[^.;]{0,25}\b(?:anzunehmen|anzusetzen|annehm\w+|annahme)[^.;]{0,40}$"
    r"|\b(?:verlockend|verführerisch|versucht(?= (?:zu|anzunehmen)))\b[^.;]{0,40}$"
    r"|\b(?:anders als|im (?:gegensatz|unterschied) zu\w*)\b[^,.;:]{0,60}$"
    r"|\b(?:hätten? (?:\w+ )?gern\w*|wünschenswert|wünschen|idealerweise)\b[^.;]{0,40}$"
    r"|\b(?:erreurs?|faute|tentant|tentée?s?)\b[^.;]{0,25}\b(?:suppos|croire|penser)\w*\b[^.;]{0,40}$"
    r"|\b(?:contrairement|à la différence d)\b[^,.;:]{0,60}$|\b(?:aimerait|aimerions|voudrait|idéalement)\b[^.;]{0,40}$"
    r"|\b(?:error(?:es)?|erro(?:s|re|ri)?|tentador|tentad[oa]s?|tentat[oi]|allettante)\b[^.;]{0,25}"
    r"\b(?:supo|asum|assum|creer|pensar|credere|achar)\w*\b[^.;]{0,40}$"
    r"|\b(?:a diferencia d|a differenza d|ao contrário d|diferentemente d)[^,.;:]{0,60}$"
    r"|\b(?:quisiéramos|nos gustaría|vorremmo|gostaríamos|idealmente)\b[^.;]{0,40}$"
    r"|\b(?:ошибк\w+|ошибочно|неверно|соблазн\w*)\b[^.;]{0,25}\b(?:предпол|считать|думать|полагать)\w*[^.;]{0,40}$"
    r"|\bв отличие от\b[^,.;:]{0,60}$|\b(?:хотелось бы|хотели бы|в идеале)\b[^.;]{0,40}$"
    r"|(?:错误|误区)[^。；]{0,8}(?:假设|假定|认为|以为)[^。；]{0,20}$|(?:误以为|误认为|错误地)[^。；]{0,20}$"
    r"|(?:不同于|有别于)[^。；，]{0,30}$|(?:我们希望|我们想要|理想情况下)[^。；]{0,20}$"
    r"|\bsai lầm\b[^.;]{0,25}\b(?:giả sử|cho rằng|coi)\b[^.;]{0,40}$|\bkhác với\b[^,.;:]{0,60}$"
    r"|\bmong muốn\b[^.;]{0,30}$"
    r")"
)
# A question that has it that something must be so, and not that it is so.
DEMANDED = re.compile(
    r"(?i)\b(?:must|need(?:s|ed)?(?: to)?|ha(?:s|ve) to|should|required|muss|müssen|soll\w*|braucht|doit|doivent|faut"
    r"|debe\w*|hace falta|deve\w*|bisogna|precisa|должн\w+|нужно|нужна|phải|cần)(?!\w)|必须|需要|要求|なければ"
)
ASKED = re.compile(r"[?？]\s*[\"'”’»)\]）]*\s*$")
# Questions that take for granted what they ask about.
GRANTED = re.compile(
    r"(?i)(?<!\w)(?:why|how|where does|warum|wieso|weshalb|woher|wie|pourquoi|comment|d['’]où vient|por qu[eé]|cómo"
    r"|perché|come|"
    r"как|почему|откуда|tại sao|vì sao)(?!\w)|为什么|为何|为啥|怎么|如何|なぜ|どうして"
)
