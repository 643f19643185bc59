"""Decide who is the operator: whoever may change what is stored."""


def may_operate(moderator: str | None, *, can_sign_in: bool, is_at_the_server: bool) -> bool:
    """Where moderators sign in, one of them; elsewhere whoever sits at the server.

    `moderator`: the name under which a visit may decide about reports, if any.
    """
    return moderator is not None if can_sign_in else is_at_the_server
