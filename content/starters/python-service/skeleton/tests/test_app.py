import json
import unittest
from http import HTTPStatus
from wsgiref.util import setup_testing_defaults
from wsgiref.validate import validator

from service import NAME
from service.app import app, respond


class RespondTest(unittest.TestCase):
    def test_the_greeting_names_the_service(self):
        answer = respond("GET", "/")

        self.assertEqual(answer.status, HTTPStatus.OK)
        self.assertEqual(answer.body["service"], NAME)

    def test_health_is_ok(self):
        answer = respond("GET", "/health")

        self.assertEqual(answer.status, HTTPStatus.OK)
        self.assertEqual(answer.body, {"status": "ok"})

    def test_an_unknown_path_is_not_found(self):
        self.assertEqual(respond("GET", "/nowhere").status, HTTPStatus.NOT_FOUND)

    def test_a_wrong_method_is_refused_and_the_right_ones_are_named(self):
        answer = respond("POST", "/health")

        self.assertEqual(answer.status, HTTPStatus.METHOD_NOT_ALLOWED)
        self.assertEqual(answer.headers, {"Allow": "GET, HEAD"})


class WsgiTest(unittest.TestCase):
    def request(self, method):
        environ = {
            "REQUEST_METHOD": method,
            "SCRIPT_NAME": "",
            "PATH_INFO": "/health",
            "QUERY_STRING": "",
        }
        setup_testing_defaults(environ)
        started = []
        parts = validator(app)(environ, lambda *args: started.append(args) or (lambda _: None))
        try:
            return started[0][0], dict(started[0][1]), b"".join(parts)
        finally:
            parts.close()

    def test_an_answer_is_json_by_the_rules_of_wsgi(self):
        status, headers, body = self.request("GET")

        self.assertEqual(status, "200 OK")
        self.assertEqual(headers["Content-Type"], "application/json")
        self.assertEqual(json.loads(body), {"status": "ok"})

    def test_head_has_the_headers_and_no_body(self):
        _, headers, body = self.request("HEAD")

        self.assertEqual(headers["Content-Length"], str(len('{"status":"ok"}')))
        self.assertEqual(body, b"")


if __name__ == "__main__":
    unittest.main()
