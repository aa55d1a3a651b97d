"""The conversational side: intents, planner, assistant, answers, command line and REPL."""
