"""Training of the embedded models, data-set construction and progressive fine-tuning."""
