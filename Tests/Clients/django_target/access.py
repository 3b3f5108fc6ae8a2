"""Who is let in."""


def everybody(_):
    """Whoever calls: what is tested comes after that."""
    return True
