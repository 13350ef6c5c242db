//! The program: `${{ values.name }}` serves, `${{ values.name }} healthcheck` asks a running one whether it is well.

use std::{env, error::Error, process::ExitCode};

use service::{config::Config, probe::probe, server};
use tokio::net::TcpListener;

fn main() -> ExitCode {
    tracing_subscriber::fmt()
        .json()
        .flatten_event(true)
        .with_target(false)
        .init();
    let command = env::args().nth(1);
    let result = match command.as_deref() {
        None => serve(),
        Some("healthcheck") => healthcheck(),
        Some(other) => {
            Err(format!("unknown command \"{other}\": use \"healthcheck\" or none").into())
        }
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            tracing::error!(service = service::NAME, %error, "failed");
            ExitCode::FAILURE
        }
    }
}

#[tokio::main]
async fn serve() -> Result<(), Box<dyn Error>> {
    let config = config()?;
    let stop = server::stop_signal()?;
    let address = format!("{}:{}", config.host, config.port);
    let listener = TcpListener::bind(&address)
        .await
        .map_err(|error| format!("cannot listen on {address}: {error}"))?;
    server::serve(listener, stop).await?;
    Ok(())
}

fn healthcheck() -> Result<(), Box<dyn Error>> {
    probe(config()?.port)?;
    Ok(())
}

fn config() -> Result<Config, Box<dyn Error>> {
    Ok(Config::read(|name| env::var(name).ok())?)
}
