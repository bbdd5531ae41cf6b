"""What is left of a message without what it excludes: "it is not about my application, I only want to know when the money comes".

A linear classifier takes the excluded topic for its own. A second view of the text without the clauses that deny something gave
2 points on sentences by other hands, 12 on those that hold such a clause. The whole text stays a view too: "the money has not come" is
a topic.
"""

import re

from components.normal import fold

NEGATORS = frozenset(
    fold(word)
    for word in """
    en et ei emme ette eivät enkä etkä eikä älä ilman emmä
    inte ej ingen inga inget utan icke
    not no never without dont don doesn isn aren wasn didn won cannot cant nothing
    لا ليس ليست لست مو مش ما مب ماني موش بدون ماكو وليس ولا
    ma maaha maha aan ahayn maya ama
    не нет без ни
    """.split()
)
CLAUSE_END = re.compile(
    r"[,.;:!?؟،–—\n]+|\b(?:vaan|mutta|utan|men|but|just|only|rather|بل|لكن|بس|انما|إنما|laakiin|balse|ee|se|а|но|только|просто)\b",
    re.IGNORECASE,
)
FEWEST_WORDS = 2
"""Words that must be left, or nothing is taken away."""


def focus(text: str) -> str:
    """The clauses without a negator, if there are any beside those with one; else the text as it is."""
    clauses = [clause for clause in CLAUSE_END.split(text) if clause.strip()]
    kept = [clause for clause in clauses if NEGATORS.isdisjoint(re.findall(r"\w+", fold(clause)))]
    if len(kept) == len(clauses) or sum(len(clause.split()) for clause in kept) < FEWEST_WORDS:
        return text
    return " ".join(kept)
