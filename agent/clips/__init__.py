"""Questions about a clip: what they ask of time, answers from units over time, single frames."""
