"""The settings, read from environment variables."""

from collections.abc import Mapping
from dataclasses import dataclass

DEFAULT_HOST = "127.0.0.1"  # This machine only.
DEFAULT_PORT = ${{ values.port }}
HIGHEST_PORT = 65_535


@dataclass(frozen=True)
class Config:
    """What the service needs to know to start; port 0 lets the system choose a free one."""

    host: str
    port: int


class InvalidPortError(ValueError):
    """``PORT`` holds something that is not a port number."""

    def __init__(self, text: str) -> None:
        """Keep the text that was found."""
        super().__init__(f'PORT must be a number from 0 to {HIGHEST_PORT}, but it is "{text}"')


def read(environment: Mapping[str, str]) -> Config:
    """Read ``HOST`` and ``PORT``; raise InvalidPortError when the latter is not a port number."""
    host = environment.get("HOST", DEFAULT_HOST)
    text = environment.get("PORT", str(DEFAULT_PORT))
    if not (text.isascii() and text.isdecimal() and int(text) <= HIGHEST_PORT):
        raise InvalidPortError(text)
    return Config(host=host, port=int(text))
