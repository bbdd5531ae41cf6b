"""The classifier itself, without Rasa: texts and topics in, probabilities out."""

import re
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import List, Sequence, Set, Tuple

import numpy as np
from scipy.optimize import minimize_scalar
from scipy.sparse import csr_matrix
from scipy.special import log_softmax, softmax
from sklearn.model_selection import train_test_split
from sklearn.svm import LinearSVC

from components.features import Features
from components.names import Found, Names
from components.normal import words

THREADS = 2
TOLERANCE = 0.01
C = 0.3
"""The SVM's regularisation."""
HELD_BACK = 0.15
"""The share of examples that the temperature is fitted on."""
TRIAL = 0.5
"""The share that the trial model learns from: half the time, and a temperature within 5 % of the whole's."""
SEED = 2026
COMMON = 3
"""A word in so many examples is a word, not a misspelt name."""
WHOLE = 0.5
"""How much the message as a whole counts beside its surest sentence."""
SECOND = 0.6
"""Two sentences surer than this about different questions are two questions."""
ALONE = 0.25
"""How much of its probability a crisis in one sentence keeps for the whole message."""
TALK = frozenset(["greet", "goodbye", "thanks", "affirm", "deny", "cancel", "repeat", "help", "insult", "out_of_scope", "bot_challenge"])
"""Topics that give way to a question in the same message."""
SENTENCE = re.compile(r"(?<=[.!?؟\n;])\s+|\n+")


class Margins:
    """Linear SVMs, one topic against the rest each: how far a row lies on the topic's side."""

    def __init__(self, topics: np.ndarray, weights: np.ndarray, offsets: np.ndarray) -> None:
        self.topics, self._weights, self._offsets = topics, weights, offsets

    @classmethod
    def learn(cls, matrix: csr_matrix, labels: np.ndarray) -> "Margins":
        """Two at a time: liblinear works without Python's lock."""
        topics = np.unique(labels)

        def one(topic: str) -> LinearSVC:
            return LinearSVC(C=C, tol=TOLERANCE, random_state=SEED).fit(matrix, labels == topic)

        with ThreadPoolExecutor(THREADS) as pool:
            fitted = list(pool.map(one, topics))
        weights = np.vstack([svm.coef_[0] for svm in fitted]).T.astype(np.float32)
        return cls(topics, np.ascontiguousarray(weights), np.array([svm.intercept_[0] for svm in fitted]))

    def row(self, indices: np.ndarray, values: np.ndarray) -> np.ndarray:
        """A value a topic, for one sparse row."""
        return values @ self._weights[indices] + self._offsets

    def of(self, matrix: csr_matrix) -> np.ndarray:
        """A row a text, a column a topic."""
        return matrix.astype(np.float32) @ self._weights + self._offsets  # of one type, or scipy copies all weights


class TopicModel:
    """Learned once, then read only: safe to share between threads."""

    def __init__(self, features: Features, margins: Margins, temperature: float, names: Names, known: Set[str]) -> None:
        self._features, self._margins, self._temperature, self._names, self._known = (
            features,
            margins,
            temperature,
            names,
            known,
        )

    @classmethod
    def learn(cls, texts: Sequence[str], topics: Sequence[str], names: Names) -> "TopicModel":
        """From parallel lists of texts and their topics."""
        counts = Counter(word for text in texts for word in set(words(text)))
        known = {word for word, count in counts.items() if count >= COMMON}
        found = [names.find(text, known, slips=False) for text in texts]
        features = Features()
        matrix = features.learn(texts, found)
        fit, held = train_test_split(np.arange(len(texts)), train_size=TRIAL, test_size=HELD_BACK, random_state=SEED, stratify=topics)
        labels = np.asarray(topics)
        trial = Margins.learn(matrix[fit], labels[fit])
        right = np.searchsorted(trial.topics, labels[held])
        temperature = _temperature(trial.of(matrix[held]), right)
        return cls(features, Margins.learn(matrix, labels), temperature, names, known)

    def find(self, text: str) -> List[Found]:
        """The names in a text."""
        return self._names.find(text, self._known)

    def probabilities(self, texts: Sequence[str], found: Sequence[Sequence[Found]]) -> np.ndarray:
        """A row a text, a column a topic (in alphabetical order); rows sum to 1."""
        margins = [self._margins.row(*self._features.row(text, names)) for text, names in zip(texts, found)]
        return softmax(np.array(margins) / self._temperature, axis=1)

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
        alarm = list(self._margins.topics).index("crisis") if "crisis" in self._margins.topics else None
        if alarm is not None:  # one sentence is enough, whatever stands around it
            mixed = mixed.copy()
            mixed[alarm] = max(mixed[alarm], ALONE * rows[1:, alarm].max())
        ranking = self._ranked(mixed)
        sure = list(dict.fromkeys(topic for topic, p in questions if p >= SECOND))
        return ranking, sure[:2] if len(sure) >= 2 and ranking[0][0] in sure else [ranking[0][0]]

    def _ranked(self, row: np.ndarray) -> List[Tuple[str, float]]:
        order = np.argsort(-row)
        return [(str(self._margins.topics[i]), float(row[i])) for i in order]


def _temperature(margins: np.ndarray, right: np.ndarray) -> float:
    """The divisor of the margins that makes their softmax honest: it maximises the likelihood of the held-back topics."""

    def loss(log_t: float) -> float:
        return -log_softmax(margins / np.exp(log_t), axis=1)[np.arange(len(right)), right].mean()

    return float(np.exp(minimize_scalar(loss, bounds=(-5, 3), method="bounded").x))
