"""The program: ``python -m service``."""

import os
import signal
import sys
import threading

from service import config, log, server


def main() -> int:
    """Serve until SIGTERM (from an orchestrator) or Ctrl-C, and return the exit code."""
    log.configure()
    stop = threading.Event()

    def wait() -> None:
        # In slices, because on Windows a signal is only seen between two of them.
        while not stop.wait(0.5):
            pass

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    try:
        server.serve(config.read(os.environ), wait)
    except (config.InvalidPortError, OSError) as error:
        log.logger.error("failed", extra={"fields": {"error": str(error)}})
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
