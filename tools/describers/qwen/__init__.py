"""The describer that runs Qwen2.5-VL on this machine; what needs torch is in here."""
