"""What Streamlit really runs with, read from the running app's own view of its configuration."""

import json
import subprocess
import sys

import pytest
from servers.app import PROJECT, environment

SAFE = {
    "server.enableCORS": True,
    "server.enableXsrfProtection": True,
    "server.enableStaticServing": False,
    "server.headless": True,
    "server.enableAgentApi": False,
    "server.trustedUserHeaders": {},
    "client.showErrorDetails": "none",
    "client.toolbarMode": "minimal",
    "browser.gatherUsageStats": False,
}
SMALL = {"server.maxUploadSize": 100, "server.maxMessageSize": 20}  # MB

READ = f"""
import json
from streamlit import config
from streamlit.web import bootstrap
bootstrap.load_config_options({{}})
print(json.dumps({{name: config.get_option(name) for name in {list(SAFE | SMALL)!r}}}))
"""


@pytest.fixture(scope="module")
def effective(tmp_path_factory: pytest.TempPathFactory) -> dict:
    env = environment(tmp_path_factory.mktemp("home"), {})
    done = subprocess.run(
        [sys.executable, "-c", READ], cwd=PROJECT, env=env, capture_output=True, text=True, timeout=60, check=True
    )
    return json.loads(done.stdout.splitlines()[-1])


@pytest.mark.parametrize(("name", "value"), SAFE.items())
def test_it_is_the_safe_value(effective: dict, name: str, value: object):
    assert effective[name] == value


@pytest.mark.parametrize(("name", "most"), SMALL.items())
def test_limits_are_small(effective: dict, name: str, most: int):
    assert effective[name] <= most
