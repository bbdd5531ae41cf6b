"""Text → sparse features, in three views: the words as written, their lemmas, and the words without what the message excludes.

Each view is TF-IDF over characters within words or over words. Beside the words of each view stand the names that were found: they let an
example about Kuhmo teach about Kajaani.
"""

import re
from collections import Counter
from functools import cache, lru_cache
from typing import Callable, List, Sequence, Tuple

import numpy as np
import simplemma
import snowballstemmer
from joblib import Parallel, delayed
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer

from components.focus import focus
from components.names import Found
from components.normal import fold, words

JOBS = 2
LATIN = ("fi", "sv", "en")
STEMMERS = {"fi": "finnish", "sv": "swedish", "en": "english", "ru": "russian", "ar": "arabic"}
AR_PREFIX = re.compile(r"^(?:و|ف)?(?:لل|(?:ب|ل|ك)?(?:ال)?)")
SO_SUFFIX = re.compile(r"(?:kayga|kaaga|keyga|tayda|taada|yada|kiisa|teeda|kii|tii|dii|gii|aha|ayaal|yaal|kan|tan|ka|ta|da|ga|ha|o)$")
SO_SUFFIX_FROM = 6
"""Letters from which a Somali word may lose a suffix."""


class Features:
    """Learns its vocabulary once; then turns each text into the indices and values of one sparse row."""

    def __init__(self) -> None:
        self._views: List[Tuple[Callable[[str], str], TfidfVectorizer]] = [
            (written, _characters(1)),
            (written, _words()),
            (lemmas, _characters(2)),
            (lemmas, _words()),
            (focused, _characters(1)),
            (focused_lemmas, _words()),
        ]

    def learn(self, texts: Sequence[str], found: Sequence[Sequence[Found]]) -> csr_matrix:
        """Vocabulary and weights from the training texts; their matrix, a row a text."""
        prepared = ([f"{view(text)} {_signs(names)}" for text, names in zip(texts, found)] for view, _ in self._views)
        work = (delayed(_fitted)(vectorizer, lines) for (_, vectorizer), lines in zip(self._views, prepared))
        fitted = Parallel(n_jobs=JOBS)(work)
        self._views = [(view, vectorizer) for (view, _), (vectorizer, _) in zip(self._views, fitted)]
        return hstack([matrix for _, matrix in fitted]).tocsr()

    def row(self, text: str, found: Sequence[Found]) -> Tuple[np.ndarray, np.ndarray]:
        """The same as `learn` gives a text, without scipy's cost for a matrix of one row (10 ms against 1 ms)."""
        signs, start = _signs(found), 0
        indices, values = [], []
        for view, vectorizer in self._views:
            vocabulary = vectorizer.vocabulary_
            counts = Counter(_analyzer(vectorizer)(f"{view(text)} {signs}"))
            known = [(vocabulary[term], count) for term, count in counts.items() if term in vocabulary]
            if known:
                columns, times = np.array(known).T
                weights = (1 + np.log(times)) * _idf(vectorizer)[columns]
                indices.append(start + columns)
                values.append(weights / np.linalg.norm(weights))
            start += len(vocabulary)
        if not indices:
            return np.empty(0, dtype=int), np.empty(0)
        return np.concatenate(indices), np.concatenate(values)


def _signs(found: Sequence[Found]) -> str:
    """A word a name: its kind for places, itself for benefits and languages."""
    return " ".join(sorted({f"xx{n.kind}" if n.kind in ("place", "municipality") else f"xx{n.id}" for n in found}))


def _characters(shortest: int) -> TfidfVectorizer:
    return TfidfVectorizer(analyzer="char_wb", ngram_range=(shortest, 5), min_df=2, sublinear_tf=True)


def _words() -> TfidfVectorizer:
    return TfidfVectorizer(token_pattern=r"\w+", ngram_range=(1, 2), min_df=2, sublinear_tf=True)


def _fitted(vectorizer: TfidfVectorizer, texts: Sequence[str]) -> Tuple[TfidfVectorizer, csr_matrix]:
    matrix = vectorizer.fit_transform(texts)
    return vectorizer, matrix


@lru_cache(maxsize=16)
def _analyzer(vectorizer: TfidfVectorizer) -> Callable[[str], List[str]]:
    return vectorizer.build_analyzer()


@lru_cache(maxsize=16)
def _idf(vectorizer: TfidfVectorizer) -> np.ndarray:
    return vectorizer.idf_  # computed anew at every look


def written(text: str) -> str:
    """The words as they stand."""
    return " ".join(words(text))


def focused(text: str) -> str:
    """The words of the clauses that exclude nothing."""
    return written(focus(text))


def focused_lemmas(text: str) -> str:
    """Their base forms."""
    return lemmas(focus(text))


@lru_cache(maxsize=64)
def lemmas(text: str) -> str:
    """The words of a text in their base forms (simplemma's dictionaries, then snowball; light suffix cutting for Somali)."""
    tokens = re.findall(r"\w+", text.lower())
    language = _language(tokens)
    return " ".join(_lemma(token, language) for token in tokens)


def _language(tokens: Sequence[str]) -> str:
    """Whose dictionary fits: by script, then by the share of words it knows; Somali when none knows many."""
    text = "".join(tokens)
    if re.search(r"[\u0600-\u06ff]", text):
        return "ar"
    if re.search(r"[\u0400-\u04ff]", text):
        return "ru"
    shares = {language: sum(_known(token, language) for token in tokens) for language in LATIN}
    best = max(LATIN, key=lambda language: shares[language])
    return best if shares[best] >= 0.5 * len(tokens) else "so"


@lru_cache(maxsize=200_000)
def _known(token: str, language: str) -> bool:
    return bool(simplemma.is_known(token, lang=language))


@lru_cache(maxsize=200_000)
def _lemma(token: str, language: str) -> str:
    if language == "so":
        word = fold(token)
        return SO_SUFFIX.sub("", word) if len(word) >= SO_SUFFIX_FROM else word
    if language == "ar":
        bare = AR_PREFIX.sub("", fold(token))
        token = bare if len(bare) >= 3 else fold(token)
    else:
        token = simplemma.lemmatize(token, lang=language)
    return fold(_stemmer(language).stemWord(token))


@cache
def _stemmer(language: str):  # type: ignore[no-untyped-def]
    return snowballstemmer.stemmer(STEMMERS[language])
