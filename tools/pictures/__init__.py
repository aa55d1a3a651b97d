"""Pictures: opened safely, and drawn on."""
