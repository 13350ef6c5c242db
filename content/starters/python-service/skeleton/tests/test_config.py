import unittest

from service.config import DEFAULT_HOST, DEFAULT_PORT, Config, InvalidPortError, read


class ConfigTest(unittest.TestCase):
    def test_an_empty_environment_gives_the_defaults(self):
        self.assertEqual(read({}), Config(host=DEFAULT_HOST, port=DEFAULT_PORT))

    def test_the_environment_sets_host_and_port(self):
        config = read({"HOST": "0.0.0.0", "PORT": "9000"})

        self.assertEqual(config, Config(host="0.0.0.0", port=9000))

    def test_a_port_that_is_no_number_is_refused(self):
        for text in ("", "http", "-1", "65536", "80.5"):
            with self.subTest(text), self.assertRaisesRegex(InvalidPortError, f'is "{text}"$'):
                read({"PORT": text})


if __name__ == "__main__":
    unittest.main()
