"""What is evaluated and what it is compared with."""
