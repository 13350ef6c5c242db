"""${{ values.name }}: an HTTP service.

``app`` answers requests and is a plain WSGI application; ``server`` serves it until it is asked to
stop; ``config`` reads the environment; ``log`` writes one line of JSON per event.
"""

NAME = "${{ values.name }}"
