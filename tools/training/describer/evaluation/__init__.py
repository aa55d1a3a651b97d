"""The exported files on the validation share: predictions, figures, the tables of the card."""
