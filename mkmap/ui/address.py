"""Keep the address and the widgets saying the same, in both directions."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

import streamlit as st

Value = TypeVar("Value")


@dataclass(frozen=True)
class AddressPart(Generic[Value]):
    """A few parameters of the address that make one value together: the filters, a claim. They are its widgets' keys, too."""

    parameters: tuple[str, ...]

    @property
    def kept(self) -> Value | None:
        """The value of the run before: widgets forget theirs on a page that does not draw them."""
        value: Value | None = st.session_state.get(self._key("kept"))
        return value

    def keep(self, value: Value) -> None:
        st.session_state[self._key("kept")] = value

    def asked(self) -> dict[str, list[str]] | None:
        """What the address says where a link or a hand has changed it; None where it says what this session wrote, or nothing."""
        address = self._address()
        return address if any(address.values()) and address != st.session_state.get(self._key("written")) else None

    def fill(self, values: Mapping[str, object], *, anew: bool) -> None:
        """Give the widgets their values: all of them, or only those that have forgotten theirs."""
        for name, value in values.items():
            if anew or name not in st.session_state:
                st.session_state[name] = value

    def write(self, pairs: Iterable[tuple[str, str]]) -> None:
        """Put the whole value into the address, so that it can be copied, and means the same next month."""
        wanted: dict[str, list[str]] = {name: [] for name in self.parameters}
        for name, value in pairs:
            wanted[name].append(value)
        if st.session_state.get(self._key("written")) == wanted == self._address():
            return
        st.query_params.update({name: values for name, values in wanted.items() if values})
        for name, values in wanted.items():
            if not values and name in st.query_params:
                del st.query_params[name]
        st.session_state[self._key("written")] = wanted

    def _address(self) -> dict[str, list[str]]:
        return {name: st.query_params.get_all(name) for name in self.parameters}

    def _key(self, what: str) -> str:
        """In the session, apart from the widgets' own."""
        return f"{what} {' '.join(self.parameters)}"
