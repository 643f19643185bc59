"""Nothing is translated when a module is imported: nobody is spoken to yet."""

import json
import subprocess
import sys

from servers.app import PROJECT

IMPORT_ALL = """
import gettext, json, pkgutil, importlib, sys
looked_up = []
class Noting(gettext.NullTranslations):
    def gettext(self, message):
        looked_up.append(message)
        return message
    def ngettext(self, one, many, count):
        looked_up.append(one)
        return one
gettext.translation = lambda *_args, **_named: Noting()
import mkmap
modules = [module.name for module in pkgutil.walk_packages(mkmap.__path__, "mkmap.")]
for name in modules:
    if name not in RUN:
        importlib.import_module(name)
from mkmap.words import _
_("heard")
print(json.dumps([len(modules), looked_up]))
"""
RUN = ["mkmap.__main__", "mkmap.ui.shell", "mkmap.database.migrations.env"]  # which do something when they are imported


def test_no_module_translates_what_it_declares():
    code = f"RUN = {RUN!r}{IMPORT_ALL}"
    ran = subprocess.run([sys.executable, "-W", "ignore", "-c", code], cwd=PROJECT, capture_output=True, text=True, check=True)
    modules, looked_up = json.loads(ran.stdout)
    assert modules > 150
    assert looked_up == ["heard"]
