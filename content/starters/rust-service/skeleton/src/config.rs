//! The settings, read from environment variables.

use std::fmt;

/// The interface to listen on when `HOST` is not set: this machine only.
pub const DEFAULT_HOST: &str = "127.0.0.1";

/// The port to listen on when `PORT` is not set.
pub const DEFAULT_PORT: u16 = ${{ values.port }};

/// What the service needs to know to start.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Config {
    /// The interface to listen on.
    pub host: String,
    /// The port to listen on; 0 lets the system choose a free one.
    pub port: u16,
}

impl Config {
    /// Reads `HOST` and `PORT` through `variable`, which answers with the value of an environment variable.
    ///
    /// # Errors
    ///
    /// When `PORT` is not a port number.
    pub fn read(variable: impl Fn(&str) -> Option<String>) -> Result<Self, InvalidPort> {
        let port = match variable("PORT") {
            Some(text) => text.parse().map_err(|_| InvalidPort(text))?,
            None => DEFAULT_PORT,
        };
        let host = variable("HOST").unwrap_or_else(|| DEFAULT_HOST.to_owned());
        Ok(Self { host, port })
    }
}

/// `PORT` holds something that is not a port number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvalidPort(pub String);

impl fmt::Display for InvalidPort {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "PORT must be a number from 0 to 65535, but it is \"{}\"",
            self.0
        )
    }
}

impl std::error::Error for InvalidPort {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_environment_gives_the_defaults() {
        let config = Config::read(|_| None).unwrap();

        assert_eq!(config.host, DEFAULT_HOST);
        assert_eq!(config.port, DEFAULT_PORT);
    }

    #[test]
    fn the_environment_sets_host_and_port() {
        let config = Config::read(|name| match name {
            "HOST" => Some("0.0.0.0".to_owned()),
            "PORT" => Some("9000".to_owned()),
            _ => None,
        })
        .unwrap();

        assert_eq!(config.host, "0.0.0.0");
        assert_eq!(config.port, 9000);
    }

    #[test]
    fn a_port_that_is_no_number_is_refused() {
        for text in ["", "http", "-1", "65536", "80.5"] {
            let error = Config::read(|name| (name == "PORT").then(|| text.to_owned())).unwrap_err();

            assert_eq!(error, InvalidPort(text.to_owned()));
        }
    }
}
