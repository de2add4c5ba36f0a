//! The server over HTTP: no redirects, a limit on every answer, and a time limit on silence, not on work.

use std::ops::Range;
use std::sync::OnceLock;
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::sync::LARGEST;
use reqwest::redirect::Policy;
use reqwest::{Client, RequestBuilder, Response, StatusCode, Url};
use tokio::runtime::{Builder, Runtime};

use crate::{Transport, Unreached};

/// The real way to the server. What it needs of the operating system is asked for at the first use.
#[derive(Default)]
pub struct Http {
    ready: OnceLock<Option<Ready>>,
}

struct Ready {
    client: Client,
    runtime: Runtime,
}

const CONNECT: Duration = Duration::from_secs(10);
/// A line that was idle for longer is not used again: the server closes it after 10 s, and what is on its way then is lost.
const IDLE: Duration = Duration::from_secs(5);
const SILENCE: Duration = Duration::from_secs(30);
/// A server that goes on talking for longer says nothing that is worth it.
const WHOLE: Duration = Duration::from_secs(15 * 60);

impl Ready {
    fn new() -> Option<Self> {
        // An error says that ring was chosen already, which is what is wanted.
        drop(rustls::crypto::ring::default_provider().install_default());
        let client = Client::builder()
            .redirect(Policy::none())
            .connect_timeout(CONNECT)
            .read_timeout(SILENCE)
            .pool_idle_timeout(IDLE)
            .timeout(WHOLE)
            .no_proxy()
            .build();
        let runtime = Builder::new_current_thread().enable_all().build();
        Some(Self { client: client.ok()?, runtime: runtime.ok()? })
    }
}

impl Http {
    /// The body of the answer to a request, if it has the status `expected`.
    fn ask(
        &self,
        url: &str,
        request: impl FnOnce(&Client, Url) -> RequestBuilder,
        expected: StatusCode,
    ) -> Result<Vec<u8>, Unreached> {
        let url: Url = url.parse().map_err(|_| Unreached::Address)?;
        // Records travel in the clear only where they do not leave the machine.
        let local = matches!(url.host_str(), Some("127.0.0.1" | "localhost" | "[::1]"));
        if url.scheme() != "https" && !(local && url.scheme() == "http") {
            return Err(Unreached::Address);
        }
        let ready = self.ready.get_or_init(Ready::new).as_ref().ok_or(Unreached::Offline)?;
        ready.runtime.block_on(async {
            let answer = request(&ready.client, url).send().await.map_err(|_| Unreached::Offline)?;
            let status = answer.status();
            let body = read(answer).await?;
            if status == expected { Ok(body) } else { Err(Unreached::Refused(code(&body))) }
        })
    }
}

impl Transport for Http {
    fn post(&self, url: &str, body: Vec<u8>) -> Result<Vec<u8>, Unreached> {
        self.ask(url, |client, url| packed(client.post(url), body), StatusCode::OK)
    }

    fn put(&self, url: &str, body: Vec<u8>) -> Result<Vec<u8>, Unreached> {
        self.ask(url, |client, url| packed(client.put(url), body), StatusCode::OK)
    }

    fn get(&self, url: &str, asks: &[u8], range: Range<u64>) -> Result<Vec<u8>, Unreached> {
        let who = format!("ClinicDesk {}", URL_SAFE_NO_PAD.encode(asks));
        let bytes = format!("bytes={}-{}", range.start, range.end.saturating_sub(1));
        let request =
            |client: &Client, url: Url| client.get(url).header("authorization", who).header("range", bytes);
        let body = self.ask(url, request, StatusCode::PARTIAL_CONTENT)?;
        let whole = body.len() as u64 == range.end.saturating_sub(range.start);
        if whole { Ok(body) } else { Err(Unreached::Answer) }
    }
}

fn packed(request: RequestBuilder, body: Vec<u8>) -> RequestBuilder {
    request.header("content-type", "application/zstd").body(body)
}

async fn read(mut answer: Response) -> Result<Vec<u8>, Unreached> {
    let mut body = Vec::new();
    while let Some(chunk) = answer.chunk().await.map_err(|_| Unreached::Offline)? {
        body.extend_from_slice(&chunk);
        if body.len() > LARGEST {
            return Err(Unreached::Answer);
        }
    }
    Ok(body)
}

/// The code of problem details (RFC 9457); a word and nothing else of what the other side says.
fn code(body: &[u8]) -> String {
    let problem: serde_json::Value = serde_json::from_slice(body).unwrap_or_default();
    let code = problem.get("code").and_then(serde_json::Value::as_str).unwrap_or_default();
    let word = !code.is_empty()
        && code.len() <= 40
        && code.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
    if word { code.to_owned() } else { "unknown".to_owned() }
}

#[cfg(test)]
mod tests {
    use super::{Http, code};
    use crate::{Transport, Unreached};

    #[test]
    fn records_are_not_sent_in_the_clear_to_another_machine() {
        let http = Http::default();
        for url in [
            "http://clinic.example/sync",
            "ftp://127.0.0.1/",
            "not an address",
            "http://127.0.0.1.evil.example/",
        ] {
            assert_eq!(http.post(url, Vec::new()), Err(Unreached::Address), "{url}");
            assert_eq!(http.put(url, Vec::new()), Err(Unreached::Address), "{url}");
            assert_eq!(http.get(url, &[], 0..1), Err(Unreached::Address), "{url}");
        }
    }

    #[test]
    fn a_server_that_is_not_there_is_offline() {
        assert_eq!(Http::default().post("http://127.0.0.1:9/sync", Vec::new()), Err(Unreached::Offline));
    }

    #[test]
    fn only_a_code_is_taken_from_a_refusal() {
        assert_eq!(code(br#"{"code":"wrong_clinic","detail":"x"}"#), "wrong_clinic");
        assert_eq!(code(br#"{"code":"<b>Maria</b>"}"#), "unknown");
        assert_eq!(code(b"nonsense"), "unknown");
    }
}
