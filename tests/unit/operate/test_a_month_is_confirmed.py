"""`import` says which months are not whole and why; `import --confirm` counts one, and keeps who said so."""

import json
from pathlib import Path

from command_line import run
from made_archive import name, packed, rows, text

WHO = ("--who", "Ann", "--why", "the force says so")


def test_a_stub_is_named_and_confirmed(home: Path, tmp_path: Path):
    counts = {"2025-01": 300, "2025-02": 300, "2025-03": 300, "2025-04": 14}
    zipped = packed(tmp_path / "a.zip", {name(month): text(rows(count, month)) for month, count in counts.items()})
    done = run(home, "import", zipped)
    assert done.returncode == 0
    assert "April 2025 is not whole. It has 14 rows;" in done.stdout
    assert "python -m mkmap import --confirm 2025-04 --who NAME --why" in done.stdout
    for words, code, said in (
        (("--confirm", "2025-03", *WHO), 1, "March 2025 is whole, so there is nothing to confirm."),
        (("--confirm", "2024-03", *WHO), 1, "Nothing of March 2024 is stored, so there is nothing to confirm."),
        (("--confirm", "2025-04"), 2, "need --who and --why"),
        ((), 2, "name a zip, a folder, a CSV or an address"),
    ):
        refused = run(home, "import", *words)
        assert (refused.returncode, said in refused.stderr) == (code, True), refused.stderr
    done = run(home, "import", "--confirm", "2025-04", *WHO)
    assert (done.returncode, done.stdout) == (0, "April 2025 is confirmed as whole, and counted.\n")
    april = json.loads(run(home, "status", "--json").stdout)["months"][-1]
    assert (april["month"], april["state"]) == ("2025-04", "whole")
    assert "Ann confirmed on" in april["why"]
    assert april["why"].endswith("that it is whole: the force says so")
