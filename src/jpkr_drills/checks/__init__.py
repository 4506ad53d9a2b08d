"""The engines of ``validate``: one module each, with a ``check`` that yields issues."""
