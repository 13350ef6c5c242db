//! ${{ values.name }}: an HTTP service.
//!
//! `routes` answers requests and knows nothing about sockets; `server` serves them until it is asked to stop;
//! `config` reads the environment; `probe` is the health check of the container.

pub mod config;
pub mod probe;
pub mod routes;
pub mod server;

/// The name under which the service greets and logs.
pub const NAME: &str = "${{ values.name }}";
