from __future__ import annotations

import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels import frames
from bot.errors import FrameError

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["type", "id", "text", "token", "after"]), inner),
    max_leaves=8,
)


@given(st.text(max_size=300) | JSON.map(json.dumps))
def test_any_text_is_a_frame_or_a_clear_error(text: str) -> None:
    with suppress(FrameError):
        frames.parse(text, 100)


@pytest.mark.parametrize(
    ("frame", "code", "said"),
    [
        ("{", "bad_json", "no JSON"),
        ("[]", "bad_json", "object"),
        ('{"type":"nonsense"}', "bad_frame", "type"),
        ('{"type":"message","id":"short","text":"x"}', "bad_frame", "id"),
        ('{"type":"message","id":"12345678","text":""}', "bad_frame", "text"),
        ('{"type":"message","id":"12345678","text":"  "}', "bad_frame", "no words"),
        ('{"type":"message","id":"12345678","text":7}', "bad_frame", "text"),
        ('{"type":"message","id":"12345678","text":"\\ud800"}', "bad_frame", "text"),
        ('{"type":"message","id":"12345678","text":"a\\u0000"}', "bad_frame", "null"),
        ('{"type":"message","id":"12345678","text":"%s"}' % ("x" * 101), "too_long", "101"),
        ('{"type":"language","language":"xx"}', "bad_frame", "language"),
        ('{"type":"hello","protocol":1,"after":-1}', "bad_frame", "after"),
        ("x" * 20_000, "too_large", "16384"),
        ("[" * 10_000, "bad_json", "JSON"),
    ],
)
def test_what_does_not_fit_is_named(frame: str, code: str, said: str) -> None:
    with pytest.raises(FrameError) as caught:
        frames.parse(frame, 100)
    assert caught.value.code == code
    assert said in caught.value.reason


def test_an_error_says_which_message_it_is_about() -> None:
    with pytest.raises(FrameError) as caught:
        frames.parse(json.dumps({"type": "message", "id": "12345678", "text": "x" * 101}), 100)
    assert caught.value.message_id == "12345678"
