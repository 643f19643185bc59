"""CHECK A CLAIM: who, where, what, when, against what; and the answer."""
