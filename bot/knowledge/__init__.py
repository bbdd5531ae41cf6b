"""What the institution knows and how it is told: facts, answers, service points."""
