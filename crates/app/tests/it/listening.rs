//! Connections that say nothing, say it too slowly, or are still talking when the program stops.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use nastavnik::kernel::listen::{self, Limits};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

use crate::db_test;
use crate::support::TestApp;

const SHORT: Limits = Limits {
    headers: Duration::from_millis(300),
    whole: Duration::from_millis(900),
    connections: 50,
    grace: Duration::from_secs(3),
};

db_test!(silent_and_slow_connections_are_closed, |app: TestApp| async move {
    let (address, stop, server) = start(&app).await;
    let silent = say(address, b"", SHORT.headers * 6);
    let half = say(address, b"GET /healthz HTTP/1.1\r\nHost: x\r\nX-Half: ", SHORT.headers * 6);
    let body = say(
        address,
        b"POST /login HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 50\r\n\r\nlogin=",
        SHORT.whole * 4,
    );
    let (silent, half, body) = tokio::join!(silent, half, body);
    assert_eq!(silent, "", "a silent connection gets nothing and is closed");
    assert!(!half.contains("200 OK"), "{half}");
    assert!(body.contains("408"), "a dripping body is told that it is too slow: {body}");
    let healthy =
        say(address, b"GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", SHORT.whole).await;
    assert!(healthy.contains("200 OK"), "{healthy}");
    stop.send(true).unwrap();
    server.await.unwrap();
});

db_test!(a_stop_lets_the_answer_under_way_out, |app: TestApp| async move {
    let (address, stop, server) = start(&app).await;
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(b"GET /login HTTP/1.1\r\nHost: x\r\n").await.unwrap();
    tokio::time::sleep(Duration::from_millis(50)).await;
    stop.send(true).unwrap();
    stream.write_all(b"Connection: close\r\n\r\n").await.unwrap();
    let mut answer = String::new();
    let _ = tokio::time::timeout(Duration::from_secs(2), stream.read_to_string(&mut answer)).await;
    let started = Instant::now();
    server.await.unwrap();
    assert!(started.elapsed() < SHORT.grace + Duration::from_secs(1), "the server stops in time");
    assert!(TcpStream::connect(address).await.is_err(), "and takes nobody more");
});

async fn start(app: &TestApp) -> (SocketAddr, watch::Sender<bool>, tokio::task::JoinHandle<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (stop, stopped) = watch::channel(false);
    let server = tokio::spawn(listen::serve(listener, app.router.clone(), stopped, SHORT));
    (address, stop, server)
}

/// Says something and listens until the other side hangs up.
async fn say(address: SocketAddr, words: &[u8], patience: Duration) -> String {
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(words).await.unwrap();
    let mut answer = String::new();
    tokio::time::timeout(patience, stream.read_to_string(&mut answer))
        .await
        .expect("the connection was still open")
        .unwrap();
    answer
}
