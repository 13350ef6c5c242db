//! What the service answers.

use axum::{Json, Router, http::StatusCode, routing::get};
use serde::Serialize;

use crate::NAME;

/// All routes. A new one is a line here and a function below.
pub fn router() -> Router {
    Router::new()
        .route("/", get(greet))
        .route("/health", get(health))
        .fallback(not_found)
}

#[derive(Debug, Serialize)]
struct Greeting {
    service: &'static str,
    message: String,
}

async fn greet() -> Json<Greeting> {
    Json(Greeting {
        service: NAME,
        message: format!("Hello from {NAME}"),
    })
}

#[derive(Debug, Serialize)]
struct Health {
    status: &'static str,
}

/// Says that the process can answer. What must be there before the service may get traffic (a database, say)
/// belongs to a readiness route of its own, or a slow dependency gets healthy processes restarted.
async fn health() -> Json<Health> {
    Json(Health { status: "ok" })
}

#[derive(Debug, Serialize)]
struct Problem {
    error: &'static str,
}

async fn not_found() -> (StatusCode, Json<Problem>) {
    (StatusCode::NOT_FOUND, Json(Problem { error: "not found" }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn the_greeting_names_the_service() {
        let Json(greeting) = greet().await;

        assert_eq!(greeting.service, NAME);
        assert!(greeting.message.contains(NAME));
    }

    #[tokio::test]
    async fn health_is_ok() {
        let Json(health) = health().await;

        assert_eq!(health.status, "ok");
    }

    #[tokio::test]
    async fn an_unknown_path_is_not_found() {
        let (status, _) = not_found().await;

        assert_eq!(status, StatusCode::NOT_FOUND);
    }
}
