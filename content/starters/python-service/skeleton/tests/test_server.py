import json
import os
import signal
import subprocess
import sys
import unittest
from pathlib import Path
from urllib.request import urlopen

import service
from service import NAME
from service.config import DEFAULT_HOST, Config
from service.server import running

SOURCES = Path(service.__file__).resolve().parent.parent


class ServerTest(unittest.TestCase):
    def test_it_answers_health_on_a_port_that_the_system_chooses(self):
        with (
            running(Config(DEFAULT_HOST, 0)) as server,
            urlopen(f"http://{DEFAULT_HOST}:{server.server_port}/health", timeout=5) as response,
        ):
            self.assertEqual(response.status, 200)
            self.assertEqual(json.load(response), {"status": "ok"})

    def test_a_port_in_use_is_reported(self):
        with running(Config(DEFAULT_HOST, 0)) as server:
            second = running(Config(DEFAULT_HOST, server.server_port))

            self.assertRaises(OSError, second.__enter__)


class ProgramTest(unittest.TestCase):
    @unittest.skipIf(os.name == "nt", "Windows has no SIGTERM: it ends the process without asking")
    def test_it_logs_its_start_and_ends_cleanly_on_sigterm(self):
        settings = {"PYTHONPATH": str(SOURCES), "HOST": DEFAULT_HOST, "PORT": "0"}
        environment = {**os.environ, **settings}
        command = [sys.executable, "-m", "service"]
        with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE) as program:
            try:
                entry = json.loads(program.stdout.readline())
                self.assertEqual(entry["message"], "listening")
                self.assertEqual(entry["service"], NAME)
                url = f"http://{DEFAULT_HOST}:{entry['port']}/health"
                with urlopen(url, timeout=5) as response:
                    self.assertEqual(response.status, 200)

                program.send_signal(signal.SIGTERM)

                self.assertEqual(program.wait(timeout=5), 0)
            finally:
                program.kill()


if __name__ == "__main__":
    unittest.main()
