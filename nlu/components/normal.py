"""One text, many spellings: what training and parsing both see instead of the text itself.

NFKC and case; Arabic letter variants, vowel signs and tatweel; digits of any script; å ä ö ё and other diacritics (people leave them
out); letters drawn out for feeling; number words from zero to twelve in six languages.
"""

import re
import unicodedata
from typing import List

ARABIC_LETTERS = str.maketrans("أإآٱىئؤةگڤپچی", "ااااييوهكفبجي") | {ord("ک"): "ك", ord("ـ"): None}
NUMBERS = {
    word: str(value)
    for words in (
        "nolla yksi kaksi kolme neljä viisi kuusi seitsemän kahdeksan yhdeksän kymmenen yksitoista kaksitoista",
        "noll ett två tre fyra fem sex sju åtta nio tio elva tolv",
        "zero one two three four five six seven eight nine ten eleven twelve",
        "صفر واحد اثنين ثلاثة اربعة خمسة ستة سبعة ثمانية تسعة عشرة احداعش اثناعش",
        "eber hal laba saddex afar shan lix toddoba siddeed sagaal toban kow-iyo-toban laba-iyo-toban",
        "ноль один два три четыре пять шесть семь восемь девять десять одиннадцать двенадцать",
    )
    for value, word in enumerate(words.split())
}


def fold(text: str) -> str:
    """Lower case, one spelling of Arabic letters, Latin digits, no diacritics."""
    text = unicodedata.normalize("NFKC", text).casefold().translate(ARABIC_LETTERS)
    decomposed = unicodedata.normalize("NFKD", text)
    kept = "".join(c for c in decomposed if not unicodedata.combining(c))
    return "".join(str(unicodedata.digit(c)) if c.isdigit() and not c.isascii() else c for c in kept)


_NUMBERS = {fold(word): value for word, value in NUMBERS.items()}


def words(text: str) -> List[str]:
    """The folded words and numbers of a text, number words as digits, three or more of the same letter as one."""
    shortened = re.sub(r"([^\W\d_])\1{2,}", r"\1", fold(text))
    return [_NUMBERS.get(word, word) for word in re.findall(r"\w+", shortened)]
