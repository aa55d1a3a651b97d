"""Faces and scenes with truth: built-in ones, folders of labelled data, built corpora."""
