//! The accept loop: silent, slow and endless connections are closed; a stop waits for what is under way.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use hyper::body::Incoming;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::net::TcpListener;
use tokio::sync::{Semaphore, watch};
use tower::ServiceExt;

/// How long and how many.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// A request's headers must have come within this time.
    pub headers: Duration,
    /// A whole request, its body and its answer included, must be over within this time.
    pub whole: Duration,
    /// Accepted connections at once; more wait in the kernel's queue.
    pub connections: usize,
    /// How long a stop waits for requests under way.
    pub grace: Duration,
}

impl Limits {
    /// What a server of people on slow school networks needs.
    pub const USUAL: Self = Self {
        headers: Duration::from_secs(10),
        whole: Duration::from_mins(1),
        connections: 4_000,
        grace: Duration::from_secs(8),
    };
}

/// Serves until told to stop, then lets requests under way finish.
pub async fn serve(listener: TcpListener, router: Router, mut stop: watch::Receiver<bool>, limits: Limits) {
    let places = Arc::new(Semaphore::new(limits.connections));
    let graceful = GracefulShutdown::new();
    loop {
        let Ok(place) = Arc::clone(&places).acquire_owned().await else { break };
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            _ = stop.changed() => break,
        };
        let Ok((stream, peer)) = accepted else {
            // Out of file descriptors: a pause lets some connections end.
            tokio::time::sleep(Duration::from_millis(50)).await;
            continue;
        };
        let _ = stream.set_nodelay(true);
        let service = TowerToHyperService::new(within_time(router.clone(), peer, limits.whole));
        let mut http = hyper::server::conn::http1::Builder::new();
        http.timer(TokioTimer::new()).header_read_timeout(limits.headers);
        let connection = graceful.watch(http.serve_connection(TokioIo::new(stream), service));
        tokio::spawn(async move {
            let _place = place;
            if let Err(error) = connection.await {
                tracing::debug!("connection ended: {error}");
            }
        });
    }
    drop(listener);
    tokio::select! {
        () = graceful.shutdown() => {}
        () = tokio::time::sleep(limits.grace) => tracing::warn!("some requests did not finish in time"),
    }
}

/// The router with the total deadline around each request.
fn within_time(
    router: Router,
    peer: SocketAddr,
    whole: Duration,
) -> impl tower::Service<
    hyper::Request<Incoming>,
    Response = axum::response::Response,
    Error = std::convert::Infallible,
    Future: Send,
> + Clone {
    tower::service_fn(move |request: hyper::Request<Incoming>| {
        let router = router.clone();
        async move {
            let mut request = request.map(Body::new);
            request.extensions_mut().insert(peer);
            match tokio::time::timeout(whole, router.oneshot(request)).await {
                Ok(answer) => answer,
                Err(_) => Ok(too_slow()),
            }
        }
    })
}

fn too_slow() -> axum::response::Response {
    let mut response = axum::response::Response::new(Body::from("Запрос шёл слишком долго. Повторите его."));
    *response.status_mut() = hyper::StatusCode::REQUEST_TIMEOUT;
    let headers = response.headers_mut();
    headers.insert(hyper::header::CONNECTION, hyper::header::HeaderValue::from_static("close"));
    headers.insert(
        hyper::header::CONTENT_TYPE,
        hyper::header::HeaderValue::from_static("text/plain; charset=utf-8"),
    );
    response
}
