"""The classifier itself, without Rasa: texts and topics in, probabilities out."""

import re
from collections import Counter
from typing import Dict, List, Sequence, Set, Tuple

import numpy as np
from scipy.optimize import minimize_scalar
from scipy.special import log_softmax, softmax
from sklearn.model_selection import train_test_split
from sklearn.svm import LinearSVC

from components.features import Features
from components.names import Found, Names
from components.normal import words

C = 0.3
"""The SVM's regularisation."""
HELD_BACK = 0.15
"""The share of examples that the temperature is fitted on."""
SEED = 2026
COMMON = 3
"""A word in so many examples is a word, not a misspelt name."""
WHOLE = 0.5
"""How much the message as a whole counts beside its surest sentence."""
SECOND = 0.6
"""Two sentences surer than this about different questions are two questions."""
TALK = frozenset("greet goodbye thanks affirm deny cancel repeat help insult out_of_scope bot_challenge".split())
"""Topics that give way to a question in the same message."""
SENTENCE = re.compile(r"(?<=[.!?؟\n;])\s+|\n+")


class TopicModel:
    """Learned once, then read only: safe to share between threads."""

    def __init__(self, features: Features, svm: LinearSVC, temperature: float, names: Names, known: Set[str]) -> None:
        self._features, self._svm, self._temperature, self._names, self._known = features, svm, temperature, names, known

    @classmethod
    def learn(cls, texts: Sequence[str], topics: Sequence[str], names: Names) -> "TopicModel":
        """From parallel lists of texts and their topics."""
        counts = Counter(word for text in texts for word in set(words(text)))
        known = {word for word, count in counts.items() if count >= COMMON}
        found = [names.find(text, known) for text in texts]
        features = Features()
        matrix = features.learn(texts, found)
        fit, held = train_test_split(np.arange(len(texts)), test_size=HELD_BACK, random_state=SEED, stratify=topics)
        labels = np.asarray(topics)
        trial = _svm().fit(matrix[fit], labels[fit])
        right = np.searchsorted(trial.classes_, labels[held])
        temperature = _temperature(trial.decision_function(matrix[held]), right)
        return cls(features, _svm().fit(matrix, labels), temperature, names, known)

    def find(self, text: str) -> List[Found]:
        """The names in a text."""
        return self._names.find(text, self._known)

    def probabilities(self, texts: Sequence[str], found: Sequence[Sequence[Found]]) -> np.ndarray:
        """A row a text, a column a topic (in the order of `topics`); rows sum to 1."""
        margins = self._svm.decision_function(self._features.of(texts, found))
        return softmax(margins / self._temperature, axis=1)

    @property
    def topics(self) -> List[str]:
        return list(self._svm.classes_)

    def understand(self, text: str, found: Sequence[Found]) -> Tuple[List[Tuple[str, float]], List[str]]:
        """All topics with their probabilities, likeliest first; and the one or two that the message is about."""
        sentences = [s for s in SENTENCE.split(text) if len(words(s)) >= 2]
        if len(sentences) < 2:
            ranking = self._ranked(self.probabilities([text], [found])[0])
            return ranking, [ranking[0][0]]
        rows = self.probabilities([text, *sentences], [found, *(self.find(s) for s in sentences)])
        parts = [self._ranked(row)[0] for row in rows[1:]]
        questions = [(topic, p) for topic, p in parts if topic not in TALK]
        mixed = rows[0]
        if questions:
            surest = max(range(len(parts)), key=lambda i: parts[i][1] * (parts[i][0] not in TALK))
            mixed = WHOLE * rows[0] + (1 - WHOLE) * rows[1 + surest]
        ranking = self._ranked(mixed)
        sure = list(dict.fromkeys(topic for topic, p in questions if p >= SECOND))
        return ranking, sure[:2] if len(sure) >= 2 and ranking[0][0] in sure else [ranking[0][0]]

    def _ranked(self, row: np.ndarray) -> List[Tuple[str, float]]:
        order = np.argsort(-row)
        return [(str(self._svm.classes_[i]), float(row[i])) for i in order]


def _svm() -> LinearSVC:
    return LinearSVC(C=C, random_state=SEED)


def _temperature(margins: np.ndarray, right: np.ndarray) -> float:
    """The divisor of the margins that makes their softmax honest: it maximises the likelihood of the held-back topics."""

    def loss(log_t: float) -> float:
        return -log_softmax(margins / np.exp(log_t), axis=1)[np.arange(len(right)), right].mean()

    return float(np.exp(minimize_scalar(loss, bounds=(-5, 3), method="bounded").x))
