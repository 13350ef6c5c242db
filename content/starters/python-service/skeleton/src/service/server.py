"""Serving requests, and stopping without dropping any."""

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from service.app import app
from service.config import Config
from service.log import logger

GRACE_SECONDS = 10  # How long requests in flight may take after the service was asked to stop.
POLL_SECONDS = 0.1  # How often the server looks whether it should stop.


class Handler(WSGIRequestHandler):
    """Serves one connection, and gives up on a caller that is silent for too long."""

    timeout = 10  # Seconds.

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the name is inherited)
        """Log a request as JSON; health checks make these many, so they are for debugging."""
        logger.debug(format, *args, extra={"fields": {"client": self.client_address[0]}})


class Server(ThreadingMixIn, WSGIServer):
    """Serves every connection in a thread of its own, and waits for all of them when it closes."""

    daemon_threads = False
    block_on_close = True

    def handle_error(self, request: object, client_address: tuple[str, int]) -> None:  # noqa: ARG002
        """Log a connection that broke, such as that of a caller who went silent."""
        fields = {"client": client_address[0]}
        logger.warning("connection failed", exc_info=True, extra={"fields": fields})


@contextmanager
def running(config: Config) -> Iterator[Server]:
    """Serve while the block runs, then finish the requests in flight.

    Raises OSError when the address cannot be had.
    """
    with make_server(config.host, config.port, app, Server, Handler) as server:
        serving = threading.Thread(target=server.serve_forever, args=(POLL_SECONDS,))
        serving.start()
        try:
            logger.info(
                "listening", extra={"fields": {"host": config.host, "port": server.server_port}}
            )
            yield server
        finally:
            server.shutdown()
            serving.join()


def serve(config: Config, wait: Callable[[], object]) -> None:
    """Serve until ``wait`` returns, then end the process if requests in flight take too long."""
    deadline = threading.Timer(GRACE_SECONDS, give_up)
    deadline.daemon = True
    with running(config):
        wait()
        logger.info("stopping")
        deadline.start()
    deadline.cancel()


def give_up() -> None:
    """End the process although requests are still running: Python cannot end a thread."""
    logger.warning("gave up on requests that were still running")
    os._exit(0)
