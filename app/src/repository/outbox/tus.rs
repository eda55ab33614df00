//! One request of an upload (tus 1.0), and what came of it.

use domain::{
    attachment::{AttachmentState, Unfit},
    ids::{AttachmentId, CommandId},
};
use js_sys::Uint8Array;
use sync::{
    letter::medium::MediumFate,
    upload::{Heard, Step, patience},
    view::Attachment,
};
use web_sys::{Headers, RequestInit, RequestRedirect, Response};

use super::post::retry_after;
use crate::repository::{
    line::{Line, heard as line_heard},
    patience::Patience,
    remote::{fetch, text},
};

/// Why is not told of letters.
const NOT_TAKEN: Heard = Heard::State(AttachmentState::Refused {
    reason: Unfit::Damaged,
});

/// What opens the way.
pub enum Way {
    /// The receipt's token, for what that filing names.
    Token(Box<str>),
    /// Nothing: it is closed, and goes under the id of the command whose filing names it.
    Letter(CommandId),
}

/// One that is sent.
pub struct Upload<'a> {
    pub county: &'a str,
    pub way: &'a Way,
    pub attachment: AttachmentId,
    pub bytes: &'a [u8],
}

impl Upload<'_> {
    /// Does one step, and waits no longer than a weak line takes for it.
    pub async fn take(&self, step: Step) -> Heard {
        let all = format!("/api/v1/{}/uploads", self.county);
        let attachment = self.attachment.to_string();
        let (one, letter) = match self.way {
            Way::Token(_) => (format!("{all}/{attachment}"), String::new()),
            Way::Letter(of) => (
                format!("{all}/letters/{of}/{attachment}"),
                format!(",letter {}", base64(&of.to_string())),
            ),
        };
        match step {
            Step::Wait(_) => Heard::Nothing,
            Step::Ask => self.asked(&one, "HEAD", &[], &[]).await,
            Step::Announce => {
                let length = self.bytes.len().to_string();
                let names = format!("attachment {}{letter}", base64(&attachment));
                let headers = [("upload-length", length), ("upload-metadata", names)];
                self.asked(&all, "POST", &headers, &[]).await
            }
            Step::Send { from, to } => {
                let headers = [
                    ("upload-offset", from.to_string()),
                    ("content-type", "application/offset+octet-stream".to_owned()),
                ];
                let piece = self.bytes.get(from as usize..to as usize);
                let piece = piece.unwrap_or_default();
                self.asked(&one, "PATCH", &headers, piece).await
            }
            Step::Look => match self.way {
                Way::Token(_) => self.looked(&all).await,
                Way::Letter(_) => self.told(&one).await,
            },
        }
    }

    /// Only an answer with an offset counts: a captive portal's page has a status too.
    async fn asked(
        &self,
        address: &str,
        method: &str,
        headers: &[(&str, String)],
        body: &[u8],
    ) -> Heard {
        let Some(response) = self.request(address, method, headers, body).await else {
            return Heard::Nothing;
        };
        let offset = number(&response, "upload-offset");
        let is_announced = matches!(self.way, Way::Letter(_)) && method == "POST";
        match (response.status(), offset) {
            (200 | 201 | 204, Some(offset)) => {
                line_heard(Line::Up);
                Heard::Offset(offset)
            }
            // A letter that is not wanted is told so when it is announced, and nothing more.
            (400 | 404 | 409 | 413, _) if is_announced && is_ours(&response) => NOT_TAKEN,
            (404, _) if is_ours(&response) => Heard::Absent,
            (410, _) if is_ours(&response) => Heard::LookedAt,
            (429 | 502..=504 | 507, _) => Heard::Busy {
                after_seconds: retry_after(&response),
            },
            _ => Heard::Nothing,
        }
    }

    /// The server's list of what the filing names.
    async fn looked(&self, address: &str) -> Heard {
        let Some(response) = self.request(address, "GET", &[], &[]).await else {
            return Heard::Nothing;
        };
        let Some(body) = text(&response).await else {
            return Heard::Nothing;
        };
        let list: Vec<Attachment> = serde_json::from_str(&body).unwrap_or_default();
        let mut list = list.into_iter();
        let ours = list.find(|known| known.attachment == self.attachment);
        ours.map_or(Heard::Nothing, |ours| Heard::State(ours.state))
    }

    /// What the server tells of a letter.
    async fn told(&self, address: &str) -> Heard {
        let Some(response) = self.request(address, "GET", &[], &[]).await else {
            return Heard::Nothing;
        };
        match response.status() {
            200 => {}
            404 if is_ours(&response) => return Heard::Absent,
            410 if is_ours(&response) => return NOT_TAKEN,
            _ => return Heard::Nothing,
        }
        let Some(body) = text(&response).await else {
            return Heard::Nothing;
        };
        match serde_json::from_str(&body) {
            Ok(MediumFate { kept: true }) => Heard::State(AttachmentState::Received { bytes: 0 }),
            Ok(MediumFate { kept: false }) => Heard::State(AttachmentState::Checking),
            Err(_) => Heard::Nothing,
        }
    }

    async fn request(
        &self,
        address: &str,
        method: &str,
        headers: &[(&str, String)],
        body: &[u8],
    ) -> Option<Response> {
        let request = RequestInit::new();
        request.set_method(method);
        // A portal that wants to be signed in to sends somewhere else.
        request.set_redirect(RequestRedirect::Manual);
        if !body.is_empty() {
            request.set_body(&Uint8Array::from(body));
        }
        let said = Headers::new().ok()?;
        if let Way::Token(token) = self.way {
            let _ = said.set("authorization", &format!("Bearer {token}"));
        }
        let _ = said.set("tus-resumable", "1.0.0");
        for (name, value) in headers {
            let _ = said.set(name, value);
        }
        request.set_headers(&said);
        let over = Patience::new(patience(body.len() as u64));
        if let Some(over) = &over {
            request.set_signal(Some(&over.signal()));
        }
        fetch(address, &request).await
    }
}

/// Our server names its version of tus in every answer of an upload.
fn is_ours(response: &Response) -> bool {
    let version = response.headers().get("tus-resumable").ok().flatten();
    version.as_deref() == Some("1.0.0")
}

fn number(response: &Response, header: &str) -> Option<u64> {
    response.headers().get(header).ok()??.parse().ok()
}

/// Of ASCII, as the metadata of tus wants it.
fn base64(text: &str) -> String {
    leptos::prelude::window().btoa(text).unwrap_or_default()
}
