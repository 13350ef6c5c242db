"""Structured logging: a line of JSON per event on standard output, for the platform to collect."""

import json
import logging
import sys
from datetime import UTC, datetime

from service import NAME

logger = logging.getLogger(NAME)


class JsonFormatter(logging.Formatter):
    """Writes a record, and the dictionary in ``extra={"fields": ...}``, as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line for a record."""
        line: dict[str, object] = {
            "timestamp": datetime.fromtimestamp(record.created, UTC).isoformat(),
            "level": record.levelname,
            "message": record.getMessage(),
            "service": NAME,
        }
        line.update(getattr(record, "fields", {}))
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return json.dumps(line, default=str)


def configure() -> None:
    """Send every record of this process, from INFO upwards, to standard output."""
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(JsonFormatter())
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
