"""Tell wards of one name apart."""

from collections import Counter
from collections.abc import Sequence


def told_apart(codes: Sequence[str], names: Sequence[str]) -> list[str]:
    """The names, with the code beside each that is also another's."""
    several = set(shared(names))
    return [f"{name} ({code})" if name in several else name for code, name in zip(codes, names, strict=True)]


def shared(names: Sequence[str]) -> list[str]:
    """Those names that are also another's, one for each; capitals make no difference."""
    counts = Counter(name.casefold() for name in names)
    return [name for name in names if counts[name.casefold()] > 1]
