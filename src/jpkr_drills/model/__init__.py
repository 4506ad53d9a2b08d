"""The model: the one definition of every record, every code and the descriptor."""
